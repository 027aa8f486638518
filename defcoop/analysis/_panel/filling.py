"""Filling a panel: from what it stands on to columns of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from defcoop.analysis._panel.actors import record_of
from defcoop.analysis._panel.counter import ActCounter
from defcoop.analysis._panel.coverage import covered
from defcoop.analysis._panel.frame import Filled
from defcoop.analysis._panel.plan import RECORDS, keys, plans
from defcoop.analysis._panel.ties import TiedCounter
from defcoop.models.actor import CodeScheme

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis._panel.acts import Acts
    from defcoop.analysis._panel.grid import Grid
    from defcoop.analysis._panel.ground import Asked, Ground
    from defcoop.models.actor import Code
    from defcoop.package.columns import Column

    Array = npt.NDArray[Any]
    Ints = npt.NDArray[np.int64]

_MONTHS = 12

_NO_CODE = -1
"""Stands where an actor has no code."""


def fill(dataset: DatasetLike, ground: Ground, asked: Asked) -> list[Filled]:
    """Fill the columns of a panel, in their order."""
    vouched = covered(dataset, asked.coverage, ground.grid)

    def counter(acts: Acts) -> ActCounter:
        return ActCounter(acts, ground.grid, ground.records, ground.groups, vouched)

    blocks: list[ActCounter | TiedCounter] = [counter(acts) for acts in ground.rounds]
    if ground.tied:
        blocks = [TiedCounter(counter(ground.rounds[0]), [(share, counter(acts)) for share, acts in ground.tied])]
    columns = _heads(dataset, ground, asked)
    for plan in plans(ground.trades):
        cells = [block.cells(plan) for block in blocks]
        columns.append(
            Filled(
                plan.column,
                _rows([column.values for column in cells], ground),
                _rows([column.missing for column in cells], ground),
            )
        )
    counts = [block.counts() for block in blocks]
    for place, column in enumerate(RECORDS):
        columns.append(Filled(column, _rows([count[place] for count in counts], ground)))
    return columns


def _rows(cells: Sequence[Array], ground: Ground) -> Array:
    """Keep those cells that are rows, for each draw."""
    grid = ground.grid
    kept = grid.periods_of(ground.years)
    if len(kept) < grid.periods:
        cells = [column.reshape(grid.dyads, grid.periods)[:, kept].reshape(-1) for column in cells]
    return cells[0] if len(cells) == 1 else np.concatenate(cells)


def _heads(dataset: DatasetLike, ground: Ground, asked: Asked) -> list[Filled]:
    """Fill the columns that tell rows apart, and the codes."""
    grid, draws = ground.grid, len(ground.rounds)
    kept = np.array(grid.periods_of(ground.years))
    first, second = (np.repeat(side, len(kept)) for side in grid.pairs())
    period = np.tile(kept, grid.dyads)
    size = _MONTHS if grid.months else 1
    cells: dict[str, tuple[Array, Sequence[str] | None]] = {
        "a": (first, grid.actors),
        "b": (second, grid.actors),
        "year": (period // size + grid.first_year, None),
        "month": (period % size + 1, None),
    }
    for scheme in (CodeScheme.COW, CodeScheme.GW, CodeScheme.ISO3):
        places, terms = _codes_of(dataset, grid, scheme)
        for side, actor in (("a", first), ("b", second)):
            cells[f"{scheme.value}_{side}"] = (places[actor, period], terms)
    columns = [
        _head(column, np.tile(cells[column.name][0], draws), cells[column.name][1])
        for column in keys(directed=asked.directed, months=asked.months, draws=False)
    ]
    if asked.draws is not None:
        [draw, *_] = keys(directed=asked.directed, months=asked.months, draws=True)
        columns.insert(0, Filled(draw, np.repeat(np.arange(draws), len(first))))
    return columns


def _head(column: Column, places: Array, terms: Sequence[str] | None) -> Filled:
    """Fill a column of numbers, of texts, or of texts that are numbers."""
    if terms is None:
        return Filled(column, places)
    missing = places == _NO_CODE
    places = np.maximum(places, 0)
    if column.kind == "integer":
        return Filled(column, np.array([int(term) for term in terms] or [0])[places], missing)
    return Filled(column, places, missing if missing.any() else None, terms or [""])


def _codes_of(dataset: DatasetLike, grid: Grid, scheme: CodeScheme) -> tuple[Ints, list[str]]:
    """Give the codes of actors by period.

    An actor has the code of a period that holds on its last day, else the one that held last during it.

    Returns:
        The place of the code of each actor (rows) and period (columns) in the list that follows, or `_NO_CODE`.
    """
    starts = grid.starts()
    places = np.full((len(grid.actors), grid.periods), _NO_CODE, dtype=np.int64)
    terms: dict[str, int] = {}
    for row, actor in enumerate(grid.actors):
        codes = [code for code in record_of(dataset, actor).codes if code.scheme is scheme]
        # What holds later overwrites what holds earlier.
        for code in sorted(codes, key=lambda code: _validity(code)[::-1]):
            first, last = _validity(code)
            from_, until = (int(np.searchsorted(starts, day, side="right")) for day in (first, last))
            places[row, max(from_ - 1, 0) : until] = terms.setdefault(code.code, len(terms))
    return places, list(terms)


def _validity(code: Code) -> tuple[int, int]:
    first, last = code.valid.earliest, code.valid.latest
    return first.toordinal() if first else 0, last.toordinal() if last else np.iinfo(np.int64).max
