"""What a descriptor says of the files and tables of a package, read as a stranger's word.

Descriptions may be missing; names, types, keys and hashes may not.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from defcoop.models.dataset_card import UNTITLED
from defcoop.package.descriptor import schema
from defcoop.package.tables import tables
from defcoop.package.views import VIEWS, views

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from defcoop.models import DatasetCard
    from defcoop.package.tables import Table

_CHECKED = frozenset({"required", "unique", "enum"})
"""The constraints that this library knows."""

_MOST_FAULTS = 20


class Digest(NamedTuple):
    """The size of a file in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A foreign key: its column, and the table and column to which it leads."""

    column: str
    table: str
    field: str


@dataclass(frozen=True, slots=True)
class DescribedColumn:
    """A column as a descriptor has it; columns of one form are equal, whatever is said of their meaning.

    `kind` is the Table Schema type, `target` the table to which it refers, `vocabulary` what a cell may hold, if that
    is limited, and `terms` these in their order with their meanings; `unknown` names constraints that are not checked.
    """

    name: str
    kind: str
    description: str = field(default="", compare=False)
    required: bool = False
    target: str | None = None
    vocabulary: frozenset[str] | None = None
    terms: Mapping[str, str] = field(default_factory=dict, compare=False)
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class DescribedTable:
    """A table as a descriptor has it; tables of one form are equal, wherever they lie and whatever is said of them."""

    name: str
    path: str = field(compare=False)
    description: str = field(compare=False)
    columns: tuple[DescribedColumn, ...]
    key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The place of each column by its name."""
        return {column.name: position for position, column in enumerate(self.columns)}


class DescribedPackage(NamedTuple):
    """A descriptor: the tables by name, the digest of each file that it names, and what is wrong with it.

    The digests are None if there is no descriptor that can be read. The views, by path, repeat what the tables say.
    """

    tables: Mapping[str, DescribedTable]
    digests: Mapping[str, Digest] | None
    faults: Sequence[str]
    views: Mapping[str, DescribedTable] = MappingProxyType({})


UNDESCRIBED = DescribedPackage({}, None, ())
"""What is known of a package without a descriptor."""


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, defer_build=True)


class _Term(_Part):
    value: str
    label: str = ""


class _Column(_Part):
    name: str
    type: str
    description: str = ""
    constraints: dict[str, Any] = {}
    categories: list[_Term] = []


class _Target(_Part):
    resource: str | None = None
    fields: Annotated[list[str], Field(min_length=1, max_length=1)]


class _Key(_Part):
    fields: Annotated[list[str], Field(min_length=1, max_length=1)]
    reference: _Target


class _Schema(_Part):
    fields: Annotated[list[_Column], Field(min_length=1)]
    missing: Annotated[list[str], Field(alias="missingValues")] = [""]
    key: Annotated[list[str], Field(alias="primaryKey", min_length=1)]
    foreign: Annotated[list[_Key], Field(alias="foreignKeys")] = []


class _Resource(_Part):
    name: Annotated[str, Field(pattern="^[a-z0-9_-]+$")]
    path: str
    description: str = ""
    bytes: int
    hash: Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")]
    layout: Annotated[_Schema | None, Field(alias="schema")] = None


class _Package(_Part):
    name: str
    resources: list[_Resource]


def read_described(source: bytes) -> DescribedPackage:
    """Read a descriptor from its JSON; what cannot be understood is left out and stands in the faults."""
    doubled: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Note a name that one object has twice, of which readers would see either one."""
        names = dict(pairs)
        if len(names) < len(pairs):
            doubled.append(next(name for at, (name, _) in enumerate(pairs) if name in dict(pairs[:at])))
        return names

    try:
        document = json.loads(source, object_pairs_hook=unique)
    except (ValueError, RecursionError) as error:
        return DescribedPackage({}, None, [f"is not JSON that every program reads: {error}"])
    described = parse_described(document)
    return described._replace(faults=[*(f"says {name} twice in one place" for name in doubled[:1]), *described.faults])


def parse_described(document: Any) -> DescribedPackage:  # noqa: ANN401 - whatever a descriptor holds
    """Parse a descriptor; what cannot be understood is left out and stands in the faults."""
    try:
        described = _Package.model_validate(document)
    except ValidationError as error:
        return DescribedPackage({}, None, list(_messages(error)))
    faults: list[str] = []
    digests: dict[str, Digest] = {}
    tables_by_name: dict[str, DescribedTable] = {}
    views_by_path: dict[str, DescribedTable] = {}
    names: set[str] = set()
    for resource in described.resources:
        if resource.path in digests or resource.name in names:
            faults.append(f"{resource.name} ({resource.path}) is there twice")
            continue
        names.add(resource.name)
        digests[resource.path] = Digest(resource.bytes, resource.hash.removeprefix("sha256:"))
        if resource.layout:
            try:
                table = _table(resource.name, resource.path, resource.description, resource.layout)
            except ValueError as error:
                faults.append(f"{resource.name}: {error}")
                continue
            if resource.path.startswith(f"{VIEWS}/"):
                views_by_path[resource.path] = table
            else:
                tables_by_name[resource.name] = table
        elif resource.path.endswith(".csv"):
            faults.append(f"{resource.name} has no schema")
    if not tables_by_name:
        faults.append("describes no table")
    return DescribedPackage(tables_by_name, digests, faults, views_by_path)


def broken_keys(tables_by_name: Mapping[str, DescribedTable]) -> Iterator[str]:
    """Yield what foreign keys refer to that no table has."""
    for table in tables_by_name.values():
        for key in table.foreign_keys:
            if key.table not in tables_by_name or key.field not in tables_by_name[key.table].positions:
                yield f"{table.name}: {key.column} refers to {key.table}.{key.field}, which is not there"


def library_tables(card: DatasetCard = UNTITLED) -> Mapping[str, DescribedTable]:
    """Give the tables as this version of the library writes them for a dataset with such a card, by name."""
    return described_tables(tables(card))


@cache
def described_tables(listed: tuple[Table, ...]) -> Mapping[str, DescribedTable]:
    """Give some tables as a descriptor has them, by name."""
    return {
        table.name: _table(
            table.name, f"data/{table.name}.csv", table.description, _Schema.model_validate(schema(table))
        )
        for table in listed
    }


def library_views(card: DatasetCard = UNTITLED) -> Mapping[str, DescribedTable]:
    """Give the views as this version of the library writes them for a dataset with such a card, by path."""
    return {path: _described_view(path, view) for path, view in views(card).items()}


@cache
def _described_view(path: str, view: Table) -> DescribedTable:
    return _table(view.name, path, view.description, _Schema.model_validate(schema(view)))


def _table(name: str, path: str, description: str, layout: _Schema) -> DescribedTable:
    """Give a table.

    Raises:
        ValueError: if its schema contradicts itself.
    """
    names = {column.name for column in layout.fields}
    if len(names) < len(layout.fields):
        msg = "a column is there twice"
        raise ValueError(msg)
    if layout.missing != [""]:
        msg = "a missing value is not an empty cell"
        raise ValueError(msg)
    keys = tuple(
        ForeignKey(key.fields[0], key.reference.resource or name, key.reference.fields[0]) for key in layout.foreign
    )
    if unknown := sorted({*layout.key, *(key.column for key in keys)} - names):
        msg = f"{unknown[0]} is no column"
        raise ValueError(msg)
    targets = {key.column: key.table for key in keys}
    columns = tuple(_column(column, targets.get(column.name)) for column in layout.fields)
    return DescribedTable(name, path, description, columns, tuple(layout.key), keys)


def _column(described: _Column, target: str | None) -> DescribedColumn:
    rules = described.constraints
    enum = rules.get("enum")
    if enum is not None and not (isinstance(enum, list) and all(isinstance(term, str) for term in enum)):
        msg = f"the vocabulary of {described.name} is no list of texts"
        raise ValueError(msg)
    labels = {term.value: term.label for term in described.categories}
    return DescribedColumn(
        described.name,
        described.type,
        described.description,
        rules.get("required") is True,
        target,
        None if enum is None else frozenset(enum),
        {term: labels.get(term, "") for term in enum or ()},
        tuple(sorted(set(rules) - _CHECKED)),
    )


def _messages(error: ValidationError) -> Iterator[str]:
    for fault in error.errors(include_url=False, include_context=False, include_input=False)[:_MOST_FAULTS]:
        where = ".".join(map(str, fault["loc"]))
        yield f"{where}{': ' if where else ''}{fault['msg']}"
