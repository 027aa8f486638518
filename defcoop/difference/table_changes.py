"""What changed in the tables: which there are, their columns, and the terms that these may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.difference.model import SchemaChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.difference.snapshot import ColumnShape, TableShape


def table_changes(old: Mapping[str, TableShape], new: Mapping[str, TableShape]) -> Iterator[SchemaChange]:
    """Yield the changes from the tables of one snapshot to those of another."""
    for name, shape in old.items():
        if name in new:
            yield from _table(name, shape, new[name])
        else:
            yield SchemaChange("table removed", name)
    for name in new:
        if name not in old:
            yield SchemaChange("table added", name)


def _table(name: str, old: TableShape, new: TableShape) -> Iterator[SchemaChange]:
    before, after = ({column.name: column for column in shape.columns} for shape in (old, new))
    for column in before:
        if column not in after:
            yield SchemaChange("column removed", name, column, old=_described(before[column]))
    for column in after:
        if column not in before:
            yield SchemaChange("column added", name, column, new=_described(after[column]))
    kept = [column for column in before if column in after]
    for column in kept:
        yield from _column(name, before[column], after[column])
    if kept != [column for column in after if column in before]:
        yield SchemaChange("columns reordered", name, old=", ".join(before), new=", ".join(after))
    if old.key != new.key:
        yield SchemaChange("key changed", name, old=", ".join(old.key), new=", ".join(new.key))


def _column(table: str, old: ColumnShape, new: ColumnShape) -> Iterator[SchemaChange]:
    if _described(old) != _described(new):
        yield SchemaChange("column changed", table, new.name, _described(old), _described(new))
    for term in old.terms if new.terms else ():
        if term not in new.terms:
            yield SchemaChange("term removed", table, new.name, old=term)
    for term in new.terms if old.terms else ():
        if term not in old.terms:
            yield SchemaChange("term added", table, new.name, new=term)


def _described(column: ColumnShape) -> str:
    """Say what programs rely on in a column; its single terms aside, of which some may come and go."""
    properties = {
        column.type: True,
        "required": column.required,
        "of a vocabulary": bool(column.terms),
        f"refers to {column.refers_to}": bool(column.refers_to),
    }
    return ", ".join(name for name, holds in properties.items() if holds)
