"""Chances: how many acts are to be expected in a cell if every day that a date allows is as likely as another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from defcoop.analysis._panel.spans import chance
from defcoop.analysis._panel.tallies import CellNumbers, count

if TYPE_CHECKING:
    from defcoop.analysis._panel.cells import ActTable, Floats, Ints, Spread
    from defcoop.analysis._panel.grid import Grid


class _Chances(NamedTuple):
    """For pairs of a cell and what counts once in it: the chance that it is there, NaN if there is none to tell."""

    cell: Ints
    whose: Ints
    chance: Floats


def expected(rows: ActTable, certain: Spread, possible: Spread, grid: Grid) -> CellNumbers:
    """Give the number of acts to be expected in each cell.

    As in a count, records that may be the same count once, and a set is the only telling if it is the larger one. It is
    unknown where an act may be of which nobody can say how likely that is: a side of its date is open, say.
    """
    sure = count(rows, certain, "best", grid)
    number, present = sure.number.astype(float), sure.present.copy()
    present[possible.cell] = True
    unknown = np.zeros(grid.cells, dtype=bool) if sure.unknown is None else sure.unknown.copy()
    # A set counts by itself, whatever it may be the same as.
    whose = np.where(rows.is_set, len(rows.group) + rows.group.max(initial=0) + np.arange(len(rows.group)), rows.group)
    chances = _chances(rows, certain, possible, whose, grid)
    unknown[chances.cell[np.isnan(chances.chance)]] = True
    sets = rows.is_set[rows.act]
    among_sets = np.zeros(grid.cells, dtype=bool)
    for spread in (certain, possible):
        among_sets[spread.cell[sets[spread.item]]] = True
        unknown[spread.cell[sets[spread.item] & np.isnan(rows.set_of["best"][rows.act[spread.item]])]] = True
    alone = ~among_sets[chances.cell]
    number += np.bincount(chances.cell[alone], np.nan_to_num(chances.chance[alone]), minlength=grid.cells)
    cells = np.unique(chances.cell[~alone])
    for cell in cells[~unknown[cells]]:
        number[cell] = _of_sets(rows, cell, certain, chances, whose)
    return CellNumbers(number, present, unknown)


def _chances(rows: ActTable, certain: Spread, possible: Spread, whose: Ints, grid: Grid) -> _Chances:
    """Give the chances of what may or may not be in a cell."""
    base = int(whose.max(initial=0)) + 1
    sure, loose = (spread.cell * base + whose[rows.act[spread.item]] for spread in (certain, possible))
    open_ = ~np.isin(loose, sure)
    keys, spans = np.unique(np.stack((loose[open_], rows.span[possible.item[open_]])), axis=1)
    starts = grid.starts().tolist()
    periods = (keys // base % grid.periods).tolist()
    found = (
        chance(happening, starts[period], starts[period + 1] - 1) if (happening := rows.happenings[span]) else None
        for span, period in zip(spans.tolist(), periods, strict=True)
    )
    missing = 1 - np.array([np.nan if one is None else one for one in found], dtype=float)
    distinct, place = np.unique(keys, return_inverse=True)
    none = np.ones(len(distinct))
    np.multiply.at(none, place.reshape(-1), missing)
    return _Chances(distinct // base, distinct % base, 1 - none)


def _of_sets(rows: ActTable, cell: int, certain: Spread, chances: _Chances, whose: Ints) -> float:
    """Give the number to be expected in a cell with sets: that of the single acts, or of the largest set if larger."""
    act_of = dict(zip(whose.tolist(), range(len(whose)), strict=True))
    here = {int(one): 1.0 for one in whose[rows.act[certain.item[certain.cell == cell]]]}
    here |= dict(
        zip(chances.whose[chances.cell == cell].tolist(), chances.chance[chances.cell == cell].tolist(), strict=True)
    )
    singles = np.ones(1)
    sizes: dict[int, float] = defaultdict(lambda: 1.0)
    for one, likely in here.items():
        act = act_of[one]
        if rows.is_set[act]:
            sizes[int(rows.set_of["best"][act])] *= 1 - likely
        else:
            singles = np.convolve(singles, (1 - likely, likely))
    number, left = 0.0, 1.0
    for size in sorted(sizes, reverse=True):
        number += left * (1 - sizes[size]) * float(np.maximum(np.arange(len(singles)), size) @ singles)
        left *= sizes[size]
    return number + left * float(np.arange(len(singles)) @ singles)
