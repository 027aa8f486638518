"""Chronology: what comes first is not dated after what follows."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from defcoop.models.layout import Shape
from defcoop.models.leaves import dotted
from defcoop.models.meaning import ordered_fields
from defcoop.validation.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.models import Record
    from defcoop.models.layout import FieldLayout
    from defcoop.models.leaves import Pointer
    from defcoop.validation.issues import Sources
    from defcoop.values import Edtf

    Dated = tuple[Pointer, Edtf | None]


def dates_in_order(record: Record, _: Sources) -> Iterator[Issue]:
    """What is signed, ratified, begins and ends does so in this order, as far as its dates tell."""
    fields = ordered_fields(type(record))
    if len(fields) < 2:  # noqa: PLR2004 - one date is in order
        return
    dates = {name: list(_dates(record, *pair)) for name, pair in fields.items()}
    # A field that holds several is compared after those that hold one.
    pairs = sorted(combinations(dates, 2), key=lambda pair: max(fields[name][0].shape is Shape.PARTS for name in pair))
    reversed_pairs = [
        (earlier, later)
        for before, after in pairs
        for earlier in dates[before]
        for later in dates[after]
        if _is_reversed(earlier, later)
    ]
    if reversed_pairs:
        # A single wrong date is out of order with several others: it is told once, where most pairs meet.
        meetings = Counter(pointer for pair in reversed_pairs for pointer, _ in pair)
        wrong = max(meetings, key=lambda pointer: (meetings[pointer], pointer == reversed_pairs[0][1][0]))
        (first, before), (then, after) = next(pair for pair in reversed_pairs if wrong in {pair[0][0], pair[1][0]})
        told = f"{after} lies before {dotted(first)} {before}"
        yield Issue("DC502", wrong, told if wrong == then else f"{before} lies after {dotted(then)} {after}")


def _dates(record: Record, field: FieldLayout, inner: FieldLayout) -> Iterator[Dated]:
    value = getattr(record, field.attribute)
    if field is inner:
        yield (field.name,), value
    elif field.shape is Shape.PARTS:
        yield from (
            ((field.name, place, inner.name), getattr(item, inner.attribute)) for place, item in enumerate(value)
        )
    elif value:
        yield (field.name, inner.name), getattr(value, inner.attribute)


def _is_reversed(one: Dated, other: Dated) -> bool:
    before, after = one[1], other[1]
    return bool(before and after and before.earliest and after.latest and before.earliest > after.latest)
