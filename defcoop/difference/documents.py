"""What became of one document."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from defcoop.difference.carriers import carriers, passages
from defcoop.difference.facts import facts
from defcoop.difference.model import Change, OtherChange, ValueChange
from defcoop.difference.patch import edits, unescaped
from defcoop.errors import InputError
from defcoop.package.columns import SEEDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from defcoop.difference.facts import Fact
    from defcoop.difference.model import Edit, Event
    from defcoop.difference.snapshot import Document

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_Facts = dict[str, "Fact"]
_FIELD = re.compile(r"[^.\[#]*")

MAX_DEPTH = 50
"""How deeply a document may nest whose change is told; those of records nest less than ten levels."""


def added(table: str, thing_id: str, document: Document) -> Change:
    """Tell of a document that was not there."""
    _bearable(document, thing_id)
    return Change(table, thing_id, "added", _name(document), document=dict(document))


def removed(table: str, thing_id: str, document: Document) -> Change:
    """Tell of a document that is gone."""
    return Change(table, thing_id, "removed", _name(document))


def changed(table: str, thing_id: str, old: Document, new: Document) -> Change | None:
    """Tell how a document changed, or give nothing if it did not.

    Raises:
        ValueError: if it nests too deeply.
    """
    _bearable(old, thing_id)
    _bearable(new, thing_id)
    steps = edits(old, new)
    if not steps:
        return None
    before, after = facts(old, table), facts(new, table)
    values, others = _told(table, thing_id, (old, before), (new, after))
    rest = _rearranged(steps, before, after, (*values, *others))
    event: Event = "changed" if table == SEEDS else _event(old, new)
    return Change(table, thing_id, event, _name(new), None, steps, values, others, rest)


def _told(
    table: str, thing_id: str, old: tuple[Document, _Facts], new: tuple[Document, _Facts]
) -> tuple[tuple[ValueChange, ...], tuple[OtherChange, ...]]:
    """List the values that changed, or whose evidence did, and what else changed."""
    (before, old_facts), (after, new_facts) = old, new
    sides = (old_facts, carriers(before)), (new_facts, carriers(after))
    values: list[ValueChange] = []
    others: list[OtherChange] = []
    for path in _in_order(old_facts, new_facts):
        facts = [said.get(path) for said, _ in sides]
        was, now = (fact.text if fact else None for fact in facts)
        old_evidence, new_evidence = (
            passages(found, thing_id, table, fact.path, fact.text) if fact and fact.is_coded is not False else ()
            for fact, (_, found) in zip(facts, sides, strict=True)
        )
        # Where no model tells whether something needs evidence, having some tells it.
        if any(fact.is_coded for fact in facts if fact) or old_evidence or new_evidence:
            if was != now or set(old_evidence) != set(new_evidence):
                values.append(ValueChange(path, was, now, old_evidence, new_evidence))
        elif was != now:
            others.append(OtherChange(path, was, now))
    return tuple(values), tuple(_by_item(others, old_facts, new_facts))


def _by_item(others: Iterable[OtherChange], old: _Facts, new: _Facts) -> Iterator[OtherChange]:
    """Put together what is told of one item of a list that came or went as a whole."""
    kept = {_item(path) for path in old} & {_item(path) for path in new}
    for item, group in groupby(others, key=lambda other: _item(other.path)):
        told = list(group)
        if not item or item in kept:
            yield from told
            continue
        texts = [(other.path.removeprefix(f"{item}."), other.old or other.new or "") for other in told]
        # What names the item need not be told again.
        rest = [f"{name} {text}" for name, text in texts if f"[{text}]" not in item] or [texts[0][1]]
        text = ", ".join(rest)
        yield OtherChange(item, None, text) if told[0].old is None else OtherChange(item, text, None)


def _item(path: str) -> str:
    """Give the path of the item of a list in which something stands, or nothing."""
    return path[: path.index("].") + 1] if "]." in path else ""


def _in_order(old: _Facts, new: _Facts) -> list[str]:
    """List the paths of both, those of a field together."""
    paths = list(dict.fromkeys((*old, *new)))
    fields = {field: place for place, field in enumerate(dict.fromkeys(map(_field, paths)))}
    return sorted(paths, key=lambda path: fields[_field(path)])


def _rearranged(
    steps: Iterable[Edit], old: _Facts, new: _Facts, told: Sequence[ValueChange | OtherChange]
) -> tuple[str, ...]:
    """List the fields of which nothing was told yet though they changed, or whose items have another order."""
    explained = {_field(one.path) for one in told}
    if any(isinstance(one, ValueChange) and set(one.old_evidence) != set(one.new_evidence) for one in told):
        explained.add("evidence")
    touched = [unescaped(step.path.split("/")[1]) for step in steps]
    orders = [[path for path in one if path in other] for one, other in ((old, new), (new, old))]
    moved = {_field(one) for one, other in zip(*orders, strict=True) if one != other}
    return tuple(field for field in dict.fromkeys(touched) if field in moved or field not in explained)


def _field(path: str) -> str:
    found = _FIELD.match(path)
    return found.group() if found else path


def _event(old: Document, new: Document) -> Event:
    before, after = old.get("withdrawn"), new.get("withdrawn")
    if before and not after:
        return "reinstated"
    if after and _target(after) and not _target(before):
        return "merged"
    return "withdrawn" if after and not before else "changed"


def _target(withdrawn: Any) -> Any:  # noqa: ANN401 - JSON
    return withdrawn.get("replaced_by") if isinstance(withdrawn, dict) else None


def _name(document: Document) -> str:
    """Give the first name in Latin letters, else the first; of a source card, its file's."""
    names = document.get("names")
    texts = (
        [one["text"] for one in names if isinstance(one, dict) and isinstance(one.get("text"), str)]
        if isinstance(names, list)
        else []
    )
    file = document.get("file")
    return next(filter(_LATIN.search, texts), texts[0] if texts else file if isinstance(file, str) else "")


def _bearable(document: Any, thing_id: str) -> None:  # noqa: ANN401 - JSON
    level = [document]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
        ]
        if not level:
            return
    msg = f"{thing_id} nests deeper than {MAX_DEPTH} levels"
    raise InputError(msg)
