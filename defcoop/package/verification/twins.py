"""The check of the JSON files: each has an entry for every row of its table, and records have the ids of the rows.

What else stands in an entry is found when the package is built again (`rebuilding`).
"""

from __future__ import annotations

import re
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from defcoop.models.registry import BY_FOLDER
from defcoop.package.columns import SEEDS
from defcoop.package.verification.check import Check
from defcoop.package.verification.verdict import Failure, Grain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from defcoop.package.verification.blocks import Block
    from defcoop.package.verification.members import Members, Reading
    from defcoop.package.verification.shape import Table

_PIECE = 1 << 16
_START = re.compile(rb'\{"id": ?"([^"]*)"')


class Twins(Check):
    """Every JSON file has one entry per row of its table, and that of a record type the records of the rows' ids."""

    name, unit, grain = "json", "file", Grain.FILE

    def __init__(self, members: Members) -> None:
        """Compare with the files of a package."""
        super().__init__()
        self._members = members
        self._rows, self._ids = 0, list[bytes]()

    def units(self, table: Table) -> int:  # noqa: ARG002 - each table has one
        """Count the file."""
        return 1

    def begin(self, table: Table) -> Iterable[Failure]:  # noqa: ARG002 - each begins alike
        """Begin with no row."""
        self._rows, self._ids = 0, []
        return ()

    def look(self, block: Block) -> Iterable[Failure]:
        """Count the rows, and note the ids of records."""
        self.take(block.table, len(block.lines))
        if _is_whole(block.table):
            self._ids += block.columns[block.table.key[0]]
        return ()

    def take(self, table: Table, rows: int) -> None:  # noqa: ARG002 - the table has begun
        """Count rows."""
        self._rows += rows

    def end(self, table: Table) -> Iterable[Failure]:
        """Read the JSON file."""
        path = f"data/{table.name}.json"
        if path not in self._members.names:
            return [Failure(path, None, None, "is missing")]
        with self._members.open(path) as reading:
            return list(_other_ids(path, reading, self._ids) if _is_whole(table) else self._miscounts(path, reading))

    def _miscounts(self, path: str, reading: Reading) -> Iterator[Failure]:
        # Splitting is quicker than counting, and the first and last line are brackets.
        entries = sum(len(piece.split(b"\n")) - 1 for piece in iter(lambda: reading.read(_PIECE), b"")) - 2
        if entries != max(self._rows, 1):  # of no row an empty line is left
            yield Failure(path, None, None, f"has {entries:,} entries for {self._rows:,} rows")


def _is_whole(table: Table) -> bool:
    return table.name in BY_FOLDER or table.name == SEEDS


def _other_ids(path: str, reading: Reading, ids: Sequence[bytes]) -> Iterator[Failure]:
    expected = chain([b"["], ids or [b""], [b"]"])
    for line, (found, one) in enumerate(zip_longest(reading.lines(), expected), start=1):
        start = _START.match(found or b"")
        if (start.group(1) if start else found) != one:
            yield Failure(path, line, None, "is not the record that stands in that line of the table")
            return
