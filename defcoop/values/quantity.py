"""Counts and amounts of money, with the bound that the source puts on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from defcoop.values._base import Frozen, coded, uncoded
from defcoop.values.currency import CurrencyCode
from defcoop.values.number import Number
from defcoop.values.term import Term
from defcoop.values.text import Label

if TYPE_CHECKING:
    from decimal import Decimal


class Bound(Term):
    """How a source limits a number."""

    EXACT = "exact", "The number as the source states it, without any limiting word."
    ABOUT = "about", "Around the number: the source rounds or hedges it."
    AT_LEAST = "at_least", "The number or more."
    MORE_THAN = "more_than", "More than the number."
    AT_MOST = "at_most", "The number or fewer."
    LESS_THAN = "less_than", "Fewer than the number."
    BETWEEN = "between", "From the low to the high number, none of them told as the best."


_NEEDS = {
    Bound.EXACT: (("best",), ("low", "high")),
    Bound.ABOUT: (("best",), ()),
    Bound.AT_LEAST: (("low",), ("high",)),
    Bound.MORE_THAN: (("low",), ("best", "high")),
    Bound.AT_MOST: (("high",), ("low",)),
    Bound.LESS_THAN: (("high",), ("low", "best")),
    Bound.BETWEEN: (("low", "high"), ("best",)),
}
"""Which numbers each bound stands on, and which it leaves no room for."""

_RANGE = {"low", "high"}
"""The numbers that do for `about` too, if there is no best: about 3,000 to 5,000."""


class Amount(Frozen):
    """A number with its bound; the base of counts and money."""

    low: Annotated[Number | None, coded("The least that the source allows.", source="UCDP low estimate")] = None
    best: Annotated[Number | None, coded("The number as told or judged best.", source="UCDP best estimate")] = None
    high: Annotated[Number | None, coded("The most that the source allows.", source="UCDP high estimate")] = None
    bound: Annotated[Bound, coded("How the source limits the number.")]

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        needed, forbidden = _NEEDS[self.bound]
        given = {name for name in ("low", "best", "high") if getattr(self, name) is not None}
        if not given.issuperset(needed) and not (self.bound is Bound.ABOUT and given == _RANGE):
            msg = f"bound {self.bound.value} needs a number in {' and '.join(needed)}"
            raise _incoherent(msg)
        if extra := [name for name in forbidden if name in given]:
            msg = f"bound {self.bound.value} leaves no room for {' and '.join(extra)}"
            raise _incoherent(msg)
        told: list[int | Decimal] = [n for n in (self.low, self.best, self.high) if n is not None]
        if told != sorted(told):
            msg = "low, best and high are not in rising order"
            raise _incoherent(msg)
        return self


def _incoherent(reason: str) -> PydanticCustomError:
    return PydanticCustomError("quantity", "{reason}", {"reason": reason})


class Unit(Term):
    """What is counted; of most units the number is whole."""

    is_whole: bool
    most: int | None

    def __init__(self, _value: str, _definition: str, most: int | None = None, is_whole: bool = True) -> None:  # noqa: FBT001, FBT002 - a term's
        """Keep the most that a record may plausibly count, and whether there are only whole ones."""
        self.most, self.is_whole = most, is_whole

    PERSONS = "persons", "People of any kind.", 2_500_000
    AGREEMENTS = "agreements", "Agreements of any kind.", 10_000
    MEETINGS = "meetings", "Meetings of any kind.", 10_000
    YEARS = "years", "Years.", 200, False
    MONTHS = "months", "Months.", 2_400, False
    DAYS = "days", "Days.", 73_000, False
    PERCENT = "percent", "Hundredths of a whole.", None, False
    VESSELS = "vessels", "Ships and boats.", 10_000
    AIRCRAFT = "aircraft", "Aircraft, crewed or not.", 100_000
    VEHICLES = "vehicles", "Land vehicles.", 1_000_000
    UNITS = "units", "Countable things of another kind, named in the record's summary."


class Quantity(Amount):
    """A count with low, best and high, its bound and its unit.

    Raises:
        ValueError: if the bound and the numbers do not fit together.

    >>> Quantity(best=3000, bound="exact", unit="persons").best
    3000
    """

    unit: Annotated[Unit, coded("What is counted.")]
    wording: Annotated[Label | None, uncoded("The meaning of the source's wording, in English.")] = None


class Money(Amount):
    """An amount of money with low, best and high, its bound and its currency.

    Raises:
        ValueError: if the bound and the numbers do not fit together or the currency is unknown.

    >>> Money(low=2_000_000_000, bound="more_than", currency="USD", currency_stated=False).currency
    'USD'
    """

    currency: Annotated[CurrencyCode, coded("The currency's three-letter code.", source="ISO 4217")]
    currency_stated: Annotated[
        bool,
        Field(strict=True),
        coded("Whether the text itself says whose currency it is; false for a bare `dollar`."),
    ]
