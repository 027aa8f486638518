"""The days that a date allows: on which of them something may have begun, and on which it may have ended."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from defcoop.values import Edtf
from defcoop.values.edtf import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

Runs = tuple[tuple[int, int], ...]
"""Days as runs from a first to a last one, in order and apart; days are counted as `date.toordinal` does."""

FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
"""The bounds of the calendar in which defcoop dates things; an open side of a set reaches to them."""


class Reading(NamedTuple):
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
def readings(text: str) -> tuple[Reading, ...]:
    """Read a date as the happenings that it tells: one, or for an all-of set one for each of its dates.

    >>> readings("2017-06")[0].begins == ((date(2017, 6, 1).toordinal(), date(2017, 6, 30).toordinal()),)
    True
    >>> [len(reading.begins) for reading in readings("[2019-03,2020-03]")], len(readings("{2019,2020}"))
    ([2], 2)
    """
    if text[0] == "[":
        runs = join(run for part in text[1:-1].split(",") for run in _range(part))
        whole = Edtf(text)
        return (Reading(runs, moment=True, bounded=whole.earliest is not None and whole.latest is not None),)
    if text[0] == "{":
        return tuple(_all_of(part) for part in text[1:-1].split(","))
    if "/" not in text:
        return (Reading(_date(text), moment=True),)
    start, end = text.split("/")
    return (_between(start.strip("."), end.strip("."), goes_on=end == ".."),)


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


def _between(start: str, end: str, *, goes_on: bool) -> Reading:
    """Read an interval; nothing begins after the last day on which it may end, or ends before it may have begun."""
    first = _date(start) if start else ((FIRST_DAY, LAST_DAY),)
    if not end:
        return Reading(first, goes_on=goes_on, bounded=bool(start))
    last = _date(end)
    begins, ends = clip(first, FIRST_DAY, last[-1][1]), clip(last, first[0][0], LAST_DAY)
    return Reading(begins, ends, bounded=bool(start))


def _all_of(text: str) -> Reading:
    """Read a part of an all-of set: a date, or a range on all days of which something goes on."""
    if ".." not in text:
        return Reading(_date(text), moment=True)
    start, end = text.split("..")
    return _between(start, end, goes_on=True)


def _range(text: str) -> Runs:
    if ".." not in text:
        return _date(text)
    start, end = text.split("..")
    return ((_date(start)[0][0] if start else FIRST_DAY, _date(end)[-1][1] if end else LAST_DAY),)


def _date(text: str) -> Runs:
    """Give the days of a date that may have masked digits."""
    text = text.rstrip("?~%")
    if "X" not in text:
        whole = Edtf(text)
        assert whole.earliest is not None  # noqa: S101 - a single date has bounds
        assert whole.latest is not None  # noqa: S101 - likewise
        return ((whole.earliest.toordinal(), whole.latest.toordinal()),)
    year, *rest = text.split("-")
    month, day = (*rest, None, None)[:2]
    return join(_masked(year, month, day))


def _masked(year: str, month: str | None, day: str | None) -> Iterable[tuple[int, int]]:
    """Yield the days of a date with masked digits, a month at a time where its days do not matter."""
    whole = day is None or day == "XX"
    for one_year, one_month in product(numbers(year, FIRST_YEAR, LAST_YEAR), numbers(month, 1, 12)):
        last = monthrange(one_year, one_month)[1]
        start = date(one_year, one_month, 1).toordinal() - 1
        if whole:
            yield start + 1, start + last
        else:
            yield from ((start + n, start + n) for n in numbers(day, 1, last))


def numbers(digits: str | None, low: int, high: int) -> list[int]:
    """List every number from low to high that the digits, `X` for an unknown one, may stand for."""
    if digits is None:
        return list(range(low, high + 1))
    return [
        n
        for n in range(low, high + 1)
        if all(a in {"X", b} for a, b in zip(digits, f"{n:0{len(digits)}d}", strict=False))
    ]
