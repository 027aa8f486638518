"""Plain numbers: whole ones stay `int`, others are exact `Decimal`s."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, PlainSerializer, Strict
from pydantic_core import PydanticCustomError

MAX_DIGITS = 15
"""As many digits as JSON readers keep, which read every number as a double."""


_GROUP = -3
"""The exponent of a number with as many decimals as digits between separators of thousands."""


def plain(number: int | Decimal) -> str:
    """Write a number in plain decimal digits, without exponent.

    >>> plain(3000), plain(Decimal("2.50"))
    ('3000', '2.50')
    """
    return f"{abs(number) if number == 0 else number:f}" if isinstance(number, Decimal) else str(number)


def _unambiguous(number: Decimal) -> Decimal:
    """Refuse `3.000`, by which half of the world writes three thousand."""
    _, digits, exponent = number.as_tuple()
    if exponent == _GROUP and not digits[-1]:
        kind, reason = "number", "{written} may mean {thousands} or {plain}"
        shown = {"written": str(number), "thousands": str(number.scaleb(-_GROUP)), "plain": plain(number.normalize())}
        raise PydanticCustomError(kind, reason, shown)
    return number


Number = (
    Annotated[int, Strict(), Field(ge=0, lt=10**MAX_DIGITS)]
    | Annotated[
        Decimal,
        Strict(),
        AfterValidator(_unambiguous),
        # Readers of JSON drop last zeros, so nobody has them.
        AfterValidator(Decimal.normalize),
        # With `decimal_places`, pydantic would keep six of the digits for decimals even where there are none.
        Field(ge=0, max_digits=MAX_DIGITS, multiple_of=Decimal("0.000001")),
        PlainSerializer(float, return_type=float, when_used="json"),
    ]
)
"""A number of things or of money: not negative, finite, at most 15 digits, of which at most six are decimals."""
