"""Claims of a record as a list that shows itself in notebooks."""

from __future__ import annotations

from defcoop.io.html_table import table
from defcoop.package.claims import Claim

_SHOWN = ("field", "value", "relation", "voice", "speaker_id", "stance", "basis", "quote", "seed_id", "start", "end")


class ClaimList(list[Claim]):
    """Claims, in the order of the record's fields."""

    def _repr_html_(self) -> str:
        """Show who says what, with the quote and where it stands."""
        header = ("record_id", *_SHOWN)
        rows = ([getattr(claim, name) for name in header] for claim in self)
        return table(f"{len(self)} claims", header, rows, {claim.record_id for claim in self})
