"""The check of records as wholes: none vanishes, withdrawn ones stay as tombstones, and redirects lead to records."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.registry import BY_FOLDER
from defcoop.package.tables import RECORDS_TABLE, REDIRECTS
from defcoop.package.verification.check import TableCheck
from defcoop.package.verification.columns import abridged
from defcoop.package.verification.verdict import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.package.described import DescribedTable
    from defcoop.package.verification.row_blocks import RowBlock

_SHARED = ("name", "name_ar", "cluster_id", "summary")
"""What the table of all records says of a record as that of its type does."""


class _Withdrawal(NamedTuple):
    """Where a table says that a record is withdrawn, why and since when, and what stands in its place."""

    path: str
    line: int
    reason: bytes
    since: bytes
    replaced_by: bytes


class Tombstones(TableCheck):
    """Every record is in the table of its type, and withdrawn and redirected in all tables alike."""

    name, unit = "records", "record"

    def __init__(self) -> None:
        """Begin with no record."""
        super().__init__()
        self._records: dict[bytes, int] = {}
        self._withdrawn: dict[bytes, int] = {}
        self._withdrawals: dict[bytes, _Withdrawal] = {}
        self._redirects: dict[bytes, _Withdrawal] = {}
        self._path = ""
        self._incomplete = False

    def table_missing(self, table: DescribedTable) -> None:
        """Check nothing more: what the table would have held is not known."""
        self._incomplete = True
        self.tally.skip(0, f"{table.path} cannot be read")

    def check_rows(self, block: RowBlock) -> Iterable[Failure]:
        """Note the records of all types, compare those of one type with them, and note the withdrawn ones."""
        if self._incomplete:
            return ()
        name = block.table.name
        if name == RECORDS_TABLE.name:
            self._note(block)
        elif name in BY_FOLDER:
            return self._compare(block)
        elif name == REDIRECTS.name:
            rows = zip(block.lines, *block.pick("id", "reason", "since", "replaced_by"), strict=True)
            self._redirects.update((record, _Withdrawal(block.table.path, line, *rest)) for line, record, *rest in rows)
        return ()

    def _note(self, block: RowBlock) -> None:
        self._path = block.table.path
        self.tally.total += len(block.lines)
        ids, kinds, withdrawn = block.pick("id", "type", "withdrawn")
        self._records.update(zip(ids, map(hash, zip(kinds, *block.pick(*_SHARED), strict=True)), strict=True))
        if b"true" in withdrawn:
            rows = zip(ids, withdrawn, block.lines, strict=True)
            self._withdrawn.update((record, line) for record, gone, line in rows if gone == b"true")

    def _compare(self, block: RowBlock) -> Iterator[Failure]:
        ids, reasons = block.pick("id", "withdrawn_reason")
        kind = BY_FOLDER[block.table.name].name.encode()
        hashes = map(hash, zip([kind] * len(ids), *block.pick(*_SHARED), strict=True))
        for line, record, known in zip(block.lines, ids, hashes, strict=True):
            # An id that is in no other table is a failure of references.
            if self._records.pop(record, known) != known:
                message = f"{abridged(record)} has another type, name or summary than in {self._path}"
                yield Failure(block.table.path, line, None, message)
        if any(reasons):
            rest = block.pick("withdrawn_since", "withdrawn_replaced_by")
            for line, record, reason, *more in zip(block.lines, ids, reasons, *rest, strict=True):
                if reason:
                    self._withdrawals[record] = _Withdrawal(block.table.path, line, reason, *more)

    def finish(self) -> Iterator[Failure]:
        """Give records that are not in the table of their type, and withdrawals on which tables differ."""
        if self._incomplete:
            self.tally.skip(self.tally.total, "")
            self.tally.total = 0
            return
        for record in self._records:
            yield Failure(self._path, None, "id", f"{abridged(record)} is in no table of a type")
        for record in self._withdrawn.keys() - self._withdrawals.keys():
            message = f"{abridged(record)} is not withdrawn in its table"
            yield Failure(self._path, self._withdrawn[record], "withdrawn", message)
        for record, (path, line, *_, replaced_by) in self._withdrawals.items():
            if record not in self._withdrawn:
                yield Failure(path, line, "withdrawn_reason", f"{abridged(record)} stands in {self._path}")
            if replaced_by and record not in self._redirects:
                yield Failure(path, line, "withdrawn_replaced_by", f"{abridged(record)} has no redirect")
        for record, (path, line, *said) in self._redirects.items():
            if record not in self._withdrawals or said != [*self._withdrawals[record][2:]]:
                yield Failure(path, line, None, f"{abridged(record)} is not withdrawn so in its own table")
        yield from self._cycles()

    def _cycles(self) -> Iterator[Failure]:
        done: set[bytes] = set()
        for record in self._redirects:
            chain: dict[bytes, None] = {}
            step = record
            while step in self._redirects and step not in done and step not in chain:
                chain[step] = None
                step = self._redirects[step].replaced_by
            if step in chain:
                redirect = self._redirects[step]
                yield Failure(
                    redirect.path, redirect.line, "replaced_by", f"{abridged(step)} is redirected in a circle"
                )
            done.update(chain)
