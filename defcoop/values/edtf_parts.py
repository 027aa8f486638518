"""The parts of a date's text and their days: what is a date of the subset, and from when to when it may be.

This is the reading of texts; `Edtf` is the value that is made of one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from defcoop.errors import InputError
from defcoop.values.readings import YEARS, alternatives, bounds_of, is_season

if TYPE_CHECKING:
    from datetime import date

FIRST_YEAR, LAST_YEAR = YEARS
"""Years outside this range are refused: a Hijri 1443 would otherwise pass as a year of the common era."""

_DATE = r"[0-9]{2}[0-9X]{2}(?:-[0-9X]{2}(?:-[0-9X]{2})?)?[?~%]?"
_YEAR, _MONTH, _DAY = r"[0-9]{4}", r"-[0-9]{2}", r"-[0-9]{2}"
_RANGE = (
    rf"(?:{_DATE}|\.\.{_YEAR}(?:{_MONTH}(?:{_DAY})?)?|{_YEAR}(?:{_MONTH}(?:{_DAY})?)?\.\."
    rf"|{_YEAR}\.\.{_YEAR}|{_YEAR}{_MONTH}\.\.{_YEAR}{_MONTH}|{_YEAR}{_MONTH}{_DAY}\.\.{_YEAR}{_MONTH}{_DAY})"
)
_SET = rf"{_RANGE}(?:,{_RANGE})*"
PATTERN = rf"^(?:{_DATE}|{_DATE}/(?:{_DATE}|\.\.)?|(?:\.\.)?/{_DATE}|/\.\.|\[{_SET}\]|\{{{_SET}\}})$"
"""The shape of an EDTF string in the subset; the calendar is checked beyond it."""

_SHAPE = re.compile(PATTERN[:-1] + r"\Z")
_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[?~%]?\Z")


class Bounds(NamedTuple):
    """The first and the last day, None where it is open or unknown."""

    earliest: date | None
    latest: date | None


class Part(NamedTuple):
    """A part of a date as it is written: a single date, an interval, or a range in a set.

    `start` and `end` are single dates, the same one if `sign` is empty; else either may be `..` (open) or empty
    (unknown in an interval, open in a set). `sign` is `/` in an interval and `..` in a set.
    """

    start: str
    end: str
    sign: str

    @property
    def goes_on(self) -> bool:
        """Whether its end is open and not just unknown, as ISO 8601-2 tells the two apart."""
        return self.end == ".." or (self.sign == ".." and not self.end)

    def __str__(self) -> str:
        """Write it as it was written."""
        return self.sign.join((self.start, self.end)) if self.sign else self.start


def split(text: str) -> tuple[Part, ...]:
    """Split a date into its parts: one, or those of a set in their order."""
    text = str(text)
    if text[0] in "[{":
        return tuple(_part(part, "..") for part in text[1:-1].split(","))
    return (_part(text, "/"),)


def is_one_of(text: str) -> bool:
    """Tell whether a date is a set of which one is meant."""
    return str(text)[0] == "["


def is_all_of(text: str) -> bool:
    """Tell whether a date is a set of which all are meant."""
    return str(text)[0] == "{"


def _part(text: str, sign: str) -> Part:
    start, cut, end = text.partition(sign)
    return Part(start, end, sign) if cut else Part(text, text, "")


@lru_cache(maxsize=65536)
def bounds(text: str) -> Bounds:
    """Give the first and the last day that a date allows.

    Raises:
        ValueError: as `Edtf` does.
    """
    if _PLAIN.match(text):
        return _date(text)
    if not _SHAPE.match(text):
        msg = f"{text!r} is not a date in the EDTF subset"
        raise InputError(msg)
    parts = [_range(part) for part in split(text)]
    return Bounds(
        None if any(p.earliest is None for p in parts) else min(p.earliest for p in parts if p.earliest),
        None if any(p.latest is None for p in parts) else max(p.latest for p in parts if p.latest),
    )


def _range(part: Part) -> Bounds:
    if not part.sign:
        return _date(part.start)
    if part.sign == ".." and (is_season(part.start) or is_season(part.end)):
        msg = f"{str(part)!r} is a range of seasons, which nothing orders"
        raise InputError(msg)
    earliest = _date(part.start).earliest if part.start.strip(".") else None
    latest = _date(part.end).latest if part.end.strip(".") else None
    if earliest and latest and earliest > latest:
        msg = f"{str(part)!r} ends before it begins"
        raise InputError(msg)
    return Bounds(earliest, latest)


def _date(text: str) -> Bounds:
    if plain := _PLAIN.match(text):
        return _known(text, *plain.groups())
    return _masked(text)


def _known(text: str, year: str, month: str | None, day: str | None) -> Bounds:
    """Bound a date whose digits are all known."""
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise _outside(text)
    try:
        earliest, latest = bounds_of(tuple(int(digits) for digits in (year, month, day) if digits))
    except ValueError:
        raise _not_a_day(text) from None
    if latest.year > LAST_YEAR:
        raise _outside(text)
    return Bounds(earliest, latest)


def _masked(text: str) -> Bounds:
    year = text[:4]
    if int(year.replace("X", "0")) < FIRST_YEAR or int(year.replace("X", "9")) > LAST_YEAR:
        raise _outside(text)
    first, last = next(alternatives(text), None), next(alternatives(text, last_first=True), None)
    if first is None or last is None:
        raise _not_a_day(text)
    return Bounds(bounds_of(first)[0], bounds_of(last)[1])


def _outside(text: str) -> InputError:
    return InputError(f"{text!r} may lie outside the years {FIRST_YEAR} to {LAST_YEAR}")


def _not_a_day(text: str) -> InputError:
    return InputError(f"{text!r} is not in the calendar")
