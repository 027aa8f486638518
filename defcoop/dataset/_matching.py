"""Matching: whether the value that a keyword leads to is the one that is asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, cast

from pydantic import TypeAdapter, ValidationError

from defcoop.errors import InputError
from defcoop.models import Record
from defcoop.models.certainty import certainty_field
from defcoop.models.field_layout import Shape, layout
from defcoop.models.leaves import key_of
from defcoop.validation.issues import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from defcoop.models.field_layout import FieldLayout
    from defcoop.values import Frozen

_PARTS = (Shape.PART, Shape.PARTS)
_ITEM = re.compile(r"\[[^\]]*\]")


def route(model: type[Frozen], keyword: str) -> tuple[FieldLayout, ...]:
    """Follow a keyword such as `place__country` through the fields of a model and of the parts in it.

    Raises:
        ValueError: if there is no such field.
    """
    steps: list[FieldLayout] = []
    inner: type[Frozen] | None = model
    for step in keyword.split("__"):
        fields = {field.attribute: field for field in layout(inner)} if inner else {}
        if inner and issubclass(inner, Record) and (derived := certainty_field(inner)):
            fields[derived.attribute] = derived
        # `class` is a field's name, and the attribute `class_`; either is understood.
        field = fields.get(step) or next((candidate for candidate in fields.values() if candidate.name == step), None)
        if field is None:
            owner = inner.__name__ if inner else steps[-1].name
            known = f"It has {', '.join(fields)}." if fields else "It holds single values."
            msg = f"{owner} has no field {step}. {did_you_mean(step, fields) or known}"
            raise InputError(msg)
        steps.append(field)
        inner = field.type if field.shape in _PARTS else None
    return tuple(steps)


def checked_path(record: Record, path: str, known: Iterable[str]) -> str:
    """Give a path in a record as records write it (`size.best` for `size__best`, `class` for `class_`).

    Args:
        record: the record.
        path: the path.
        known: the paths of the values that the record has, and of what covers them.

    Raises:
        InputError: if its type has no such field, or its lists no such item; the message has the nearest.
    """
    known = frozenset(known)
    if path in known:
        return path
    fields = route(type(record), _ITEM.sub("", path).replace(".", "__"))
    items = {f"{fields[0].name}[{item}]" for item in _items(record, fields[0])}
    if any(path == item or path.startswith(f"{item}.") for item in items):
        return path
    if "[" not in path:
        return ".".join(field.name for field in fields)
    msg = f"{record.id} has no {path}. {did_you_mean(path, known | items)}".rstrip()
    raise InputError(msg)


def _items(record: Record, field: FieldLayout) -> Iterator[str]:
    """Name the items of a list, coded or not, as paths do."""
    if field.shape in {Shape.SCALARS, Shape.PARTS}:
        for item in getattr(record, field.attribute, ()):
            yield str(item) if field.shape is Shape.SCALARS else key_of(item)


def matches(thing: Any, steps: Sequence[FieldLayout], wanted: object) -> bool:  # noqa: ANN401 - a model or a value
    """Tell whether the value at the end of a route is the one wanted; of a list one item is enough."""
    if not steps:
        return bool(thing == wanted)
    field, *rest = steps
    value = getattr(thing, field.attribute)
    if value is None:
        return wanted is None
    if field.shape is Shape.MAPPING:
        return wanted in value
    if field.shape in {Shape.SCALARS, Shape.PARTS}:
        return any(matches(item, rest, wanted) for item in value) or (wanted is None and not value)
    return matches(value, rest, wanted)


def texts_at(thing: Any, steps: Sequence[FieldLayout]) -> Iterator[str]:  # noqa: ANN401 - as above
    """Yield the texts at the end of a route."""
    field, *rest = steps
    value = getattr(thing, field.attribute)
    for item in value if isinstance(value, tuple) else (value,):
        if item is not None:
            yield from texts_at(item, rest) if rest else (str(item),)


def is_allowed(model: type[Frozen], field: FieldLayout, value: str) -> bool:
    """Tell whether a single field of a model could have a text, by what its definition asks of it."""
    info = model.model_fields[field.attribute]
    if field.shape is not Shape.SCALAR:
        return True
    try:
        TypeAdapter(cast("Any", Annotated[info.annotation, *info.metadata])).validate_python(value)
    except ValidationError:
        return False
    return True
