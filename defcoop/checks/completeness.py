"""Completeness: no item twice, and for every field that one expects a value or a reason."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from defcoop.faults import Fault, did_you_mean
from defcoop.models.layout import Shape, is_empty, layout
from defcoop.models.leaves import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
            continue
        if len(value) > 1 and (field.shape is Shape.SCALARS or field.type.KEY):
            yield from _repeated(value if field.shape is Shape.SCALARS else [key_of(item) for item in value], spot)
        if field.shape is Shape.PARTS and _has_lists(field):
            for position, item in enumerate(value):
                yield from nothing_twice(item, _, (*spot, position))


def value_or_reason(record: Record, _: Sources) -> Iterator[Fault]:
    """Every expected field has a value or stands in `absent`; `absent` names nothing else."""
    fields = {field.name: field.attribute for field in layout(type(record))} if record.absent else {}
    misspelt = [name for name in record.absent if name not in fields]
    for field in _expected(type(record)):
        if field.name in record.absent or not is_empty(getattr(record, field.attribute)):
            continue
        if not any(did_you_mean(name, [field.name]) for name in misspelt):
            hint = f"Code {field.name}, or add absent: {{{field.name}: not_reported}}."
            yield Fault("DC107", (), f"{field.name} is neither coded nor in absent", hint)
    for name in record.absent:
        if name in misspelt:
            yield Fault("DC108", ("absent", name), "is no field of this type", did_you_mean(name, fields), at_key=True)
        elif not is_empty(getattr(record, fields[name])):
            yield Fault("DC108", ("absent", name), "has a value", at_key=True)


def _repeated(names: Sequence[str], spot: Pointer) -> Iterator[Fault]:
    if len(set(names)) < len(names):
        for position, name in enumerate(names):
            if name in names[:position]:
                yield Fault("DC106", (*spot, position), f"{name} stands in the list already")


@cache
def _with_lists(model: type[Frozen]) -> tuple[FieldLayout, ...]:
    """List the fields whose items must differ, and the parts that have such fields."""
    return tuple(field for field in layout(model) if _lists(field))


def _lists(field: FieldLayout) -> bool:
    if field.shape in {Shape.PART, Shape.PARTS}:
        return _has_lists(field) or (field.shape is Shape.PARTS and bool(field.type.KEY))
    return field.shape is Shape.SCALARS


def _has_lists(field: FieldLayout) -> bool:
    part: type[Frozen] = field.type
    return bool(_with_lists(part))


@cache
def _expected(model: type[Record]) -> tuple[FieldLayout, ...]:
    return tuple(field for field in layout(model) if field.expected)
