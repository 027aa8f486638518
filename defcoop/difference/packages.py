"""Snapshots of built packages, of which nothing is trusted and whose tables need not be those of this library."""

from __future__ import annotations

import json
import math
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from defcoop.difference.snapshot import Snapshot, shape
from defcoop.package import PackageError, open_package
from defcoop.package.columns import RECORDS, SEEDS
from defcoop.package.tables import REDIRECTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from defcoop.difference.snapshot import Document, TableShape
    from defcoop.package import Package

_HALF = re.compile(rb"\\u[dD][89abAB]")


def read_package(place: Path, name: str) -> Snapshot:
    """Read the snapshot in a package.

    Raises:
        OSError: if a file is missing.
        PackageError: if it is no package, or no sound one.
    """
    with _sound(place):
        package = open_package(place)
        shapes = {name: shape(table) for name, table in package.tables.items()}
        documents = {table: _documents(package, table) for table in shapes if _holds_documents(table, shapes[table])}
    filled = {table: by_id for table, by_id in documents.items() if by_id}
    return Snapshot(name, "package", filled, shapes, package.version)


def _holds_documents(table: str, shape: TableShape) -> bool:
    """Tell the tables whose JSON has whole records or source cards, also those of types that this library lacks."""
    targets = {column.name: column.refers_to for column in shape.columns}
    return table == SEEDS or (shape.key == ("id",) and targets.get("id") == RECORDS and table != REDIRECTS.name)


def _documents(package: Package, table: str) -> dict[str, Document]:
    path = f"data/{table}.json"
    items = _parse(package.read(path), path)
    if not isinstance(items, list) or not all(isinstance(item, dict) and type(item.get("id")) is str for item in items):
        msg = f"{path} is no list of objects that have an id"
        raise PackageError(msg)
    by_id = {item["id"]: item for item in items}
    if len(by_id) < len(items):
        msg = f"{path} has an id twice"
        raise PackageError(msg)
    return by_id


def _parse(source: bytes, path: str) -> Any:  # noqa: ANN401 - whatever stands in the file
    try:
        content = json.loads(source, parse_constant=_finite, parse_float=_finite)
        if _HALF.search(source):  # perhaps an escape of half a character, which no text can hold
            json.dumps(content, ensure_ascii=False).encode()
    except ValueError as error:
        msg = f"{path} is no JSON: {error}"
        raise PackageError(msg) from None
    return content


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        msg = f"{text} is no number"
        raise ValueError(msg)
    return number


@contextmanager
def _sound(place: Path) -> Iterator[None]:
    """Say of a package that asks too much of the machine that it does."""
    try:
        yield
    except RecursionError:
        msg = f"{place} nests too deeply to be a package"
        raise PackageError(msg) from None
    except MemoryError:
        msg = f"{place} needs more memory than there is"
        raise PackageError(msg) from None
