"""The checks of keys: rows are told apart by them, and foreign ones lead to rows."""

from __future__ import annotations

from collections import defaultdict
from operator import lt
from typing import TYPE_CHECKING, Any

from defcoop.package.verification.check import Check
from defcoop.package.verification.columns import shown
from defcoop.package.verification.verdict import Failure, Grain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.package.verification.blocks import Block
    from defcoop.package.verification.shape import Reference, Table


class Keys(Check):
    """The rows of every table are sorted by its key, which no two have in common."""

    name, unit, grain = "keys", "table", Grain.FILE

    def __init__(self) -> None:
        """Begin with no row."""
        super().__init__()
        self._last: list[Any] = []

    def units(self, table: Table) -> int:  # noqa: ARG002 - each table has one
        """Count the table."""
        return 1

    def begin(self, table: Table) -> Iterable[Failure]:  # noqa: ARG002 - each begins alike
        """Begin with no row."""
        self._last = []
        return ()

    def look(self, block: Block) -> Iterator[Failure]:
        """Look for a row whose key is not greater than that of the row before: then none is there twice."""
        columns = [block.columns[spot] for spot in block.table.key]
        keys = columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
        before = [*self._last, *keys[:-1]]
        after = keys if self._last else keys[1:]
        if not all(map(lt, before, after)):
            lines = block.lines if self._last else block.lines[1:]
            for line, one, other in zip(lines, before, after, strict=True):
                if one == other:
                    yield Failure(block.table.path, line, None, "has the key of the row before")
                elif one > other:
                    yield Failure(block.table.path, line, None, "is not sorted by its key")
        self._last = keys[-1:] or self._last


class References(Check):
    """Every foreign key leads to a row."""

    name, unit, grain = "references", "foreign key", Grain.COLUMN

    def __init__(self, tables: Iterable[Table]) -> None:
        """Note the columns to which foreign keys lead."""
        super().__init__()
        self._tables = list(tables)
        self._lost: set[str] = set()
        self._known: dict[tuple[str, str], set[bytes]] = {
            (key.table, key.field): {b""} for table in self._tables for key in table.references
        }
        self._open: dict[tuple[str, Reference], dict[bytes, int]] = defaultdict(dict)

    def lose(self, table: Table) -> None:
        """Note that what refers to the table cannot be checked."""
        self._lost.add(table.name)

    def look(self, block: Block) -> Iterable[Failure]:
        """Note what can be referred to, and what refers to something not seen so far."""
        for spot, column in enumerate(block.table.columns):
            if (block.table.name, column.name) in self._known:
                self._known[block.table.name, column.name].update(block.columns[spot])
        for key in block.table.references:
            known, cells = self._known[key.table, key.field], block.columns[key.column]
            if not known.issuperset(cells):
                noted = self._open[block.table.name, key]
                for cell, line in zip(cells, block.lines, strict=True):
                    if cell not in known:
                        noted.setdefault(cell, line)
        return ()

    def finish(self) -> Iterator[Failure]:
        """Count the foreign keys and tell what leads nowhere."""
        for table in self._tables:
            for key in table.references:
                if lost := {table.name, key.table} & self._lost:
                    self.tally.skip(1, f"the table {min(lost)} cannot be read")
                    continue
                self.tally.total += 1
                for cell, line in self._open[table.name, key].items():
                    if cell not in self._known[key.table, key.field]:
                        message = f"{shown(cell)} is not in {key.table}"
                        yield Failure(table.path, line, table.columns[key.column].name, message)
