"""Dates as sources tell them: a strict subset of EDTF (ISO 8601-2:2019) with derived bounds.

In the subset: years, seasons (21 to 24), months and days; `?`, `~` and `%` after a whole date; `X` for unknown
digits (any of the last digits of a year, month or day); intervals with open (`..`) or unknown (empty) ends; one-of
sets `[…]` and all-of sets `{…}` with `..` ranges. Not in it: times, exponents, component qualifiers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from pydantic_core import PydanticCustomError, core_schema

from defcoop.errors import InputError
from defcoop.values.readings import YEARS, alternatives, bounds_of

if TYPE_CHECKING:
    from datetime import date

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

FIRST_YEAR, LAST_YEAR = YEARS
"""Years outside this range are refused: a Hijri 1443 would otherwise pass as a year of the common era."""

_DATE = r"[0-9]{2}[0-9X]{2}(?:-[0-9X]{2}(?:-[0-9X]{2})?)?[?~%]?"
_RANGE = rf"(?:(?:\.\.)?{_DATE}|{_DATE}\.\.(?:{_DATE})?)"
_SET = rf"{_RANGE}(?:,{_RANGE})*"
PATTERN = rf"^(?:{_DATE}|{_DATE}/(?:{_DATE}|\.\.)?|(?:\.\.)?/{_DATE}|/\.\.|\[{_SET}\]|\{{{_SET}\}})$"
"""The shape of an EDTF string in the subset; the calendar is checked beyond it."""

_SHAPE = re.compile(PATTERN[:-1] + r"\Z")
_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[?~%]?\Z")
_PRECISION = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))


class _Bounds(NamedTuple):
    earliest: date | None
    latest: date | None


class Edtf(str):
    """An EDTF date of the subset; a `str` that knows its bounds.

    Raises:
        ValueError: if the text is not in the subset, is not in the calendar, lies outside
            `FIRST_YEAR`…`LAST_YEAR`, or has its ends reversed.

    >>> Edtf("2019-10").earliest, Edtf("2019-10").latest
    (datetime.date(2019, 10, 1), datetime.date(2019, 10, 31))
    >>> Edtf("2017-06/..").latest is None
    True
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Check the text and take it as it stands."""
        _bounds(text)
        return super().__new__(cls, text)

    def __repr__(self) -> str:
        """Show that it is a date."""
        return f"Edtf({str(self)!r})"

    @property
    def earliest(self) -> date | None:
        """The first day that the text allows, qualifiers aside; None where it is open or unknown."""
        return _bounds(self).earliest

    @property
    def latest(self) -> date | None:
        """The last day that the text allows, qualifiers aside; None where it is open or unknown."""
        return _bounds(self).latest

    @property
    def date_prec(self) -> int | None:
        """How finely the days are known: 1 day, 2 two to six days, 3 week, 4 up to a month, 5 up to a year.

        None where the span is wider or open, which UCDP does not code (UCDP date_prec).
        """
        earliest, latest = _bounds(self)
        if earliest is None or latest is None:
            return None
        days = (latest - earliest).days + 1
        return next((code for limit, code in _PRECISION if days <= limit), None)

    @property
    def uncertain(self) -> bool:
        """Whether the source or the reading is unsure of it (`?` or `%`)."""
        return "?" in self or "%" in self

    @property
    def approximate(self) -> bool:
        """Whether it is only about right (`~` or `%`)."""
        return "~" in self or "%" in self

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Take strings only, and say what is wrong with one that is no date."""
        return core_schema.no_info_after_validator_function(
            _from_text,
            core_schema.str_schema(strict=True),
            serialization=core_schema.plain_serializer_function_ser_schema(str, when_used="json"),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Show the shape to editors and other validators."""
        return {"type": "string", "pattern": PATTERN}


def _from_text(text: str) -> Edtf:
    try:
        return Edtf(text)
    except ValueError as error:
        msg = "edtf"
        raise PydanticCustomError(msg, "{reason}", {"reason": str(error)}) from None


class DateRange(NamedTuple):
    """A part of a date as it is written: a single date, an interval, or a range in a set.

    `start` and `end` are single dates, the same one if `sign` is empty; else either may be `..` (open) or empty
    (unknown in an interval, open in a set). `sign` is `/` in an interval and `..` in a set.
    """

    start: str
    end: str
    sign: str

    @property
    def first(self) -> Edtf | None:
        """The date from which it goes, if it is told."""
        return Edtf(self.start) if self.start.strip(".") else None

    @property
    def last(self) -> Edtf | None:
        """The date to which it goes, if it is told."""
        return Edtf(self.end) if self.end.strip(".") else None

    @property
    def goes_on(self) -> bool:
        """Whether its end is open and not just unknown, as ISO 8601-2 tells the two apart."""
        return self.end == ".." or (self.sign == ".." and not self.end)

    def __str__(self) -> str:
        """Write it as it was written."""
        return self.sign.join((self.start, self.end)) if self.sign else self.start


@lru_cache(maxsize=65536)
def ranges(text: str) -> tuple[DateRange, ...]:
    """Split a date into its parts: one, or those of a set in their order.

    >>> [str(part) for part in ranges("{2017-06,2018..}")], ranges("2017/..")
    (['2017-06', '2018..'], (DateRange(start='2017', end='..', sign='/'),))
    """
    if text[0] in "[{":
        return tuple(_split(part, "..") for part in text[1:-1].split(","))
    return (_split(str(text), "/"),)


def is_one_of(text: str) -> bool:
    """Tell whether a date is a set of which one is meant."""
    return text[0] == "["


def is_all_of(text: str) -> bool:
    """Tell whether a date is a set of which all are meant."""
    return text[0] == "{"


def _split(text: str, sign: str) -> DateRange:
    start, cut, end = text.partition(sign)
    return DateRange(start, end, sign) if cut else DateRange(text, text, "")


@lru_cache(maxsize=65536)
def _bounds(text: str) -> _Bounds:
    if _PLAIN.match(text):
        return _date(text)
    if not _SHAPE.match(text):
        msg = f"{text!r} is not a date in the EDTF subset"
        raise InputError(msg)
    parts = [_range(part) for part in ranges(text)]
    return _Bounds(
        None if any(p.earliest is None for p in parts) else min(p.earliest for p in parts if p.earliest),
        None if any(p.latest is None for p in parts) else max(p.latest for p in parts if p.latest),
    )


def _range(part: DateRange) -> _Bounds:
    if not part.sign:
        return _date(part.start)
    earliest = _date(part.start).earliest if part.start.strip(".") else None
    latest = _date(part.end).latest if part.end.strip(".") else None
    if earliest and latest and earliest > latest:
        msg = f"{str(part)!r} ends before it begins"
        raise InputError(msg)
    return _Bounds(earliest, latest)


def _date(text: str) -> _Bounds:
    if plain := _PLAIN.match(text):
        return _known(text, *plain.groups())
    return _masked(text)


def _known(text: str, year: str, month: str | None, day: str | None) -> _Bounds:
    """Bound a date whose digits are all known."""
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise _outside(text)
    try:
        earliest, latest = bounds_of(tuple(int(digits) for digits in (year, month, day) if digits))
    except ValueError:
        raise _not_a_day(text) from None
    if latest.year > LAST_YEAR:
        raise _outside(text)
    return _Bounds(earliest, latest)


def _masked(text: str) -> _Bounds:
    year = text[:4]
    if int(year.replace("X", "0")) < FIRST_YEAR or int(year.replace("X", "9")) > LAST_YEAR:
        raise _outside(text)
    first, last = next(alternatives(text), None), next(alternatives(text, last_first=True), None)
    if first is None or last is None:
        raise _not_a_day(text)
    return _Bounds(bounds_of(first)[0], bounds_of(last)[1])


def _outside(text: str) -> InputError:
    return InputError(f"{text!r} may lie outside the years {FIRST_YEAR} to {LAST_YEAR}")


def _not_a_day(text: str) -> InputError:
    return InputError(f"{text!r} is not in the calendar")
