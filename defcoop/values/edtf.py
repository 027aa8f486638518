"""Dates as sources tell them: a strict subset of EDTF (ISO 8601-2:2019) with derived bounds.

In the subset: years, seasons (21 to 24), months and days; `?`, `~` and `%` after a whole date; `X` for unknown
digits (any of the last digits of a year, month or day); intervals with open (`..`) or unknown (empty) ends; one-of
sets `[…]` and all-of sets `{…}` with `..` ranges, whose ends are both years, both months or both days, without a
qualifier. Not in it: times, exponents, component qualifiers.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn, Self

from pydantic_core import PydanticCustomError, core_schema

from defcoop.values import comparison
from defcoop.values.edtf_parts import PATTERN, Part, bounds, split

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

Comparable = str | int | date
"""What a date may be compared with: another, a day, a year as a number, or a text of EDTF."""

_PRECISION = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))


_HOW = "before(), after(), within() or overlaps(), and sort with key=Edtf.sort_key"
_TAKEN_APART = "within() or overlaps(), .earliest and .latest, or str() for its text"


def _refused(name: str, instead: str) -> Callable[..., NoReturn]:
    """Make a method that refuses to judge a date by its letters."""

    def refuse(self: str, *_: object) -> NoReturn:
        msg = f"{name} would go by the letters of the date {str(self)!r}: use {instead}"
        raise TypeError(msg)

    return refuse


class Edtf(str):
    """An EDTF date of the subset; a `str` that knows its bounds and compares by them.

    It equals its text. Of what else texts can do, it refuses with a TypeError what would judge a date by its letters:
    `<`, `>`, slices, `in`, `startswith` and their like.

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
        bounds(text)
        return super().__new__(cls, text)

    def __repr__(self) -> str:
        """Show that it is a date."""
        return f"Edtf({str(self)!r})"

    @property
    def earliest(self) -> date | None:
        """The first day that the text allows, qualifiers aside; None where it is open or unknown."""
        return bounds(self).earliest

    @property
    def latest(self) -> date | None:
        """The last day that the text allows, qualifiers aside; None where it is open or unknown."""
        return bounds(self).latest

    @property
    def date_prec(self) -> int | None:
        """How finely the days are known: 1 day, 2 two to six days, 3 week, 4 up to a month, 5 up to a year.

        None where the span is wider or open, which UCDP does not code (UCDP date_prec).
        """
        earliest, latest = bounds(self)
        if earliest is None or latest is None:
            return None
        days = (latest - earliest).days + 1
        return next((code for limit, code in _PRECISION if days <= limit), None)

    @property
    def uncertain(self) -> bool:
        """Whether the source or the reading is unsure of it (`?` or `%`)."""
        return not {"?", "%"}.isdisjoint(self)

    @property
    def approximate(self) -> bool:
        """Whether it is only about right (`~` or `%`)."""
        return not {"~", "%"}.isdisjoint(self)

    def before(self, other: Comparable) -> bool | None:
        """Tell whether it is over before another date begins; None where what is told of the two leaves it open.

        Args:
            other: a date, a `datetime.date`, a year as a number, or a text of EDTF.

        >>> Edtf("[2017-05..2017-08]").before("2018"), Edtf("2017").before("2017-06")
        (True, None)
        """
        return comparison.before(self, _date_of(other))

    def after(self, other: Comparable) -> bool | None:
        """Tell whether it begins when another date is over; None where what is told of the two leaves it open.

        Args:
            other: a date, a `datetime.date`, a year as a number, or a text of EDTF.

        >>> Edtf("[2017-05..2017-08]").after("2099"), Edtf("2017-06/..").after(date(2017, 5, 31))
        (False, True)
        """
        return comparison.before(_date_of(other), self)

    def within(self, stretch: Comparable) -> bool | None:
        """Tell whether it lies in a stretch of time, such as a year; None where what is told of it leaves that open.

        Args:
            stretch: a date, a `datetime.date`, a year as a number, or a text of EDTF; all of it is meant.

        >>> Edtf("2019-04").within(2019), Edtf("[2018-12,2019-01]").within(2019), Edtf("2019/..").within(2019)
        (True, None, False)
        """
        return comparison.within(self, _date_of(stretch))

    def overlaps(self, stretch: Comparable) -> bool | None:
        """Tell whether it has a day in a stretch of time; None where what is told of it leaves that open.

        Args:
            stretch: a date, a `datetime.date`, a year as a number, or a text of EDTF; all of it is meant.

        >>> Edtf("2017/2019").overlaps(2018), Edtf("2019").overlaps("2019-04"), Edtf("[2017,2019]").overlaps(2018)
        (True, None, False)
        """
        return comparison.overlaps(self, _date_of(stretch))

    def possibly_before(self, other: Comparable) -> bool:
        """Tell whether `before` is not ruled out.

        Args:
            other: a date, a `datetime.date`, a year as a number, or a text of EDTF.

        >>> Edtf("2017").possibly_before("2017-06")
        True
        """
        return self.before(other) is not False

    def possibly_after(self, other: Comparable) -> bool:
        """Tell whether `after` is not ruled out.

        Args:
            other: a date, a `datetime.date`, a year as a number, or a text of EDTF.

        >>> Edtf("[2017-05..2017-08]").possibly_after("2099")
        False
        """
        return self.after(other) is not False

    def possibly_within(self, stretch: Comparable) -> bool:
        """Tell whether `within` is not ruled out.

        Args:
            stretch: a date, a `datetime.date`, a year as a number, or a text of EDTF; all of it is meant.

        >>> Edtf("2019").possibly_within("2019-04")
        True
        """
        return self.within(stretch) is not False

    def possibly_overlaps(self, stretch: Comparable) -> bool:
        """Tell whether `overlaps` is not ruled out.

        Args:
            stretch: a date, a `datetime.date`, a year as a number, or a text of EDTF; all of it is meant.

        >>> Edtf("[2017,2019]").possibly_overlaps(2018)
        False
        """
        return self.overlaps(stretch) is not False

    def sort_key(self: str | None) -> tuple[bool, date, date, str]:
        """Give what dates are sorted by: their first day, then their last, then their text; None comes last.

        >>> sorted([None, Edtf("2018"), Edtf("[2017-05..2017-08]"), Edtf("2017-06")], key=Edtf.sort_key)
        [Edtf('[2017-05..2017-08]'), Edtf('2017-06'), Edtf('2018'), None]
        """
        earliest, latest = (None, None) if self is None else bounds(self)
        return self is None, earliest or date.min, latest or date.max, str(self or "")

    __lt__ = __le__ = __gt__ = __ge__ = _refused("<, <=, > and >=", _HOW)
    __getitem__, __contains__ = _refused("[…]", _TAKEN_APART), _refused("in", _TAKEN_APART)
    startswith, endswith = _refused("startswith()", _TAKEN_APART), _refused("endswith()", _TAKEN_APART)
    find, index, count = (
        _refused("find()", _TAKEN_APART),
        _refused("index()", _TAKEN_APART),
        _refused("count()", _TAKEN_APART),
    )
    split, partition = _refused("split()", _TAKEN_APART), _refused("partition()", _TAKEN_APART)

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


class DateRange(Part):
    """A part of a date, with the dates from which and to which it goes."""

    __slots__ = ()

    @property
    def first(self) -> Edtf | None:
        """The date from which it goes, if it is told."""
        return Edtf(self.start) if self.start.strip(".") else None

    @property
    def last(self) -> Edtf | None:
        """The date to which it goes, if it is told."""
        return Edtf(self.end) if self.end.strip(".") else None


@lru_cache(maxsize=65536)
def ranges(text: str) -> tuple[DateRange, ...]:
    """Split a date into its parts: one, or those of a set in their order.

    >>> [str(part) for part in ranges("{2017-06,2018..}")], ranges("2017/..")
    (['2017-06', '2018..'], (DateRange(start='2017', end='..', sign='/'),))
    """
    return tuple(DateRange(*part) for part in split(text))


def _date_of(value: Comparable) -> Edtf:
    """Take what a date is compared with as a date; a year may be a number."""
    if isinstance(value, str):
        return value if isinstance(value, Edtf) else Edtf(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Edtf(f"{value:04d}")
    if isinstance(value, date):
        return Edtf(f"{value:%Y-%m-%d}")
    msg = f"a date is compared with a date, a year or a text of EDTF, not with {value!r}"
    raise TypeError(msg)
