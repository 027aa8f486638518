"""The shape of a package: what its descriptor says of its files and tables, read as a stranger's word."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from defcoop.package.descriptor import DESCRIPTOR, NAME, schema
from defcoop.package.tables import tables as package_tables
from defcoop.package.verification.members import Digest
from defcoop.package.verification.verdict import MOST_SHOWN, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_KNOWN = frozenset({"required", "unique", "enum"})
"""The constraints that are checked; what others a newer descriptor has is said not to be."""


class Column(NamedTuple):
    """A column: its name, its type, whether each row needs a value, and the terms that it may hold."""

    name: str
    kind: str
    required: bool
    terms: frozenset[bytes] | None
    unknown: tuple[str, ...]


class Reference(NamedTuple):
    """A foreign key: the place of its column, and the table and column to which it leads."""

    column: int
    table: str
    field: str


@dataclass(frozen=True)
class Table:
    """A table: its name, its file, its columns, the places of its key's, and its foreign keys."""

    name: str
    path: str = field(compare=False)
    columns: tuple[Column, ...]
    key: tuple[int, ...]
    references: tuple[Reference, ...]

    @cached_property
    def spots(self) -> Mapping[str, int]:
        """The place of each column by its name."""
        return {column.name: spot for spot, column in enumerate(self.columns)}


class Shape(NamedTuple):
    """A descriptor: the digest of each file that it names, the tables, and what is wrong with it.

    The digests are None if there is no descriptor that can be read.
    """

    digests: Mapping[str, Digest] | None
    tables: Sequence[Table]
    failures: Sequence[Failure]


NO_SHAPE = Shape(None, (), ())
"""The shape of a package without a descriptor that could be read."""


class _Part(BaseModel):
    model_config = ConfigDict(strict=True)


class _Field(_Part):
    name: str
    type: str
    constraints: Annotated[dict[str, Any], Field(default_factory=dict)]


class _Target(_Part):
    resource: str | None = None
    fields: Annotated[list[str], Field(min_length=1, max_length=1)]


class _ForeignKey(_Part):
    fields: Annotated[list[str], Field(min_length=1, max_length=1)]
    reference: _Target


class _Schema(_Part):
    fields: Annotated[list[_Field], Field(min_length=1)]
    missing: Annotated[list[str], Field(alias="missingValues")]
    key: Annotated[list[str], Field(alias="primaryKey", min_length=1)]
    foreign: Annotated[list[_ForeignKey], Field(alias="foreignKeys", default_factory=list)]


class _Resource(_Part):
    name: str
    path: str
    bytes: int
    hash: Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")]
    layout: Annotated[_Schema | None, Field(alias="schema")] = None


class _Descriptor(_Part):
    name: Literal["defcoop"]
    resources: list[_Resource]


assert NAME == "defcoop"  # noqa: S101 - a literal type cannot be computed


def read_shape(source: bytes) -> Shape:
    """Read a descriptor; what cannot be understood is left out and told."""
    try:
        described = _Descriptor.model_validate_json(source)
        doubled = _doubled(source)
    except ValidationError as error:
        return Shape(None, (), [_failure(f"{_where(one['loc'])}{one['msg']}") for one in _errors(error)])
    except (ValueError, RecursionError) as error:
        return Shape(None, (), [_failure(f"is not JSON that every program reads: {error}")])
    failures = [_failure(f"says {doubled} twice in one place")] if doubled else []
    digests: dict[str, Digest] = {}
    tables: dict[str, Table] = {}
    for resource in described.resources:
        if resource.path in digests or resource.name in tables:
            failures.append(_failure(f"{resource.name} ({resource.path}) is there twice"))
            continue
        digests[resource.path] = Digest(resource.bytes, resource.hash.removeprefix("sha256:"))
        if resource.layout:
            try:
                tables[resource.name] = table_of(resource.name, resource.path, resource.layout)
            except ValueError as error:
                failures.append(_failure(f"{resource.name}: {error}"))
        elif resource.path.endswith(".csv"):
            failures.append(_failure(f"{resource.name} has no schema"))
    if not tables:
        failures.append(_failure("describes no table"))
    failures += _loose_ends(tables)
    return Shape(digests, list(tables.values()), failures)


@cache
def known_tables() -> tuple[Table, ...]:
    """Give the tables as this version of the library writes them."""
    return tuple(table_of(table.name, "", _Schema.model_validate(schema(table))) for table in package_tables())


def table_of(name: str, path: str, schema: _Schema) -> Table:
    """Give the shape of a table.

    Raises:
        ValueError: if its schema contradicts itself.
    """
    spots = {column.name: spot for spot, column in enumerate(schema.fields)}
    if len(spots) < len(schema.fields):
        msg = "a column is there twice"
        raise ValueError(msg)
    if schema.missing != [""]:
        msg = "a missing value is not an empty cell"
        raise ValueError(msg)
    named = [*schema.key, *(key.fields[0] for key in schema.foreign)]
    if strangers := sorted(set(named) - set(spots)):
        msg = f"{strangers[0]} is no column"
        raise ValueError(msg)
    return Table(
        name,
        path,
        tuple(_column(column) for column in schema.fields),
        tuple(spots[column] for column in schema.key),
        tuple(
            Reference(spots[key.fields[0]], key.reference.resource or name, key.reference.fields[0])
            for key in schema.foreign
        ),
    )


def _column(described: _Field) -> Column:
    rules = described.constraints
    terms = rules.get("enum")
    if terms is not None and not (isinstance(terms, list) and all(isinstance(term, str) for term in terms)):
        msg = f"the vocabulary of {described.name} is no list of texts"
        raise ValueError(msg)
    return Column(
        described.name,
        described.type,
        rules.get("required") is True,
        # Whether a cell may be empty is another question.
        None if terms is None else frozenset(term.encode() for term in ("", *terms)),
        tuple(sorted(set(rules) - _KNOWN)),
    )


def _loose_ends(tables: Mapping[str, Table]) -> Iterator[Failure]:
    for table in tables.values():
        for key in table.references:
            if key.table not in tables or key.field not in tables[key.table].spots:
                column = table.columns[key.column].name
                yield _failure(f"{table.name}: {column} refers to {key.table}.{key.field}, which is not there")


def _doubled(source: bytes) -> str:
    """Give a name that one object of a descriptor has twice, of which readers would see either one."""
    found: list[str] = []

    def look(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = dict(pairs)
        if len(names) < len(pairs):
            found.append(next(name for spot, (name, _) in enumerate(pairs) if name in dict(pairs[:spot])))
        return names

    json.loads(source, object_pairs_hook=look)
    return found[0] if found else ""


def _errors(error: ValidationError) -> list[Any]:
    return list(error.errors(include_url=False, include_context=False, include_input=False)[:MOST_SHOWN])


def _where(steps: Sequence[str | int]) -> str:
    return f"{'.'.join(map(str, steps))}: " if steps else ""


def _failure(message: str) -> Failure:
    return Failure(DESCRIPTOR, None, None, message)
