"""Tracing: from a cell of a table to the value of a record that it shows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.errors import InputError, UnknownIdError
from defcoop.models.field_layout import Shape
from defcoop.models.leaves import key_of, text_of
from defcoop.models.registry import TYPES, type_of
from defcoop.package.columns import write
from defcoop.package.tables import ABSENCES, RECORDS_TABLE, SHARED, record_node, tables
from defcoop.validation.issues import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from defcoop.dataset.core import Dataset
    from defcoop.models import Record
    from defcoop.package.tables import Node, Table

    Key = str | int | tuple[object, ...] | list[object] | Mapping[Any, Any]
    Cells = Mapping[str, str]

_CONFLICTS = SHARED["conflicts"][0]
_EVIDENCE = SHARED["evidence"][0]


class TracedValue(NamedTuple):
    """A record and the path of a value in it; no path where a cell shows nothing that could be read from a text."""

    record: Record
    path: str | None


def locate(dataset: Dataset, table: str, key: Key, column: str) -> TracedValue:
    """Find the value that a cell shows.

    Args:
        dataset: the dataset from which the table was made.
        table: its name, as in the package.
        key: what tells the row from others: an id, the cells of the table's key in order, or the row by column.
        column: the name of the column.

    Raises:
        KeyError: if the dataset has no such row.
        ValueError: if there is no such table or column, or the rows of the table are no values of records.
    """
    described = _table(table)
    if column not in (names := [each.name for each in described.columns]):
        msg = f"{table} has no column {column}. {did_you_mean(column, names)}"
        raise InputError(msg)
    cells = _cells(described, key)
    record = dataset[cells[described.key[0]]]
    node = record_node(type_of(record))
    if table == ABSENCES.name and cells["field"] in record.absent:
        return TracedValue(record, cells["field"])
    if table in {node.table.name, RECORDS_TABLE.name}:
        return TracedValue(record, _path_of(record, node, column))
    for child in node.children:
        if child.table.name == table and (spot := _in_list(record, child, cells, column)):
            return TracedValue(record, spot)
    msg = f"{table} has no row {', '.join(cells.values())}"
    raise UnknownIdError(msg)


def _table(name: str) -> Table:
    known = _traceable()
    if name in known:
        return known[name]
    if name in {table.name for table in tables()}:
        msg = f"the rows of {name} are no values of records"
    else:
        msg = f"there is no table {name}. {did_you_mean(name, known)}"
    raise InputError(msg)


@cache
def _traceable() -> dict[str, Table]:
    """Give the tables whose cells show values of records: those of records, and of the lists in them."""
    traceable = {table.name: table for table in (RECORDS_TABLE, ABSENCES)}
    for node in map(record_node, TYPES):
        traceable |= {child.table.name: child.table for child in (node, *node.children)}
    del traceable[_EVIDENCE]
    return traceable


def _cells(table: Table, key: Key) -> Cells:
    """Give the cells of a row's key as texts."""
    if isinstance(key, str | int):
        key = (key,)
    known = f"the rows of {table.name} are known by {', '.join(table.key)}"
    if not isinstance(key, tuple | list):
        lacking = [name for name in table.key if not hasattr(key, "keys") or name not in key.keys()]  # noqa: SIM118 - of a pandas row
        if lacking:
            msg = f"{known}, and the key has no {', '.join(lacking)}"
            raise InputError(msg)
        return {name: str(key[name]) for name in table.key}
    if len(key) != len(table.key):
        msg = f"{known}, and the key has {len(key)}"
        raise InputError(msg)
    return {name: str(cell) for name, cell in zip(table.key, key, strict=True)}


def _path_of(record: Record, node: Node, column: str) -> str | None:
    """Give the path of the value in a column of a record's own table."""
    if column == "name":
        return f"names[{record.name}].text"
    if column == "name_ar":
        arabic = next((name.text for name in record.names if name.lang == "ar"), None)
        return arabic and f"names[{arabic}].text"
    return _inside(node, column)


def _inside(node: Node, column: str) -> str | None:
    cell = next((cell for cell in node.cells if column in {each.name for each in cell.columns}), None)
    return ".".join(cell.names) if cell else None


def _in_list(record: Record, node: Node, cells: Cells, column: str) -> str | None:
    """Give the path of the value in a column of a list's table, for the item that the cells name."""
    if node.field is None:
        return None
    for position, item in enumerate(getattr(record, node.field.attribute)):
        if not _is_named(item, position, node, cells):
            continue
        if node.table.name == _CONFLICTS:
            return str(item.field)
        if node.field.shape is Shape.SCALARS:
            return f"{node.field.name}[{item}]"
        inside = _inside(node, column)
        return f"{node.field.name}[{key_of(item)}]" + (f".{inside}" if inside else "")
    return None


def _is_named(item: Any, position: int, node: Node, cells: Cells) -> bool:  # noqa: ANN401 - as above
    """Tell whether a row's key names an item of a list."""
    own = {name: cells[name] for name in node.table.key if name not in node.parent_key}
    texts = {"position": str(position)}
    if node.field is not None and node.field.shape is Shape.SCALARS:
        texts[node.field.item] = text_of(item)
    for cell in node.cells:
        if len(cell.attributes) == 1:
            written = write(getattr(item, cell.attributes[0]), cell)
            texts |= {column.name: text for column, text in zip(cell.columns, written, strict=True)}
    return all(texts[name] == text for name, text in own.items())
