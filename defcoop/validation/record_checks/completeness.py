"""Completeness: no item twice, and for every field that one expects a value or a reason."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.field_layout import Shape, is_empty, layout
from defcoop.models.leaves import key_of
from defcoop.validation.issues import Issue, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from defcoop.models import Record
    from defcoop.models.field_layout import FieldLayout
    from defcoop.models.leaves import Pointer
    from defcoop.validation.issues import Sources
    from defcoop.values import Frozen

_SCALARS = Shape.SCALARS  # asking an Enum for a member takes longer than comparing it


def nothing_twice(record: Frozen, _: Sources) -> Iterator[Issue]:
    """No list holds the same item twice, or two parts with the same key."""
    issues: list[Issue] = []
    _add_repetitions(issues, record, ())
    yield from issues


def value_or_reason(record: Record, _: Sources) -> Iterator[Issue]:
    """Every expected field has a value or stands in `absent`; `absent` names nothing else."""
    fields = {field.name: field.attribute for field in layout(type(record))} if record.absent else {}
    misspelt = [name for name in record.absent if name not in fields]
    values = vars(record)
    for field in _expected(type(record)):
        if field.name in record.absent or not is_empty(values[field.attribute]):
            continue
        if not any(did_you_mean(name, [field.name]) for name in misspelt):
            hint = f"Code {field.name}, or add absent: {{{field.name}: not_reported}}."
            yield Issue("DC107", (), f"{field.name} is neither coded nor in absent", hint)
    for name in record.absent:
        if name in misspelt:
            yield Issue("DC108", ("absent", name), "is no field of this type", did_you_mean(name, fields), at_key=True)
        elif not is_empty(values[fields[name]]):
            yield Issue("DC108", ("absent", name), "has a value", at_key=True)


class _List(NamedTuple):
    """A field whose items must differ, by themselves or by their keys, or a part or parts that hold such fields."""

    field: FieldLayout
    is_part: bool
    differs: bool
    has_lists: bool


def _add_repetitions(issues: list[Issue], part: Frozen, pointer: Pointer) -> None:
    values = vars(part)
    for field, is_part, differs, has_lists in _lists(type(part)):
        value = values[field.attribute]
        if not value:
            continue
        place = (*pointer, field.name)
        if is_part:
            _add_repetitions(issues, value, place)
            continue
        if differs and len(value) > 1:
            names = value if field.shape is _SCALARS else [key_of(item) for item in value]
            issues += _repeated(names, place) if len(set(names)) < len(names) else ()
        if has_lists:
            for position, item in enumerate(value):
                _add_repetitions(issues, item, (*place, position))


def _repeated(names: Sequence[object], place: Pointer) -> Iterator[Issue]:
    first: dict[object, int] = {}
    for position, name in enumerate(names):
        if first.setdefault(name, position) != position:
            yield Issue("DC106", (*place, position), f"{name} stands in the list already")


@cache
def _lists(model: type[Frozen]) -> tuple[_List, ...]:
    lists: list[_List] = []
    for field in layout(model):
        part: type[Frozen] = field.type
        has_lists = field.shape in {Shape.PART, Shape.PARTS} and bool(_lists(part))
        differs = field.shape is Shape.SCALARS or (field.shape is Shape.PARTS and bool(part.KEY))
        if differs or has_lists:
            lists.append(_List(field, field.shape is Shape.PART, differs, has_lists))
    return tuple(lists)


@cache
def _expected(model: type[Record]) -> tuple[FieldLayout, ...]:
    return tuple(field for field in layout(model) if field.expected)
