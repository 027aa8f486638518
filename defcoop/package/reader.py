"""The reader: a built package, in a folder or a zip, back to its tables, its records and its source cards."""

from __future__ import annotations

import csv
import io
import json
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any

from pydantic import ValidationError

from defcoop.models import Actor, DatasetCard, Record, SourceCard
from defcoop.models.dataset_card import UNTITLED, Contributor
from defcoop.models.lists import check_list, read_list
from defcoop.models.registry import SEED, TYPES
from defcoop.package.columns import SEEDS
from defcoop.package.descriptor import CARD, DESCRIPTOR, is_described
from defcoop.package.formula_guard import plain
from defcoop.package.opener import PackageError, PackageFiles
from defcoop.reference.states import ReferenceIds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from defcoop.io.migration_steps import Version
    from defcoop.package.described import DescribedPackage, DescribedTable
    from defcoop.package.descriptor import Descriptor


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
    def card(self) -> DatasetCard:
        """What its dataset says of itself; of an older package, as much as its descriptor has.

        Raises:
            PackageError: if that is no card.
        """
        try:
            if CARD not in self.names():
                return UNTITLED.model_copy(update=_older_card(self.descriptor))
            card = DatasetCard.model_validate_json(self.read(CARD))
        except (ValidationError, LookupError, TypeError, AttributeError) as error:
            msg = f"{CARD} does not say what the dataset is: {error}"
            raise PackageError(msg) from None
        for problem in card.terms.problems[:1]:
            msg = f"{CARD} does not say what the terms of the dataset are: {problem.message}"
            raise PackageError(msg)
        return card

    @cached_property
    def schema(self) -> Version:
        """The version of the schema that its records have, major and minor; packages do not say it, but show it."""
        from defcoop.io.migration import schema_by_columns  # noqa: PLC0415 - it needs YAML, which packages do not

        return schema_by_columns(self._has_column)

    @cached_property
    def described(self) -> DescribedPackage:
        """What the descriptor says of files and tables.

        Raises:
            PackageError: if it contradicts itself or lacks something.
        """
        from defcoop.package.described import parse_described  # noqa: PLC0415 - records are loaded without it

        described = parse_described(self.descriptor)
        if described.faults:
            msg = f"{DESCRIPTOR}: {described.faults[0]}"
            raise PackageError(msg)
        return described

    @property
    def tables(self) -> Mapping[str, DescribedTable]:
        """The tables, by name, in the order of the descriptor."""
        return self.described.tables

    def names(self) -> list[str]:
        """List the paths of all its files, sorted."""
        with PackageFiles(self.place) as files:
            return files.names

    @contextmanager
    def open(self, path: str) -> Iterator[IO[bytes]]:
        """Open one of its files to be read as bytes.

        Raises:
            FileNotFoundError: if there is no such file.
        """
        with PackageFiles(self.place) as files, files.open(path) as file:
            yield file

    def read(self, path: str) -> bytes:
        """Read one of its files whole.

        Raises:
            FileNotFoundError: if there is no such file.
            PackageError: if it is damaged or too large.
        """
        with PackageFiles(self.place) as files:
            return files.read(path)

    def header(self, table: str) -> list[str]:
        """Name the columns of a table as the descriptor has them."""
        return [column.name for column in self.tables[table].columns]

    def rows(self, table: str) -> Iterator[list[str]]:
        """Yield the rows of a table as texts, without the header and the guards of CSV.

        Raises:
            PackageError: if the header is not that of the descriptor or a line is no CSV.
        """
        with self.open(self.tables[table].path) as file:
            lines = csv.reader(io.TextIOWrapper(file, encoding="utf-8", newline=""), strict=True)
            try:
                if next(lines, None) != self.header(table):
                    msg = f"{table}: the columns are not those of the descriptor"
                    raise PackageError(msg)
                yield from map(plain, lines)
            except (csv.Error, UnicodeDecodeError) as error:
                msg = f"{table}: near line {max(lines.line_num, 1)}, no CSV: {error}"
                raise PackageError(msg) from None

    def json(self, table: str) -> Any:  # noqa: ANN401 - whatever stands in the file
        """Read the JSON of a table: whole records for a record type, source cards for seeds, else its rows.

        Raises:
            PackageError: if it is no JSON.
        """
        return _json(self.read(f"data/{table}.json"), f"data/{table}.json")

    def contents(self) -> tuple[list[Record], list[SourceCard]]:
        """Read its records and source cards.

        Raises:
            FileNotFoundError: if a file is missing.
            PackageError: if a file does not hold what it should.
        """
        records: list[Record] = []
        for kind in TYPES:
            try:
                records += self._list(kind.folder, kind.model, kind.name)
            except FileNotFoundError:
                if kind.folder in self.tables:
                    raise
                # It was built where there was no such type.
        return records, self._list(SEEDS, SourceCard)

    def _list(self, table: str, model: type[Any], type_name: str = SEED) -> list[Any]:
        """Read the documents of a table, those of an older schema in the form of today's."""
        from defcoop.io.migration import is_older  # noqa: PLC0415 - as above

        path = f"data/{table}.json"
        source = self.read(path)
        try:
            if not is_older(self.schema):
                return read_list(source, model, self.card.terms.context(ReferenceIds() if model is Actor else ()))
            return check_list(self._migrated(_json(source, path, parse_float=Decimal), type_name), model)
        except (ValidationError, RecursionError) as error:
            msg = f"{self.place} does not hold what a package should: {path}: {error}"
            raise PackageError(msg) from None

    def _migrated(self, documents: Any, type_name: str) -> Any:  # noqa: ANN401 - whatever stands in the file
        """Bring documents into the form of today; whatever is no list of documents is left to the model to refuse."""
        from defcoop.io.migration import migrate_document  # noqa: PLC0415 - as above

        for place, document in enumerate(documents if isinstance(documents, list) else ()):
            if isinstance(document, dict):
                documents[place] = migrate_document(type_name, document, self.schema).content
        return documents

    def _has_column(self, table: str, column: str) -> bool:
        """Tell whether a table has a column; the whole descriptor is not parsed for it, which takes its time."""
        try:
            [fields] = [each["schema"]["fields"] for each in self.descriptor["resources"] if each["name"] == table]
            return any(field["name"] == column for field in fields)
        except (LookupError, TypeError, ValueError):
            return False


def open_package(place: Path) -> Package:
    """Open the package in a folder or a zip.

    Raises:
        FileNotFoundError: if there is none.
        PackageError: if its descriptor is no descriptor of such a package.
    """
    with PackageFiles(place) as files:
        document = _json(files.read(DESCRIPTOR), DESCRIPTOR)
    if not is_described(document):
        msg = f"{place} is no package of defcoop"
        raise PackageError(msg)
    return Package(place, document)


def _older_card(described: Descriptor) -> dict[str, object]:
    """Read from the descriptor of an older package what a card says."""
    return {
        "name": described["name"],
        "title": described["title"],
        "description": described["description"],
        "version": str(described.get("version", "")).partition("+")[0],
        "licence": described["licenses"][0]["name"],
        "contributors": tuple(Contributor(name=who["title"]) for who in described["contributors"]),
        "keywords": tuple(described.get("keywords", ())),
        "homepage": described.get("homepage"),
    }


def _json(source: bytes, path: str, **options: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    try:
        return json.loads(source, **options)
    except (ValueError, RecursionError) as error:
        msg = f"{path} is no JSON: {error}"
        raise PackageError(msg) from None
