"""Putting: a record with another value in one place, checked by its model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from defcoop.models.field_layout import FieldLayout, Shape, layout

if TYPE_CHECKING:
    from defcoop.models.leaves import Pointer
    from defcoop.values import Frozen

    _Part = TypeVar("_Part", bound=Frozen)


def put(part: _Part, pointer: Pointer, value: object) -> _Part:
    """Give a record, or a part of one, with a value put where a pointer leads.

    Raises:
        ValidationError: if its model does not take the value.
    """
    field, *rest = field_at(type(part), str(pointer[0])), *pointer[1:]
    held = getattr(part, field.attribute)
    if rest and field.shape in {Shape.SCALARS, Shape.PARTS}:
        position, *inner = rest
        assert isinstance(position, int)  # noqa: S101 - a step into a list
        item = put(held[position], tuple(inner), value) if inner else value
        value = (*held[:position], item, *held[position + 1 :])
    elif rest:
        value = put(held, tuple(rest), value)
    return type(part).model_validate(part.__dict__ | {field.attribute: value})


def field_at(model: type[Frozen], name: str) -> FieldLayout:
    """Give a field of a model by its name in the data."""
    return next(field for field in layout(model) if field.name == name)


def field_of(model: type[Frozen], pointer: Pointer) -> FieldLayout:
    """Give the field to which a pointer leads; of an item of a list it is the list."""
    names = [step for step in pointer if isinstance(step, str)]
    field = field_at(model, names[0])
    for name in names[1:]:
        field = field_at(field.type, name)
    return field


def held_at(part: Frozen, pointer: Pointer) -> Any:  # noqa: ANN401 - whatever stands there
    """Give what stands where a pointer leads."""
    held: Any = part
    for step in pointer:
        held = held[step] if isinstance(step, int) else getattr(held, field_at(type(held), step).attribute)
    return held
