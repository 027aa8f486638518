"""One state of the dataset: its documents as the package's JSON files hold them, and the shape of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from defcoop.models import SourceCard
from defcoop.models.registry import BY_FOLDER, TYPES
from defcoop.package.columns import SEEDS
from defcoop.package.described import library_tables as described_tables

if TYPE_CHECKING:
    from defcoop.dataset import Dataset
    from defcoop.package.described import DescribedTable
    from defcoop.values import Frozen

Document = Mapping[str, Any]
"""A record or source card as JSON; fields that hold their default are left out."""

Documents = Mapping[str, Mapping[str, Document]]
"""Documents by table and id; a table without documents is left out."""

Kind = Literal["package", "checkout", "revision", "installed", "dataset", "nothing"]


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """What programs rely on in a column: its name, type, target, terms, and whether a cell may be empty."""

    name: str
    type: str
    required: bool = False
    refers_to: str = ""
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableShape:
    """The columns of a table in their order, and those that tell its rows apart."""

    columns: tuple[ColumnShape, ...]
    key: tuple[str, ...]


@dataclass(frozen=True)
class Snapshot:
    """One state of the dataset.

    `name` is what it was asked for by; `version` that of its data, if it says so; `tables` are its own, or those of
    this library if it has none; `unsound` names the documents that do not fit this library's models
    and so stand as they were written.
    """

    name: str
    kind: Kind
    documents: Documents
    tables: Mapping[str, TableShape]
    version: str = ""
    has_own_tables: bool = True
    unsound: tuple[str, ...] = ()

    @classmethod
    def nothing(cls) -> Snapshot:
        """Give the snapshot before the first: no documents, and the tables of this library."""
        return cls("nothing", "nothing", {}, library_tables())

    @classmethod
    def of(cls, dataset: Dataset, name: str = "dataset", kind: Kind = "dataset", version: str = "") -> Snapshot:
        """Take a dataset that is in memory."""
        collections = {kind.folder: getattr(dataset, kind.folder) for kind in TYPES} | {SEEDS: dataset.seeds}
        documents = {
            table: {record.id: as_document(record) for record in collection.values()}
            for table, collection in collections.items()
            if collection
        }
        return cls(name, kind, documents, library_tables(), version)


def as_document(record: Frozen) -> Document:
    """Write a record or source card as the package's JSON does."""
    return record.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def model_of(table: str) -> type[Frozen] | None:
    """Give the model of a table's documents; none if this library does not know the table."""
    return SourceCard if table == SEEDS else BY_FOLDER[table].model if table in BY_FOLDER else None


@cache
def library_tables() -> Mapping[str, TableShape]:
    """Give the shapes of the tables that this library writes."""
    return {name: shape(table) for name, table in described_tables().items()}


def shape(table: DescribedTable) -> TableShape:
    """Take from a table what programs rely on; descriptions may change freely."""
    columns = (
        ColumnShape(
            column.name,
            column.kind,
            column.required,
            "(itself)" if column.target == table.name else column.target or "",
            tuple(column.terms),
        )
        for column in table.columns
    )
    return TableShape(tuple(columns), table.key)
