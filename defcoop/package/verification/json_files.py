"""The check of the JSON files: each has an entry for every row of its table, and records have the ids of the rows.

What else stands in an entry is found when the package is built again (`rebuilding`).
"""

from __future__ import annotations

import re
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from defcoop.models.registry import BY_FOLDER
from defcoop.package.columns import SEEDS
from defcoop.package.verification.check import TableCheck
from defcoop.package.verification.verdict import Failure, UnitKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from defcoop.package.described import DescribedTable
    from defcoop.package.verification.hashed_files import HashedFiles, HashedReader
    from defcoop.package.verification.row_blocks import RowBlock

_PIECE = 1 << 16
_START = re.compile(rb'\{"id": ?"([^"]*)"')


class JsonFiles(TableCheck):
    """Every JSON file has one entry per row of its table, and that of a record type the records of the rows' ids."""

    name, unit, kind = "json", "file", UnitKind.FILE

    def __init__(self, files: HashedFiles) -> None:
        """Compare with the files of a package."""
        super().__init__()
        self._files = files
        self._rows, self._ids = 0, list[bytes]()

    def units(self, table: DescribedTable) -> int:  # noqa: ARG002 - each table has one
        """Count the file."""
        return 1

    def begin(self, table: DescribedTable) -> Iterable[Failure]:  # noqa: ARG002 - each begins alike
        """Begin with no row."""
        self._rows, self._ids = 0, []
        return ()

    def check_rows(self, block: RowBlock) -> Iterable[Failure]:
        """Count the rows, and note the ids of records."""
        self._rows += len(block.lines)
        if _is_whole(block.table):
            self._ids += block.columns[0]
        return ()

    def end(self, table: DescribedTable) -> Iterable[Failure]:
        """Read the JSON file."""
        path = f"data/{table.name}.json"
        if path not in self._files.names:
            return [Failure(path, None, None, "is missing")]
        with self._files.open(path) as reader:
            return list(_other_ids(path, reader, self._ids) if _is_whole(table) else self._miscounts(path, reader))

    def _miscounts(self, path: str, reader: HashedReader) -> Iterator[Failure]:
        # Splitting is quicker than counting, and the first and last line are brackets.
        entries = sum(len(piece.split(b"\n")) - 1 for piece in iter(lambda: reader.read(_PIECE), b"")) - 2
        if entries != max(self._rows, 1):  # of no row an empty line is left
            yield Failure(path, None, None, f"has {entries:,} entries for {self._rows:,} rows")


def _is_whole(table: DescribedTable) -> bool:
    return table.name in BY_FOLDER or table.name == SEEDS


def _other_ids(path: str, reader: HashedReader, ids: Sequence[bytes]) -> Iterator[Failure]:
    expected = chain([b"["], ids or [b""], [b"]"])
    for line, (source, start) in enumerate(zip_longest(reader.lines(), expected), start=1):
        match = _START.match(source or b"")
        if (match.group(1) if match else source) != start:
            yield Failure(path, line, None, "is not the record that stands in that line of the table")
            return
