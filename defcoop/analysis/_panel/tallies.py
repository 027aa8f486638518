"""Tallies: what the acts in a cell come to, as numbers, with low, best and high."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from defcoop.analysis._panel.spans import NEVER

if TYPE_CHECKING:
    from defcoop.analysis._panel.cells import ActTable, Bools, Bound, Floats, Ints, Spread
    from defcoop.analysis._panel.grid import Grid

_SPREAD_OF_DAYS = 1_000_000
"""More than the days of the calendar, so that the days of one dyad come after those of the one before."""


class CellNumbers(NamedTuple):
    """A number for each cell.

    `present` says where there is something to be counted, `unknown` where the number is not known all the same. The
    number is 0 where nothing is present, which the panel shows as missing unless somebody vouches for it.
    """

    number: Ints | Floats
    present: Bools
    unknown: Bools | None = None


def count(rows: ActTable, spread: Spread, bound: Bound, grid: Grid) -> CellNumbers:
    """Count the acts in each cell.

    Low and best count records that may be the same once, and take a set of acts for the only telling if it is the
    larger one: numbers of different tellings are never added. High counts all, and adds what sets hold at most.
    """
    act = rows.act[spread.item]
    in_set = rows.is_set[act]
    whose = rows.record if bound == "high" else rows.group
    cells = _distinct(spread.cell, whose[act], repeats=rows.repeats, kept=~in_set if in_set.any() else None)
    number = np.bincount(cells, minlength=grid.cells)
    if not in_set.any():
        return CellNumbers(number, number > 0)
    cell, act = spread.cell[in_set], act[in_set]
    if rows.repeats:
        cell, act = _pairs(cell, act)
    size = rows.set_of[bound][act]
    known = ~np.isnan(size)
    sizes = size[known].astype(np.int64)
    if bound == "high":
        np.add.at(number, cell[known], sizes)
    else:
        np.maximum.at(number, cell[known], sizes)
    present, unknown = number > 0, np.zeros(grid.cells, dtype=bool)
    present[cell] = unknown[cell[~known]] = True
    return CellNumbers(number, present, unknown)


def measure(rows: ActTable, spread: Spread, bound: Bound, grid: Grid) -> CellNumbers:
    """Take the amounts in each cell together: for low and best the largest, for high the sum, which lacks none.

    Low leaves out what has no lower bound, for more can only be more.
    """
    act, cell = rows.act[spread.item], spread.cell
    if rows.repeats:
        cell, act = _pairs(cell, act)
    amount = rows.amount[bound][act]
    known = ~np.isnan(amount)
    number = np.zeros(grid.cells)
    (np.add if bound == "high" else np.maximum).at(number, cell[known], amount[known])
    present, unknown = np.zeros(grid.cells, dtype=bool), np.zeros(grid.cells, dtype=bool)
    present[cell] = True
    if bound == "low":
        unknown[cell] = True
        unknown[cell[known]] = False
    else:
        unknown[cell[~known]] = True
    return CellNumbers(number, present, unknown)


def days(rows: ActTable, spread: Spread, bound: Bound, grid: Grid) -> CellNumbers:
    """Count the days of each period on which at least one act is going on; low is at least one where any is certain."""
    number = _days_of_union(rows, bound, grid)
    present = np.zeros(grid.cells, dtype=bool)
    present[spread.cell] = True
    return CellNumbers(np.maximum(number, present) if bound == "low" else number, present)


def settled_days(rows: ActTable, certain: Spread, possible: Spread, grid: Grid) -> CellNumbers:
    """Count the days of each period on which acts are going on, from the middle of a beginning to that of an end.

    It is unknown where an act may or may not be going on, where an end is not told, and where the days on which an act
    may have begun or ended lie apart or reach into another period: for then the middle settles nothing.
    """
    placed = days(rows, possible, "best", grid)
    unknown = np.zeros(grid.cells, dtype=bool)
    may_be, is_there = (spread.cell * len(rows.dyad) + spread.item for spread in (possible, certain))
    unknown[np.setdiff1d(may_be, is_there, assume_unique=True) // max(len(rows.dyad), 1)] = True
    starts = grid.starts()
    cell, period = certain.cell, certain.cell % grid.periods
    first, after = starts[period], starts[period + 1]
    (begins, ends), (begun, ended) = (rows.days[bound][certain.item].T for bound in ("high", "low"))
    loose = ((begins < first) & (begun >= first)) | ((ends >= after) & (ended < after))
    unknown[cell[loose | (rows.days["best"][certain.item, 0] == NEVER[0])]] = True
    return CellNumbers(placed.number, placed.present, unknown)


def _days_of_union(rows: ActTable, bound: Bound, grid: Grid) -> Ints:
    starts = grid.starts()
    first = np.maximum(rows.days[bound][:, 0], starts[0])
    last = np.minimum(rows.days[bound][:, 1], starts[-1] - 1)
    kept = np.flatnonzero(first <= last)
    kept = kept[np.lexsort((first[kept], rows.dyad[kept]))]
    if not len(kept):
        return np.zeros(grid.cells, dtype=np.int64)
    dyad = rows.dyad[kept]
    begins, ends = first[kept] + dyad * _SPREAD_OF_DAYS, last[kept] + dyad * _SPREAD_OF_DAYS
    reach = np.maximum.accumulate(ends)
    heads = np.flatnonzero(np.concatenate(([True], begins[1:] > reach[:-1])))
    dyad = dyad[heads]
    first = begins[heads] - dyad * _SPREAD_OF_DAYS
    last = np.concatenate((reach[heads[1:] - 1], reach[-1:])) - dyad * _SPREAD_OF_DAYS
    from_, to = (np.searchsorted(starts, day, side="right") - 1 for day in (first, last))
    lengths = to - from_ + 1
    run = np.repeat(np.arange(len(heads)), lengths)
    period = from_[run] + np.arange(len(run)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    shared = np.minimum(last[run], starts[period + 1] - 1) - np.maximum(first[run], starts[period]) + 1
    number = np.zeros(grid.cells, dtype=np.int64)
    np.add.at(number, dyad[run] * grid.periods + period, shared)
    return number


def _distinct(cells: Ints, things: Ints, *, repeats: bool, kept: Bools | None) -> Ints:
    """Give a cell for each different thing in it."""
    if kept is not None:
        cells, things = cells[kept], things[kept]
    return _pairs(cells, things)[0] if repeats else cells


def _pairs(cells: Ints, things: Ints) -> tuple[Ints, Ints]:
    """Give the different pairs of a cell and a thing."""
    base = int(things.max(initial=0)) + 1
    numbers = np.unique(cells * base + things)
    return numbers // base, numbers % base
