"""SQL that SQLite and DuckDB share: keys, and views with names beside ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.io.sql_text import name
from defcoop.package.columns import RECORDS, SEEDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.package.described import DescribedColumn, DescribedTable


def references(table: DescribedTable) -> list[DescribedColumn]:
    """List the columns of a table that refer to another."""
    return [column for column in table.columns if column.target]


def named_view(table: DescribedTable) -> Iterator[str]:
    """Yield the view `<table>_named`, which shows beside each reference to a record the name of that record.

    A record type's own id needs none: its name stands in the table. Seeds have no names.
    """
    refs = [one for one in references(table) if one.target != SEEDS and table.key != (one.name,)]
    if not refs:
        return
    taken = {column.name for column in table.columns}
    shown, joins = [f"t.{name(column.name)}" for column in table.columns], []
    for number, column in enumerate(refs):
        label = f"{column.name.removesuffix('_id')}_name"
        while label in taken:
            label += "_"
        taken.add(label)
        shown.insert(shown.index(f"t.{name(column.name)}") + 1, f"n{number}.name AS {name(label)}")
        joins.append(f"LEFT JOIN {name(RECORDS)} n{number} ON n{number}.id = t.{name(column.name)}")
    yield (
        f"CREATE VIEW {name(f'{table.name}_named')} AS\n"
        f"SELECT {', '.join(shown)}\nFROM {name(table.name)} t\n" + "\n".join(joins)
    )
