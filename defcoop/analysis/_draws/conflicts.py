"""Drawn conflicts: where nothing decides between the values that are told, one of them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from defcoop.analysis._draws.chance import chance
from defcoop.analysis._draws.putting import field_of, held_at, put
from defcoop.models.field_layout import Shape
from defcoop.models.leaves import leaves
from defcoop.models.record import Resolution
from defcoop.values import Amount, Number

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from defcoop.models import Record
    from defcoop.models.leaves import Pointer

_NUMBERS = ("low", "best", "high")


def drawn_conflicts(record: Record, seed: int, draw: int, ids: Container[str]) -> Record:
    """Draw, for each value with unresolved contradictions or other readings, itself or one of them, all alike likely.

    A value that may belong to another record is moved later (`moving`). What is `preferred` or `superseded` was
    decided, and the record keeps its own value. So it does where its model does not take the other one. What the draw
    settles is no conflict of the drawn record any more.
    """
    contradicting = _unresolved(record)
    if not contradicting and not record.alternatives:
        return record
    places = {leaf.path: leaf.pointer for leaf in leaves(record)}
    drawn = record
    for path, values in contradicting.items():
        choice = int(chance(seed, draw, record.id, path, "conflict") * (len(values) + 1))
        if choice:
            drawn = with_value(drawn, places.get(path, (path,)), values[choice - 1], ids)
    left = tuple(conflict for conflict in record.conflicts if conflict.resolution is not Resolution.UNRESOLVED)
    return drawn.model_copy(update={"conflicts": left, "alternatives": ()})


def _unresolved(record: Record) -> Mapping[str, list[str]]:
    """Give the values that contradict those of a record and of which nothing decides, and other readings, by path."""
    by_path: dict[str, list[str]] = {}
    for conflict in record.conflicts:
        values = by_path.setdefault(conflict.field, [])
        if conflict.resolution is Resolution.UNRESOLVED and conflict.value not in values:
            values.append(conflict.value)
    for reading in record.alternatives:
        if reading.value is not None and reading.value not in by_path.setdefault(reading.field, []):
            by_path[reading.field].append(reading.value)
    return {path: values for path, values in by_path.items() if values}


def with_value(record: Record, pointer: Pointer, text: str, ids: Container[str]) -> Record:
    """Put a contradicting value, told as text, into a record, if it can stand there."""
    try:
        field = field_of(type(record), pointer)
        if field.shape not in {Shape.SCALAR, Shape.SCALARS} or (field.reference and text not in ids):
            return record
        above = held_at(record, pointer[:-1])
        if isinstance(above, Amount) and pointer[-1] in _NUMBERS:
            changed = put(record, pointer[:-1], _amount(above, str(pointer[-1]), _number(text)))
        else:
            changed = put(record, pointer, _parsed(text, field.type))
    except (StopIteration, ArithmeticError, ValidationError):
        return record
    absent = {name: reason for name, reason in record.absent.items() if name != pointer[0]}
    return changed if len(absent) == len(record.absent) else changed.model_copy(update={"absent": absent})


def _parsed(text: str, kind: type[Any]) -> object:
    if kind is bool:
        return {"true": True, "false": False}.get(text, text)
    return _number(text) if issubclass(kind, int | Decimal) else text


def _number(text: str) -> Number:
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else number


def _amount(amount: Amount, name: str, value: Number) -> Amount:
    """Put another number into an amount; those that would then be out of order are no longer told."""
    place = _NUMBERS.index(name)
    kept = {
        other: number
        for other, number in ((other, getattr(amount, other)) for other in _NUMBERS)
        if number is None or other == name or (number <= value if _NUMBERS.index(other) < place else number >= value)
    }
    numbers = dict.fromkeys(_NUMBERS) | kept | {name: value}
    return type(amount).model_validate(amount.__dict__ | numbers)
