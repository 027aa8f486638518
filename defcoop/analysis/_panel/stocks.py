"""Stocks: how long it is known that no more acts have come than are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from defcoop.analysis._days import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from defcoop.analysis._panel.cells import ActTable, Bools, Ints
    from defcoop.analysis._panel.coverage import Looked
    from defcoop.analysis._panel.grid import Grid

_EPOCH = 719_163
"""1970-01-01, from which numpy counts days, as `date.toordinal` counts it."""

_FAR = 1_000_000
"""More than the periods of the calendar, so that those of one dyad come after those of the one before."""


def unbounded(rows: ActTable, looked: Iterable[Looked], grid: Grid) -> Bools:
    """Say in which cells a stock may be greater than what is told, for somewhere since the first act nobody looked.

    A period is looked at if an act is told for it, or if somebody vouches for it. An open side of a date tells of no
    period: an act of 2019 or later says nothing of what else happened in 2035. Periods outside the grid count too, so
    that the cells of a year are the same whichever other years are asked for.

    Args:
        rows: the acts of a family.
        looked: what somebody vouches for.
        grid: the cells.
    """
    first, last = rows.days["high"].T
    told = (first <= last) & ~((first <= FIRST_DAY) & (last >= LAST_DAY))
    first, last, dyad = first[told], last[told], rows.dyad[told]
    begins = _periods(np.where(first <= FIRST_DAY, last, first), grid)
    ends = _periods(np.where(last >= LAST_DAY, first, last), grid)
    start = np.full(grid.dyads, _FAR)
    np.minimum.at(start, dyad, begins)
    vouched = _vouched(looked, grid)
    vouched = vouched[vouched[:, 2] >= start[vouched[:, 0]]]  # what ends before the first act does not lead to it
    runs = np.concatenate((np.stack((dyad, begins, ends), axis=1), vouched))
    until = _first_gap(runs, grid.dyads)
    period = np.arange(grid.periods)
    return ((period < start[:, None]) | (period > until[:, None])).reshape(-1)


def _periods(days: Ints, grid: Grid) -> Ints:
    """Give the number of the period of each day, also of one outside the grid."""
    unit = "datetime64[M]" if grid.months else "datetime64[Y]"
    numbers: Ints = (days - _EPOCH).astype("datetime64[D]").astype(unit).astype(np.int64)
    return numbers - (grid.first_year - 1970) * (12 if grid.months else 1)


def _vouched(looked: Iterable[Looked], grid: Grid) -> Ints:
    """Give a dyad, first and last period for each run of years that somebody vouches for."""
    size = 12 if grid.months else 1
    runs = [
        (dyad, (first - grid.first_year) * size, (last + 1 - grid.first_year) * size - 1)
        for dyads, years in looked
        for first, last in _runs(years)
        for dyad in dyads
    ]
    return np.array(runs, dtype=np.int64).reshape(-1, 3)


def _runs(years: tuple[int, ...]) -> list[tuple[int, int]]:
    """Take years in order together where none is left out between them."""
    runs: list[tuple[int, int]] = []
    for year in years:
        if runs and runs[-1][1] + 1 == year:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs


def _first_gap(runs: Ints, dyads: int) -> Ints:
    """Give for each dyad the last period before the first gap between its runs."""
    runs = runs[np.lexsort((runs[:, 1], runs[:, 0]))]
    dyad = runs[:, 0]
    begins, ends = runs[:, 1] + dyad * _FAR, runs[:, 2] + dyad * _FAR
    reach = np.maximum.accumulate(ends)
    heads = np.flatnonzero(np.concatenate(([True], begins[1:] > reach[:-1] + 1))[: len(runs)])
    last = np.concatenate((reach[heads[1:] - 1], reach[-1:]))
    there, place = np.unique(dyad[heads], return_index=True)
    until = np.full(dyads, -_FAR)
    until[there] = last[place] - there * _FAR
    return until
