"""A file of others: delimited text as it comes, with lines before its header, in its encoding, by its delimiter."""

from __future__ import annotations

import csv
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from defcoop.alignment.layouts import LAYOUTS, layout_of
from defcoop.errors import InputError
from defcoop.package.naming import check_known
from defcoop.validation.issues import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from defcoop.alignment.layouts import Layout

_SEARCHED = 60
"""How many lines are searched for the header."""

_DELIMITERS = (",", ";", "\t")


class ForeignFile(NamedTuple):
    """Where a table of others stands in a file.

    Attributes:
        path: the file.
        layout: its layout.
        columns: the names of its columns.
        header: the number of the line of the header, from 1.
        delimiter: what is between cells.
        encoding: the encoding: UTF-8, else that of Windows.
    """

    path: Path
    layout: Layout
    columns: tuple[str, ...]
    header: int
    delimiter: str
    encoding: str

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows below the header that are not empty, each with the number of its last line."""
        with self.path.open(encoding=self.encoding, newline="") as lines:
            for _ in range(self.header):
                next(lines)
            reader = csv.reader(lines, delimiter=self.delimiter)
            for row in reader:
                if any(row):
                    yield self.header + reader.line_num, row


def opened(path: Path, wanted: str | Layout | None = None) -> ForeignFile:
    """Find the table in a file: its header is the first line that has the columns of a layout.

    Args:
        path: the file.
        wanted: its layout, or the name of one; by default the one whose columns it has.

    Raises:
        InputError: if no line has the columns of the layout, or there is none of that name.
        OSError: if the file cannot be read.
    """
    if isinstance(wanted, str) and not any(name.startswith(f"{wanted}-") for name in LAYOUTS):
        check_known("layout", wanted, LAYOUTS)
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as lines:
        head = list(islice(lines, _SEARCHED))
    for number, line in enumerate(head, start=1):
        for delimiter in _DELIMITERS:
            columns = tuple(cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), []))
            layout = _layout(columns, wanted)
            if layout:
                return ForeignFile(path, layout, columns, number, delimiter, encoding)
    raise InputError(_not_found(path, head, wanted))


def _layout(columns: tuple[str, ...], wanted: str | Layout | None) -> Layout | None:
    if wanted is None or isinstance(wanted, str):
        return layout_of(columns, wanted)
    return wanted if set(wanted.columns) <= set(columns) else None


def _encoding(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for _ in lines:
                pass
    except UnicodeDecodeError:
        return "cp1252" if _reads(path, "cp1252") else "latin-1"
    return "utf-8-sig"


def _reads(path: Path, encoding: str) -> bool:
    try:
        path.read_text(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _not_found(path: Path, head: list[str], wanted: str | Layout | None) -> str:
    if wanted is None:
        return f"{path}: no line has the columns of a layout; say which name actors, with --first, --scheme and --when"
    layout = LAYOUTS.get(wanted) if isinstance(wanted, str) else wanted
    widest = max((next(csv.reader([line]), []) for line in head), key=len, default=[])
    lacking = next((column for column in (layout.columns if layout else ()) if column not in widest), "")
    return f"{path}: the table has no column {lacking}. {did_you_mean(lacking, widest)}".rstrip()
