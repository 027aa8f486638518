"""Paths to the values of a record: `signed`, `parties[act-tur]`, `participants[act-tur].role`, `size.best`."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.models.field_layout import Shape, is_empty, layout
from defcoop.values import plain

if TYPE_CHECKING:
    from collections.abc import Container

    from defcoop.models.field_layout import FieldLayout
    from defcoop.values import Frozen

Pointer = tuple[str | int, ...]

_ITEM = re.compile(r"\[.*?\](?=\.[a-z_]+(?:[.\[]|\Z)|\Z)")
"""The name of an item, which may have brackets in it: it ends where a field of the item or nothing follows."""
_JOINT = re.compile(rf"{_ITEM.pattern}|\[.*|\.")
# Asking an Enum for a member takes longer than comparing it.
_SCALAR, _SCALARS, _PART = Shape.SCALAR, Shape.SCALARS, Shape.PART


class Leaf(NamedTuple):
    """One coded value: its path, the value, where it stands in the YAML, and every path that covers it (`steps`)."""

    path: str
    value: Any
    pointer: Pointer
    steps: tuple[str, ...]


def leaves(record: Frozen, fields: Container[str] | None = None) -> list[Leaf]:
    """List every coded value of a record, or those in some of its fields, in the order of the fields.

    A list item is named by itself (`parties[act-tur]`) or, if it is a part, by its key (`offices[Emir/act-qat]`).
    """
    listed: list[Leaf] = []
    _add(listed, record, fields=fields)
    return listed


@cache
def coded_fields(model: type[Frozen]) -> tuple[FieldLayout, ...]:
    """List the fields of a model that hold coded values, themselves or in their parts."""
    return tuple(field for field in layout(model) if field.coded or _holds_coded(field))


def key_of(part: Frozen) -> str:
    """Name an item of a list of parts by the fields of its KEY."""
    values = vars(part)  # of a model, attributes are slow
    return "/".join([str(values[name]) for name in part.KEY])


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
    bare = without_items(path)
    if bare not in found:
        found.append(bare)
    return found


def without_items(path: str) -> str:
    """Write a path without the names of items.

    >>> without_items("names[Protocol [No. 2]].text")
    'names.text'
    """
    return _ITEM.sub("", path) if "[" in path else path


def field_of(path: str) -> str:
    """Give the field in which a path begins.

    >>> field_of("offices[Emir/act-qat].title"), field_of("signed")
    ('offices', 'signed')
    """
    return path.partition("[")[0].partition(".")[0]


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


def _add(  # noqa: PLR0913, PLR0917 - where a part stands; to hold it in a tuple for each takes longer
    listed: list[Leaf],
    part: Frozen,
    above: tuple[str, ...] = (),
    stem: str = "",
    pointer: Pointer = (),
    fields: Container[str] | None = None,
) -> None:
    """Add the coded values that a part holds, or those in some of its fields.

    `above` are the paths that cover the part, `stem` is what its own begins with when items go without their names.
    """
    prefix = f"{above[-1]}." if above else ""
    values = vars(part)  # as above
    for field in coded_fields(type(part)):
        name = field.name
        if (fields is not None and name not in fields) or is_empty(value := values[field.attribute]):
            continue
        path, bare, at = prefix + name, stem + name, (*pointer, name)
        covering, last = (*above, path), () if path == bare else (bare,)
        if field.shape is _SCALAR:
            listed.append(Leaf(path, value, at, covering + last))
        elif field.shape is _SCALARS:
            for position, item in enumerate(value):
                held = f"{path}[{item}]"
                listed.append(Leaf(held, item, (*at, position), (*covering, held, *last)))
        elif field.shape is _PART:
            _add(listed, value, covering, f"{bare}.", at)
        else:
            for position, item in enumerate(value):
                if item.needs_evidence:
                    _add(listed, item, (*covering, f"{path}[{key_of(item)}]"), f"{bare}.", (*at, position))
