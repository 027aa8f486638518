"""The check of records as wholes: none vanishes, a withdrawn one stays as a tombstone, and redirects lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.registry import BY_FOLDER
from defcoop.package.tables import RECORDS_TABLE, REDIRECTS
from defcoop.package.verification.check import Check
from defcoop.package.verification.columns import shown
from defcoop.package.verification.verdict import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.package.verification.blocks import Block
    from defcoop.package.verification.shape import Table

_SHARED = ("name", "name_ar", "summary")
"""What the table of all records says of a record as that of its type does."""


class _Grave(NamedTuple):
    """Where a withdrawn record is told of, why and since when it is withdrawn, and what stands in its place."""

    path: str
    line: int
    reason: bytes
    since: bytes
    replaced_by: bytes


class Tombstones(Check):
    """Every record is in the table of its type, and withdrawn and redirected in all tables alike."""

    name, unit = "records", "record"

    def __init__(self) -> None:
        """Begin with no record."""
        super().__init__()
        self._records: dict[bytes, int] = {}
        self._withdrawn: dict[bytes, int] = {}
        self._graves: dict[bytes, _Grave] = {}
        self._redirects: dict[bytes, _Grave] = {}
        self._path = ""
        self._lost = False

    def lose(self, table: Table) -> None:
        """Leave it at that: what a table would have held is not known."""
        self._lost = True
        self.tally.skip(0, f"{table.path} cannot be read")

    def look(self, block: Block) -> Iterable[Failure]:
        """Note the records of all types, compare those of one with them, and note the withdrawn ones."""
        if self._lost:
            return ()
        name = block.table.name
        if name == RECORDS_TABLE.name:
            self._note(block)
        elif name in BY_FOLDER:
            return self._compare(block)
        elif name == REDIRECTS.name:
            rows = zip(block.lines, *block.pick("id", "reason", "since", "replaced_by"), strict=True)
            self._redirects.update((one, _Grave(block.table.path, line, *rest)) for line, one, *rest in rows)
        return ()

    def _note(self, block: Block) -> None:
        self._path = block.table.path
        self.tally.total += len(block.lines)
        ids, kinds, withdrawn = block.pick("id", "type", "withdrawn")
        self._records.update(zip(ids, map(hash, zip(kinds, *block.pick(*_SHARED), strict=True)), strict=True))
        if b"true" in withdrawn:
            rows = zip(ids, withdrawn, block.lines, strict=True)
            self._withdrawn.update((one, line) for one, gone, line in rows if gone == b"true")

    def _compare(self, block: Block) -> Iterator[Failure]:
        ids, reasons = block.pick("id", "withdrawn_reason")
        kind = BY_FOLDER[block.table.name].name.encode()
        hashes = map(hash, zip([kind] * len(ids), *block.pick(*_SHARED), strict=True))
        for line, one, known in zip(block.lines, ids, hashes, strict=True):
            # An id that is in no other table is told by the check of references.
            if self._records.pop(one, known) != known:
                message = f"{shown(one)} has another type, name or summary than in {self._path}"
                yield Failure(block.table.path, line, None, message)
        if any(reasons):
            rest = block.pick("withdrawn_since", "withdrawn_replaced_by")
            for line, one, reason, *more in zip(block.lines, ids, reasons, *rest, strict=True):
                if reason:
                    self._graves[one] = _Grave(block.table.path, line, reason, *more)

    def finish(self) -> Iterator[Failure]:
        """Tell of records that are not in the table of their type, and of graves that tables tell differently."""
        if self._lost:
            self.tally.skip(self.tally.total, "")
            self.tally.total = 0
            return
        for one in self._records:
            yield Failure(self._path, None, "id", f"{shown(one)} is in no table of a type")
        for one in self._withdrawn.keys() - self._graves.keys():
            yield Failure(self._path, self._withdrawn[one], "withdrawn", f"{shown(one)} is not withdrawn in its table")
        for one, grave in self._graves.items():
            if one not in self._withdrawn:
                yield Failure(grave.path, grave.line, "withdrawn_reason", f"{shown(one)} stands in {self._path}")
            if grave.replaced_by and one not in self._redirects:
                yield Failure(grave.path, grave.line, "withdrawn_replaced_by", f"{shown(one)} has no redirect")
        for one, redirect in self._redirects.items():
            if one not in self._graves or self._graves[one][2:] != redirect[2:]:
                yield Failure(redirect.path, redirect.line, None, f"{shown(one)} is not withdrawn so in its own table")
        yield from self._circles()

    def _circles(self) -> Iterator[Failure]:
        ended: set[bytes] = set()
        for one in self._redirects:
            way: dict[bytes, None] = {}
            step = one
            while step in self._redirects and step not in ended and step not in way:
                way[step] = None
                step = self._redirects[step].replaced_by
            if step in way:
                redirect = self._redirects[step]
                yield Failure(redirect.path, redirect.line, "replaced_by", f"{shown(step)} is redirected in a circle")
            ended.update(way)
