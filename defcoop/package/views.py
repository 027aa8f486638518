"""Views: flat tables with names beside ids, one for each question that people ask, so that they need join nothing.

Each type of record that has sides has one, who with whom, and claims have one, who says what. They repeat what the
tables say, and leave out records that were withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.dataset_card import UNTITLED
from defcoop.models.field_layout import Shape, layout
from defcoop.models.meaning import side_names
from defcoop.models.record import Record
from defcoop.models.registry import TYPES
from defcoop.package.columns import Column
from defcoop.package.tables import CLAIMS, Table, record_node, seed_node, tables, with_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from defcoop.models import DatasetCard
    from defcoop.models.registry import RecordType
    from defcoop.package.tables import Node

VIEWS = "views"
"""The folder of the views."""

_BETWEEN = "; "
_ENVELOPE = frozenset(field.name for field in layout(Record))
_DERIVED = ("certainty", "summary", "note", "cluster_id")
"""What of the envelope stands behind the fields of a type."""


class JoinedRecord(NamedTuple):
    """A record with all that its row in a view is made of.

    Attributes:
        cells: the cells of the record in the table of its type.
        lists: the rows of each of its lists, by table.
        seeds: the seeds that tell of it.
        voices: the ids of those who are quoted or relayed in them.
        claims: the number of its claims.
        name: gives the name of a record.
    """

    cells: Sequence[str]
    lists: Mapping[str, Sequence[Sequence[str]]]
    seeds: Iterable[str]
    voices: Iterable[str]
    claims: int
    name: Callable[[str], str]


class ViewColumn(NamedTuple):
    """A column of a view, and how its cells are made."""

    column: Column
    fill: Callable[[JoinedRecord], str]


@dataclass(frozen=True)
class RecordView:
    """The view of a type of record: its table, where the rows come from, and how its cells are made."""

    table: Table
    source: Table
    lists: tuple[str, ...]
    fills: tuple[Callable[[JoinedRecord], str], ...]


def record_views(card: DatasetCard = UNTITLED) -> tuple[RecordView, ...]:
    """List the views of the types that a dataset has, in the order of their prefixes, as in shared tables.

    Args:
        card: what a dataset says of itself: the terms that it adds, and the packages whose record types it has.
    """
    known = {table.name for table in tables(card)}
    return tuple(
        replace(view, table=with_terms(view.table, card.terms))
        for view in _all_record_views()
        if view.source.name in known
    )


@cache
def _all_record_views() -> tuple[RecordView, ...]:
    kinds = sorted((kind for kind in TYPES if side_names(kind.model)), key=lambda kind: kind.prefix)
    return tuple(map(_record_view, kinds))


def views(card: DatasetCard = UNTITLED) -> Mapping[str, Table]:
    """Give the tables of all views of a dataset with such a card by the paths of their files."""
    listed = (CLAIMS_VIEW, *(view.table for view in record_views(card)))
    return {view_path(table): table for table in listed}


def view_path(table: Table) -> str:
    """Give the path of the file of a view."""
    return f"{VIEWS}/{table.name}.csv"


def _record_view(kind: RecordType) -> RecordView:
    node = record_node(kind)
    columns = list(_columns(kind, node))
    what = kind.name.replace("_", " ")
    table = Table(
        f"{kind.folder}_with_names",
        f"One row per {what} that stands, with the names of all that it names, and who tells of it.",
        tuple(column for column, _ in columns),
        ("id",),
    )
    lists = tuple(child.table.name for child in _children(node).values())
    return RecordView(table, node.table, lists, tuple(fill for _, fill in columns))


def _columns(kind: RecordType, node: Node) -> Iterator[ViewColumn]:
    own = {column.name: ViewColumn(column, _cell(at)) for at, column in enumerate(node.table.columns)}
    children = _children(node)
    yield own["id"]
    yield own["name"]
    for field in layout(kind.model):
        if field.name in _ENVELOPE:
            continue
        if field.name in children:
            yield from _of_list(children[field.name])
        for cell in node.cells if field.name not in children else ():
            if cell.names[0] == field.name:
                for column in cell.columns:
                    if not column.name.endswith("_date_prec"):
                        yield own[column.name]
                    if column.target:
                        yield ViewColumn(_named(column), _name(node.table.columns.index(column)))
    yield from (own[name] for name in _DERIVED if name in own)
    yield ViewColumn(
        Column("sources", "string", "The ids of the texts that tell of it.", required=True),
        lambda joined: _BETWEEN.join(joined.seeds),
    )
    yield ViewColumn(
        Column(
            "said_by", "string", "The names of those who are quoted or relayed there; empty if only the texts speak."
        ),
        lambda joined: _BETWEEN.join(filter(None, map(joined.name, joined.voices))),
    )
    yield ViewColumn(
        Column(
            "claims", "integer", f"How many rows of `{CLAIMS_VIEW.name}` have its id as `record_id`.", required=True
        ),
        lambda joined: str(joined.claims),
    )


def _children(node: Node) -> dict[str, Node]:
    """Give the tables of the lists that a type has beside those of the envelope, by field."""
    return {child.field.name: child for child in node.children if child.field and child.field.name not in _ENVELOPE}


def _cell(at: int) -> Callable[[JoinedRecord], str]:
    return lambda joined: joined.cells[at]


def _name(at: int) -> Callable[[JoinedRecord], str]:
    return lambda joined: joined.name(joined.cells[at])


def _named(column: Column) -> Column:
    return Column(
        f"{column.name.removesuffix('_id')}_name", "string", f"Its name: {column.description}", column.required
    )


def _of_list(node: Node) -> Iterator[ViewColumn]:
    """Yield the columns of a list: its items in one cell, and of ids the names too."""
    field, table = node.field, node.table
    if field is None:
        return
    if field.shape is Shape.SCALARS:
        at = len(table.columns) - 1
        texts = itemgetter(at)
        yield ViewColumn(
            Column(field.name, "string", field.description, field.required),
            lambda joined: _BETWEEN.join(map(texts, joined.lists[table.name])),
        )
        if table.columns[at].target:
            yield ViewColumn(
                Column(f"{field.name}_names", "string", f"The names: {field.description}", field.required),
                lambda joined: _BETWEEN.join(joined.name(row[at]) for row in joined.lists[table.name]),
            )
        return
    positions = {column.name: at for at, column in enumerate(table.columns)}
    values = [(positions[name], bool(cell.columns[0].target)) for cell in node.cells for name in cell.value_columns]
    yield ViewColumn(
        Column(
            field.name,
            "string",
            f"{field.description} Names, with what else is told of each in brackets.",
            field.required,
        ),
        lambda joined: _BETWEEN.join(
            _in_brackets([joined.name(row[at]) if is_id else row[at] for at, is_id in values])
            for row in joined.lists[table.name]
        ),
    )


def _in_brackets(cells: Sequence[str]) -> str:
    """Write the first value of an item with the others in brackets.

    >>> _in_brackets(["Turkey", "", "host"])
    'Turkey (host)'
    """
    first, *more = list(filter(None, cells)) or [""]
    return f"{first} ({', '.join(more)})" if more else first


CLAIM_CELLS = (
    *("claim_id", "record_id", "record_type", "field", "value", "relation", "stance", "voice"),
    *("speaker_id", "outlet_id", "seed_id", "quote", "basis", "reliability", "credibility"),
)
"""The columns of claims that are in their view."""

SEED_CELLS = ("publisher", "published")
"""The columns of seeds that are in the view of claims."""


def _claims_view() -> Table:
    columns = {column.name: column for column in CLAIMS.columns}
    seeds = {column.name: column for column in seed_node().table.columns}
    kept: list[Column] = []
    for name in CLAIM_CELLS:
        kept.append(columns[name])
        if name == "value":
            kept.append(Column("value_name", "string", "The name of the record that the value is."))
        elif name == "seed_id":
            kept += (replace(seeds[name], name=f"seed_{name}", required=False) for name in SEED_CELLS)
        elif columns[name].target:
            kept.append(_named(columns[name]))
    return Table(
        f"{CLAIMS.name}_with_names",
        "Who says what: one row per claim about a record that stands, with the names of all that it names.",
        tuple(kept),
        CLAIMS.key,
    )


CLAIMS_VIEW = _claims_view()
