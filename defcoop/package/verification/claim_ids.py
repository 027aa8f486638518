"""The check of claim ids: each is the hash that the claim's cells give."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from defcoop.package.tables import CLAIMS
from defcoop.package.verification.check import Check
from defcoop.package.verification.verdict import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from defcoop.package.verification.blocks import Block
    from defcoop.package.verification.shape import Table

_ID, _UNHASHED = "claim_id", "reliability"


class ClaimIds(Check):
    """Every claim's id is the hash of its other cells, the reliability aside."""

    name, unit = "claim ids", "claim"

    def look(self, block: Block) -> Iterable[Failure]:
        """Hash the cells of each claim."""
        if block.table.name != CLAIMS.name or _ID not in block.table.spots:
            return ()
        self.take(block.table, len(block.lines))
        spots = block.table.spots
        ids = block.columns[spots[_ID]]
        cells = [column for spot, column in enumerate(block.columns) if spot not in {spots[_ID], spots.get(_UNHASHED)}]
        hashes = b"".join([sha256(b"\x1f".join(row)).digest()[:10] for row in zip(*cells, strict=True)])
        if hashes.hex().encode() == b"".join(ids) and set(map(len, ids)) <= {20}:
            return ()
        return _wrong_ids(block, ids, hashes)

    def take(self, table: Table, rows: int) -> None:
        """Count claims."""
        self.tally.total += rows if table.name == CLAIMS.name else 0


def _wrong_ids(block: Block, ids: Sequence[bytes], hashes: bytes) -> Iterator[Failure]:
    for number, (line, found) in enumerate(zip(block.lines, ids, strict=True)):
        expected = hashes[10 * number : 10 * number + 10].hex()
        if found != expected.encode():
            yield Failure(block.table.path, line, _ID, f"is not {expected}, the hash of the claim's other cells")
