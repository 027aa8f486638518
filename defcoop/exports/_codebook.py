"""The codebook that travels with the tables of a package, for the formats that have tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from defcoop.package.described import DescribedTable


class TextTable(NamedTuple):
    """A table whose cells are all texts: its name, its columns and its rows."""

    name: str
    header: tuple[str, ...]
    rows: Iterable[tuple[str, ...]]


def codebook(tables: Collection[DescribedTable]) -> tuple[TextTable, TextTable]:
    """Give the codebook of tables, and beside it the terms of their vocabularies."""
    columns = ("table", "column", "type", "required", "key", "refers_to", "meaning")
    return (
        TextTable("codebook", columns, _columns(tables)),
        TextTable("terms", ("table", "column", "term", "meaning"), _terms(tables)),
    )


def _columns(tables: Iterable[DescribedTable]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each table, with no column named, and one for each of its columns."""
    for table in tables:
        yield table.name, "", "", "", "", "", table.description
        for column in table.columns:
            required, key = ("yes" if holds else "" for holds in (column.required, column.name in table.key))
            yield table.name, column.name, column.kind, required, key, column.target or "", column.description


def _terms(tables: Iterable[DescribedTable]) -> Iterator[tuple[str, ...]]:
    for table in tables:
        for column in table.columns:
            yield from ((table.name, column.name, term, meaning) for term, meaning in column.terms.items())
