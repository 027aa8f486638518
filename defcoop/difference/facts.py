"""What a document says, one fact to a path, named as in the claims table; the document need fit no model.

The layout of the model guides the naming; what it does not know, or what does not fit it, is named by keys and places.
"""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import PydanticUndefined

from defcoop.models import SourceCard
from defcoop.models.layout import Shape, layout
from defcoop.models.leaves import text_of
from defcoop.models.registry import BY_FOLDER
from defcoop.package.columns import SEEDS
from defcoop.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.difference.snapshot import Document
    from defcoop.models.layout import FieldLayout


class Fact(NamedTuple):
    """A value as text at its path, and whether it is one that needs evidence; None if no model tells."""

    path: str
    text: str
    is_coded: bool | None


def facts(document: Document, table: str) -> dict[str, Fact]:
    """Tell what a document says, by path; evidence and id aside. A path that recurs, which is unsound, is numbered."""
    model = SourceCard if table == SEEDS else BY_FOLDER[table].model if table in BY_FOLDER else None
    said = {name: value for name, value in document.items() if name not in {"id", "evidence"}}
    found: dict[str, Fact] = {}
    times = Counter[str]()
    for fact in _inside(said, model, "", coded=True):
        times[fact.path] += 1
        found[fact.path if times[fact.path] == 1 else f"{fact.path}#{times[fact.path]}"] = fact
    return found


def _inside(part: Mapping[str, Any], model: type[Frozen] | None, prefix: str, *, coded: bool) -> Iterator[Fact]:
    fields = {field.name: field for field in layout(model)} if model else {}
    for name in (*(name for name in fields if name in part), *(name for name in part if name not in fields)):
        yield from _held(part[name], fields.get(name), f"{prefix}{name}", coded=coded)


def _held(value: Any, field: FieldLayout | None, path: str, *, coded: bool) -> Iterator[Fact]:  # noqa: ANN401 - JSON
    if field is None:
        yield from _plain(value, path, coded=None)
    elif field.shape is Shape.PART and isinstance(value, dict):
        yield from _inside(value, field.type, f"{path}.", coded=coded)
    elif field.shape in {Shape.SCALARS, Shape.PARTS} and isinstance(value, list):
        for place, item in enumerate(value):
            yield from _item(item, field, path, place, coded=coded)
    else:
        yield from _plain(value, path, coded=coded and field.coded)


def _item(item: Any, field: FieldLayout, path: str, place: int, *, coded: bool) -> Iterator[Fact]:  # noqa: ANN401 - JSON
    if field.shape is Shape.SCALARS and not isinstance(item, dict | list):
        yield Fact(f"{path}[{_text(item)}]", _text(item), coded and field.coded)
    elif field.shape is Shape.PARTS and isinstance(item, dict):
        spot = f"{path}[{_key(item, field.type) or place}]"
        yield from _inside(item, field.type, f"{spot}.", coded=coded and _needs_evidence(item, field.type))
    else:
        yield from _plain(item, f"{path}[{place}]", coded=None)


def _plain(value: Any, path: str, *, coded: bool | None) -> Iterator[Fact]:  # noqa: ANN401 - JSON
    """Name a value, and what is in it by keys and places."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _plain(inner, f"{path}.{name}", coded=coded)
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        for place, item in enumerate(value):
            yield from _plain(item, f"{path}[{place}]", coded=coded)
    else:
        yield Fact(path, _text(value), coded)


def _key(item: Mapping[str, Any], model: type[Frozen]) -> str:
    names = {field.attribute: field.name for field in layout(model)}
    # A required field that is missing is unsound; any other holds its default.
    defaults = {attribute: model.model_fields[attribute].get_default() for attribute in model.KEY}
    values = [
        item.get(names[attribute], None if default is PydanticUndefined else default)
        for attribute, default in defaults.items()
    ]
    return "/".join(_named(value) for value in values)


def _named(value: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        return "-".join(map(_text, value))  # a span of characters
    return "None" if value is None else _text(value)


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
    if isinstance(value, str | bool | int):
        return text_of(value)
    return json.dumps(value, ensure_ascii=False)
