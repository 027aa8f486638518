"""Completeness: no item twice, and for every field that one expects a value or a reason."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from defcoop.faults import Fault, did_you_mean
from defcoop.models.layout import Shape, is_empty, layout
from defcoop.models.leaves import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.faults import Sources
    from defcoop.models import Record
    from defcoop.models.layout import FieldLayout
    from defcoop.models.leaves import Pointer
    from defcoop.values import Frozen


def nothing_twice(record: Frozen, _: Sources, pointer: Pointer = ()) -> Iterator[Fault]:
    """No list holds the same item twice, or two parts with the same key."""
    for field in _with_lists(type(record)):
        value = getattr(record, field.attribute)
        if not value:
            continue
        spot = (*pointer, field.name)
        if field.shape is Shape.PART:
            yield from nothing_twice(value, _, spot)
        elif len(value) > 1:
            names = value if field.shape is Shape.SCALARS else [key_of(item) for item in value]
            for position, name in enumerate(names) if len(set(names)) < len(names) else ():
                if name in names[:position]:
                    yield Fault("DC106", (*spot, position), f"{name} stands in the list already")


def value_or_reason(record: Record, _: Sources) -> Iterator[Fault]:
    """Every expected field has a value or stands in `absent`; `absent` names nothing else."""
    for field in _expected(type(record)):
        if field.name not in record.absent and is_empty(getattr(record, field.attribute)):
            hint = f"Code {field.name}, or add absent: {{{field.name}: not_reported}}."
            yield Fault("DC107", (), f"{field.name} is neither coded nor in absent", hint)
    fields = {field.name: field.attribute for field in layout(type(record))} if record.absent else {}
    for name in record.absent:
        if name not in fields:
            yield Fault("DC108", ("absent", name), "is no field of this type", did_you_mean(name, fields), at_key=True)
        elif not is_empty(getattr(record, fields[name])):
            yield Fault("DC108", ("absent", name), "has a value", at_key=True)


@cache
def _with_lists(model: type[Frozen]) -> tuple[FieldLayout, ...]:
    """List the fields whose items must differ, and the parts that have such fields."""
    return tuple(field for field in layout(model) if _lists(field))


def _lists(field: FieldLayout) -> bool:
    if field.shape is Shape.PART:
        part: type[Frozen] = field.type
        return bool(_with_lists(part))
    return field.shape is Shape.SCALARS or (field.shape is Shape.PARTS and bool(field.type.KEY))


@cache
def _expected(model: type[Record]) -> tuple[FieldLayout, ...]:
    return tuple(field for field in layout(model) if field.expected)
