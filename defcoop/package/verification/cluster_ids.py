"""The check of cluster ids: each record has the one that follows from the table of possible duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.models.clusters import joined
from defcoop.package.tables import RECORDS_TABLE, SHARED
from defcoop.package.verification.check import TableCheck
from defcoop.package.verification.columns import abridged
from defcoop.package.verification.verdict import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.package.described import DescribedTable
    from defcoop.package.verification.row_blocks import RowBlock

_DUPLICATES, _ = SHARED["possibly_same_as"]


class ClusterIds(TableCheck):
    """Records that may be the same thing, step by step, share the first of their ids; any other has its own."""

    name, unit = "clusters", "record"

    def __init__(self) -> None:
        """Begin with no record."""
        super().__init__()
        self._path = ""
        self._lines: dict[str, int] = {}
        self._stated: dict[str, str] = {}
        self._pairs: list[tuple[str, str]] = []
        self._incomplete = False

    def table_missing(self, table: DescribedTable) -> None:
        """Check nothing if ids or possible duplicates cannot be read."""
        if table.name in {RECORDS_TABLE.name, _DUPLICATES}:
            self._incomplete = True
            self.tally.skip(0, f"{table.path} cannot be read")

    def check_rows(self, block: RowBlock) -> Iterable[Failure]:
        """Note which records have another id than their own, and which may be the same."""
        if block.table.name == _DUPLICATES:
            ids, others = block.pick("record_id", "record")
            self._pairs += zip(map(_text, ids), map(_text, others), strict=True)
        elif block.table.name == RECORDS_TABLE.name:
            self._path = block.table.path
            self.tally.total += len(block.lines)
            for line, record, cluster in zip(block.lines, *block.pick("id", "cluster_id"), strict=True):
                if record != cluster:
                    self._stated[_text(record)] = _text(cluster)
                    self._lines[_text(record)] = line
        return ()

    def finish(self) -> Iterator[Failure]:
        """Give the records that have another id than follows."""
        if self._incomplete:
            self.tally.skip(self.tally.total, "")
            self.tally.total = 0
            return
        expected = {record: first for record, first in joined(self._pairs).items() if record != first}
        for record in sorted(self._stated.keys() | expected.keys()):
            stated, first = self._stated.get(record, record), expected.get(record, record)
            if stated != first:
                message = f"{abridged(record.encode())} has {abridged(stated.encode())}, not {abridged(first.encode())}"
                yield Failure(self._path, self._lines.get(record), "cluster_id", message)


def _text(cell: bytes) -> str:
    """Read a cell that may be no text at all, which another check tells."""
    return cell.decode(errors="replace")
