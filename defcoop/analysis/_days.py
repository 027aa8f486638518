"""The days that a date allows: on which of them something may have begun, and on which it may have ended."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from defcoop.values import Edtf
from defcoop.values.edtf import ranges
from defcoop.values.edtf_parts import FIRST_YEAR, LAST_YEAR, is_one_of
from defcoop.values.readings import alternatives, windows_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from defcoop.values.edtf import DateRange

Runs = tuple[tuple[int, int], ...]
"""Days as runs from a first to a last one, in order and apart; days are counted as `date.toordinal` does."""

FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
"""The bounds of the calendar in which defcoop dates things; an open side of a set reaches to them."""


class Happening(NamedTuple):
    """One happening as a date tells it.

    `begins` are the days on which it may have begun. `ends` are those on which it may have ended: none for a moment,
    which a plain date or a one-of set tells, and none for an interval whose end is open or unknown. `goes_on` says
    that the end is open (`..`), and not just unknown (empty), as ISO 8601-2 tells the two apart. `bounded` says that
    both sides of the beginning are told; else it reaches to a bound of the calendar, and has no middle.
    """

    begins: Runs
    ends: Runs = ()
    moment: bool = False
    goes_on: bool = False
    bounded: bool = True


@lru_cache(maxsize=65536)
def happenings(text: str) -> tuple[Happening, ...]:
    """Read a date as the happenings that it tells: one, or for an all-of set one for each of its dates.

    >>> happenings("2017-06")[0].begins == ((date(2017, 6, 1).toordinal(), date(2017, 6, 30).toordinal()),)
    True
    >>> [len(one.begins) for one in happenings("[2019-03,2020-03]")], len(happenings("{2019,2020}"))
    ([2], 2)
    """
    if not is_one_of(text):
        return tuple(happening_in(part) for part in ranges(text))
    whole = Edtf(text)
    return (Happening(allowed(text), moment=True, bounded=whole.earliest is not None and whole.latest is not None),)


@lru_cache(maxsize=65536)
def happening_in(part: DateRange) -> Happening:
    """Read a date or a range; nothing begins after the last day on which it may end, or ends before it may have begun.

    >>> happening_in(ranges("2017/..")[0]).goes_on
    True
    """
    begins = days_of(part.first) if part.first else ((FIRST_DAY, LAST_DAY),)
    if not part.sign:
        return Happening(begins, moment=True)
    if not part.last:
        return Happening(begins, goes_on=part.goes_on, bounded=bool(part.first))
    ends = days_of(part.last)
    clipped = clip(begins, FIRST_DAY, ends[-1][1]), clip(ends, begins[0][0], LAST_DAY)
    return Happening(*clipped, bounded=bool(part.first))


@lru_cache(maxsize=65536)
def allowed(text: str) -> Runs:
    """Give every day that a date allows; of an interval or a range all from its first to its last.

    >>> allowed("[2019-03,2020-03]") == join([*days_of(Edtf("2020-03")), *days_of(Edtf("2019-03"))])
    True
    """
    return join(run for part in ranges(text) for run in _any_of(part))


@lru_cache(maxsize=65536)
def days_of(date: Edtf) -> Runs:
    """Give the days of a single date, which may have masked digits or be a season.

    >>> len(days_of(Edtf("2017-XX-05"))), len(days_of(Edtf("201X"))), len(days_of(Edtf("2022-24")))
    (12, 1, 3)
    """
    windows = (window for numbers in alternatives(date) for window in windows_of(numbers))
    return join((first.toordinal(), last.toordinal()) for first, last in windows)


def join(runs: Iterable[tuple[int, int]]) -> Runs:
    """Put runs of days in order, and make one of those that overlap or touch.

    >>> join([(5, 9), (1, 2), (3, 3)])
    ((1, 3), (5, 9))
    """
    joined: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)


def count(runs: Runs) -> int:
    """Count the days.

    >>> count(((1, 3), (5, 9)))
    8
    """
    return sum(last - first + 1 for first, last in runs)


def pick(runs: Runs, place: int) -> int:
    """Give one of the days by its place among them, from 0.

    >>> [pick(((1, 3), (5, 9)), place) for place in range(4)]
    [1, 2, 3, 5]
    """
    for first, last in runs:
        if place <= last - first:
            return first + place
        place -= last - first + 1
    msg = f"there are only {count(runs)} days"
    raise IndexError(msg)


def middle(runs: Runs) -> int:
    """Give the median of the days, of two the earlier: one of the days in any case.

    >>> middle(((1, 3), (5, 9)))
    5
    """
    return pick(runs, (count(runs) - 1) // 2)


def clip(runs: Runs, first: int, last: int) -> Runs:
    """Keep the days from a first to a last one; if these are in no order, there are none.

    >>> clip(((1, 3), (5, 9)), 3, 6), clip(((1, 3), (5, 9)), 7, 6)
    (((3, 3), (5, 6)), ())
    """
    kept = ((max(a, first), min(b, last)) for a, b in runs)
    return tuple((a, b) for a, b in kept if a <= b)


def _any_of(part: DateRange) -> Runs:
    """Give the days from the first to the last of a range or interval, or those of a single date."""
    if not part.sign:
        return days_of(Edtf(part.start))
    return (
        (days_of(part.first)[0][0] if part.first else FIRST_DAY, days_of(part.last)[-1][1] if part.last else LAST_DAY),
    )
