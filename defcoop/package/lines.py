"""Rows as lines of CSV and of JSON, the same for the same cells."""

from __future__ import annotations

import csv
import heapq
import io
from functools import cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING

from defcoop.errors import InputError
from defcoop.package.formula_guard import MARKS, guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from defcoop.package.rows import Row
    from defcoop.package.tables import Table

_TEXT = frozenset({"string", "date"})
_CONTROLS = frozenset("\t\r")


def csv_lines(table: Table, rows: Sequence[Sequence[str]], end: str = "\n") -> bytes:
    """Write rows as CSV, each with its end; cells that would begin a spreadsheet formula are guarded.

    Raises:
        ValueError: if a cell begins with a control character.
    """
    firsts = {cell[:1] for row in rows for cell in row}
    if not firsts.isdisjoint(_CONTROLS):
        wrong = next(cell for row in rows for cell in row if cell[:1] in _CONTROLS)
        msg = f"{table.name}: the cell {wrong!r} begins with a control character"
        raise InputError(msg)
    if not firsts.isdisjoint(MARKS):
        rows = [guarded(row) for row in rows]
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows(rows)
    return text.getvalue().encode()


def json_lines(table: Table, rows: Sequence[Row], end: str = ",\n") -> bytes:
    """Write rows as JSON objects, with something between them; an empty cell is null."""
    if not rows:
        return b""
    columns = [
        map(encode_basestring, cells) if column.kind in _TEXT else [cell or '""' for cell in cells]
        for column, cells in zip(table.columns, zip(*rows, strict=True), strict=True)
    ]
    shape = _shape(table)
    lines = end.join([shape % cells for cells in zip(*columns, strict=True)])
    # Inside a text every quotation mark has a backslash before it, so this is nothing but an empty cell.
    return lines.replace(': ""', ": null").encode()


def with_inserted(lines: Iterable[bytes], late: bytes, between: bytes) -> Iterator[bytes]:
    """Yield lines without their ends, and further ones of other records in between, each by the id of its record.

    Both are sorted by record; what stands between lines is a line's end, after a comma or without one. CSV has it also
    after the last line.
    """
    known = (line.removesuffix(b"\n").removesuffix(between[:-1]) for line in lines)
    is_first = True
    for line in heapq.merge(known, late.removesuffix(b"\n").split(between), key=_record):
        yield line if is_first else between + line
        is_first = False
    if between == b"\n":
        yield between


def _record(line: bytes) -> bytes:
    """Give the beginning of a line, up to the end of the record's id, with which it begins."""
    return line.partition(b",")[0]


@cache
def _shape(table: Table) -> str:
    """Give the object of a row with a place for each cell."""
    pairs = ", ".join(f"{encode_basestring(column.name)}: %s" for column in table.columns)
    return f"{{{pairs}}}"
