"""The chapter on tables: what a row is, how many there are, and every column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.docgen.codebook._markdown import cell, link, table, tally
from defcoop.models.leaves import covers
from defcoop.models.registry import TYPES
from defcoop.package.origins import split
from defcoop.package.scales import scale_of
from defcoop.package.tables import record_node, tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.docgen.codebook.counts import Counts
    from defcoop.package.columns import Column
    from defcoop.package.tables import Table

_HEAD = ("column", "type", "meaning", "source term", "refers to", "filled", "empty because")
_LEAD = "One row per item. "


def chapter(counts: Counts) -> str:
    """Write the chapter."""
    overview = table(
        ("table", "rows", "holds"),
        (
            (link(one.name), str(counts.rows.get(one.name, "")), split(one.description)[0].removeprefix(_LEAD))
            for one in tables()
        ),
    )
    absent = _absences(counts)
    return overview + "".join(_section(one, counts, absent) for one in tables())


def _section(one: Table, counts: Counts, absent: Mapping[tuple[str, str], str]) -> str:
    meaning, origin = split(one.description)
    notes = [f"Rows: {counts.rows[one.name]}."] if counts.rows else []
    if origin:
        notes.append(f"Source term: {origin}.")
    if missing := absent.get((one.name, "")):
        notes.append(f"Records without any, by reason: {missing}.")
    columns = table(_HEAD, (_row(column, one, counts, absent) for column in one.columns))
    return f"\n### {one.name}\n\n" + "\n\n".join(filter(None, (meaning, " ".join(notes), columns)))


def _row(column: Column, one: Table, counts: Counts, absent: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    meaning, origin = split(column.description)
    key = column.name in one.key
    return (
        f"**{column.name}**" if key else column.name,
        _kind(column, one) + ("" if column.required or key else ", may be empty"),
        cell(meaning),
        cell(origin),
        link(column.target) if column.target else "",
        str(counts.filled.get((one.name, column.name), "")),
        absent.get((one.name, column.name), ""),
    )


def _kind(column: Column, one: Table) -> str:
    if column.vocabulary:
        return link(column.vocabulary.__name__)
    if scale := scale_of(column):
        return f"[integer, {min(scale.numbers)} to {max(scale.numbers)}](#{scale.name})"
    if (one.name, column.name) in _dates():
        return "[EDTF date](#dates)"
    return column.kind


def _dates() -> set[tuple[str, str]]:
    """Name the columns that hold a date as told, which the derived columns follow."""
    every = {(one.name, column.name) for one in tables() for column in one.columns}
    return {(name, column) for name, column in every if (name, f"{column}_date_prec") in every}


def _absences(counts: Counts) -> dict[tuple[str, str], str]:
    """Say why fields have no value, by table and column; a whole list is under its table and no column."""
    return {
        spot: tally(sorted(reasons.items()))
        for (kind, field), reasons in counts.absent.items()
        for spot in _spots(kind, field)
    }


def _spots(kind_name: str, field: str) -> Iterator[tuple[str, str]]:
    """Yield where the values of a field would stand."""
    node = record_node(next(kind for kind in TYPES if kind.name == kind_name))
    for held in node.cells:
        if covers(field, ".".join(held.names)):
            yield node.table.name, held.columns[0].name
    for child in node.children:
        if child.field is not None and child.field.name == field:
            yield child.table.name, ""
