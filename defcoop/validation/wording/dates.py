"""Dates in words: years, months by the names of the Levant, Egypt, the Maghreb and the Hijra, days, and seasons."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from defcoop.validation.wording.numbers import numbers_in
from defcoop.validation.wording.words import bare, tokens
from defcoop.values import fold

if TYPE_CHECKING:
    from defcoop.values import Edtf

_SINGLE = re.compile(r"(?<![\dX])(-?\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?![\dX])")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})([./-])(\d{1,4})(?:\2(\d{1,4}))?(?!\d)")
_FIRST_SEASON = 21
_HIJRI_YEARS = range(1300, 1500)
_EPOCH = date(622, 7, 19).toordinal()
"""1 Muharram 1 of the civil tabular calendar, in days of the proleptic Gregorian one."""
_TOLERANCE = timedelta(days=2)
"""How far a month that was seen may lie from the one that is computed."""


class _Names(NamedTuple):
    """The words for months of the year, months of the Hijra and seasons, with their numbers."""

    months: dict[str, int]
    hijri: dict[str, int]
    seasons: dict[str, int]


@cache
def _names() -> _Names:
    table = json.loads((files("defcoop.validation.wording") / "data" / "months.json").read_text(encoding="utf-8"))
    return _Names(
        *({fold(word): int(no) for no, forms in table[name].items() for word in forms} for name in _Names._fields)
    )


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
    numbers = numbers_in(text)
    if Decimal(year) not in numbers and not _in_figures(text, year, month, day):
        return False
    if not month:
        return True
    if int(month) >= _FIRST_SEASON:
        return int(month) in _named(text, _names().seasons)
    in_figures = _in_figures(text, year, month, day)
    if int(month) not in _named(text, _names().months) and not in_figures:
        return False
    return not day or in_figures or Decimal(day) in numbers


def _in_figures(text: str, year: str, month: str, day: str) -> bool:
    """Tell whether a date is written in figures, in the order of day or month first or year first."""
    wanted = [int(part) for part in (year, month, day) if part]
    western = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text)
    for first, _, second, third in _NUMERIC.findall(western):
        parts = [int(part) for part in (first, second, third) if part]
        if len(wanted) <= len(parts) and set(wanted) <= set(parts) and len(parts) > 1:
            return True
    return False


def _named(text: str, names: dict[str, int]) -> set[int]:
    """Give the numbers of the months or seasons that a text names, of one word or of two."""
    words = tokens(text)
    pairs = [f"{form} {second}" for first, second in pairwise(words) for form in bare(first)]
    singles = [form for word in words for form in bare(word)]
    return {names[word] for word in (*singles, *pairs) if word in names}


def _says_hijri(text: str, day: Edtf) -> bool:
    """Tell whether a month, or else a year, of the Hijra in a text holds a date."""
    years = [int(number) for number in numbers_in(text) if number in _HIJRI_YEARS]
    if not years or day.earliest is None or day.latest is None:
        return False
    months = _named(text, _names().hijri)
    spans = [_hijri(year, month, month) for year in years for month in months] or [_hijri(y, 1, 12) for y in years]
    return any(first - _TOLERANCE <= day.earliest and day.latest <= last + _TOLERANCE for first, last in spans)


def _hijri(year: int, first: int, last: int) -> tuple[date, date]:
    """Give the first and last day of months of the Hijra, by the arithmetic of the tabular calendar."""
    begins, ends = (
        date.fromordinal(_EPOCH + (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2)
        for month in (first, last + 1)
    )
    return begins, ends - timedelta(days=1)
