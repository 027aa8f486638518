"""The chapter on tables: what a row is, how many there are, and every column."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from defcoop.docgen.codebook._markdown import cell, link, markdown_table, tally
from defcoop.models.leaves import covers
from defcoop.models.registry import TYPES
from defcoop.package.origins import split
from defcoop.package.scales import scale_of
from defcoop.package.tables import record_node, tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.docgen.codebook.counts import UsageCounts
    from defcoop.package.columns import Column
    from defcoop.package.tables import Table

_HEAD = ("column", "type", "meaning", "source term", "refers to", "filled", "empty because")
_LEAD = "One row per item. "


def chapter(counts: UsageCounts) -> str:
    """Write the chapter."""
    overview = markdown_table(
        ("table", "rows", "holds"),
        (
            (link(table.name), str(counts.rows.get(table.name, "")), split(table.description)[0].removeprefix(_LEAD))
            for table in tables()
        ),
    )
    absent = _absences(counts)
    return overview + "".join(_section(table, counts, absent) for table in tables())


def _section(table: Table, counts: UsageCounts, absent: Mapping[tuple[str, str], str]) -> str:
    meaning, origin = split(table.description)
    notes = [f"Rows: {counts.rows[table.name]}."] if counts.rows else []
    if origin:
        notes.append(f"Source term: {origin}.")
    if missing := absent.get((table.name, "")):
        notes.append(f"Records without any, by reason: {missing}.")
    columns = markdown_table(_HEAD, (_row(column, table, counts, absent) for column in table.columns))
    return f"\n### {table.name}\n\n" + "\n\n".join(filter(None, (meaning, " ".join(notes), columns)))


def _row(column: Column, table: Table, counts: UsageCounts, absent: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    meaning, origin = split(column.description)
    key = column.name in table.key
    return (
        f"**{column.name}**" if key else column.name,
        _kind(column, table) + ("" if column.required or key else ", may be empty"),
        cell(meaning),
        cell(origin),
        link(column.target) if column.target else "",
        str(counts.filled.get((table.name, column.name), "")),
        absent.get((table.name, column.name), ""),
    )


def _kind(column: Column, table: Table) -> str:
    if column.vocabulary:
        return link(column.vocabulary.__name__)
    if scale := scale_of(column):
        return f"[integer, {min(scale.numbers)} to {max(scale.numbers)}](#{scale.name})"
    if (table.name, column.name) in _dates():
        return "[EDTF date](#dates)"
    return column.kind


@cache
def _dates() -> set[tuple[str, str]]:
    """Name the columns that hold a date as stated, which the derived columns follow."""
    columns = {(table.name, column.name) for table in tables() for column in table.columns}
    return {(name, column) for name, column in columns if (name, f"{column}_date_prec") in columns}


def _absences(counts: UsageCounts) -> dict[tuple[str, str], str]:
    """Say why fields have no value, by table and column; a whole list is under its table and no column."""
    return {
        place: tally(sorted(reasons.items()))
        for (kind, field), reasons in counts.absent.items()
        for place in _places(kind, field)
    }


def _places(kind_name: str, field: str) -> Iterator[tuple[str, str]]:
    """Yield where the values of a field would stand."""
    node = record_node(next(kind for kind in TYPES if kind.name == kind_name))
    for cells in node.cells:
        if covers(field, ".".join(cells.names)):
            yield node.table.name, cells.columns[0].name
    for child in node.children:
        if child.field is not None and child.field.name == field:
            yield child.table.name, ""
