"""Which lists a record holds, in which tables their rows stand, and how such rows become Arrow lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from defcoop.package import PackageError
from defcoop.package.tables import ABSENCES, record_node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from defcoop.models.registry import RecordType
    from defcoop.package.tables import Node

_POSITION = "position"


class NestedList(NamedTuple):
    """A list in a record: its field, its table, the columns that name the row above, and the lists in its items.

    `item` is the column of its values, if they are single ones.
    """

    field: str
    table: str
    above: tuple[str, ...]
    item: str | None = None
    inner: tuple[NestedList, ...] = ()

    def every(self) -> Iterator[NestedList]:
        """Yield this list and those in its items."""
        yield self
        for nested in self.inner:
            yield from nested.every()


def lists_of(kind: RecordType) -> tuple[NestedList, ...]:
    """NestedList the lists of a record type's records, with the reasons for values that are absent."""
    return (*map(_list_of, record_node(kind).children), NestedList("absent", ABSENCES.name, ("record_id",)))


def field_of(nested: NestedList, schema_of: Callable[[str], pa.Schema]) -> pa.Field:
    """Give the Arrow field of a list.

    Args:
        nested: the list.
        schema_of: gives the schema of a table.
    """
    schema = schema_of(nested.table)
    if nested.item:
        kind = pa.list_(_plain(schema.field(nested.item)).type)
    else:
        own = [_plain(field) for field in schema if field.name not in {*nested.above, _POSITION}]
        kind = pa.list_(pa.struct([*own, *(field_of(inner, schema_of) for inner in nested.inner)]))
    return pa.field(nested.field, kind, metadata=schema.metadata)


def nest(nested: NestedList, kind: pa.ListType, parents: pa.Array, rows_of: Callable[[str], pa.Table]) -> pa.ListArray:
    """Give a list of each of some rows.

    Args:
        nested: the list.
        kind: its Arrow type.
        parents: the keys of the rows above, in their order.
        rows_of: gives the rows of a table that belong to them.

    Raises:
        PackageError: if a row belongs to none of them.
    """
    rows = rows_of(nested.table)
    owners = pc.index_in(_key(rows, nested.above), value_set=parents)
    if owners.null_count:
        msg = f"{nested.table}: a row belongs to nothing above it"
        raise PackageError(msg)
    rows = rows.append_column("", owners)
    order = [("", "ascending"), *([(_POSITION, "ascending")] if _POSITION in rows.column_names else [])]
    rows = rows.take(pc.sort_indices(rows, order))
    return pa.ListArray.from_arrays(_offsets(rows[""], len(parents)), _items(nested, kind, rows, rows_of), type=kind)


def _list_of(node: Node) -> NestedList:
    field = node.field
    assert field is not None  # noqa: S101 - only the table of a record type has none
    item = field.item if node.model is None else None
    return NestedList(field.name, node.table.name, node.parent_key, item, tuple(map(_list_of, node.children)))


def _plain(field: pa.Field) -> pa.Field:
    """Turn a dictionary to plain text, for not every reader takes dictionaries in lists."""
    return field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field


def _key(rows: pa.Table, columns: tuple[str, ...]) -> pa.Array:
    parts = [rows[name].cast(pa.string()) for name in columns]
    return pc.binary_join_element_wise(*parts, "\x1f")


def _offsets(owners: pa.ChunkedArray, count: int) -> pa.Array:
    """Say where the list of each row begins, and where the last one ends."""
    counts = pc.value_counts(owners.combine_chunks())
    places = pc.index_in(pa.array(range(count), owners.type), value_set=counts.field("values"))
    lengths = pc.fill_null(counts.field("counts").take(places), 0)
    return pa.concat_arrays([pa.array([0], pa.int32()), pc.cumulative_sum(lengths).cast(pa.int32())])


def _items(nested: NestedList, kind: pa.ListType, rows: pa.Table, rows_of: Callable[[str], pa.Table]) -> pa.Array:
    if nested.item:
        return _cells(rows, nested.item, kind.value_type)
    parts: pa.StructType = kind.value_type
    inner = {lower.field: lower for lower in nested.inner}
    keys = _key(rows, (nested.above[0], *nested.above[1:], _POSITION)).combine_chunks() if inner else None
    return pa.StructArray.from_arrays(
        [
            nest(inner[field.name], field.type, keys, rows_of)
            if field.name in inner
            else _cells(rows, field.name, field.type)
            for field in parts.fields
        ],
        fields=parts.fields,
    )


def _cells(rows: pa.Table, name: str, kind: pa.DataType) -> pa.Array:
    return rows[name].cast(kind).combine_chunks()
