"""Extents: the times that an amount may cover, where a date such as 2019 means the whole of it and not a day in it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from defcoop.values import Edtf
from defcoop.values.edtf import ranges
from defcoop.values.edtf_parts import is_all_of
from defcoop.values.readings import alternatives, bounds_of, is_season, windows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.values.edtf import DateRange


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
    parts = ranges(text)
    if is_all_of(text) or parts[0].sign == "/":
        return (Extent(text, whole.earliest.toordinal(), whole.latest.toordinal()),)
    every = {extent for part in parts for extent in _alternatives(part)}
    return tuple(sorted(every, key=lambda extent: (extent.first, extent.last)))


def _alternatives(part: DateRange) -> Iterator[Extent]:
    """Yield the times that a date, or a range in a set, may mean: of a range those as fine as its finer end."""
    if not part.sign:
        if is_season(part.start):
            return map(_window, (window for season in alternatives(part.start) for window in windows_of(season)))
        return map(_extent, alternatives(part.start))
    first, last = Edtf(part.start), Edtf(part.end)
    assert first.earliest is not None  # noqa: S101 - `extents` has seen that both ends are told
    assert last.latest is not None  # noqa: S101 - likewise
    size = max(_size(first), _size(last))
    days = (date.fromordinal(day) for day in range(first.earliest.toordinal(), last.latest.toordinal() + 1))
    return map(_extent, dict.fromkeys((day.year, day.month, day.day)[:size] for day in days))


def _size(date: Edtf) -> int:
    """Tell how many numbers it takes to say the first and the last day of a date: for a season year, month and day."""
    return 3 if is_season(date) else len(next(iter(alternatives(date))))


def _extent(numbers: tuple[int, ...]) -> Extent:
    text = "-".join(f"{number:0{4 if place == 0 else 2}d}" for place, number in enumerate(numbers))
    return Extent(text, *(day.toordinal() for day in bounds_of(numbers)))


def _window(window: tuple[date, date]) -> Extent:
    """Give the time from the first to the last day on which one of the seasons of a name may be."""
    first, last = window
    return Extent(f"{first}/{last}", first.toordinal(), last.toordinal())
