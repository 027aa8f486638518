"""Drawn amounts: for a number with bounds a single one within them."""

from __future__ import annotations

from decimal import Decimal
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from defcoop.values import Amount, Bound
from defcoop.values.number import MAX_DIGITS

if TYPE_CHECKING:
    _Amount = TypeVar("_Amount", bound=Amount)

_PLACES = 6
"""The most decimals that a number of the models has."""


class Range(NamedTuple):
    """The least and the greatest number that an amount may be, and what is told as the best between them, if any."""

    low: Decimal
    best: Decimal | None
    high: Decimal


def drawn_amount(amount: _Amount, luck: float) -> _Amount:
    """Draw an amount: the number that `luck`, from 0 to below 1, picks within its bounds, as an exact one.

    With low, best and high the distribution is triangular with its mode at best; with best and one bound it rises, or
    falls, between the two; with low and high, or with a high alone (from 0 up), it is uniform. A number that has no
    bound told on the side where it is open stays at the bound: `at_least 3` is 3 in every draw, `more_than 3` is 4,
    and `about 300` is 300, since nothing tells how much more it may be.

    >>> from defcoop.values import Quantity
    >>> told = Quantity(low=200, best=300, high=600, bound="about", unit="persons")
    >>> [drawn_amount(told, luck).best for luck in (0.0, 0.5, 0.999999)]
    [200, 355, 600]
    """
    if is_point(amount):
        return amount
    step = _step(amount)
    low, best, high = range_of(amount)
    if best is None and step == 1:
        drawn = low + int(luck * float(high - low + 1))
    else:
        drawn = low + Decimal(_triangular(float(high - low), None if best is None else float(best - low), luck))
    number = min(max(drawn.quantize(step), low), high)
    exact = {"low": None, "best": int(number) if step == 1 else number, "high": None, "bound": Bound.EXACT}
    return type(amount).model_validate(amount.__dict__ | exact)


def is_point(amount: Amount) -> bool:
    """Tell whether there is nothing to draw in an amount."""
    return amount.bound is Bound.EXACT


def range_of(amount: Amount) -> Range:
    """Give the range in which an amount is drawn; `more_than` and `less_than` leave out their bound.

    >>> from defcoop.values import Quantity
    >>> [str(number) for number in range_of(Quantity(high=500, bound="less_than", unit="persons"))]
    ['0', 'None', '499']
    """
    low, best, high = (None if number is None else Decimal(number) for number in (amount.low, amount.best, amount.high))
    step = _step(amount)
    if low is not None and amount.bound is Bound.MORE_THAN and len((low + step).as_tuple().digits) <= MAX_DIGITS:
        low += step
    if high is not None and amount.bound is Bound.LESS_THAN:
        high = max(high - step, Decimal(0))
    if low is None:
        low = Decimal(0) if amount.bound in {Bound.AT_MOST, Bound.LESS_THAN} else best
    assert low is not None  # noqa: S101 - every bound stands on a number
    if high is None:
        high = low if best is None else best
    return Range(low, best, high)


def _step(amount: Amount) -> Decimal:
    """Give the unit in which an amount is told: 1, or that of its last decimal."""
    numbers = [number for number in (amount.low, amount.best, amount.high) if number is not None]
    if all(isinstance(number, int) for number in numbers):
        return Decimal(1)
    exponents = [number.as_tuple().exponent for number in numbers if isinstance(number, Decimal)]
    room = MAX_DIGITS - max(Decimal(number).adjusted() + 1 for number in numbers)
    places = min(max(-exponent for exponent in exponents if isinstance(exponent, int)), room, _PLACES)
    return Decimal(1).scaleb(-max(places, 0))


def _triangular(width: float, mode: float | None, luck: float) -> float:
    """Give the quantile of a triangular distribution from 0 to a width, or of a uniform one if there is no mode."""
    if mode is None or width == 0:
        return luck * width
    if luck * width < mode:
        return sqrt(luck * width * mode)
    return width - sqrt((1 - luck) * width * (width - mode))
