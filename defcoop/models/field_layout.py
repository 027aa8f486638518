"""The layout of a model: its fields as data, from which paths, tables, schemas and documents are derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from defcoop.models.ids import Reference
from defcoop.values import Frozen
from defcoop.values.meaning import Meaning

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


_Held = tuple["Shape", type[Any], str | None]


class Shape(Enum):
    """How a field holds its value."""

    SCALAR = "scalar"
    SPAN = "span"
    PART = "part"
    SCALARS = "scalars"
    PARTS = "parts"
    MAPPING = "mapping"


@dataclass(frozen=True, kw_only=True)
class FieldLayout(Meaning):
    """One field of a model, with what it means.

    `type` is the class of the value, of one item of a list or mapping, or of the nested part; `reference` is the record
    type that an id must point to.
    """

    name: str
    attribute: str
    shape: Shape
    type: type[Any]
    reference: str | None
    required: bool
    description: str


def is_empty(value: object) -> bool:
    """Tell whether a field holds nothing: no value, or a list without items."""
    # Comparing a model to a tuple would be slow, and asking each value for its truth wrong: 0 is a value.
    return value is None or (not value and type(value) is tuple)


@cache
def layout(model: type[Frozen]) -> tuple[FieldLayout, ...]:
    """List the fields of a model in the order of their definition."""
    return tuple(_field(attribute, info) for attribute, info in model.model_fields.items())


def _field(attribute: str, info: FieldInfo) -> FieldLayout:
    shape, kind, reference = _shape(info.annotation, info.metadata)
    meaning = info.json_schema_extra if isinstance(info.json_schema_extra, Meaning) else Meaning()
    return FieldLayout(
        **vars(meaning),
        name=info.alias or attribute,
        attribute=attribute,
        shape=shape,
        type=kind,
        reference=reference,
        required=info.is_required(),
        description=info.description or "",
    )


def _shape(annotation: Any, metadata: list[Any]) -> _Held:  # noqa: ANN401 - an annotation is anything
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _shape(inner, metadata + more)
    if origin in {Union, UnionType}:
        return _union([member for member in get_args(annotation) if member is not NoneType], metadata)
    if origin is tuple:
        return _tuple(*get_args(annotation))
    if origin is Mapping:
        return Shape.MAPPING, get_args(annotation)[1], None
    reference = next((mark.type for mark in metadata if isinstance(mark, Reference)), None)
    return Shape.PART if issubclass(annotation, Frozen) else Shape.SCALAR, annotation, reference


def _union(members: list[Any], metadata: list[Any]) -> _Held:
    if len(members) == 1:
        return _shape(members[0], metadata)
    kinds = {_shape(member, [])[1] for member in members}
    return Shape.SCALAR, Decimal if kinds <= {int, Decimal} else str, None


def _tuple(item: Any, rest: Any) -> _Held:  # noqa: ANN401 - an annotation is anything
    if rest is not Ellipsis:
        return Shape.SPAN, int, None
    shape, kind, reference = _shape(item, [])
    return Shape.PARTS if shape is Shape.PART else Shape.SCALARS, kind, reference
