"""Readings: the years, seasons, months and days that a single date may mean, and the days of each.

A season (21 spring, 22 summer, 23 autumn, 24 winter) is that of either hemisphere, by the months or by the sun, since
texts say neither. A winter or summer over the turn of the year is named by the year in which it begins or by that in
which it ends; of the latter only the days in that year count.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

YEARS = (1800, 2100)
"""The first and the last year that a date may have."""

SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
"""The numbers that stand in the place of a month for a season, hemisphere not told (EDTF level 1)."""

_LIMITS = (YEARS, (1, 12), (1, 31))
_WHOLE = len(_LIMITS)


def alternatives(date: str, *, last_first: bool = False) -> Iterator[tuple[int, ...]]:
    """Yield the years, seasons, months or days, as numbers, that a single date may mean: several if digits are masked.

    >>> list(alternatives("2017-06?")), list(alternatives("2019-02-3X")), len(list(alternatives("201X")))
    ([(2017, 6)], [], 10)
    """
    digits = _digits(date)
    readings = product(*(numbers[::-1] for numbers in digits) if last_first else digits)
    return (numbers for numbers in readings if len(numbers) < _WHOLE or numbers[2] <= monthrange(*numbers[:2])[1])


def windows_of(numbers: tuple[int, ...]) -> tuple[tuple[date, date], ...]:
    """Give the days of a year, season, month or day, as runs from a first to a last one: several of a season.

    Raises:
        ValueError: if it is not in the calendar.

    >>> windows_of((2017, 2))
    ((datetime.date(2017, 2, 1), datetime.date(2017, 2, 28)),)
    >>> [str(last) for _, last in windows_of((2022, 24))]
    ['2022-03-20', '2022-09-23', '2023-03-20']
    """
    if len(numbers) == _WHOLE:
        day = date(*numbers)
        return ((day, day),)
    year, first, last = (*numbers, *numbers[1:]) if len(numbers) > 1 else (*numbers, 1, 12)
    if first in SEASONS:
        return _season(year, first)
    return ((date(year, first, 1), date(year, last, monthrange(year, last)[1])),)


def bounds_of(numbers: tuple[int, ...]) -> tuple[date, date]:
    """Give the first and the last day of a year, season, month or day that is given as numbers.

    Raises:
        ValueError: if it is not in the calendar.

    >>> bounds_of((2017, 2))
    (datetime.date(2017, 2, 1), datetime.date(2017, 2, 28))
    """
    windows = windows_of(numbers)
    return windows[0][0], windows[-1][1]


def is_season(date: str) -> bool:
    """Tell whether a single date is a season.

    >>> is_season("2022-24?"), is_season("2022-12"), is_season("2022-06-24")
    (True, False, False)
    """
    return _season_of(date.rstrip("?~%").split("-")) is not None


def _season(year: int, season: int) -> tuple[tuple[date, date], ...]:
    if SEASONS[season] in {"spring", "autumn"}:
        return (date(year, 3, 1), date(year, 6, 21)), (date(year, 9, 1), date(year, 12, 21))
    return (
        (date(year, 1, 1), date(year, 3, 20)),
        (date(year, 6, 1), date(year, 9, 23)),
        (date(year, 12, 1), date(year + 1, 3, 20)),
    )


def _season_of(parts: list[str]) -> int | None:
    """Give the season that stands in the place of a month, if one does."""
    is_one = len(parts) == _WHOLE - 1 and "X" not in parts[1] and int(parts[1]) in SEASONS
    return int(parts[1]) if is_one else None


def _digits(text: str) -> list[tuple[int, ...]]:
    """List every number that the digits of the year, month and day may stand for, `X` for an unknown one."""
    parts = text.rstrip("?~%").split("-")
    if season := _season_of(parts):
        return [_numbers(parts[0], *YEARS), (season,)]
    return [_numbers(digits, low, high) for digits, (low, high) in zip(parts, _LIMITS, strict=False)]


def _numbers(digits: str, low: int, high: int) -> tuple[int, ...]:
    shape = re.compile(digits.replace("X", "[0-9]") + r"\Z")
    return tuple(n for n in range(low, high + 1) if shape.match(f"{n:0{len(digits)}d}"))
