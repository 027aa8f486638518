"""The references of a record: every id in it that must be the id of something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.layout import Shape, layout

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
    for field in layout(type(part)):
        value = getattr(part, field.attribute)
        if value is None or value == ():
            continue
        spot = (*pointer, field.name)
        if field.shape is Shape.PART:
            yield from references(value, spot)
        elif field.shape is Shape.PARTS:
            for position, item in enumerate(value):
                yield from references(item, (*spot, position))
        elif field.reference and field.shape is Shape.SCALARS:
            for position, item in enumerate(value):
                yield Link(item, field.reference, (*spot, position))
        elif field.reference:
            yield Link(value, field.reference, spot)
