"""Codes of the actors of a panel, as they hold in each period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis._panel.grid import Grid
    from defcoop.models.actor import Code, CodeScheme

    Ints = npt.NDArray[np.int64]

NONE = -1
"""Stands where an actor has no code."""


def codes_of(dataset: DatasetLike, grid: Grid, scheme: CodeScheme) -> tuple[Ints, list[str]]:
    """Give the codes of actors by period.

    An actor has the code of a period that holds on its last day, else the one that held last during it.

    Returns:
        The place of the code of each actor (rows) and period (columns) in the list that follows, or `NONE`.
    """
    starts = grid.starts()
    places = np.full((len(grid.actors), grid.periods), NONE, dtype=np.int64)
    terms: dict[str, int] = {}
    for row, actor in enumerate(grid.actors):
        told = [code for code in dataset.actors[actor].codes if code.scheme is scheme]
        # What holds later overwrites what holds earlier.
        for code in sorted(told, key=lambda code: _validity(code)[::-1]):
            first, last = _validity(code)
            from_, until = (int(np.searchsorted(starts, day, side="right")) for day in (first, last))
            places[row, max(from_ - 1, 0) : until] = terms.setdefault(code.code, len(terms))
    return places, list(terms)


def _validity(code: Code) -> tuple[int, int]:
    first, last = code.valid.earliest, code.valid.latest
    return first.toordinal() if first else 0, last.toordinal() if last else np.iinfo(np.int64).max
