"""Dates read day by day: every day of the calendar is held against the text, and every day is kept."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from functools import cache
from typing import NamedTuple

from tests.seasons import is_day_of, season_in

CALENDAR = range(date(1800, 1, 1).toordinal(), date(2100, 12, 31).toordinal() + 1)
ISO = {day: date.fromordinal(day).isoformat() for day in CALENDAR}


class Happening(NamedTuple):
    """Days of its beginning and of its end, none if no end is told; whether it has a duration, and goes on."""

    begins: list[int]
    ends: list[int]
    moment: bool
    goes_on: bool
    bounded: bool


@cache
def days_of(text: str) -> list[int]:
    """List the days of a date, or of a range in a set."""
    if ".." in text:
        start, end = text.split("..")
        first = days_of(start)[0] if start else CALENDAR[0]
        last = days_of(end)[-1] if end else CALENDAR[-1]
        return list(range(first, last + 1))
    if season := season_in(text):
        return [day for day, iso in ISO.items() if is_day_of(iso, *season)]
    shape = re.compile(text.rstrip("?~%").replace("X", r"\d"))
    return [day for day, iso in ISO.items() if shape.match(iso)]


@cache
def happenings(text: str) -> list[Happening]:
    """List what a date tells of."""
    text = str(text)
    if text.startswith("["):
        parts = text[1:-1].split(",")
        days = sorted({day for part in parts for day in days_of(part)})
        bounded = not any(part.startswith("..") or part.endswith("..") for part in parts)
        return [Happening(days, [], moment=True, goes_on=False, bounded=bounded)]
    if text.startswith("{"):
        return [_part(part) for part in text[1:-1].split(",")]
    if "/" in text:
        start, end = text.split("/")
        return [_interval(start.strip("."), end.strip("."), goes_on=end == "..")]
    return [_part(text)]


def _part(text: str) -> Happening:
    if ".." in text:
        start, end = text.split("..")
        return _interval(start, end, goes_on=True)
    return Happening(days_of(text), [], moment=True, goes_on=False, bounded=True)


def _interval(start: str, end: str, *, goes_on: bool) -> Happening:
    begins = days_of(start) if start else list(CALENDAR)
    if not end:
        return Happening(begins, [], moment=False, goes_on=goes_on, bounded=bool(start))
    ends = [day for day in days_of(end) if day >= begins[0]]
    begins = [day for day in begins if day <= ends[-1]]
    return Happening(begins, ends, moment=False, goes_on=False, bounded=bool(start))


class Going:
    """When something was going on: certainly and possibly, and how likely."""

    def __init__(self, what: Happening, dates: str, meanwhile: list[int] | None = None) -> None:
        """Put its dates on their first or last days if that is asked for; it is going on at some day of `meanwhile`."""
        begins, ends, bounded = what.begins, what.ends, what.bounded
        if dates != "best":
            side = 0 if dates == "earliest" else -1
            open_day = CALENDAR[side]
            if bounded or begins[side] != open_day:
                begins, bounded = [begins[side]], True
            ends = [max(ends[side], begins[0] if bounded else ends[side])] if ends else []
        self.begins, self.ends = begins, ends
        self.moment, self.bounded = what.moment, bounded
        self.first_end = ends[0] if ends else max(begins[0], *(meanwhile or begins)[:1])

    def is_certain(self, period: range) -> bool:
        """It has a day in the period whatever days its dates are."""
        return self.begins[-1] <= period[-1] and self.first_end >= period[0]

    def certain(self) -> range:
        """Give the days on which it was going on whatever days its dates are."""
        return range(self.begins[-1], self.first_end + 1)

    def possible(self) -> set[int] | range:
        """Give every day on which it may have been going on."""
        if self.moment:
            return set(self.begins)
        return range(self.begins[0], (self.ends[-1] if self.ends else CALENDAR[-1]) + 1)

    def placed(self, period: range) -> range | None:
        """Give the days from the middle of its beginning to that of its end; None if these settle nothing here."""
        sides = [self.begins] if self.moment else [self.begins, self.ends]
        for days in sides:
            here = [day for day in days if day in period]
            if not days or not self.bounded or days[-1] - days[0] >= len(days) or 0 < len(here) < len(days):
                return None
        begun, ended = (days[(len(days) - 1) // 2] for days in (sides[0], sides[-1]))
        return range(min(begun, ended), ended + 1)

    def chance(self, period: range) -> float | None:
        """Give the share of its days, or of pairs of days in order, that have a day in the period."""
        if not self.bounded or not (self.moment or self.ends):
            return None
        if self.moment:
            return sum(day in period for day in self.begins) / len(self.begins)
        every = inside = 0
        for begun in self.begins:
            later = len(self.ends) - bisect_left(self.ends, begun)
            every += later
            if begun <= period[-1]:
                inside += len(self.ends) - bisect_left(self.ends, max(begun, period[0]))
        return inside / every
