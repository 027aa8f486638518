"""Comparing two editions, and applying what came out to the first of them."""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING, Any

from defcoop.difference.bump import bump
from defcoop.difference.documents import added, changed, removed
from defcoop.difference.model import Difference, Side
from defcoop.difference.patch import PatchError, patched
from defcoop.difference.tables import table_changes
from defcoop.errors import InputError
from defcoop.package.columns import SEEDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.difference.model import Change
    from defcoop.difference.snapshot import Document, Documents, Edition


def compare(old: Edition, new: Edition) -> Difference:
    """Tell what changed from one edition to another.

    Raises:
        ValueError: if a document nests too deeply.
    """
    try:
        changes = tuple(
            change
            for table in dict.fromkeys((*old.documents, *new.documents))
            for change in _changes(table, old.documents.get(table, {}), new.documents.get(table, {}))
        )
    except RecursionError:
        msg = "a document nests too deeply to be compared"
        raise InputError(msg) from None
    schema = tuple(table_changes(old.tables, new.tables))
    kept = _ids(new)
    vanished = tuple(sorted(_ids(old) - kept))
    step, reasons = bump(changes, schema, vanished)
    return Difference(_side(old), _side(new), step, reasons, vanished, changes, schema)


def apply(old: Edition, difference: Difference) -> Documents:
    """Give the documents of the new edition from the old one and the difference.

    Raises:
        PatchError: if the difference does not begin with this edition.
    """
    found: dict[str, dict[str, Document]] = {table: dict(things) for table, things in old.documents.items()}
    for change in difference.changes:
        things = found.setdefault(change.table, {})
        if (change.event == "added") is (change.id in things):
            msg = f"{change.id} is {'' if change.id in things else 'not '}in {change.table}"
            raise PatchError(msg)
        if change.event == "removed":
            del things[change.id]
        elif change.document is not None:
            things[change.id] = change.document
        else:
            things[change.id] = patched(things[change.id], change.edits)
    return {table: things for table, things in found.items() if things}


def _changes(table: str, old: Mapping[str, Document], new: Mapping[str, Document]) -> Iterator[Change]:
    for thing_id in sorted(old.keys() | new.keys()):
        before, after = old.get(thing_id), new.get(thing_id)
        if before is None and after is not None:
            yield added(table, thing_id, after)
        elif after is None and before is not None:
            yield removed(table, thing_id, before)
        elif before is not None and after is not None and not _surely_same(before, after):
            change = changed(table, thing_id, before, after)
            if change:
                yield change


def _surely_same(one: Any, other: Any) -> bool:  # noqa: ANN401 - JSON
    """Tell quickly of most documents that they are the same; to Python alone, true would be 1."""
    return one == other and marshal.dumps(one, 0) == marshal.dumps(other, 0)


def _ids(edition: Edition) -> set[str]:
    return {thing_id for table, things in edition.documents.items() if table != SEEDS for thing_id in things}


def _side(edition: Edition) -> Side:
    return Side(edition.name, edition.kind, edition.version, edition.has_own_tables, edition.unsound)
