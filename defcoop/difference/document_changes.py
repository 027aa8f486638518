"""What became of one document."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from defcoop.difference.model import Change, OtherChange, ValueChange
from defcoop.difference.patch import edits, unescaped
from defcoop.difference.path_values import field_of, path_values
from defcoop.difference.supporting_evidence import evidence_of, passages
from defcoop.errors import InputError
from defcoop.io.migration import migrate_document
from defcoop.models.registry import BY_FOLDER
from defcoop.package.columns import SEEDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from defcoop.difference.model import Edit, Event
    from defcoop.difference.path_values import PathValue
    from defcoop.difference.snapshot import Document

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_PathValues = dict[str, "PathValue"]

MAX_DEPTH = 50
"""How deeply a document may nest whose change is described; those of records nest less than ten levels."""


def added(table: str, document_id: str, document: Document) -> Change:
    """Describe a document that was not there."""
    _refuse_depth(document, document_id)
    return Change(table, document_id, "added", _name(document), document=dict(document))


def removed(table: str, document_id: str, document: Document) -> Change:
    """Describe a document that is gone."""
    return Change(table, document_id, "removed", _name(document))


def changed(table: str, document_id: str, old: Document, new: Document) -> Change:
    """Describe how a document changed.

    Raises:
        ValueError: if it nests too deeply.
    """
    _refuse_depth(old, document_id)
    _refuse_depth(new, document_id)
    steps = edits(old, new)
    before, after = path_values(old, table), path_values(new, table)
    values, others = _by_path(table, document_id, (old, before), (new, after))
    rest = _rearranged(steps, before, after, (*values, *others))
    event: Event = "changed" if table == SEEDS else _event(old, new)
    shown = [*(value.path for value in values), *(other.path for other in others)]
    rewritten = _rewritten(shown, table, document_id, old, new)
    return Change(table, document_id, event, _name(new), None, steps, values, others, rest, rewritten)


def _rewritten(shown: Sequence[str], table: str, document_id: str, old: Document, new: Document) -> tuple[str, ...]:
    """List those of the changed paths in which only the form of an older schema has changed."""
    kind = BY_FOLDER.get(table)
    migration = migrate_document(kind.name, dict(old)) if kind else None
    if not migration or not migration.edits:
        return ()
    migrated, now = path_values(migration.content, table), path_values(new, table)
    values, others = _by_path(table, document_id, (migration.content, migrated), (new, now))
    # What still differs from the migrated document has been changed by somebody.
    left = {*(value.path for value in values), *(other.path for other in others)}
    # A value may be gone from its new path too; then it is not said that the old one is only rewritten.
    is_clear = left <= set(shown)
    return tuple(path for path in shown if path not in left and (path in now or is_clear))


def _by_path(
    table: str, document_id: str, old: tuple[Document, _PathValues], new: tuple[Document, _PathValues]
) -> tuple[tuple[ValueChange, ...], tuple[OtherChange, ...]]:
    """List the values that changed, or whose evidence did, and what else changed."""
    sides = [(by_path, evidence_of(document)) for document, by_path in (old, new)]
    values: list[ValueChange] = []
    others: list[OtherChange] = []
    for path in _in_order(old[1], new[1]):
        pair = [by_path.get(path) for by_path, _ in sides]
        was, now = (value.text if value else None for value in pair)
        old_evidence, new_evidence = (
            passages(entries, document_id, table, value.path, value.text)
            if value and value.is_coded is not False
            else ()
            for value, (_, entries) in zip(pair, sides, strict=True)
        )
        # Where no model says whether something needs evidence, having some says it.
        if any(value.is_coded for value in pair if value) or old_evidence or new_evidence:
            if was != now or set(old_evidence) != set(new_evidence):
                values.append(ValueChange(path, was, now, old_evidence, new_evidence))
        elif was != now:
            others.append(OtherChange(path, was, now))
    return tuple(values), tuple(_by_item(others, old[1], new[1]))


def _by_item(changes: Iterable[OtherChange], old: _PathValues, new: _PathValues) -> Iterator[OtherChange]:
    """Put together the changes of one item of a list that came or went as a whole."""
    kept = {_item(path) for path in old} & {_item(path) for path in new}
    for item, group in groupby(changes, key=lambda change: _item(change.path)):
        of_item = list(group)
        if not item or item in kept:
            yield from of_item
            continue
        texts = [(change.path.removeprefix(f"{item}."), change.old or change.new or "") for change in of_item]
        # What names the item need not be said again.
        rest = [f"{name} {text}" for name, text in texts if f"[{text}]" not in item] or [texts[0][1]]
        text = ", ".join(rest)
        yield OtherChange(item, None, text) if of_item[0].old is None else OtherChange(item, text, None)


def _item(path: str) -> str:
    """Give the path of the item of a list in which something stands, or nothing."""
    return path[: path.index("].") + 1] if "]." in path else ""


def _in_order(old: _PathValues, new: _PathValues) -> list[str]:
    """List the paths of both, those of a field together."""
    paths = list(dict.fromkeys((*old, *new)))
    fields = {field: place for place, field in enumerate(dict.fromkeys(map(field_of, paths)))}
    return sorted(paths, key=lambda path: fields[field_of(path)])


def _rearranged(
    steps: Iterable[Edit], old: _PathValues, new: _PathValues, changes: Sequence[ValueChange | OtherChange]
) -> tuple[str, ...]:
    """List the fields that changed without a change of a value in them, or whose items have another order."""
    explained = {field_of(change.path) for change in changes}
    values = [change for change in changes if isinstance(change, ValueChange)]
    if any(set(value.old_evidence) != set(value.new_evidence) for value in values):
        explained.add("evidence")
    touched = [unescaped(step.path.split("/")[1]) for step in steps]
    kept = ([path for path in old if path in new], [path for path in new if path in old])
    moved = {field_of(before) for before, after in zip(*kept, strict=True) if before != after}
    return tuple(field for field in dict.fromkeys(touched) if field in moved or field not in explained)


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
    names, file = document.get("names"), document.get("file")
    spelled = [name.get("text") for name in names if isinstance(name, dict)] if isinstance(names, list) else []
    texts = [text for text in spelled if isinstance(text, str)] or [file if isinstance(file, str) else ""]
    return next(filter(_LATIN.search, texts), texts[0])


def _refuse_depth(document: Any, document_id: str) -> None:  # noqa: ANN401 - JSON
    level = [document]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for value in level
            for inner in (value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())
        ]
        if not level:
            return
    msg = f"{document_id} nests deeper than {MAX_DEPTH} levels"
    raise InputError(msg)
