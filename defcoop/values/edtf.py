"""Dates as sources tell them: a strict subset of EDTF (ISO 8601-2:2019) with derived bounds.

In the subset: years, months and days; `?`, `~` and `%` after a whole date; `X` for unknown digits (any of
the last digits of a year, month or day); intervals with open (`..`) or unknown (empty) ends; one-of sets
`[…]` and all-of sets `{…}` with `..` ranges. Not in it: times, seasons, exponents, component qualifiers.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from pydantic_core import PydanticCustomError, core_schema

from defcoop.errors import InputError

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

FIRST_YEAR, LAST_YEAR = 1800, 2100
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
        return {"type": "string", "pattern": PATTERN, "x-type": "edtf"}


def _from_text(text: str) -> Edtf:
    try:
        return Edtf(text)
    except ValueError as error:
        msg = "edtf"
        raise PydanticCustomError(msg, "{reason}", {"reason": str(error)}) from None


@lru_cache(maxsize=65536)
def _bounds(text: str) -> _Bounds:
    if _PLAIN.match(text):
        return _date(text)
    if not _SHAPE.match(text):
        msg = f"{text!r} is not a date in the EDTF subset"
        raise InputError(msg)
    if text[0] in "[{":
        parts = [_range(part) for part in text[1:-1].split(",")]
        return _Bounds(
            None if any(p.earliest is None for p in parts) else min(p.earliest for p in parts if p.earliest),
            None if any(p.latest is None for p in parts) else max(p.latest for p in parts if p.latest),
        )
    if "/" not in text:
        return _date(text)
    start, end = text.split("/")
    return _ordered(text, _date(start) if start.strip(".") else None, _date(end) if end.strip(".") else None)


def _range(text: str) -> _Bounds:
    if ".." not in text:
        return _date(text)
    start, end = text.split("..")
    return _ordered(text, _date(start) if start else None, _date(end) if end else None)


def _ordered(text: str, start: _Bounds | None, end: _Bounds | None) -> _Bounds:
    earliest, latest = start.earliest if start else None, end.latest if end else None
    if earliest and latest and earliest > latest:
        msg = f"{text!r} ends before it begins"
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
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise _not_a_day(text) from None
    last_month = int(month or 12)
    return _Bounds(first, first if day else date(int(year), last_month, monthrange(int(year), last_month)[1]))


def _masked(text: str) -> _Bounds:
    year, *rest = text.rstrip("?~%").split("-")
    month, day = (*rest, None, None)[:2]
    if int(year.replace("X", "0")) < FIRST_YEAR or int(year.replace("X", "9")) > LAST_YEAR:
        raise _outside(text)
    readings = [_readings(year, FIRST_YEAR, LAST_YEAR), _readings(month, 1, 12), _readings(day, 1, 31)]
    earliest = _first(readings)
    latest = _first([numbers[::-1] for numbers in readings])
    if earliest is None or latest is None:
        raise _not_a_day(text)
    return _Bounds(earliest, latest)


def _outside(text: str) -> InputError:
    return InputError(f"{text!r} may lie outside the years {FIRST_YEAR} to {LAST_YEAR}")


def _not_a_day(text: str) -> InputError:
    return InputError(f"{text!r} is not in the calendar")


def _first(readings: list[tuple[int, ...]]) -> date | None:
    """The first of the readings, in their order, that is a day of the calendar."""
    return next((date(y, m, d) for y, m, d in product(*readings) if d <= monthrange(y, m)[1]), None)


def _readings(digits: str | None, low: int, high: int) -> tuple[int, ...]:
    """Every number from low to high that the digits, `X` for an unknown one, may stand for."""
    if digits is None:
        return tuple(range(low, high + 1))
    shape = re.compile(digits.replace("X", "[0-9]") + r"\Z")
    return tuple(n for n in range(low, high + 1) if shape.match(f"{n:0{len(digits)}d}"))
