"""The checks of keys: rows are told apart by them, and foreign ones lead to rows."""

from __future__ import annotations

from collections import defaultdict
from operator import lt
from typing import TYPE_CHECKING, Any

from defcoop.package.verification.check import TableCheck
from defcoop.package.verification.columns import abridged
from defcoop.package.verification.verdict import Failure, UnitKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.package.described import DescribedTable, ForeignKey
    from defcoop.package.verification.row_blocks import RowBlock


class Keys(TableCheck):
    """The rows of every table are sorted by its key, which no two have in common."""

    name, unit, kind = "keys", "table", UnitKind.FILE

    def __init__(self) -> None:
        """Begin with no row."""
        super().__init__()
        self._last: list[Any] = []

    def units(self, table: DescribedTable) -> int:  # noqa: ARG002 - each table has one
        """Count the table."""
        return 1

    def begin(self, table: DescribedTable) -> Iterable[Failure]:  # noqa: ARG002 - each begins alike
        """Begin with no row."""
        self._last = []
        return ()

    def check_rows(self, block: RowBlock) -> Iterator[Failure]:
        """Look for a row whose key is not greater than that of the row before: then none is there twice."""
        columns = block.pick(*block.table.key)
        keys = columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
        before = [*self._last, *keys[:-1]]
        after = keys if self._last else keys[1:]
        if not all(map(lt, before, after)):
            lines = block.lines if self._last else block.lines[1:]
            for line, first, second in zip(lines, before, after, strict=True):
                if first == second:
                    yield Failure(block.table.path, line, None, "has the key of the row before")
                elif first > second:
                    yield Failure(block.table.path, line, None, "is not sorted by its key")
        self._last = [*keys[-1:]] or self._last


class References(TableCheck):
    """Every foreign key leads to a row."""

    name, unit, kind = "references", "foreign key", UnitKind.COLUMN
    of_cells = True

    def __init__(self, tables: Iterable[DescribedTable]) -> None:
        """Note the columns to which foreign keys lead."""
        super().__init__()
        self._tables = list(tables)
        self._missing: set[str] = set()
        self._known: dict[tuple[str, str], set[bytes]] = {
            (key.table, key.field): {b""} for table in self._tables for key in table.foreign_keys
        }
        self._open: dict[tuple[str, ForeignKey], dict[bytes, int]] = defaultdict(dict)

    def table_missing(self, table: DescribedTable) -> None:
        """Note that what refers to the table cannot be checked."""
        self._missing.add(table.name)

    def check_rows(self, block: RowBlock) -> Iterable[Failure]:
        """Note what can be referred to, and what refers to something not seen so far."""
        for column, cells in zip(block.table.columns, block.columns, strict=True):
            if (block.table.name, column.name) in self._known:
                self._known[block.table.name, column.name].update(cells)
        for key in block.table.foreign_keys:
            known, [cells] = self._known[key.table, key.field], block.pick(key.column)
            if not known.issuperset(cells):
                unknown = self._open[block.table.name, key]
                for cell, line in zip(cells, block.lines, strict=True):
                    if cell not in known:
                        unknown.setdefault(cell, line)
        return ()

    def finish(self) -> Iterator[Failure]:
        """Count the foreign keys and give the ids that no row has."""
        for table in self._tables:
            for key in table.foreign_keys:
                if missing := {table.name, key.table} & self._missing:
                    self.tally.skip(1, f"the table {min(missing)} cannot be read")
                    continue
                self.tally.total += 1
                for cell, line in self._open[table.name, key].items():
                    if cell not in self._known[key.table, key.field]:
                        message = f"{abridged(cell)} is not in {key.table}"
                        yield Failure(table.path, line, key.column, message)
