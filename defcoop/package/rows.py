"""Rows: records as the cells of their tables, and tables as records again; nothing is lost on the way."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from defcoop.models.certainty import certainty_field
from defcoop.models.field_layout import Shape
from defcoop.models.leaves import text_of
from defcoop.package.claims import Claim, claim_cells
from defcoop.package.cluster_marks import mark
from defcoop.package.columns import parse_scalar, read_part, write
from defcoop.package.tables import ABSENCES, CLAIMS, RECORDS_TABLE, REDIRECTS, record_node, seed_node

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.models import Record, SourceCard
    from defcoop.models.registry import RecordType
    from defcoop.package.tables import Node
    from defcoop.values import Frozen

_SEED = Claim._fields.index("seed_id")

Row = tuple[str, ...]
Cellmap = dict[str, str]
Rows = dict[str, list[Cellmap]]


def record_rows(
    record: Record, kind: RecordType, cards: Mapping[str, SourceCard], clusters: Mapping[str, str] | None = None
) -> Iterator[tuple[str, Row]]:
    """Yield every row of a record, each with the name of its table.

    Args:
        record: the record.
        kind: its type.
        cards: the source cards by id.
        clusters: the ids of clusters by record; as long as they are not known, a mark of what they depend on stands
            in the place of one.

    Raises:
        KeyError: if a cited seed has no card.
    """
    node = record_node(kind)
    names = (record.name, next((name.text for name in record.names if name.lang == "ar"), ""))
    cluster = clusters.get(record.id, record.id) if clusters is not None else mark(record)
    certainty = record.certainty.value if record.certainty else ""
    heads = (*names, cluster, certainty) if certainty_field(type(record)) else (*names, cluster)
    own = _cells_of(record, node)
    yield node.table.name, (own[0], *heads, *own[1:])
    for child in node.children:
        yield from _list_rows(record, child, (record.id,))
    withdrawn = text_of(record.withdrawn is not None)
    yield (
        RECORDS_TABLE.name,
        (
            *(record.id, kind.name, *names, cluster),
            *(certainty, record.summary, withdrawn),
        ),
    )
    for field, reason in record.absent.items():
        yield ABSENCES.name, (record.id, field, reason.value)
    if record.withdrawn and record.withdrawn.replaced_by:
        gone = record.withdrawn
        yield REDIRECTS.name, (record.id, record.withdrawn.replaced_by, gone.reason, gone.since)
    for cells in claim_cells(record, kind.name):
        yield CLAIMS.name, (*cells[:-1], cards[cells[_SEED]].reliability.value, cells[-1])


def seed_rows(card: SourceCard) -> Iterator[tuple[str, Row]]:
    """Yield every row of a source card, each with the name of its table."""
    node = seed_node()
    yield node.table.name, _cells_of(card, node)
    for child in node.children:
        yield from _list_rows(card, child, (card.id,))


def records_of(kind: RecordType, rows: Rows) -> Iterator[Record]:
    """Read the records of a type back from the rows of all tables.

    Raises:
        pydantic.ValidationError: if the rows hold no sound record.
    """
    absences: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows[ABSENCES.name]:
        absences[row["record_id"]][row["field"]] = row["reason"]
    node = record_node(kind)
    lists = _lists(node, rows)
    for row in rows[node.table.name]:
        document = read_part(kind.model, row) | _children(node, (row["id"],), lists)
        if row["id"] in absences:
            document["absent"] = absences[row["id"]]
        yield kind.model.model_validate(document)


def _cells_of(part: Frozen, node: Node) -> Row:
    texts: list[str] = []
    for cell in node.cells:
        value: Any = part
        for step in cell.attributes:
            value = getattr(value, step, None)
        texts += write(value, cell)
    return tuple(texts)


def _list_rows(part: Frozen, node: Node, above: Row) -> Iterator[tuple[str, Row]]:
    if node.field is None:
        return
    for position, item in enumerate(getattr(part, node.field.attribute)):
        if node.field.shape is Shape.SCALARS:
            yield node.table.name, (*above, str(position), text_of(item))
            continue
        yield node.table.name, (*above, str(position), *_cells_of(item, node))
        for child in node.children:
            yield from _list_rows(item, child, (*above, str(position)))


_Lists = dict[str, dict[Row, list[Cellmap]]]


def _lists(node: Node, rows: Rows) -> _Lists:
    """Group the rows of every list below a table by the row above, in the order of their positions."""
    grouped: _Lists = {}
    for child in node.children:
        groups: dict[Row, list[Cellmap]] = defaultdict(list)
        for row in sorted(rows[child.table.name], key=lambda row: int(row["position"])):
            groups[tuple(row[name] for name in child.parent_key)].append(row)
        grouped[child.table.name] = groups
        grouped |= _lists(child, rows)
    return grouped


def _children(node: Node, above: Row, lists: _Lists) -> dict[str, Any]:
    lists_by_field: dict[str, Any] = {}
    for child in node.children:
        items = lists[child.table.name].get(above)
        if child.field is None or not items:
            continue
        if child.model is None:
            lists_by_field[child.field.name] = [parse_scalar(row[child.field.item], child.field.type) for row in items]
        else:
            lists_by_field[child.field.name] = [
                read_part(child.model, row) | _children(child, (*above, row["position"]), lists) for row in items
            ]
    return lists_by_field
