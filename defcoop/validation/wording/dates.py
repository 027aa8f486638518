"""Dates in words: years, months by the names of the Levant, Egypt, the Maghreb and the Hijra, days, and seasons."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from defcoop.validation.wording.numbers import numbers_in
from defcoop.validation.wording.words import bare, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.values import Edtf

_SINGLE = re.compile(r"(?<![\dX])(-?\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?![\dX])")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})([./-])(\d{1,4})(?:\2(\d{1,4}))?(?!\d)")
_SPAN = re.compile(r"(?<!\d)(\d{4})[/\u2013-](\d{2})(?!\d)")
_YEAR = re.compile(r"(?<![\d.,\u066b\u066c])\d{4}(?![\d\u066b\u066c]|[.,]\d)")
_YEARS = range(1900, 2101)
_SHORT_YEAR = 2
_FIRST_SEASON = 21
_DAYS = range(1, 31)
_HIJRI_YEARS = range(1300, 1500)
_EPOCH = date(622, 7, 19).toordinal()
"""1 Muharram 1 of the civil tabular calendar, in days of the proleptic Gregorian one."""
_TOLERANCE = timedelta(days=2)
"""How far a month that was seen may lie from the one that is computed."""


_Phrases = dict[str, list[tuple[tuple[str, ...], int]]]
"""Numbers by the first word of their names, with the words that follow it."""


class _Names(NamedTuple):
    """The names of months of the year, months of the Hijra and seasons, and ordinals, which are days."""

    months: _Phrases
    hijri: _Phrases
    seasons: _Phrases
    ordinals: _Phrases
    tens: _Phrases


@cache
def _names() -> _Names:
    table = json.loads((files("defcoop.validation.wording") / "data" / "months.json").read_text(encoding="utf-8"))
    return _Names(*(_phrases(table[name]) for name in _Names._fields))


def _phrases(table: dict[str, list[str]]) -> _Phrases:
    phrases: _Phrases = {}
    for number, names in table.items():
        for first, *rest in map(tokens, names):
            phrases.setdefault(first, []).append((tuple(rest), int(number)))
    return phrases


def years_in(text: str) -> set[int]:
    """Give what may be years of our calendar in a text: numbers of four digits.

    >>> years_in("في يونيو ٢٠١٧"), years_in("3,000 in 1850")
    ({2017}, set())
    """
    return {int(year) for year in _YEAR.findall(text) if int(year) in _YEARS}


def is_date_judged(day: Edtf) -> bool:
    """Tell whether a date can be looked for in words: not one with unspecified digits, such as `201X`."""
    return "X" not in str(day)


def says_date(text: str, day: Edtf) -> bool:
    """Tell whether a text says each year, month, day and season of a date.

    >>> from defcoop.values import Edtf
    >>> says_date("في يونيو 2017", Edtf("2017-06")), says_date("في حزيران 2017", Edtf("2017-06"))
    (True, True)
    >>> says_date("منتصف 2017", Edtf("[2017-05..2017-08]"))
    False
    """
    parts = _SINGLE.findall(str(day))
    return bool(parts) and (all(_says(text, *part) for part in parts) or _says_hijri(text, day))


def _says(text: str, year: str, month: str, day: str) -> bool:
    return _in_words(text, year, month, day) or _in_figures(text, year, month, day)


def _in_words(text: str, year: str, month: str, day: str) -> bool:
    names = _names()
    if not _has_number(text, year) and int(year) not in _second_years(text):
        return False
    if not month:
        return True
    if int(month) >= _FIRST_SEASON:
        return _is_named(text, int(month), names.seasons)
    if not _is_named(text, int(month), names.months):
        return False
    return not day or _has_number(text, day.removeprefix("0")) or int(day) in _ordinals(text)


def _has_number(text: str, number: str) -> bool:
    """Tell whether a year or a day stands in a text, in digits as most do, or in words."""
    return number in tokens(text) or Decimal(number) in numbers_in(text)


def _in_figures(text: str, year: str, month: str, day: str) -> bool:
    """Tell whether a date is written in figures, in the order of day or month first or year first."""
    wanted = Counter(int(part) for part in (year, month, day) if part)
    for first, _, second, third in _NUMERIC.findall(text):
        parts = Counter(int(part) for part in (first, second, third) if part)
        if len(third) == _SHORT_YEAR:
            parts[2000 + int(third)] += 1
        if wanted <= parts:
            return True
    return False


def _second_years(text: str) -> set[int]:
    """Give the second years of spans such as 2017/18."""
    return {int(first[:2] + second) for first, second in _SPAN.findall(text) if int(second) > int(first[2:])}


def _is_named(text: str, wanted: int, names: _Phrases) -> bool:
    """Tell whether a text names a month or season."""
    return any(number == wanted for _, number in _places(text, names))


def _places(text: str, names: _Phrases) -> Iterator[tuple[int, int]]:
    """Yield the number of each name in a text, after the place where the next word stands."""
    words = tokens(text)
    for place, word in enumerate(words, start=1):
        for form in bare(word):
            if form in names:
                for rest, number in names[form]:
                    if words[place : place + len(rest)] == rest:
                        yield place + len(rest), number


def _ordinals(text: str) -> set[int]:
    """Give the days that a text tells by ordinals before a month: `الخامس عشر من`, `الحادي والعشرين من`, `first of`."""
    words, days = tokens(text), set()
    months = {place - 1 for place, _ in _places(text, _names().months)}
    tens = dict(_places(text, _names().tens))
    for place, number in _places(text, _names().ordinals):
        if place + 1 in tens:
            days.add(number + tens[place + 1])
        elif place in months or words[place : place + 1] in {("من",), ("of",)}:
            days.add(number)
    return days


def _says_hijri(text: str, day: Edtf) -> bool:
    """Tell whether a month, or else a year, of the Hijra in a text holds a date."""
    years = [int(number) for number in numbers_in(text) if number in _HIJRI_YEARS]
    if not years or day.earliest is None or day.latest is None:
        return False
    months = {number for _, number in _places(text, _names().hijri)}
    spans = [_hijri(year, month, month) for year in years for month in months] or [_hijri(y, 1, 12) for y in years]
    days = [int(number) - 1 for number in numbers_in(text) if number in _DAYS] if day.earliest == day.latest else []
    if days and months:
        spans = [(first + timedelta(days=after),) * 2 for first, _ in spans for after in days]
    return any(first - _TOLERANCE <= day.earliest and day.latest <= last + _TOLERANCE for first, last in spans)


def _hijri(year: int, first: int, last: int) -> tuple[date, date]:
    """Give the first and last day of months of the Hijra, by the arithmetic of the tabular calendar."""
    begins, ends = (
        date.fromordinal(_EPOCH + (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2)
        for month in (first, last + 1)
    )
    return begins, ends - timedelta(days=1)
