"""Filling a panel: from what it stands on to columns of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from defcoop.analysis._panel.codes import NONE, codes_of
from defcoop.analysis._panel.counter import ActCounter
from defcoop.analysis._panel.coverage import covered
from defcoop.analysis._panel.frame import Filled
from defcoop.analysis._panel.plan import RECORDS, keys, plans
from defcoop.models.actor import CodeScheme

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis._panel.ground import Asked, Ground
    from defcoop.package.columns import Column

    Array = npt.NDArray[Any]
    Ints = npt.NDArray[np.int64]

_MONTHS = 12


def fill(dataset: DatasetLike, ground: Ground, asked: Asked) -> list[Filled]:
    """Fill the columns of a panel, in their order."""
    vouched = covered(dataset, asked.coverage, ground.grid)
    blocks = [ActCounter(acts, ground.grid, ground.records, ground.groups, vouched) for acts in ground.rounds]
    found = _heads(dataset, ground, asked)
    for plan in plans(ground.trades):
        cells = [block.cells(plan) for block in blocks]
        found.append(
            Filled(
                plan.column, _rows([one.values for one in cells], ground), _rows([one.missing for one in cells], ground)
            )
        )
    counts = [block.counts() for block in blocks]
    for place, column in enumerate(RECORDS):
        found.append(Filled(column, _rows([one[place] for one in counts], ground)))
    return found


def _rows(cells: Sequence[Array], ground: Ground) -> Array:
    """Keep those cells that are rows, for each draw."""
    grid = ground.grid
    kept = grid.periods_of(ground.years)
    if len(kept) < grid.periods:
        cells = [one.reshape(grid.dyads, grid.periods)[:, kept].reshape(-1) for one in cells]
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
        places, terms = codes_of(dataset, grid, scheme)
        for side, actor in (("a", first), ("b", second)):
            cells[f"{scheme.value}_{side}"] = (places[actor, period], terms)
    found = [
        _head(column, np.tile(cells[column.name][0], draws), cells[column.name][1])
        for column in keys(directed=asked.directed, months=asked.months, draws=False)
    ]
    if asked.draws is not None:
        [draw, *_] = keys(directed=asked.directed, months=asked.months, draws=True)
        found.insert(0, Filled(draw, np.repeat(np.arange(draws), len(first))))
    return found


def _head(column: Column, places: Array, terms: Sequence[str] | None) -> Filled:
    """Fill a column of numbers, of texts, or of texts that are numbers."""
    if terms is None:
        return Filled(column, places)
    missing = places == NONE
    places = np.maximum(places, 0)
    if column.kind == "integer":
        return Filled(column, np.array([int(term) for term in terms] or [0])[places], missing)
    return Filled(column, places, missing if missing.any() else None, terms or [""])
