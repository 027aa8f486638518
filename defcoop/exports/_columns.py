"""What the descriptor says of the tables and columns of a package, for the formats that have tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from defcoop.package import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from defcoop.package import Package


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its Table Schema type, what it means, its terms, and the table whose `id` it refers to."""

    name: str
    kind: str
    meaning: str
    required: bool
    terms: Mapping[str, str]
    target: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what a row is, its file in the package, its columns, and those that tell its rows apart."""

    name: str
    meaning: str
    path: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


CODEBOOK = ("table", "column", "type", "required", "key", "refers_to", "meaning")
"""The columns of the codebook that travels in a file."""

TERMS = ("table", "column", "term", "meaning")
"""The columns of the list of terms beside it."""


def tables_of(package: Package) -> tuple[Table, ...]:
    """List the tables of a package as its descriptor has them.

    Raises:
        PackageError: if the descriptor lacks something.
    """
    try:
        return tuple(_table(resource) for resource in package.tables.values())
    except (KeyError, TypeError, AttributeError) as error:
        msg = f"{package.place}: the descriptor does not describe its tables: {error!r}"
        raise PackageError(msg) from None


def codebook(tables: Iterable[Table]) -> Iterator[tuple[str, ...]]:
    """Yield the codebook of tables: a row for each, with no column named, and one for each of its columns."""
    for table in tables:
        yield table.name, "", "", "", "", "", table.meaning
        for column in table.columns:
            needed, key = ("yes" if true else "" for true in (column.required, column.name in table.key))
            yield table.name, column.name, column.kind, needed, key, column.target or "", column.meaning


def terms(tables: Iterable[Table]) -> Iterator[tuple[str, ...]]:
    """Yield the terms that columns with a vocabulary may hold, with what they mean."""
    for table in tables:
        for column in table.columns:
            yield from ((table.name, column.name, term, meaning) for term, meaning in column.terms.items())


def _table(resource: Mapping[str, Any]) -> Table:
    schema = resource["schema"]
    targets = {
        key["fields"][0]: key["reference"].get("resource", resource["name"]) for key in schema.get("foreignKeys", ())
    }
    return Table(
        resource["name"],
        resource["description"],
        resource["path"],
        tuple(_column(field, targets) for field in schema["fields"]),
        tuple(schema["primaryKey"]),
    )


def _column(field: Mapping[str, Any], targets: Mapping[str, str]) -> Column:
    return Column(
        field["name"],
        field["type"],
        field["description"],
        field.get("constraints", {}).get("required", False),
        {term["value"]: term["label"] for term in field.get("categories", ())},
        targets.get(field["name"]),
    )
