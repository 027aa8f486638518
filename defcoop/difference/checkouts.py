"""Editions of checkouts, in a folder or in a commit, read without changing anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from defcoop.dataset import DataError
from defcoop.difference.shapes import FILE, FOLDER, read_shapes
from defcoop.difference.snapshot import Edition, TableShape, as_document, library_tables
from defcoop.io.checkout import SUFFIX
from defcoop.io.files import FileError, read_regular
from defcoop.io.git import blobs, contents
from defcoop.io.yaml_reader import MAX_BYTES, YamlError, read
from defcoop.models import SourceCard
from defcoop.models.registry import BY_FOLDER
from defcoop.package.columns import SEEDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from defcoop.difference.snapshot import Document, Kind
    from defcoop.io.git import Blob

_CARDS = "seeds"

_Shapes = Mapping[str, TableShape] | None


class _Page(NamedTuple):
    """A file that holds a document: the table that it belongs to, its path as relative_path, and its bytes."""

    table: str
    relative_path: str
    source: bytes


class Read(NamedTuple):
    """A document, and whether it fits the model of its type."""

    document: Document
    is_sound: bool


Known = dict[tuple[str, bytes], Read]
"""What was read before, by table and hash, so that what two editions share is read once."""


def read_checkout(folder: Path, name: str, known: Known) -> Edition:
    """Read the edition in the folder of a checkout.

    Raises:
        DataError: if a file cannot be read.
    """
    return _edition(_pages_in(folder), _shapes_in(folder), name, "checkout", known)


def read_revision(dataset: Path, commit: str, name: str, known: Known) -> Edition:
    """Read the edition in a commit of the repository in which a folder of records lies.

    Raises:
        DataError: if a file cannot be read, or the commit has no records there.
        GitError: if git cannot read the commit.
    """
    dataset = dataset.absolute()  # of `.` neither name nor parent could be told
    return _edition(_pages_of(dataset, commit, name), _shapes_of(dataset, commit, name), name, "revision", known)


def _pages_in(folder: Path) -> Iterator[_Page]:
    for path in (*sorted((folder / "dataset").glob(f"*/*{SUFFIX}")), *sorted((folder / _CARDS).glob(f"*{SUFFIX}"))):
        if path.is_symlink() or path.parent.is_symlink():
            continue  # `validate` says what is stray
        relative_path = path.relative_to(folder).as_posix()
        try:
            yield _Page(_table(relative_path), relative_path, read_regular(path, MAX_BYTES))
        except FileError as error:
            msg = f"{relative_path}: the file {error}"
            raise DataError(msg) from None


def _shapes_in(folder: Path) -> _Shapes:
    path = folder / FOLDER / FILE
    if not path.is_file():
        return None
    try:
        return read_shapes(read_regular(path, MAX_BYTES), f"{FOLDER}/{FILE}")
    except FileError as error:
        msg = f"{FOLDER}/{FILE}: the file {error}"
        raise DataError(msg) from None


def _pages_of(dataset: Path, commit: str, name: str) -> Iterator[_Page]:
    checkout = dataset.parent
    found = [
        blob
        for blob in blobs(checkout, commit, (dataset.name, _CARDS))
        if blob.path.endswith(SUFFIX) and blob.path.count("/") == (1 if blob.path.startswith(f"{_CARDS}/") else 2)
    ]
    if not any(blob.path.startswith(f"{dataset.name}/") for blob in found):
        msg = f"{name} has no records in {dataset.name}/"
        raise DataError(msg)
    for blob, source in _sources(checkout, found, name):
        yield _Page(_table(blob.path), f"{name}: {blob.path}", source)


def _shapes_of(dataset: Path, commit: str, name: str) -> _Shapes:
    found = list(blobs(dataset.parent, commit, (f"{FOLDER}/{FILE}",)))
    for blob, source in _sources(dataset.parent, found, name):
        return read_shapes(source, f"{name}: {blob.path}")
    return None


def _sources(checkout: Path, found: list[Blob], name: str) -> Iterator[tuple[Blob, bytes]]:
    for blob in found:
        if blob.size > MAX_BYTES:
            msg = f"{name}: {blob.path}: the file has {blob.size:,} bytes, more than {MAX_BYTES:,}"
            raise DataError(msg)
    sources = contents(checkout, (blob.hash for blob in found))
    for blob in found:
        yield blob, sources[blob.hash]


def _table(path: str) -> str:
    """Give the table of a file: the name of its folder, whether this library knows it or not."""
    return PurePosixPath(path).parent.name


def _edition(pages: Iterable[_Page], shapes: _Shapes, name: str, kind: Kind, known: Known) -> Edition:
    documents: dict[str, dict[str, Document]] = {}
    unsound: list[str] = []
    for page in pages:
        spot = page.table, sha256(page.source).digest()
        read = known.get(spot) or known.setdefault(spot, _read(page))
        stem = PurePosixPath(page.relative_path).stem
        documents.setdefault(page.table, {})[stem] = read.document
        if not read.is_sound:
            unsound.append(stem)
    tables, has_own_tables = (library_tables(), False) if shapes is None else (shapes, True)
    return Edition(name, kind, documents, tables, has_own_tables=has_own_tables, unsound=tuple(sorted(unsound)))


def _read(page: _Page) -> Read:
    try:
        data = read(page.source)
    except YamlError as error:
        msg = f"{page.relative_path}:{error.line}:{error.column}: {error.code} {error.message}"
        raise DataError(msg) from None
    if not isinstance(data, dict):
        msg = f"{page.relative_path} holds no document with fields"
        raise DataError(msg)
    if page.table != SEEDS and page.table not in BY_FOLDER:
        return Read(_plain(data), is_sound=False)
    model = SourceCard if page.table == SEEDS else BY_FOLDER[page.table].model
    try:
        return Read(as_document(model.model_validate(data)), is_sound=True)
    except ValidationError:
        return Read(_plain(data), is_sound=False)


def _plain(data: object) -> Document:
    """Write what stands in a file as JSON, as the models would: decimals are floats."""
    found: Document = json.loads(json.dumps(data, default=_number))
    return found


def _number(value: object) -> float:
    assert isinstance(value, Decimal)  # noqa: S101 - the reader gives nothing else beside what JSON has
    return float(value)
