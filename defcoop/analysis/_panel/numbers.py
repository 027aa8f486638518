"""Numbers of acts: least, best and greatest, of one that is told and of several readings together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.models.meaning import number_field
from defcoop.models.record import AbsenceReason
from defcoop.values import Bound, Money, Unit
from defcoop.values.meaning import TARGET

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from defcoop.models import Record
    from defcoop.models.meaning import Side
    from defcoop.values import Amount

    Numbers = tuple[float | None, float | None, float | None]


def numbers_of(amount: Amount) -> Numbers:
    """Give the least, the best and the greatest number of an amount as floats, None where none is told."""
    if amount.bound is Bound.EXACT:
        exact = float(amount.best or 0)
        return exact, exact, exact
    low, best, high = (None if number is None else float(number) for number in (amount.low, amount.best, amount.high))
    return low, low if best is None and low == high else best, high


def widest(readings: Sequence[Numbers | None], untold: Numbers) -> Numbers | None:
    """Give the least of the least, the best if all agree, and the greatest of the greatest numbers."""
    if all(numbers is None for numbers in readings):
        return None
    low, best, high = zip(*(numbers or untold for numbers in readings), strict=True)
    return (
        None if None in low else min(low),
        best[0] if len(set(best)) == 1 else None,
        None if None in high else max(high),
    )


def set_of(record: Record, numbered: Amount | None) -> Numbers | None:
    """Say how many acts a set holds that is told as one; of a set without a number it is at least one."""
    field = number_field(type(record))
    if field is None or not field.counts:
        return None
    if getattr(record, field.attribute) is None:
        return (1.0, None, None) if record.absent.get(field.name) is AbsenceReason.UNKNOWN else None
    if numbered is None:
        return 1.0, None, None
    low, best, high = numbers_of(numbered)
    return (1.0 if low is None else low), best, high


def amount_of(placed: Iterable[Side], numbered: Amount | None) -> Numbers | None:
    """Give an amount of money or of persons, of persons told for several hosts at once the upper bound alone."""
    if numbered is None or isinstance(numbered, Money):
        return None if numbered is None else numbers_of(numbered)
    if getattr(numbered, "unit", None) is not Unit.PERSONS:
        return None
    # A number told for several hosts together is no more than an upper bound for each of them.
    hosts = sum(side.rank == TARGET for side in placed)
    return numbers_of(numbered) if hosts == 1 else (None, None, numbers_of(numbered)[2])
