"""SQL that SQLite and DuckDB share: keys, and views with names beside ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.io.sql_text import name
from defcoop.package.columns import RECORDS, SEEDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.package.described import DescribedColumn, DescribedTable


def references(table: DescribedTable) -> list[DescribedColumn]:
    """List the columns of a table that refer to another."""
    return [column for column in table.columns if column.target]


def foreign_key(column: DescribedColumn) -> str:
    """Write the key by which a column refers to another table."""
    return f"FOREIGN KEY ({name(column.name)}) REFERENCES {name(column.target or '')} (id)"


def create_table(table: DescribedTable, lines: Iterable[str]) -> str:
    """Write the statement that makes a table of its columns and keys."""
    return f"CREATE TABLE {name(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def named_view(table: DescribedTable) -> Iterator[str]:
    """Yield the view `<table>_named`, which has beside each reference to a record the name of that record.

    A record type's own id needs none: its name stands in the table. Seeds have no names.
    """
    refs = [column for column in references(table) if column.target != SEEDS and table.key != (column.name,)]
    if not refs:
        return
    taken = {column.name for column in table.columns}
    selected, joins = [f"t.{name(column.name)}" for column in table.columns], []
    for number, column in enumerate(refs):
        label = f"{column.name.removesuffix('_id')}_name"
        while label in taken:
            label += "_"
        taken.add(label)
        selected.insert(selected.index(f"t.{name(column.name)}") + 1, f"n{number}.name AS {name(label)}")
        joins.append(f"LEFT JOIN {name(RECORDS)} n{number} ON n{number}.id = t.{name(column.name)}")
    yield (
        f"CREATE VIEW {name(f'{table.name}_named')} AS\n"
        f"SELECT {', '.join(selected)}\nFROM {name(table.name)} t\n" + "\n".join(joins)
    )
