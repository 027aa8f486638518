"""The codebook that travels with the tables of a package, for the formats that have tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.package import Package
    from defcoop.package.described import DescribedTable


CODEBOOK = ("table", "column", "type", "required", "key", "refers_to", "meaning")
"""The columns of the codebook that travels in a file."""

TERMS = ("table", "column", "term", "meaning")
"""The columns of the list of terms beside it."""


def tables_of(package: Package) -> tuple[DescribedTable, ...]:
    """List the tables of a package as its descriptor has them.

    Raises:
        PackageError: if the descriptor lacks something.
    """
    return tuple(package.tables.values())


def codebook(tables: Iterable[DescribedTable]) -> Iterator[tuple[str, ...]]:
    """Yield the codebook of tables: a row for each, with no column named, and one for each of its columns."""
    for table in tables:
        yield table.name, "", "", "", "", "", table.description
        for column in table.columns:
            needed, key = ("yes" if true else "" for true in (column.required, column.name in table.key))
            yield table.name, column.name, column.kind, needed, key, column.target or "", column.description


def terms(tables: Iterable[DescribedTable]) -> Iterator[tuple[str, ...]]:
    """Yield the terms that columns with a vocabulary may hold, with what they mean."""
    for table in tables:
        for column in table.columns:
            yield from ((table.name, column.name, term, meaning) for term, meaning in column.terms.items())
