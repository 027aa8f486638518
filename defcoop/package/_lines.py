"""Rows as lines of CSV and of JSON, the same for the same cells."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from defcoop.package.rows import Row
    from defcoop.package.tables import Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Wherever a cell may begin; inside quotes it may be something else, so a match is only a reason to look.
_SUSPECT = re.compile(r'(?:^|[,\n\x1e"])[=+\-@\t\r]')


def csv_lines(table: Table, rows: Sequence[Row], end: str = "\n") -> bytes:
    """Write rows as CSV, each with its end.

    Raises:
        ValueError: if a cell would begin a spreadsheet formula.
    """
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows(rows)
    written = text.getvalue()
    if _SUSPECT.search(written):
        for row in rows:
            for cell in row:
                if cell.startswith(_FORMULA):
                    msg = f"{table.name}: the cell {cell!r} would begin a formula"
                    raise ValueError(msg)
    return written.encode()


def json_lines(table: Table, rows: Iterable[Row], end: str = ",\n") -> bytes:
    """Write rows as JSON objects, with something between them; an empty cell is null."""
    columns = _columns(table)
    return end.join(
        "".join(
            [
                f"{key}{(encode_basestring(cell) if is_text else cell) if cell else 'null'}"
                for (key, is_text), cell in zip(columns, row, strict=True)
            ]
        )
        + "}"
        for row in rows
    ).encode()


@cache
def _columns(table: Table) -> tuple[tuple[str, bool], ...]:
    """Give what stands before each cell, and whether the cell is text and not a number or a truth."""
    return tuple(
        (f"{', ' if place else '{'}{encode_basestring(column.name)}: ", column.kind in {"string", "date"})
        for place, column in enumerate(table.columns)
    )
