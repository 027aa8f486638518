"""From one JSON document to another by the operations of JSON Patch (RFC 6902), and back to the second by them."""

from __future__ import annotations

import json
from copy import deepcopy
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from defcoop.difference.model import Edit
from defcoop.errors import DefcoopError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from defcoop.difference.snapshot import Document

_MAX_PAIRS = 40_000
"""Up to how many pairs of items are looked at to find which items of a list stayed; more would take long."""


class PatchError(DefcoopError, ValueError):
    """A difference that does not belong to the snapshot that it is applied to."""


def edits(old: Document, new: Document) -> tuple[Edit, ...]:
    """List the steps from one document to another; there are none only if the two are the same."""
    return tuple(_object(old, new, ""))


def patched(document: Document, steps: Sequence[Edit]) -> Document:
    """Take the steps from a document, which stays as it is.

    Raises:
        PatchError: if the document is not the one that they lead from.
    """
    result = deepcopy(document)
    for step in steps:
        try:
            _apply(step, result)
        except (LookupError, TypeError, ValueError, AttributeError):
            msg = f"{step.op} {step.path} does not fit what stands there"
            raise PatchError(msg) from None
    return result


def same(old: Any, new: Any) -> bool:  # noqa: ANN401 - JSON
    """Tell whether two JSON values are equal, numbers by what they count, all else by type too (RFC 6902, 4.6)."""
    if isinstance(old, dict):
        return isinstance(new, dict) and old.keys() == new.keys() and all(same(old[name], new[name]) for name in old)
    if isinstance(old, list):
        return isinstance(new, list) and len(old) == len(new) and all(map(same, old, new))
    return bool(old == new) and isinstance(old, bool) == isinstance(new, bool)


def unescaped(name: str) -> str:
    """Read one step of a JSON Pointer (RFC 6901)."""
    return name.replace("~1", "/").replace("~0", "~")


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _between(old: Any, new: Any, path: str) -> Iterator[Edit]:  # noqa: ANN401 - JSON
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _object(old, new, path)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list(old, new, path)
    else:
        yield Edit("replace", path, new, old)


def _object(old: Document, new: Document, path: str) -> Iterator[Edit]:
    for name, value in old.items():
        step = f"{path}/{_escaped(name)}"
        if name in new:
            yield from _between(value, new[name], step)
        else:
            yield Edit("remove", step, old=value)
    for name, value in new.items():
        if name not in old:
            yield Edit("add", f"{path}/{_escaped(name)}", value)


def _list(old: list[Any], new: list[Any], path: str) -> Iterator[Edit]:
    # From the end to the start, so that no step shifts the place of a later one.
    for start, end, first, last in reversed(_stretches(old, new)):
        paired = min(end - start, last - first)
        for place in reversed(range(start + paired, end)):
            yield Edit("remove", f"{path}/{place}", old=old[place])
        for offset in range(paired, last - first):
            yield Edit("add", f"{path}/{start + offset}", new[first + offset])
        for offset in reversed(range(paired)):
            yield from _item(old[start + offset], new[first + offset], f"{path}/{start + offset}")


def _item(old: Any, new: Any, path: str) -> Iterator[Edit]:  # noqa: ANN401 - JSON
    """Change an item if most of its fields are the same, else replace it."""
    if isinstance(old, dict) and isinstance(new, dict):
        kept = sum(name in new and same(value, new[name]) for name, value in old.items())
        if kept * 2 < max(len(old), len(new)):
            yield Edit("replace", path, new, old)
            return
    yield from _between(old, new, path)


def _stretches(old: list[Any], new: list[Any]) -> list[tuple[int, int, int, int]]:
    """Find the stretches of two lists that differ, as start and end in the old and in the new."""
    if len(old) * len(new) > _MAX_PAIRS:
        return [(0, len(old), 0, len(new))]
    before, after = ([json.dumps(item, sort_keys=True) for item in items] for items in (old, new))
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [stretch for tag, *stretch in codes if tag != "equal"]  # type: ignore[misc]


def _apply(step: Edit, document: Any) -> None:  # noqa: ANN401 - JSON
    *parents, last = map(unescaped, step.path.split("/")[1:])
    holder = document
    for name in parents:
        holder = holder[_key(holder, name)]
    key = _key(holder, last)
    if step.op == "add":
        _add(holder, key, step.value)
        return
    if not same(holder[key], step.old):
        raise ValueError(step.path)
    if step.op == "remove":
        del holder[key]
    else:
        holder[key] = deepcopy(step.value)


def _key(holder: Any, name: str) -> Any:  # noqa: ANN401 - a place in a list or a name in an object
    if isinstance(holder, dict):
        return name
    if name.isdecimal():
        return int(name)
    raise LookupError(name)


def _add(holder: Any, key: Any, value: Any) -> None:  # noqa: ANN401 - JSON
    if isinstance(holder, list):
        if not 0 <= key <= len(holder):
            raise IndexError(key)
        holder.insert(key, deepcopy(value))
    elif key in holder:
        raise ValueError(key)
    else:
        holder[key] = deepcopy(value)
