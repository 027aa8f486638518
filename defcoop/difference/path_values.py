"""The values of a document by their paths, which are named as in the claims table; the document need fit no model.

The layout of the model guides the naming; what it does not know, or what does not fit it, is named by keys and places.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import PydanticUndefined

from defcoop.difference.snapshot import model_of
from defcoop.models.field_layout import Shape, layout
from defcoop.models.leaves import text_of
from defcoop.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.difference.snapshot import Document
    from defcoop.models.field_layout import FieldLayout


class PathValue(NamedTuple):
    """A value as text at its path, and whether it is one that needs evidence; None if no model says so."""

    path: str
    text: str
    is_coded: bool | None


def path_values(document: Document, table: str) -> dict[str, PathValue]:
    """Give the values of a document by path, evidence and id aside; a path that recurs (unsound) is numbered."""
    content = {name: value for name, value in document.items() if name not in {"id", "evidence"}}
    values: dict[str, PathValue] = {}
    times = Counter[str]()
    for value in _of_part(content, model_of(table), "", coded=True):
        times[value.path] += 1
        values[value.path if times[value.path] == 1 else f"{value.path}#{times[value.path]}"] = value
    return values


def field_of(path: str) -> str:
    """Give the field in which a path begins.

    >>> field_of("participants[act-qat].role")
    'participants'
    """
    return re.split(r"[.\[#]", path, maxsplit=1)[0]


def _of_part(part: Mapping[str, Any], model: type[Frozen] | None, prefix: str, *, coded: bool) -> Iterator[PathValue]:
    fields = {field.name: field for field in layout(model)} if model else {}
    for name in dict.fromkeys((*fields, *part)):
        if name in part:
            yield from _of_field(part[name], fields.get(name), f"{prefix}{name}", coded=coded)


def _of_field(value: Any, field: FieldLayout | None, path: str, *, coded: bool) -> Iterator[PathValue]:  # noqa: ANN401 - JSON
    if field is None:
        yield from _by_place(value, path, coded=None)
    elif field.shape is Shape.PART and isinstance(value, dict):
        yield from _of_part(value, field.type, f"{path}.", coded=coded)
    elif field.shape in {Shape.SCALARS, Shape.PARTS} and isinstance(value, list):
        for place, item in enumerate(value):
            yield from _of_item(item, field, path, place, coded=coded)
    else:
        yield from _by_place(value, path, coded=coded and field.coded)


def _of_item(item: Any, field: FieldLayout, path: str, place: int, *, coded: bool) -> Iterator[PathValue]:  # noqa: ANN401 - JSON
    if field.shape is Shape.SCALARS and not isinstance(item, dict | list):
        yield PathValue(f"{path}[{_text(item)}]", _text(item), coded and field.coded)
    elif field.shape is Shape.PARTS and isinstance(item, dict):
        prefix = f"{path}[{_key(item, field.type) or place}]."
        yield from _of_part(item, field.type, prefix, coded=coded and _needs_evidence(item, field.type))
    else:
        yield from _by_place(item, f"{path}[{place}]", coded=None)


def _by_place(value: Any, path: str, *, coded: bool | None) -> Iterator[PathValue]:  # noqa: ANN401 - JSON
    """Name a value, and what is in it by keys and places."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _by_place(inner, f"{path}.{name}", coded=coded)
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        for place, item in enumerate(value):
            yield from _by_place(item, f"{path}[{place}]", coded=coded)
    else:
        yield PathValue(path, _text(value), coded)


def _key(item: Mapping[str, Any], model: type[Frozen]) -> str:
    names = {field.attribute: field.name for field in layout(model)}
    parts = []
    for attribute in model.KEY:
        default = model.model_fields[attribute].get_default()
        # A required field that is missing is unsound; any other holds its default.
        value = item.get(names[attribute], None if default is PydanticUndefined else default)
        texts = value if isinstance(value, list) else [value]  # a list is a span of characters
        parts.append("None" if value is None else "-".join(map(_text, texts)))
    return "/".join(parts)


def _needs_evidence(item: Mapping[str, Any], model: type[Frozen]) -> bool:
    if model.needs_evidence is Frozen.needs_evidence:
        return True
    try:
        return model.model_validate(item).needs_evidence
    except ValidationError:
        return True


def _text(value: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else text_of(Decimal(repr(value)))
    return text_of(value) if isinstance(value, str | bool | int) else json.dumps(value, ensure_ascii=False)
