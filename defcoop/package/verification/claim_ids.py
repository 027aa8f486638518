"""The check of claim ids: each is the hash that the claim's cells give."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from defcoop.package.tables import CLAIMS
from defcoop.package.verification.check import TableCheck
from defcoop.package.verification.verdict import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.package.verification.row_blocks import RowBlock

_ID, _UNHASHED = "claim_id", "reliability"


class ClaimIds(TableCheck):
    """Every claim's id is the hash of its other cells, the reliability aside."""

    name, unit = "claim ids", "claim"

    def check_rows(self, block: RowBlock) -> Iterator[Failure]:
        """Hash the cells of each claim."""
        if block.table.name != CLAIMS.name or _ID not in block.table.positions:
            return
        self.tally.total += len(block.lines)
        names = [column.name for column in block.table.columns if column.name not in {_ID, _UNHASHED}]
        hashes = [sha256(b"\x1f".join(row)).digest()[:10] for row in zip(*block.pick(*names), strict=True)]
        [ids] = block.pick(_ID)
        if b"".join(hashes).hex().encode() == b"".join(ids) and set(map(len, ids)) <= {20}:
            return
        for line, claimed, digest in zip(block.lines, ids, hashes, strict=True):
            if claimed != digest.hex().encode():
                message = f"is not {digest.hex()}, the hash of the claim's other cells"
                yield Failure(block.table.path, line, _ID, message)
