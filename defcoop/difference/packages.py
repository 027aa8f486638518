"""Snapshots of built packages, of which nothing is trusted and whose tables need not be those of this library."""

from __future__ import annotations

import json
import math
import re
import stat
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Annotated, Any, NoReturn

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from defcoop.difference.snapshot import Snapshot, shape
from defcoop.package import PackageError, open_package
from defcoop.package.columns import RECORDS, SEEDS
from defcoop.package.descriptor import DESCRIPTOR
from defcoop.package.tables import REDIRECTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from defcoop.difference.snapshot import Document, TableShape
    from defcoop.package import Package

_MAX_BYTES = 2**30
"""How large a file of a package may be: six times those of 100,000 records."""

_HALF = re.compile(rb"\\u[dD][89abAB]")


class _Constraints(BaseModel):
    required: bool = False
    enum: list[str] = []


class _Field(BaseModel):
    name: str
    type: str
    constraints: _Constraints = _Constraints()


class _Reference(BaseModel):
    resource: str = "(itself)"


class _ForeignKey(BaseModel):
    fields: Annotated[list[str], Field(min_length=1, max_length=1)]
    reference: _Reference


class _Schema(BaseModel):
    fields: list[_Field]
    primaryKey: list[str]  # noqa: N815 - as Table Schema has it
    foreignKeys: list[_ForeignKey] = []  # noqa: N815 - likewise


class _Resource(BaseModel):
    name: Annotated[str, Field(pattern=r"^[a-z0-9_-]+$")]
    type: str = ""
    described: Annotated[_Schema | None, Field(alias="schema")] = None


_RESOURCES = TypeAdapter(list[_Resource])


def read_package(place: Path, name: str) -> Snapshot:
    """Read the snapshot in a package.

    Raises:
        OSError: if a file is missing.
        PackageError: if it is no package, or no sound one.
    """
    with _sound(place):
        package = _open(place)
        shapes = _shapes(package)
        found = {table: _documents(package, table) for table in shapes if _holds_documents(table, shapes[table])}
    documents = {table: things for table, things in found.items() if things}
    return Snapshot(name, "package", documents, shapes, package.version)


def _open(place: Path) -> Package:
    if place.is_dir():
        _bearable(place / DESCRIPTOR)
    return open_package(place)


def _shapes(package: Package) -> dict[str, TableShape]:
    try:
        resources = _RESOURCES.validate_python(package.descriptor.get("resources"))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        msg = f"{DESCRIPTOR}: resources{where and '.'}{where}: {first['msg']}"
        raise PackageError(msg) from None
    return {one.name: shape(one.described.model_dump()) for one in resources if one.described}


def _holds_documents(table: str, shape: TableShape) -> bool:
    """Tell the tables whose JSON has whole records or source cards, also those of types that this library lacks."""
    known = {column.name: column.refers_to for column in shape.columns}
    return table == SEEDS or (shape.key == ("id",) and known.get("id") == RECORDS and table != REDIRECTS.name)


def _documents(package: Package, table: str) -> dict[str, Document]:
    path = f"data/{table}.json"
    if package.place.is_dir():
        _bearable(package.place / path)
    with package.open(path) as file:
        found = _parse(_read(file, path), path)
    if not isinstance(found, list) or not all(isinstance(one, dict) and type(one.get("id")) is str for one in found):
        msg = f"{path} is no list of objects that have an id"
        raise PackageError(msg)
    by_id = {one["id"]: one for one in found}
    if len(by_id) < len(found):
        msg = f"{path} has an id twice"
        raise PackageError(msg)
    return by_id


def _bearable(path: Path) -> None:
    """Refuse a file that would be waited on for ever, or is too large, before it is opened."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        msg = f"{path} is not a regular file"
        raise PackageError(msg)
    if status.st_size > _MAX_BYTES:
        _refuse_size(str(path))


def _read(file: IO[bytes], path: str) -> bytes:
    source = file.read(_MAX_BYTES + 1)
    if len(source) > _MAX_BYTES:
        _refuse_size(path)
    return source


def _parse(source: bytes, path: str) -> Any:  # noqa: ANN401 - whatever stands in the file
    try:
        found = json.loads(source, parse_constant=_refuse_constant, parse_float=_finite)
        if _HALF.search(source):  # perhaps an escape of half a character, which no text can hold
            json.dumps(found, ensure_ascii=False).encode()
    except ValueError as error:
        msg = f"{path} is no JSON: {error}"
        raise PackageError(msg) from None
    return found


def _refuse_constant(text: str) -> NoReturn:
    msg = f"{text} is no number"
    raise ValueError(msg)


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        _refuse_constant(text)
    return number


def _refuse_size(path: str) -> NoReturn:
    msg = f"{path} has more than {_MAX_BYTES:,} bytes"
    raise PackageError(msg)


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
