"""Paths to the values of a record: `signed`, `parties[act-tur]`, `participants[act-tur].role`, `size.best`."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.models.layout import Shape, is_empty, layout
from defcoop.values import plain

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from defcoop.models.layout import FieldLayout
    from defcoop.values import Frozen

Pointer = tuple[str | int, ...]

_ITEM = re.compile(r"\[[^\]]*\]")
_JOINT = re.compile(r"\[[^\]]*\]?|\.")


class Leaf(NamedTuple):
    """One coded value: its path, the value, where it stands in the YAML, and what it refers to."""

    path: str
    value: Any
    pointer: Pointer


def leaves(record: Frozen, fields: Container[str] | None = None) -> Iterator[Leaf]:
    """Yield every coded value of a record, or those in some of its fields, in the order of the fields.

    A list item is named by itself (`parties[act-tur]`) or, if it is a part, by its key (`offices[Emir/act-qat]`).
    """
    for field in coded_fields(type(record)):
        if fields is None or field.name in fields:
            yield from _held(record, field, "", ())


@cache
def coded_fields(model: type[Frozen]) -> tuple[FieldLayout, ...]:
    """List the fields of a model that hold coded values, themselves or in their parts."""
    return tuple(field for field in layout(model) if field.coded or _holds_coded(field))


def key_of(part: Frozen) -> str:
    """Name an item of a list of parts by the fields of its KEY."""
    return "/".join([str(getattr(part, name)) for name in part.KEY])


def text_of(value: object) -> str:
    """Write a value as the claims table does.

    >>> text_of(True), text_of(3000)
    ('true', '3000')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str) else plain(value)  # type: ignore[arg-type]


@lru_cache(maxsize=4096)
def steps(path: str) -> list[str]:
    """Give every path that covers a leaf: itself, what it stands in, and both without the items' names.

    >>> steps("offices[Emir/act-qat].title")
    ['offices', 'offices[Emir/act-qat]', 'offices[Emir/act-qat].title', 'offices.title']
    """
    found = [path[: joint.start()] for joint in _JOINT.finditer(path)]
    found.append(path)
    bare = _ITEM.sub("", path)
    if bare not in found:
        found.append(bare)
    return found


def covers(path: str, leaf: str) -> bool:
    """Tell whether a supported path carries a leaf.

    >>> covers("parties", "parties[act-tur]"), covers("offices.title", "offices[Emir/act-qat].title")
    (True, True)
    """
    return path in steps(leaf)


def dotted(pointer: Pointer) -> str:
    """Write a pointer for people to read.

    >>> dotted(("evidence", 0, "quote"))
    'evidence[0].quote'
    """
    text = ""
    for step in pointer:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _holds_coded(field: FieldLayout) -> bool:
    part: type[Frozen] = field.type
    return field.shape in {Shape.PART, Shape.PARTS} and bool(coded_fields(part))


def _held(part: Frozen, field: FieldLayout, prefix: str, pointer: Pointer) -> Iterator[Leaf]:
    value = getattr(part, field.attribute)
    if is_empty(value):
        return
    path, spot = prefix + field.name, (*pointer, field.name)
    if field.shape is Shape.SCALAR:
        yield Leaf(path, value, spot)
    elif field.shape is Shape.SCALARS:
        for position, item in enumerate(value):
            yield Leaf(f"{path}[{item}]", item, (*spot, position))
    elif field.shape is Shape.PART:
        yield from _inside(value, f"{path}.", spot)
    else:
        for position, item in enumerate(value):
            if item.needs_evidence:
                yield from _inside(item, f"{path}[{key_of(item)}].", (*spot, position))


def _inside(part: Frozen, prefix: str, pointer: Pointer) -> Iterator[Leaf]:
    for field in coded_fields(type(part)):
        yield from _held(part, field, prefix, pointer)
