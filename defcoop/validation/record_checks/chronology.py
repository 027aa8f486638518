"""Chronology: what comes first is not dated after what follows."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from defcoop.models.leaves import dotted
from defcoop.models.meaning import ordered_dates
from defcoop.validation.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.models import Record
    from defcoop.models.meaning import OrderedDate
    from defcoop.validation.issues import Sources


def dates_in_order(record: Record, _: Sources) -> Iterator[Issue]:
    """What is signed, ratified, begins and ends does so in this order, as far as its dates tell."""
    dates = ordered_dates(record)
    pairs = [pair for pair in combinations(dates, 2) if pair[0].place < pair[1].place and _is_reversed(*pair)]
    # Dates that stand alone are compared before those of which there are several.
    reversed_pairs = sorted(pairs, key=lambda pair: any(len(date.pointer) > 1 for date in pair))
    if reversed_pairs:
        # A single wrong date is out of order with several others: it is told once, where most pairs meet.
        meetings = Counter(date.pointer for pair in reversed_pairs for date in pair)
        wrong = max(meetings, key=lambda pointer: (meetings[pointer], pointer == reversed_pairs[0][1].pointer))
        earlier, later = next(pair for pair in reversed_pairs if wrong in {date.pointer for date in pair})
        if wrong == later.pointer:
            message = f"{later.day} lies before {dotted(earlier.pointer)} {earlier.day}"
        else:
            message = f"{earlier.day} lies after {dotted(later.pointer)} {later.day}"
        yield Issue("DC502", wrong, message)


def _is_reversed(earlier: OrderedDate, later: OrderedDate) -> bool:
    return bool(earlier.day.earliest and later.day.latest and earlier.day.earliest > later.day.latest)
