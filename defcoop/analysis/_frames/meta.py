"""What the columns of a frame mean, as the codebook has it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from defcoop.package.origins import split
from defcoop.package.scales import scale_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from defcoop.package.columns import Column
    from defcoop.package.tables import Table


@dataclass(frozen=True, slots=True)
class ColumnMeta:
    """What a column means.

    Attributes:
        description: its meaning, in one sentence.
        type: its Table Schema type: string, integer, number, boolean or date.
        source: the dataset or standard that its term comes from, and the term there; empty if it is defcoop's own.
        required: whether every row has a value.
        refers_to: the table whose `id` it holds; empty if none.
        terms: what each of its terms, or of the numbers of its scale, means; empty if it has neither.
    """

    description: str
    type: str
    source: str
    required: bool
    refers_to: str
    terms: Mapping[str, str]


def columns_of(table: Table) -> dict[str, ColumnMeta]:
    """Give what the columns of a table mean, by name."""
    return {column.name: _meta(column) for column in table.columns}


def texts_of(table: Table) -> dict[str, dict[str, str]]:
    """Give the description, type and source of the columns of a table, as texts that any format can keep."""
    return {
        name: {"description": meta.description, "type": meta.type, "source": meta.source}
        for name, meta in columns_of(table).items()
    }


def attrs_of(table: Table) -> dict[str, Any]:
    """Give what a pandas frame keeps in its `attrs`."""
    return {"table": table.name, "description": split(table.description)[0], "columns": texts_of(table)}


def _meta(column: Column) -> ColumnMeta:
    meaning, origin = split(column.description)
    terms = {term.value: term.definition for term in column.terms}
    if scale := scale_of(column):
        terms = {str(number): text for number, text in scale.numbers.items()}
    return ColumnMeta(meaning, column.kind, origin, column.required, column.target or "", MappingProxyType(terms))
