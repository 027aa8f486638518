"""Spans: when an act was certainly and possibly going on, from the date that tells of it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Literal, NamedTuple

from defcoop.analysis._days import FIRST_DAY, LAST_DAY, Happening, Runs, clip, count, happenings, join, middle
from defcoop.analysis._extents import extents
from defcoop.models.parts import TimeUnit

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        placed: from the middle of the days on which it may have begun to the middle of those on which it may have
            ended; NEVER if either are open or lie apart, for then their middle means nothing.
        possible: every day on which it may have been going on.
        happening: what the date tells, from which chances follow; None if several readings are taken together.
    """

    certain: Run
    placed: Run
    possible: Runs
    happening: Happening | None = None


@lru_cache(maxsize=65536)
def spans(text: str, dates: Dates, *, lasts: bool, left: Runs = ()) -> tuple[Span, ...]:
    """Give the spans of what a date tells: one, or for an all-of set several.

    Args:
        text: the date.
        dates: `best`, or `earliest` or `latest` if each date stands for the first or the last day that it allows.
        lasts: whether what happens at a moment goes on afterwards, until nobody knows when.
        left: the days that other dates leave it; all that it allows if there are none.

    >>> from datetime import date
    >>> [span] = spans("2017-06", "best", lasts=True)
    >>> [date.fromordinal(day).isoformat() for day in span.certain]
    ['2017-06-30', '2017-06-01']
    """
    told = [happening._replace(begins=left or happening.begins) for happening in happenings(text)]
    return tuple(_span(_resolved(_lasting(happening) if lasts else happening, dates)) for happening in told)


def spans_in_force(  # noqa: PLR0913, PLR0917 - the dates, one by one
    begun: str | None, ends: str | None, term: Duration | None, as_of: str | None, dates: Dates, left: Runs = ()
) -> tuple[Span, ...]:
    """Give the span in which an agreement was in force, or something else lasted.

    It ends when that is told, or when its term has run out; if neither is told it may have ended on any later day. A
    time for which it is told to be going on lies between its beginning and its end.

    Args:
        begun: when it began; on no later day than `as_of` if nobody tells.
        ends: when it ended.
        term: how long it was to last.
        as_of: a time at which it was going on.
        dates: as in `spans`.
        left: as in `spans`, of its beginning.
    """
    meanwhile = happenings(as_of)[0] if as_of else None
    beginning = happenings(begun)[0] if begun else Happening(((FIRST_DAY, LAST_DAY),), bounded=False)
    begins, bounded = left or beginning.begins, beginning.bounded
    if meanwhile:
        # A beginning that is told for later is out of place: then it had begun by that time.
        begins = clip(begins, FIRST_DAY, meanwhile.begins[-1][1]) or meanwhile.begins
    last: Runs = ()
    if ends is not None:
        ended = happenings(ends)[0]
        last = (ended.begins if ended.bounded else ()) if ended.moment else ended.ends
    elif term is not None and begun:
        last = join((after(first, term), after(final, term)) for first, final in begins)
    if meanwhile and last:
        last = clip(last, meanwhile.begins[0][0], LAST_DAY) or meanwhile.begins
    last = clip(last, begins[0][0], LAST_DAY)
    begins = clip(begins, FIRST_DAY, last[-1][1]) if last else begins
    happening = _resolved(Happening(begins, last, bounded=bounded), dates)
    span = _span(happening)
    if len(happening.begins) > 1 and ends is None and term is not None and not meanwhile:
        # What began on days that lie apart had run out between them if its term is short.
        span = span._replace(possible=join((begin, after(final, term)) for begin, final in happening.begins))
    if meanwhile and not last:
        span = span._replace(certain=(span.certain[0], max(span.certain[1], meanwhile.begins[0][0])))
    return (span,)


def spans_covered(text: str, dates: Dates) -> tuple[Span, ...]:
    """Give the spans that an amount covers: each counts only for a period that holds the whole of it."""
    covered = extents(text)
    if not covered:
        return ()
    if dates != "best":
        covered = (covered[0 if dates == "earliest" else -1],)
    whole = (min(extent.first for extent in covered), max(extent.last for extent in covered))
    first = Span(whole, NEVER, (covered[0][1:],))
    return first, *(Span(NEVER, NEVER, (extent[1:],)) for extent in covered[1:])


def taken_together(readings: Sequence[tuple[Span, ...]], *, complete: bool, within: bool) -> tuple[Span, ...]:
    """Give the spans of an act of which there are several readings: certain in all of them, possible in any.

    Args:
        readings: the spans in each reading.
        complete: whether these are all readings of the record; if not, it is nowhere certain.
        within: whether a span counts only in a period that holds all of it.
    """
    runs = {run for spans in readings for span in spans for run in span.possible}
    possible = tuple(sorted(runs)) if within else join(runs)
    first, last = (min, max) if within else (max, min)
    certain = {
        (first(run[0] for run in runs), last(run[1] for run in runs))
        for runs in product(*([span.certain for span in spans if span.certain != NEVER] for spans in readings))
    }
    if not complete or not certain:
        return (Span(NEVER, NEVER, possible),)
    head, *others = sorted(certain)
    return Span(head, NEVER, possible), *(Span(run, NEVER, (NEVER,)) for run in others)


@lru_cache(maxsize=65536)
def chance(happening: Happening, first: int, last: int) -> float | None:
    """Give the chance that something has a day in a period, each allowed day as likely as another; None if it is open.

    >>> from datetime import date
    >>> chance(happenings("[2018-12,2019-12]")[0], date(2019, 1, 1).toordinal(), date(2019, 12, 31).toordinal())
    0.5
    """
    begins, ends = happening.begins, happening.ends
    if not happening.bounded or not (happening.moment or ends):
        return None
    if happening.moment:
        return count(clip(begins, first, last)) / count(begins)
    too_late, too_early = clip(begins, last + 1, LAST_DAY), clip(ends, FIRST_DAY, first - 1)
    return 1 - (_in_order(too_late, ends) + _in_order(begins, too_early)) / _in_order(begins, ends)


def _in_order(begins: Runs, ends: Runs) -> int:
    """Count the pairs of a beginning and an end that does not come before it."""
    pairs = 0
    for (first, last), (soonest, latest) in product(begins, ends):
        before = max(min(last, soonest) - first + 1, 0)
        pairs += before * (latest - soonest + 1)
        begin, final = max(first, soonest + 1), min(last, latest)
        if begin <= final:
            pairs += (final - begin + 1) * (latest - begin + 1 + latest - final + 1) // 2
    return pairs


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
        return Span((last, first), _placed(happening), happening.begins, happening)
    if not happening.ends:
        return Span((last, first), NEVER, ((first, LAST_DAY),), happening)
    soonest, latest = happening.ends[0][0], happening.ends[-1][1]
    return Span((last, max(soonest, first)), _placed(happening), ((first, latest),), happening)


def _placed(happening: Happening) -> Run:
    if not happening.bounded or len(happening.begins) > 1 or len(happening.ends) > 1:
        return NEVER
    ended = middle(happening.ends or happening.begins)
    return min(middle(happening.begins), ended), ended
