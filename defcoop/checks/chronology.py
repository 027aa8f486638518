"""Chronology: what comes first is not dated after what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.faults import Fault
from defcoop.models import Agreement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.faults import Sources
    from defcoop.models import Record
    from defcoop.models.leaves import Pointer
    from defcoop.values import Edtf

    Dated = tuple[Pointer, Edtf | None]


def dates_in_order(record: Record, _: Sources) -> Iterator[Fault]:
    """An agreement is signed, ratified, enters into force and ends in this order, as far as its dates tell."""
    if not isinstance(record, Agreement):
        return
    signed: Dated = (("signed",), record.signed)
    force: Dated = (("entry_into_force",), record.entry_into_force)
    ends: Dated = (("ends",), record.ends)
    ratified: list[Dated] = [(("ratified", n, "date"), act.date) for n, act in enumerate(record.ratified)]
    pairs = [(signed, force), (signed, ends), (force, ends), *((signed, act) for act in ratified)]
    for (first, before), (then, after) in pairs:
        if before and after and before.earliest and after.latest and before.earliest > after.latest:
            yield Fault("DC502", then, f"{after} lies before {first[0]} {before}")
