"""The checks of single columns: types, missing values, vocabularies."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from defcoop.package.verification.check import TableCheck
from defcoop.package.verification.verdict import Failure, UnitKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.package.described import DescribedTable
    from defcoop.package.verification.row_blocks import RowBlock

_FORMS = {
    "integer": re.compile(rb"-?(?:0|[1-9][0-9]*)").fullmatch,
    "number": re.compile(rb"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?").fullmatch,
    "boolean": re.compile(b"true|false").fullmatch,
    "date": re.compile(b"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch,
}
_MOST_LETTERS = 80


class Types(TableCheck):
    """Every column has the type that the descriptor gives it, and a value where it asks for one."""

    name, unit, kind = "types", "column", UnitKind.COLUMN
    of_cells = True

    def units(self, table: DescribedTable) -> int:
        """Count the columns, without those of which something is asked that no check knows."""
        known = 0
        for column in table.columns:
            if column.kind != "string" and column.kind not in _FORMS:
                self.tally.skip(1, f"the type {column.kind} is unknown")
            elif column.unknown:
                self.tally.skip(1, f"the constraint {column.unknown[0]} is unknown")
            else:
                known += 1
        return known

    def check_rows(self, block: RowBlock) -> Iterator[Failure]:
        """Look for cells of another type and for missing values."""
        for column, cells in zip(block.table.columns, block.columns, strict=True):
            if column.required and not all(cells):
                yield from _failures(block, column.name, {b""}, "is missing")
            if column.kind in _FORMS and (wrong := _misfits(column.kind, set(cells) - {b""})):
                yield from _failures(block, column.name, wrong, f"is no {column.kind}")


class Vocabularies(TableCheck):
    """Every cell of a column with a vocabulary is one of its terms."""

    name, unit, kind = "vocabularies", "column", UnitKind.COLUMN
    of_cells = True

    def units(self, table: DescribedTable) -> int:
        """Count the columns that have a vocabulary."""
        return sum(column.vocabulary is not None for column in table.columns)

    def check_rows(self, block: RowBlock) -> Iterator[Failure]:
        """Look for cells that are no term."""
        for column, cells in zip(block.table.columns, block.columns, strict=True):
            # Whether a cell may be empty is another question.
            if column.vocabulary is not None and (wrong := set(cells) - {b"", *map(str.encode, column.vocabulary)}):
                yield from _failures(block, column.name, wrong, "is not in the vocabulary")


def abridged(cell: bytes) -> str:
    """Write a cell for people to read, shortened."""
    text = cell.decode(errors="replace")
    return text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS]}…"


def _failures(block: RowBlock, column: str, wrong: set[bytes], message: str) -> Iterator[Failure]:
    [cells] = block.pick(column)
    for line, cell in zip(block.lines, cells, strict=True):
        if cell in wrong:
            yield Failure(block.table.path, line, column, f"{abridged(cell)} {message}".lstrip())


def _misfits(kind: str, cells: set[bytes]) -> set[bytes]:
    """Give the cells that are not of a type."""
    fits = _FORMS[kind]
    return {cell for cell in cells if not fits(cell) or (kind == "date" and not _is_day(cell))}


def _is_day(cell: bytes) -> bool:
    try:
        date.fromisoformat(cell.decode())
    except ValueError:
        return False
    return True
