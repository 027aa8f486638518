"""Spans: when an act was certainly, as placed, and possibly going on, from the date that tells of it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from defcoop.analysis._days import FIRST_DAY, LAST_DAY, Happening, Runs, clip, happenings, join, middle
from defcoop.analysis._extents import extents
from defcoop.models.parts import TimeUnit

if TYPE_CHECKING:
    from defcoop.models.parts import Duration

Dates = Literal["best", "earliest", "latest"]
"""Whether dates keep all the days that they allow, or stand for the first or the last of them."""

Run = tuple[int, int]

NEVER: Run = (1, 0)
"""A run of days without any day."""

_MONTHS = {TimeUnit.YEARS: 12, TimeUnit.MONTHS: 1}
_MONTH = 30.4375
"""Days of a month on average, for the fraction of one."""


class Span(NamedTuple):
    """When an act was going on, in days counted as `date.toordinal` does.

    Attributes:
        certain: from the last day on which it may have begun to the first on which it may have ended. If the former
            comes later, it is still certain for a period in which both days lie.
        placed: from the day on which it is taken to have begun to that on which it is taken to have ended; the day of
            its beginning alone if no end is told, and that of its end if no beginning is.
        possible: every day on which it may have been going on.
        ended: whether the end of `placed` is told, be it as open.
    """

    certain: Run
    placed: Run
    possible: Runs
    ended: bool


@lru_cache(maxsize=65536)
def spans(text: str, dates: Dates, *, lasts: bool) -> tuple[Span, ...]:
    """Give the spans of what a date tells: one, or for an all-of set several.

    Args:
        text: the date.
        dates: `best`, or `earliest` or `latest` if each date stands for the first or the last day that it allows.
        lasts: whether what happens at a moment goes on afterwards, until nobody knows when.

    >>> from datetime import date
    >>> [span] = spans("2017-06", "best", lasts=True)
    >>> date.fromordinal(span.placed[0]).isoformat(), span.ended
    ('2017-06-15', False)
    """
    return tuple(_span(_resolved(_lasting(happening) if lasts else happening, dates)) for happening in happenings(text))


def spans_in_force(force: str, ends: str | None, term: Duration | None, dates: Dates) -> tuple[Span, ...]:
    """Give the span in which an agreement was in force.

    It begins with the entry into force. It ends when that is told, or when its term has run out; an agreement of which
    neither is told may have ended on any later day.
    """
    begun = happenings(force)[0]
    last: Runs = ()
    if ends is not None:
        ended = happenings(ends)[0]
        last = (ended.begins if ended.bounded else ()) if ended.moment else ended.ends
    elif term is not None:
        last = join((after(first, term), after(final, term)) for first, final in begun.begins)
    last = clip(last, begun.begins[0][0], LAST_DAY)
    first = clip(begun.begins, FIRST_DAY, last[-1][1]) if last else begun.begins
    return (_span(_resolved(Happening(first, last, bounded=begun.bounded), dates)),)


def spans_covered(text: str, dates: Dates) -> tuple[Span, ...]:
    """Give the spans that an amount covers: each counts only for a period that holds the whole of it."""
    covered = extents(text)
    if not covered:
        return ()
    place = {"best": (len(covered) - 1) // 2, "earliest": 0, "latest": -1}[dates]
    if dates != "best":
        covered = (covered[place],)
        place = 0
    whole = (min(extent.first for extent in covered), max(extent.last for extent in covered))
    first = Span(whole, covered[place][1:], (covered[0][1:],), ended=True)
    return first, *(Span(NEVER, NEVER, (extent[1:],), ended=True) for extent in covered[1:])


def after(day: int, term: Duration) -> int:
    """Give the last day of a term that begins on a day.

    >>> from defcoop.models.parts import Duration
    >>> date.fromordinal(after(date(2017, 6, 5).toordinal(), Duration(length=3, unit="years"))).isoformat()
    '2020-06-04'
    """
    if term.unit is TimeUnit.DAYS:
        return min(day + round(term.length) - 1, LAST_DAY)
    months = term.length * _MONTHS[term.unit]
    start = date.fromordinal(day)
    year, month = divmod(start.month - 1 + int(months), 12)
    year += start.year
    if year > date.fromordinal(LAST_DAY).year:
        return LAST_DAY
    last = min(start.day, monthrange(year, month + 1)[1])
    rest = round(float(months - int(months)) * _MONTH)
    return min(date(year, month + 1, last).toordinal() + rest - 1, LAST_DAY)


def _lasting(happening: Happening) -> Happening:
    return happening._replace(moment=False) if happening.moment else happening


def _resolved(happening: Happening, dates: Dates) -> Happening:
    """Put each side of a happening on the first or the last day that is told; a side that is open stays so."""
    if dates == "best":
        return happening
    side = 0 if dates == "earliest" else -1
    begins, ends = happening.begins, happening.ends
    begun, bound = begins[side][side], (FIRST_DAY, LAST_DAY)[side]
    bounded = happening.bounded or begun != bound
    if bounded:
        begins = ((begun, begun),)
    if ends:
        last = max(ends[side][side], begun if bounded else FIRST_DAY)
        ends = ((last, last),)
    return happening._replace(begins=begins, ends=ends, bounded=bounded)


def _span(happening: Happening) -> Span:
    first, last = happening.begins[0][0], happening.begins[-1][1]
    if happening.moment:
        placed = (middle(happening.begins),) * 2 if happening.bounded else NEVER
        return Span((last, first), placed, happening.begins, ended=True)
    if not happening.ends:
        begun = middle(happening.begins)
        placed = (begun, LAST_DAY if happening.goes_on else begun) if happening.bounded else NEVER
        return Span((last, first), placed, ((first, LAST_DAY),), ended=happening.goes_on)
    soonest, latest = happening.ends[0][0], happening.ends[-1][1]
    ended = middle(happening.ends)
    begun = min(middle(happening.begins), ended) if happening.bounded else ended
    return Span((last, max(soonest, first)), (begun, ended), ((first, latest),), ended=happening.bounded)
