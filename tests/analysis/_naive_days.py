"""Dates read day by day: every day of the calendar is held against the text, and every day is kept."""

from __future__ import annotations

import re
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
    """When something was going on: certainly, as placed, and possibly."""

    def __init__(self, what: Happening, dates: str) -> None:
        """Put its dates on their first or last days if that is asked for."""
        begins, ends, bounded = what.begins, what.ends, what.bounded
        if dates != "best":
            side = 0 if dates == "earliest" else -1
            open_day = CALENDAR[side]
            if bounded or begins[side] != open_day:
                begins, bounded = [begins[side]], True
            ends = [max(ends[side], begins[0] if bounded else ends[side])] if ends else []
        self.begins, self.ends = begins, ends
        self.moment, self.goes_on, self.bounded = what.moment, what.goes_on, bounded

    def is_certain(self, period: range) -> bool:
        """It has a day in the period whatever days its dates are."""
        last_begin, first_end = self.begins[-1], self.ends[0] if self.ends else self.begins[0]
        return last_begin <= period[-1] and first_end >= period[0]

    def certain(self) -> range:
        """Give the days on which it was going on whatever days its dates are."""
        return range(self.begins[-1], (self.ends or self.begins)[0] + 1)

    def placed(self) -> range:
        """Give the days from the middle of its beginning to the middle of its end."""
        begun = self.begins[(len(self.begins) - 1) // 2]
        if not self.ends:
            last = CALENDAR[-1] if self.goes_on and not self.moment else begun
            return range(begun, last + 1) if self.bounded else range(0)
        ended = self.ends[(len(self.ends) - 1) // 2]
        return range(min(begun, ended) if self.bounded else ended, ended + 1)

    def possible(self) -> set[int] | range:
        """Give every day on which it may have been going on."""
        if self.moment:
            return set(self.begins)
        return range(self.begins[0], (self.ends[-1] if self.ends else CALENDAR[-1]) + 1)

    def is_ended(self) -> bool:
        """The end of what is placed is told, or told as open."""
        return self.moment or (self.bounded if self.ends else self.goes_on)
