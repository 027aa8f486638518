"""Comparing two snapshots, and applying what came out to the first of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from defcoop.difference.bump import bump
from defcoop.difference.document_changes import added, changed, removed
from defcoop.difference.locating import find_both
from defcoop.difference.model import Compared, Difference
from defcoop.difference.patch import PatchError, patched, same
from defcoop.difference.table_changes import table_changes
from defcoop.errors import InputError
from defcoop.io.gc_pause import gc_paused
from defcoop.package.columns import SEEDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.difference.model import Change
    from defcoop.difference.snapshot import Document, Documents, Snapshot


def diff(old: str | Path, new: str | Path, dataset: str | Path = "dataset") -> Difference:
    """Compare two states of the data, as `defcoop diff` does.

    Args:
        old: what to compare with: a package's folder or zip, a checkout's folder, `installed`, or a git revision.
        new: what to compare, likewise.
        dataset: the folder of records of the checkout to which a revision belongs.

    Raises:
        ValueError: if a name means nothing, or nothing that can be read.
        OSError: if a file cannot be read.

    >>> import defcoop
    >>> defcoop.diff("installed", "installed").changes
    ()
    """
    with gc_paused():
        return compare(*find_both(str(old), str(new), Path(dataset)))


def compare(old: Snapshot, new: Snapshot) -> Difference:
    """Say what changed from one snapshot to another.

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
    vanished = tuple(sorted(_record_ids(old) - _record_ids(new)))
    step, reasons = bump(changes, schema, vanished)
    return Difference(_compared(old), _compared(new), step, reasons, vanished, changes, schema)


def apply(old: Snapshot, difference: Difference) -> Documents:
    """Give the documents of the new snapshot from the old one and the difference.

    Raises:
        PatchError: if the difference does not begin with this snapshot.
    """
    tables: dict[str, dict[str, Document]] = {table: dict(documents) for table, documents in old.documents.items()}
    for change in difference.changes:
        documents = tables.setdefault(change.table, {})
        if (change.event == "added") is (change.id in documents):
            msg = f"{change.id} is {'' if change.id in documents else 'not '}in {change.table}"
            raise PatchError(msg)
        if change.event == "removed":
            del documents[change.id]
        elif change.document is not None:
            documents[change.id] = change.document
        else:
            documents[change.id] = patched(documents[change.id], change.edits)
    return {table: documents for table, documents in tables.items() if documents}


def _changes(table: str, old: Mapping[str, Document], new: Mapping[str, Document]) -> Iterator[Change]:
    for document_id in sorted(old.keys() | new.keys()):
        if document_id not in old:
            yield added(table, document_id, new[document_id])
        elif document_id not in new:
            yield removed(table, document_id, old[document_id])
        elif not same(old[document_id], new[document_id]):
            yield changed(table, document_id, old[document_id], new[document_id])


def _record_ids(snapshot: Snapshot) -> set[str]:
    return {record_id for table, records in snapshot.documents.items() if table != SEEDS for record_id in records}


def _compared(snapshot: Snapshot) -> Compared:
    return Compared(snapshot.name, snapshot.kind, snapshot.version, snapshot.has_own_tables, snapshot.unsound)
