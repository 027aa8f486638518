"""Extents: the times that an amount may cover, where a date such as 2019 means the whole of it and not a day in it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from defcoop.analysis._days import numbers
from defcoop.values import Edtf
from defcoop.values.edtf import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

_LIMITS = ((FIRST_YEAR, LAST_YEAR), (1, 12), (1, 31))


class Extent(NamedTuple):
    """A time as a date without alternatives, with its first and its last day, counted as `date.toordinal` does."""

    text: str
    first: int
    last: int


@lru_cache(maxsize=65536)
def extents(text: str) -> tuple[Extent, ...]:
    """List the times that a date may mean, in order: one, or the alternatives of masked digits and of one-of sets.

    There is none where a side of the date is open or unknown, for then nobody knows what an amount covers.

    >>> [one.text for one in extents("[2019..2020,2022-03]")], [one.text for one in extents("2010/2019")]
    (['2019', '2020', '2022-03'], ['2010/2019'])
    """
    whole = Edtf(text)
    if whole.earliest is None or whole.latest is None:
        return ()
    if "/" in text or text[0] == "{":
        return (Extent(text, whole.earliest.toordinal(), whole.latest.toordinal()),)
    found = {_extent(told) for part in text.strip("[]").split(",") for told in _alternatives(part) if _exists(told)}
    return tuple(sorted(found, key=lambda one: (one.first, one.last)))


def _alternatives(text: str) -> Iterable[tuple[int, ...]]:
    """List the years, months or days that a date, or a range in a set, may mean; some may not be in the calendar."""
    if ".." not in text:
        parts = text.rstrip("?~%").split("-")
        return product(*(numbers(part, *limits) for part, limits in zip(parts, _LIMITS, strict=False)))
    first, last = (Edtf(end) for end in text.split(".."))
    assert first.earliest is not None  # noqa: S101 - `extents` has seen that both ends are told
    assert last.latest is not None  # noqa: S101 - likewise
    start, end, size = first.earliest, last.latest, first.count("-") + 1
    days = (date.fromordinal(day) for day in range(start.toordinal(), end.toordinal() + 1))
    return dict.fromkeys((day.year, day.month, day.day)[:size] for day in days)


def _exists(told: tuple[int, ...]) -> bool:
    return len(told) < len(_LIMITS) or told[2] <= monthrange(told[0], told[1])[1]


def _extent(told: tuple[int, ...]) -> Extent:
    text = "-".join(f"{number:0{4 if place == 0 else 2}d}" for place, number in enumerate(told))
    bounds = Edtf(text)
    assert bounds.earliest is not None  # noqa: S101 - a single date has bounds
    assert bounds.latest is not None  # noqa: S101 - likewise
    return Extent(text, bounds.earliest.toordinal(), bounds.latest.toordinal())
