"""Completeness: no item twice, and for every field that one expects a value or a reason."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.models.layout import Shape, is_empty, layout
from defcoop.models.leaves import key_of
from defcoop.validation.issues import Issue, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from defcoop.models import Record
    from defcoop.models.layout import FieldLayout
    from defcoop.models.leaves import Pointer
    from defcoop.validation.issues import Sources
    from defcoop.values import Frozen


def nothing_twice(record: Frozen, _: Sources) -> Iterator[Issue]:
    """No list holds the same item twice, or two parts with the same key."""
    if _repeats(record):
        yield from _repetitions(record, ())


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
    """A field whose items must differ, or a part or parts that hold such fields."""

    field: FieldLayout
    is_part: bool
    is_scalars: bool
    has_key: bool
    has_lists: bool

    def names(self, items: Sequence[Any]) -> Sequence[object]:
        """Give that by which items must differ, if they must."""
        if self.is_scalars:
            return items
        return [key_of(item) for item in items] if self.has_key else ()


def _repeats(part: Frozen) -> bool:
    """Tell whether any list repeats an item; in sound records, which are most, this is all that is asked."""
    values = vars(part)
    for one in _lists(type(part)):
        value = values[one.field.attribute]
        if not value:
            continue
        if one.is_part:
            if _repeats(value):
                return True
            continue
        if len(value) > 1 and len(set(names := one.names(value))) < len(names):
            return True
        if one.has_lists and any(_repeats(item) for item in value):
            return True
    return False


def _repetitions(part: Frozen, pointer: Pointer) -> Iterator[Issue]:
    for one in _lists(type(part)):
        value = getattr(part, one.field.attribute)
        spot = (*pointer, one.field.name)
        if one.is_part:
            if value is not None:
                yield from _repetitions(value, spot)
            continue
        seen: set[object] = set()
        for position, name in enumerate(one.names(value)):
            if name in seen:
                yield Issue("DC106", (*spot, position), f"{name} stands in the list already")
            seen.add(name)
        for position, item in enumerate(value) if one.has_lists else ():
            yield from _repetitions(item, (*spot, position))


@cache
def _lists(model: type[Frozen]) -> tuple[_List, ...]:
    return tuple(found for field in layout(model) if (found := _list(field)))


def _list(field: FieldLayout) -> _List | None:
    is_part, is_parts = field.shape is Shape.PART, field.shape is Shape.PARTS
    part: type[Frozen] = field.type
    has_lists = (is_part or is_parts) and bool(_lists(part))
    has_key = is_parts and bool(part.KEY)
    is_scalars = field.shape is Shape.SCALARS
    return _List(field, is_part, is_scalars, has_key, has_lists) if is_scalars or has_key or has_lists else None


@cache
def _expected(model: type[Record]) -> tuple[FieldLayout, ...]:
    return tuple(field for field in layout(model) if field.expected)
