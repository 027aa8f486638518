"""Completeness: no item twice, and for every field that one expects a value or a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.checks._fault import Fault, did_you_mean
from defcoop.models.layout import Shape, layout
from defcoop.models.leaves import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.checks._fault import Context
    from defcoop.models import Record
    from defcoop.models.leaves import Pointer
    from defcoop.values import Frozen


def nothing_twice(record: Frozen, _: Context, pointer: Pointer = ()) -> Iterator[Fault]:
    """No list holds the same item twice, or two parts with the same key."""
    for field in layout(type(record)):
        value = getattr(record, field.attribute)
        spot = (*pointer, field.name)
        if field.shape is Shape.PART and value is not None:
            yield from nothing_twice(value, _, spot)
        elif field.shape is Shape.SCALARS or (field.shape is Shape.PARTS and field.type.KEY):
            names = [item if field.shape is Shape.SCALARS else key_of(item) for item in value]
            for position, name in enumerate(names):
                if name in names[:position]:
                    yield Fault("DC106", (*spot, position), f"{name} stands in the list already")


def _is_empty(value: object) -> bool:
    return value is None or value == ()


def value_or_reason(record: Record, _: Context) -> Iterator[Fault]:
    """Every expected field has a value or stands in `absent`; `absent` names nothing else."""
    fields = {field.name: field for field in layout(type(record))}
    empty = {name for name, field in fields.items() if _is_empty(getattr(record, field.attribute))}
    for name, field in fields.items():
        if field.expected and name in empty and name not in record.absent:
            yield Fault(
                "DC107",
                (),
                f"{name} is neither coded nor in absent",
                f"Code {name}, or add absent: {{{name}: not_reported}}.",
            )
    for name in record.absent:
        if name not in fields:
            yield Fault("DC108", ("absent", name), "is no field of this type", did_you_mean(name, fields), at_key=True)
        elif name not in empty:
            yield Fault("DC108", ("absent", name), "has a value", at_key=True)
