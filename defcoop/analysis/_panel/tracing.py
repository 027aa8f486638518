"""Tracing a panel: from a cell to the records behind it, and to the fields of theirs that matter there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from defcoop.analysis._panel.actors import actor_of
from defcoop.analysis._panel.counter import ActCounter
from defcoop.analysis._panel.families import BY_NAME, TRADE
from defcoop.analysis._panel.ground import ground
from defcoop.analysis._panel.plan import POSSIBLE, RECORDS, UNDATED, keys, plans
from defcoop.errors import InputError
from defcoop.models.meaning import identifying, side_names, time_fields
from defcoop.models.registry import BY_FOLDER
from defcoop.validation.issues import did_you_mean
from defcoop.values import Time

if TYPE_CHECKING:
    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis._panel.families import Family
    from defcoop.analysis._panel.ground import Asked, Ground
    from defcoop.analysis._panel.plan import PlannedColumn

_BY_HOW = {
    "count": {"aggregate"},
    "any": {"aggregate"},
    "expected": {"aggregate"},
    "stock": {"aggregate"},
    "term": {"instrument", "aggregate"},
    "days": set[str](),
    "persons": {"size"},
    "money": {"amount", "measure", "direction", "price_basis", "stage"},
}
"""The fields from which a column takes its number, beside those that make a record an act."""


class Cell(NamedTuple):
    """A cell of a panel; `month` and `draw` are None where the panel has no such column."""

    a: str | int
    b: str | int
    year: int
    month: int | None
    draw: int | None
    column: str


def behind(dataset: DatasetLike, asked: Asked, cell: Cell) -> dict[str, frozenset[str]]:
    """Give the records behind a cell, in order, each with the fields of its that matter there.

    Raises:
        ValueError: if an actor or the column is not known.
    """
    stands_on = ground(dataset, asked)
    heads = [
        column.name for column in keys(directed=asked.directed, months=asked.months, draws=asked.draws is not None)
    ]
    counted = {plan.column.name: plan for plan in plans(stands_on.trades)}
    about = [column.name for column in RECORDS]
    if cell.column not in {*heads, *counted, *about} and not cell.column.startswith("trade_"):
        known = [*heads, *counted, *about]
        msg = f"a panel has no column {cell.column}. {did_you_mean(cell.column, known) or ''}".rstrip()
        raise InputError(msg)
    block = ActCounter(stands_on.rounds[cell.draw or 0], stands_on.grid, stands_on.records, stands_on.groups, {})
    number = _number(dataset, stands_on, cell)
    if cell.column in about:
        fields = _known(block, cell.column, number)
    else:
        plan = counted.get(cell.column)
        fields = _counted(block, plan, number) if plan else {}
    return dict(sorted(fields.items()))


def _number(dataset: DatasetLike, stands_on: Ground, cell: Cell) -> int:
    """Give the number of the cell in the grid, which has just the one year."""
    grid = stands_on.grid
    places = [grid.actors.index(actor_of(dataset, actor)) for actor in (cell.a, cell.b)]
    first, second = places if grid.directed else sorted(places)
    return grid.dyad(first, second) * grid.periods + (cell.month or 1) - 1


def _counted(block: ActCounter, plan: PlannedColumn, number: int) -> dict[str, frozenset[str]]:
    """Give the records that a column counts in a cell."""
    if plan.acts not in block.tables:
        return {}
    rows, spread = block.tables[plan.acts], block.items(plan)
    places = np.unique(rows.record[rows.act[spread.item[spread.cell == number]]])
    fields = _fields(plan.family) | _BY_HOW[plan.how]
    return {block.names[place]: fields for place in places}


def _known(block: ActCounter, column: str, number: int) -> dict[str, frozenset[str]]:
    """Give the records that a column about records counts in a cell, with all fields that any family looks at."""
    fields: dict[str, frozenset[str]] = {}
    if column == UNDATED:
        for family, acts in block.undated.items():
            for act in acts:
                if number // block.grid.periods in act.dyads:
                    fields[act.record] = fields.get(act.record, frozenset()) | _fields(_family(family))
        return fields
    for name in block.tables:
        keys = block.keys(name, "high") if column == POSSIBLE else block.unsettled(name)
        here = keys[keys // len(block.names) == number] % len(block.names)
        for place in here:
            record = block.names[place]
            fields[record] = fields.get(record, frozenset()) | _fields(_family(name))
    return fields


def _family(acts: str) -> Family:
    return BY_NAME.get(acts, TRADE)


def _fields(family: Family) -> frozenset[str]:
    """Name the fields that make a record an act of a family at a time."""
    model = BY_FOLDER[family.folder].model
    until = [field.name for time, field in time_fields(model).items() if time in {Time.ENDS, Time.LASTS, Time.AS_OF}]
    told_by = {family.told_by} if family.stages else set()
    kinds = identifying(model) if family.kinds else ()
    return frozenset({*told_by, *kinds, family.dated, *(until if family.lasts else ()), *side_names(model)})
