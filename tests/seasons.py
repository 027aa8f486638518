"""Seasons as the almanac has them, to compare with: each held against a day of the calendar by its month and day."""

from __future__ import annotations

import re

# By the months and by the sun (with the days by which equinoxes and solstices vary), first north, then south.
_SPRING_OR_AUTUMN = [("03-01", "05-31"), ("03-19", "06-21"), ("09-01", "11-30"), ("09-21", "12-21")]
_SUMMER_OR_WINTER = [("06-01", "08-31"), ("06-20", "09-23"), ("12-01", "12-31"), ("01-01", "02-29"), ("01-01", "03-20")]
_NAMED = {"21": _SPRING_OR_AUTUMN, "22": _SUMMER_OR_WINTER, "23": _SPRING_OR_AUTUMN, "24": _SUMMER_OR_WINTER}
_SHAPE = re.compile(r"([0-9]{2}[0-9X]{2})-(2[1-4])[?~%]?")


def season_in(text: str) -> tuple[str, str] | None:
    """Give the year, with its masked digits, and the season of a text that is one."""
    match = _SHAPE.fullmatch(text)
    return (match[1], match[2]) if match else None


def is_day_of(iso: str, year: str, season: str) -> bool:
    """Tell whether a day may be one of a season of a year, the turn of the year counting with either year."""
    day, own = iso[5:], int(iso[:4])
    if not any(first <= day <= last for first, last in _NAMED[season]):
        return False
    years = [own, own - 1] if season in {"22", "24"} and day <= "03-20" else [own]
    return any(re.fullmatch(year.replace("X", "[0-9]"), str(named)) for named in years)
