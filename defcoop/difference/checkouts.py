"""Snapshots of checkouts, in a folder or in a commit, read without changing anything."""

from __future__ import annotations

import json
from decimal import Decimal
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from defcoop.dataset import DataError
from defcoop.difference.shapes import SHAPES, read_shapes
from defcoop.difference.snapshot import Snapshot, as_document, library_tables, model_of
from defcoop.io.files import FileError, read_regular
from defcoop.io.git import blobs, contents
from defcoop.io.record_files import SUFFIX
from defcoop.io.yaml_reader import MAX_BYTES, YamlError, read
from defcoop.models.own_terms import ANY_TERM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from defcoop.difference.snapshot import Document, Kind

_CARDS = "seeds"


class _File(NamedTuple):
    """A file of a checkout: its path there, the path that messages name, and its bytes."""

    path: PurePosixPath
    label: str
    source: bytes


class Parsed(NamedTuple):
    """A document, and whether it fits the model of its type."""

    document: Document
    is_sound: bool


ParsedFiles = dict[tuple[str, bytes], Parsed]
"""What was read before, by table and hash, so that what two snapshots share is read once."""


def read_checkout(folder: Path, name: str, parsed: ParsedFiles) -> Snapshot:
    """Read the snapshot in the folder of a checkout.

    Raises:
        DataError: if a file cannot be read.
    """
    return _snapshot(_files_in(folder), name, "checkout", parsed)


def read_revision(dataset: Path, commit: str, name: str, parsed: ParsedFiles) -> Snapshot:
    """Read the snapshot in a commit of the repository in which a folder of records lies.

    Raises:
        DataError: if a file cannot be read, or the commit has no records there.
        GitError: if git cannot read the commit.
    """
    return _snapshot(_files_of(dataset.absolute(), commit, name), name, "revision", parsed)  # `.` has no parent


def _files_in(folder: Path) -> Iterator[_File]:
    documents = (*sorted((folder / "dataset").glob(f"*/*{SUFFIX}")), *sorted((folder / _CARDS).glob(f"*{SUFFIX}")))
    # `validate` says what is stray.
    paths = [path for path in documents if not (path.is_symlink() or path.parent.is_symlink())]
    shapes = folder / SHAPES
    for path in (*paths, shapes) if shapes.is_file() else paths:
        label = path.relative_to(folder).as_posix()
        try:
            yield _File(PurePosixPath(label), label, read_regular(path, MAX_BYTES))
        except FileError as error:
            msg = f"{label}: the file {error}"
            raise DataError(msg) from None


def _files_of(dataset: Path, commit: str, name: str) -> Iterator[_File]:
    records = dataset.name
    depths = {records: 3, _CARDS: 2}
    files = [
        blob
        for blob in blobs(dataset.parent, commit, (records, _CARDS, SHAPES))
        if blob.path == SHAPES
        or (blob.path.endswith(SUFFIX) and len(PurePosixPath(blob.path).parts) == depths[blob.path.split("/")[0]])
    ]
    if not any(blob.path.startswith(f"{records}/") for blob in files):
        msg = f"{name} has no records in {records}/"
        raise DataError(msg)
    for blob in files:
        if blob.size > MAX_BYTES:
            msg = f"{name}: {blob.path}: the file has {blob.size:,} bytes, more than {MAX_BYTES:,}"
            raise DataError(msg)
    sources = contents(dataset.parent, (blob.hash for blob in files))
    for blob in files:
        yield _File(PurePosixPath(blob.path), f"{name}: {blob.path}", sources[blob.hash])


def _snapshot(files: Iterable[_File], name: str, kind: Kind, parsed: ParsedFiles) -> Snapshot:
    documents: dict[str, dict[str, Document]] = {}
    unsound: list[str] = []
    tables = None
    for file in files:
        if str(file.path) == SHAPES:
            tables = read_shapes(file.source, file.label)
            continue
        table = file.path.parent.name  # of a folder that this library need not know
        key = table, sha256(file.source).digest()
        result = parsed.get(key) or parsed.setdefault(key, _parse(table, file))
        documents.setdefault(table, {})[file.path.stem] = result.document
        if not result.is_sound:
            unsound.append(file.path.stem)
    shapes = library_tables() if tables is None else tables
    has_own = tables is not None
    return Snapshot(name, kind, documents, shapes, has_own_tables=has_own, unsound=tuple(sorted(unsound)))


def _parse(table: str, file: _File) -> Parsed:
    try:
        data = read(file.source)
    except YamlError as error:
        msg = f"{file.label}:{error.line}:{error.column}: {error.code} {error.message}"
        raise DataError(msg) from None
    if not isinstance(data, dict):
        msg = f"{file.label} holds no document with fields"
        raise DataError(msg)
    model = model_of(table)
    if model:
        try:
            return Parsed(as_document(model.model_validate(data, context=ANY_TERM)), is_sound=True)
        except ValidationError:
            pass
    # As it stands, written as the models would: decimals are floats.
    return Parsed(json.loads(json.dumps(data, default=_number)), is_sound=False)


def _number(value: object) -> float:
    assert isinstance(value, Decimal)  # noqa: S101 - the reader gives nothing else beside what JSON has
    return float(value)
