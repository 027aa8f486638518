"""The checks of single columns: types, missing values, vocabularies."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from defcoop.package.verification.check import Check
from defcoop.package.verification.verdict import Failure, Grain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.package.verification.blocks import Block
    from defcoop.package.verification.shape import Table

_FORMS = {
    "integer": rb"-?(?:0|[1-9][0-9]*+)",
    "number": rb"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?",
    "boolean": rb"true|false",
    "date": rb"[0-9]{4}-[0-9]{2}-[0-9]{2}",
}
_DIGITS = b"0123456789\n"
_MOST_LETTERS = 80
_ONE = {kind: re.compile(form).fullmatch for kind, form in _FORMS.items()}
# No cell holds a line feed, so a whole column can be matched at once.
_ALL = {kind: re.compile(rb"(?:(?:%b)?+\n)*+" % form).fullmatch for kind, form in _FORMS.items()}


class Types(Check):
    """Every column has the type that the descriptor gives it, and a value where it asks for one."""

    name, unit, grain = "types", "column", Grain.COLUMN

    def units(self, table: Table) -> int:
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

    def look(self, block: Block) -> Iterator[Failure]:
        """Look for cells of another type and for missing values."""
        for spot, (column, cells) in enumerate(zip(block.table.columns, block.columns, strict=True)):
            if column.required and not all(cells):
                yield from _failures(block, spot, {b""}, "is missing")
            if column.kind in _FORMS and (wrong := _misfits(column.kind, cells)):
                yield from _failures(block, spot, wrong, f"is no {column.kind}")


class Vocabularies(Check):
    """Every cell of a column with a vocabulary is one of its terms."""

    name, unit, grain = "vocabularies", "column", Grain.COLUMN

    def units(self, table: Table) -> int:
        """Count the columns that have a vocabulary."""
        return sum(column.terms is not None for column in table.columns)

    def look(self, block: Block) -> Iterator[Failure]:
        """Look for cells that are no term."""
        for spot, column in enumerate(block.table.columns):
            if column.terms is not None and not column.terms.issuperset(block.columns[spot]):
                wrong = set(block.columns[spot]) - column.terms
                yield from _failures(block, spot, wrong, "is not in the vocabulary")


def shown(cell: bytes) -> str:
    """Write a cell for people to read."""
    text = cell.decode(errors="replace")
    return text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS]}…"


def _failures(block: Block, spot: int, wrong: set[bytes], message: str) -> Iterator[Failure]:
    name = block.table.columns[spot].name
    for line, cell in zip(block.lines, block.columns[spot], strict=True):
        if cell in wrong:
            yield Failure(block.table.path, line, name, f"{shown(cell)} {message}".lstrip())


def _misfits(kind: str, cells: list[bytes]) -> set[bytes]:
    """Give the cells that are not of a type."""
    joined = b"\n".join(cells) + b"\n"
    if kind == "integer" and not joined.translate(None, _DIGITS) and b"\n0" not in b"\n" + joined:
        return set()  # nothing but numbers, none of which begins with 0
    if not _ALL[kind](joined):
        return {cell for cell in cells if cell and not _ONE[kind](cell)}
    return set(filter(_is_no_day, set(cells))) if kind == "date" else set()


def _is_no_day(cell: bytes) -> bool:
    try:
        return bool(cell) and not date.fromisoformat(cell.decode())
    except ValueError:
        return True
