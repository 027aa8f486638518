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
    """A difference that does not belong to the edition that it is applied to."""


def edits(old: Document, new: Document) -> tuple[Edit, ...]:
    """List the steps from one document to another; there are none only if the two are the same."""
    return tuple(_object(old, new, ""))


def patched(document: Document, steps: Sequence[Edit]) -> Document:
    """Take the steps from a document, which stays as it is.

    Raises:
        PatchError: if the document is not the one that they lead from.
    """
    found = deepcopy(document)
    for step in steps:
        try:
            _take(step, found)
        except (LookupError, TypeError, ValueError, AttributeError):
            msg = f"{step.op} {step.path} does not fit what stands there"
            raise PatchError(msg) from None
    return found


def same(one: Any, other: Any) -> bool:  # noqa: ANN401 - JSON
    """Tell whether two JSON values are equal, numbers by what they count, all else by type too (RFC 6902, 4.6)."""
    if isinstance(one, dict):
        return (
            isinstance(other, dict) and one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
        )
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


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
        spot = f"{path}/{_escaped(name)}"
        if name in new:
            yield from _between(value, new[name], spot)
        else:
            yield Edit("remove", spot, old=value)
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
    """Change an item if it is still the same thing for the most part, else replace it."""
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
    one, other = ([json.dumps(item, sort_keys=True) for item in items] for items in (old, new))
    codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return [stretch for tag, *stretch in codes if tag != "equal"]  # type: ignore[misc]


def _take(step: Edit, document: Any) -> None:  # noqa: ANN401 - JSON
    *way, last = map(unescaped, step.path.split("/")[1:])
    holder = document
    for part in way:
        holder = holder[_spot(holder, part)]
    spot = _spot(holder, last)
    if step.op == "add":
        _add(holder, spot, step.value)
        return
    if not same(holder[spot], step.old):
        raise ValueError(step.path)
    if step.op == "remove":
        del holder[spot]
    else:
        holder[spot] = deepcopy(step.value)


def _spot(holder: Any, part: str) -> Any:  # noqa: ANN401 - a place in a list or a name in an object
    if isinstance(holder, dict) or part.isdecimal():
        return part if isinstance(holder, dict) else int(part)
    raise LookupError(part)


def _add(holder: Any, spot: Any, value: Any) -> None:  # noqa: ANN401 - JSON
    if isinstance(holder, list):
        if not 0 <= spot <= len(holder):
            raise IndexError(spot)
        holder.insert(spot, deepcopy(value))
    elif spot in holder:
        raise ValueError(spot)
    else:
        holder[spot] = deepcopy(value)
