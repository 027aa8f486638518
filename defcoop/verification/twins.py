"""The check of the JSON files: each has one entry for each row of its table, and whole records have the rows' ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.package.columns import SEEDS
from defcoop.registry import BY_FOLDER
from defcoop.verification.check import Check
from defcoop.verification.verdict import Failure, Grain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.verification.blocks import Block
    from defcoop.verification.members import Members, Reading
    from defcoop.verification.shape import Table

_PIECE = 1 << 16
_LONGEST = 10_000_000


class Twins(Check):
    """Every JSON file has an entry for each row of its table; that of a record type has records with the rows' ids.

    What else stands in an entry is looked at by building the package again.
    """

    name, unit, grain = "json", "file", Grain.FILE

    def __init__(self, members: Members) -> None:
        """Compare with the files of a package."""
        super().__init__()
        self._members = members
        self._path, self._rows = "", 0
        self._ids: list[bytes] = []

    def units(self, table: Table) -> int:  # noqa: ARG002, PLR6301 - each table has one
        """Count the file."""
        return 1

    def begin(self, table: Table) -> Iterator[Failure]:  # noqa: D102
        self._path, self._rows, self._ids = f"data/{table.name}.json", 0, []
        return iter(())

    def look(self, block: Block) -> Iterator[Failure]:
        """Count rows, and note the ids of records."""
        self._rows += len(block.lines)
        if block.table.name in BY_FOLDER or block.table.name == SEEDS:
            self._ids += block.columns[block.table.key[0]]
        return iter(())

    def end(self, table: Table) -> Iterator[Failure]:
        """Compare the JSON file."""
        if self._path not in self._members.names:
            yield Failure(self._path, None, None, "is missing")
            return
        with self._members.open(self._path) as reading:
            if self._ids:
                for line, (found, one) in enumerate(zip(_lines(reading), [b"[", *(b'{"id": "%b", ' % i for i in self._ids), b"]"]), start=1):
                    if not found.startswith(one):
                        yield Failure(self._path, line, None, "x")
                        return
            else:
                n = 0
                while p := reading.read(_PIECE):
                    n += len(p.split(b"\n")) - 1
                if n != max(self._rows, 1) + 2:
                    yield Failure(self._path, None, None, f"n {n}")


def _lines(reading: Reading) -> Iterator[bytes]:
    """Yield the lines of a file, of one that is too long only the start."""
    rest = b""
    while source := reading.read(_PIECE):
        *lines, rest = (rest + source).split(b"\n")
        yield from lines
        if len(rest) > _LONGEST:
            yield rest
            return
    if rest:
        yield rest
