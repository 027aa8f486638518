"""Chronology: what comes first is not dated after what follows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from defcoop.models import Agreement
from defcoop.models.leaves import dotted
from defcoop.validation.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.models import Record
    from defcoop.models.leaves import Pointer
    from defcoop.validation.issues import Sources
    from defcoop.values import Edtf

    Dated = tuple[Pointer, Edtf | None]


def dates_in_order(record: Record, _: Sources) -> Iterator[Issue]:
    """An agreement is signed, ratified, enters into force and ends in this order, as far as its dates tell."""
    if not isinstance(record, Agreement):
        return
    signed: Dated = (("signed",), record.signed)
    force: Dated = (("entry_into_force",), record.entry_into_force)
    ends: Dated = (("ends",), record.ends)
    ratified: list[Dated] = [(("ratified", n, "date"), act.date) for n, act in enumerate(record.ratified)]
    pairs = [(signed, force), (signed, ends), (force, ends)]
    pairs += [pair for act in ratified for pair in ((signed, act), (act, force), (act, ends))]
    reversed_pairs = [pair for pair in pairs if _is_reversed(*pair)]
    if reversed_pairs:
        # A single wrong date is out of order with several others: it is told once, where most pairs meet.
        meetings = Counter(pointer for pair in reversed_pairs for pointer, _ in pair)
        wrong = max(meetings, key=lambda pointer: (meetings[pointer], pointer == reversed_pairs[0][1][0]))
        (first, before), (then, after) = next(pair for pair in reversed_pairs if wrong in {pair[0][0], pair[1][0]})
        told = f"{after} lies before {dotted(first)} {before}"
        yield Issue("DC502", wrong, told if wrong == then else f"{before} lies after {dotted(then)} {after}")


def _is_reversed(one: Dated, other: Dated) -> bool:
    before, after = one[1], other[1]
    return bool(before and after and before.earliest and after.latest and before.earliest > after.latest)
