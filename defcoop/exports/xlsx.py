"""Excel: one workbook with a sheet per table, after a codebook and the terms of its vocabularies.

Texts stay texts: none becomes a formula, a link or a number. Dates are dates, but for those before 1900, which Excel
does not have and which stay texts. What does not fit in a cell or a sheet is refused, never cut off. The same package
gives the same bytes with the same release of XlsxWriter.
"""

from __future__ import annotations

import errno
import io
import unicodedata
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError, XlsxWriterException

from defcoop.exports._codebook import codebook
from defcoop.package import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from defcoop.package import Package

_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""The same for every workbook, so that the same package gives the same bytes."""

_LENGTH, _ROWS, _DIGITS, _NAME = 32_767, 1_048_576, 15, 31
"""Excel's limits: characters of a cell (as UTF-16), rows of a sheet, digits of a number, letters of a sheet's name."""

_FIRST_YEAR = 1900
_WIDTHS = 8, 60


class _Sheet(NamedTuple):
    """A sheet: its table's name, the names and types of its columns, and its rows."""

    name: str
    header: Sequence[str]
    kinds: Sequence[str]
    rows: Iterable[Sequence[str]]


class _Styles(NamedTuple):
    """How cells look."""

    head: xlsxwriter.format.Format
    day: xlsxwriter.format.Format
    arabic: xlsxwriter.format.Format


def write(package: Package, out: Path) -> None:
    """Write a package as an Excel workbook.

    Raises:
        PackageError: if a value is not of its column's type, or does not fit in Excel.
        OSError: if it cannot be written.
    """
    # Memory holds the packed file: on a full disk, ZipFile would go on writing and complain of it to the user.
    packed = io.BytesIO()
    try:
        with xlsxwriter.Workbook(packed, {"constant_memory": True, "tmpdir": str(out.parent)}) as book:
            title = str(package.descriptor.get("title", ""))
            book.set_properties({"title": title, "comments": f"Version {package.version}", "created": _CREATED})
            styles = _Styles(
                book.add_format({"bold": True, "bottom": 1}),
                book.add_format({"num_format": "yyyy-mm-dd"}),
                book.add_format({"reading_order": 2, "align": "right"}),
            )
            sheets = [*_sheets(package)]
            for sheet, label in zip(sheets, _labels(sheet.name for sheet in sheets), strict=True):
                _fill(book.add_worksheet(label), sheet, styles)
    except FileCreateError as error:
        raise OSError(errno.EIO, str(error)) from None
    except XlsxWriterException as error:
        raise PackageError(str(error)) from None
    out.write_bytes(packed.getbuffer())


def _sheets(package: Package) -> Iterator[_Sheet]:
    tables = package.tables.values()
    for texts in codebook(tables):
        yield _Sheet(texts.name, texts.header, ["string"] * len(texts.header), texts.rows)
    for table in tables:
        kinds = [column.kind for column in table.columns]
        yield _Sheet(table.name, package.header(table.name), kinds, package.rows(table.name))


def _labels(names: Iterable[str]) -> Iterator[str]:
    """Yield the names of sheets, short enough and each once; the names of tables have no capitals."""
    taken: set[str] = set()
    for name in names:
        label, number = name[:_NAME], 1
        while label in taken:
            number += 1
            label = f"{name[: _NAME - len(f'~{number}')]}~{number}"
        taken.add(label)
        yield label


def _fill(paper: xlsxwriter.worksheet.Worksheet, sheet: _Sheet, styles: _Styles) -> None:
    widths = [len(name) + 2 for name in sheet.header]
    for place, name in enumerate(sheet.header):
        paper.write_string(0, place, name, styles.head)
    number = 0
    for number, row in enumerate(sheet.rows, 1):
        if number >= _ROWS:
            msg = f"{sheet.name} has more rows than the {_ROWS:,} of an Excel sheet; export it to another format"
            raise PackageError(msg)
        if len(row) != len(sheet.header):
            msg = f"{sheet.name}: row {number} has {len(row)} cells, not {len(sheet.header)}"
            raise PackageError(msg)
        for place, text in enumerate(row):
            if text:
                try:
                    _put(paper, (number, place), text, sheet.kinds[place], styles)
                except ValueError as error:
                    msg = f"{sheet.name}: {sheet.header[place]}, row {number}: {error}"
                    raise PackageError(msg) from None
                widths[place] = max(widths[place], len(text))
    least, most = _WIDTHS
    for place, width in enumerate(widths):
        paper.set_column(place, place, min(max(width, least), most))
    paper.freeze_panes(1, 0)
    paper.autofilter(0, 0, number, len(sheet.header) - 1)


def _put(paper: xlsxwriter.worksheet.Worksheet, place: tuple[int, int], text: str, kind: str, styles: _Styles) -> None:
    """Write a value to its cell.

    Raises:
        ValueError: if it is not of its type or does not fit.
    """
    if kind in {"integer", "number"}:
        paper.write_number(*place, _number(text))
    elif kind == "boolean":
        paper.write_boolean(*place, _truth(text))
    elif kind == "date" and (day := date.fromisoformat(text)).year >= _FIRST_YEAR:
        paper.write_datetime(*place, day, styles.day)
    else:
        paper.write_string(*place, _sound(text), styles.arabic if _runs_left(text) else None)


def _number(text: str) -> float:
    if sum(map(str.isdecimal, text)) > _DIGITS:
        msg = f"{text} has more than the {_DIGITS} digits that Excel keeps; export it to another format"
        raise ValueError(msg)
    return float(text)


def _truth(text: str) -> bool:
    if text not in {"true", "false"}:
        msg = f"{text!r} is neither true nor false"
        raise ValueError(msg)
    return text == "true"


def _sound(text: str) -> str:
    if len(text.encode("utf-16-le")) > 2 * _LENGTH:
        msg = f"{len(text):,} characters are more than the {_LENGTH:,} of an Excel cell; export it to another format"
        raise ValueError(msg)
    if text.startswith("<r>") and text.endswith("</r>"):
        msg = f"XlsxWriter would take {text[:60]!r} for markup; export it to another format"
        raise ValueError(msg)
    return text


def _runs_left(text: str) -> bool:
    """Tell whether the first letter that has a direction runs from right to left."""
    if text.isascii():
        return False
    directions = map(unicodedata.bidirectional, text)
    return next((direction for direction in directions if direction in {"L", "R", "AL"}), "L") != "L"
