"""The references of a record: every id in it that must be the id of something else."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.field_layout import FieldLayout, Shape, is_empty, layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.models.leaves import Pointer
    from defcoop.values import Frozen


class Link(NamedTuple):
    """An id, the type of record that it must name, and where it stands."""

    target: str
    type: str
    pointer: Pointer


def references(part: Frozen, pointer: Pointer = ()) -> Iterator[Link]:
    """Yield every reference in a record or source card, in the order of its fields."""
    for field in _referring(type(part)):
        value = getattr(part, field.attribute)
        if is_empty(value):
            continue
        spot = (*pointer, field.name)
        if field.shape is Shape.SCALAR:
            yield Link(value, field.reference or "", spot)
        elif field.shape is Shape.PART:
            yield from references(value, spot)
        elif field.shape is Shape.SCALARS:
            for position, item in enumerate(value):
                yield Link(item, field.reference or "", (*spot, position))
        else:
            for position, item in enumerate(value):
                yield from references(item, (*spot, position))


def targets(part: Frozen, found: set[tuple[str, str]]) -> None:
    """Add the (target, type wanted) of every reference in a part to a set; quicker than `references`."""
    values = vars(part)
    for attribute, wanted, holds_parts, is_list in _kinds(type(part)):
        value = values[attribute]
        if not value:
            continue
        if holds_parts:
            for item in value if is_list else (value,):
                targets(item, found)
        elif is_list:
            found.update([(item, wanted) for item in value])
        else:
            found.add((value, wanted))


@cache
def _kinds(model: type[Frozen]) -> tuple[tuple[str, str, bool, bool], ...]:
    """Give of each referring field the attribute, the type wanted, and whether it holds parts and is a list."""
    return tuple(
        (
            field.attribute,
            field.reference or "",
            field.shape in {Shape.PART, Shape.PARTS},
            field.shape in {Shape.SCALARS, Shape.PARTS},
        )
        for field in _referring(model)
    )


@cache
def _referring(model: type[Frozen]) -> tuple[FieldLayout, ...]:
    """List the fields that are references or parts with references in them."""
    return tuple(field for field in layout(model) if field.reference or _holds_references(field))


def _holds_references(field: FieldLayout) -> bool:
    part: type[Frozen] = field.type
    return field.shape in {Shape.PART, Shape.PARTS} and bool(_referring(part))
