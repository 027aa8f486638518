"""Comparison of dates, none of which need be known to the day: yes, no, or None where what is known leaves it open."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from defcoop.values.edtf_parts import Bounds, Part, bounds, is_all_of, is_one_of, split
from defcoop.values.readings import alternatives, windows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Answer = bool | None


class _Span(NamedTuple):
    """One reading of a date: the days between which it begins, and those between which it ends."""

    first_begin: date
    last_begin: date
    first_end: date
    last_end: date


def before(own: str, other: str) -> Answer:
    """Tell whether one date is over before the other begins, neither known better than it is written."""
    return _every(own, lambda span: _every(other, lambda later: _is_before(span, later)))


def within(own: str, stretch: str) -> Answer:
    """Tell whether a date lies in a stretch of time, which is taken as a whole."""
    return _every(own, lambda span: _any(_is_within(span, *run) for run in _runs(stretch)))


def overlaps(own: str, stretch: str) -> Answer:
    """Tell whether a date shares a day with a stretch of time, which is taken as a whole."""

    def shares(span: _Span) -> Answer:
        return _any(_touches(span, *run) for run in _runs(stretch))

    return _any(map(shares, _spans(own))) if is_all_of(own) else _every(own, shares)


def _is_before(span: _Span, later: _Span) -> Answer:
    return _answer(span.last_end < later.first_begin, span.first_end >= later.last_begin)


def _is_within(span: _Span, first: date, last: date) -> Answer:
    yes = first <= span.first_begin and span.last_end <= last
    return _answer(yes, span.last_begin < first or span.first_end > last)


def _touches(span: _Span, first: date, last: date) -> Answer:
    yes = span.last_begin <= last and span.first_end >= first
    return _answer(yes, span.first_begin > last or span.last_end < first)


def _answer(yes: bool, no: bool) -> Answer:  # noqa: FBT001 - two findings of one question
    return True if yes else False if no else None


def _any(answers: Iterable[Answer]) -> Answer:
    given = set(answers)
    return _answer(True in given, given == {False})


def _every(own: str, ask: Callable[[_Span], Answer]) -> Answer:
    """Ask of every reading of a date; where only one is meant, they must agree."""
    answers = set(map(ask, _spans(own)))
    return _answer(answers == {True}, False in answers if is_all_of(own) else answers == {False})


@lru_cache(maxsize=4096)
def _spans(own: str) -> tuple[_Span, ...]:
    return tuple(span for part in split(own) for span in _readings(part, is_one_of(own)))


def _readings(part: Part, is_one: bool) -> Iterator[_Span]:  # noqa: FBT001 - what the part stands in
    if not part.sign:
        windows = (window for numbers in alternatives(part.start) for window in windows_of(numbers))
        yield from (_Span(*run, *run) for run in _joined(windows))
        return
    first, last = (bounds(end) if end.strip(".") else Bounds(None, None) for end in (part.start, part.end))
    earliest, latest = first.earliest or date.min, last.latest or date.max
    if is_one:
        # Of the dates in the range a single one is meant.
        yield _Span(earliest, latest, earliest, latest)
        return
    begins = date.min if part.start == ".." else first.latest or latest
    ends = date.max if part.goes_on else last.earliest or earliest
    yield _Span(earliest, begins, ends, latest)


@lru_cache(maxsize=4096)
def _runs(stretch: str) -> tuple[tuple[date, date], ...]:
    return tuple(_joined((span.first_begin, span.last_end) for span in _spans(stretch)))


def _joined(windows: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Join stretches of days that meet or overlap."""
    runs: list[tuple[date, date]] = []
    for first, last in sorted(windows):
        if runs and first.toordinal() <= runs[-1][1].toordinal() + 1:
            runs[-1] = (runs[-1][0], max(runs[-1][1], last))
        else:
            runs.append((first, last))
    return runs
