"""The reader: a built package, in a folder or a zip, back to its tables, its records and its source cards."""

from __future__ import annotations

import csv
import io
import json
import lzma
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any

from pydantic import ValidationError

from defcoop.errors import DefcoopError
from defcoop.models import Record, SourceCard
from defcoop.models.lists import read_list
from defcoop.models.registry import TYPES
from defcoop.package.columns import SEEDS
from defcoop.package.descriptor import DESCRIPTOR, NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from defcoop.package.descriptor import Descriptor


class PackageError(DefcoopError, ValueError):
    """A folder or file that is no sound package; the message says what is wrong."""


@dataclass(frozen=True)
class Package:
    """A built package, opened; its descriptor, not this version of the library, says what is in it."""

    place: Path
    descriptor: Descriptor

    @property
    def version(self) -> str:
        """The version of its data."""
        return str(self.descriptor.get("version", ""))

    @cached_property
    def tables(self) -> Mapping[str, Descriptor]:
        """The resources that are tables, by name, in the order of the descriptor."""
        return {one["name"]: one for one in self.descriptor["resources"] if one.get("type") == "table"}

    def names(self) -> list[str]:
        """List the paths of all its files, sorted."""
        if self.place.is_dir():
            return sorted(path.relative_to(self.place).as_posix() for path in self.place.rglob("*") if path.is_file())
        with _unzipping(self.place), zipfile.ZipFile(self.place) as archive:
            return sorted(info.filename for info in archive.infolist() if not info.is_dir())

    @contextmanager
    def open(self, path: str) -> Iterator[IO[bytes]]:
        """Open one of its files to be read as bytes.

        Raises:
            FileNotFoundError: if there is no such file.
        """
        with _opened(self.place, path) as file:
            yield file

    def header(self, table: str) -> list[str]:
        """Name the columns of a table as the descriptor has them."""
        return [field["name"] for field in self.tables[table]["schema"]["fields"]]

    def rows(self, table: str) -> Iterator[list[str]]:
        """Yield the rows of a table as texts, without the header.

        Raises:
            PackageError: if the header is not that of the descriptor or a line is no CSV.
        """
        with self.open(self.tables[table]["path"]) as file:
            lines = csv.reader(io.TextIOWrapper(file, encoding="utf-8", newline=""), strict=True)
            try:
                if next(lines, None) != self.header(table):
                    msg = f"{table}: the columns are not those of the descriptor"
                    raise PackageError(msg)
                yield from lines
            except (csv.Error, UnicodeDecodeError) as error:
                msg = f"{table}: near line {max(lines.line_num, 1)}, no CSV: {error}"
                raise PackageError(msg) from None

    def json(self, table: str) -> Any:  # noqa: ANN401 - whatever stands in the file
        """Read the JSON of a table: whole records for a record type, source cards for seeds, else its rows.

        Raises:
            PackageError: if it is no JSON.
        """
        with self.open(f"data/{table}.json") as file:
            return _json(file.read(), f"data/{table}.json")

    def contents(self) -> tuple[list[Record], list[SourceCard]]:
        """Read its records and source cards.

        Raises:
            FileNotFoundError: if a file is missing.
            PackageError: if a file does not hold what it should.
        """
        records: list[Record] = []
        for kind in TYPES:
            records += self._list(kind.folder, kind.model)
        return records, self._list(SEEDS, SourceCard)

    def _list(self, table: str, model: type[Any]) -> list[Any]:
        with self.open(f"data/{table}.json") as file:
            source = file.read()
        try:
            return read_list(source, model)
        except ValidationError as error:
            msg = f"{self.place} does not hold what a package should: data/{table}.json: {error}"
            raise PackageError(msg) from None


def open_package(place: Path) -> Package:
    """Open the package in a folder or a zip.

    Raises:
        FileNotFoundError: if there is none.
        PackageError: if its descriptor is no descriptor of such a package.
    """
    with _opened(place, DESCRIPTOR) as file:
        described = _json(file.read(), DESCRIPTOR)
    if not isinstance(described, dict) or described.get("name") != NAME:
        msg = f"{place} is no package of {NAME}"
        raise PackageError(msg)
    return Package(place, described)


@contextmanager
def _opened(place: Path, path: str) -> Iterator[IO[bytes]]:
    if place.is_dir():
        with (place / path).open("rb") as file:
            yield file
        return
    with _unzipping(place), zipfile.ZipFile(place) as archive:
        try:
            member = archive.open(path)
        except KeyError:
            raise FileNotFoundError(2, "no such file in the package", f"{place}/{path}") from None
        with member:
            yield member


@contextmanager
def _unzipping(place: Path) -> Iterator[None]:
    """Say of whatever is wrong with a zip that it is so; zipfile has as many errors as there are ways to be broken."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError) as error:
        msg = f"{place} is neither a folder nor a sound zip: {error}"
        raise PackageError(msg) from None
    except RuntimeError as error:
        if "encrypted" not in str(error):
            raise
        msg = f"{place} is encrypted"
        raise PackageError(msg) from None
    except OSError as error:
        if error.filename:
            raise
        msg = f"{place} cannot be read: {error}"  # bzip2 says so of damaged bytes
        raise PackageError(msg) from None


def _json(source: bytes, path: str) -> Any:  # noqa: ANN401 - whatever stands in the file
    try:
        return json.loads(source)
    except ValueError as error:
        msg = f"{path} is no JSON: {error}"
        raise PackageError(msg) from None
