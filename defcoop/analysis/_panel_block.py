"""A block of a panel: the cells of one set of acts, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from defcoop.analysis._panel_cells import BOUNDS, Spread, spread, table
from defcoop.analysis._panel_tallies import Tally, count, count_distinct, days, measure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from defcoop.analysis._panel_acts import Acts
    from defcoop.analysis._panel_cells import Bools, Bound, Floats, Ints, Table
    from defcoop.analysis._panel_grid import Grid
    from defcoop.analysis._panel_plan import Plan

_NEVER_ZERO = ("stock", "money")
"""What is missing and not 0 even where somebody vouches: a stock goes back beyond what anybody looked at, and an
amount that no text tells is not an amount of nothing."""


class Cells(NamedTuple):
    """The cells of a column, and which of them are missing."""

    values: Ints | Floats | Bools
    missing: Bools | None = None


class Counts(NamedTuple):
    """What is known of the records behind each cell: how many, with unsettled dates, and without any."""

    records: Ints
    unsettled: Ints
    undated: Ints


class Block:
    """Acts, laid out once and counted as often as there are columns."""

    def __init__(
        self,
        acts: Acts,
        grid: Grid,
        records: Mapping[str, int],
        groups: Mapping[str, int],
        covered: Mapping[str, Bools],
    ) -> None:
        """Lay out acts.

        Args:
            acts: the acts.
            grid: the cells.
            records: the number of each record.
            groups: the number of the first of those records that may be the same.
            covered: the cells that somebody vouches for, by family.
        """
        self._grid, self._records = grid, records
        self.tables: dict[str, Table] = {name: table(found, records, groups) for name, found in acts.dated.items()}
        self._undated = {
            family: {dyad for act in found for dyad in act.dyads} for family, found in acts.undated.items()
        }
        self._without_date = acts.undated
        self._covered = {family: self._sure(cells, family) for family, cells in covered.items()}
        self._spreads: dict[tuple[str, Bound, bool], Spread] = {}
        self._tallies: dict[tuple[str, str, Bound, str | None], Tally] = {}

    def cells(self, plan: Plan) -> Cells:
        """Count a column."""
        if plan.acts not in self.tables:
            tally = Tally(np.zeros(self._grid.cells, dtype=np.int64), np.zeros(self._grid.cells, dtype=bool))
        else:
            tally = self._tally(plan)
        number = tally.number
        missing = ~tally.present
        if plan.how not in _NEVER_ZERO and plan.family.name in self._covered:
            missing &= ~self._covered[plan.family.name]
        if plan.how == "any":
            return Cells(tally.present, missing)
        if tally.unknown is not None:
            missing |= tally.unknown
        return Cells(number if plan.column.kind == "integer" else number.astype(float), missing)

    def items(self, plan: Plan) -> Spread:
        """Give the acts behind the cells of a column."""
        found = self.spread(plan.acts, plan.bound, onwards=plan.onwards)
        if plan.term is None:
            return found
        kinds = self.tables[plan.acts].kind
        of_the_kind = np.array([kind == plan.term for kind in kinds], dtype=bool)
        kept = of_the_kind[self.tables[plan.acts].act[found.item]]
        return Spread(found.cell[kept], found.item[kept])

    def spread(self, acts: str, bound: Bound, *, onwards: bool = False) -> Spread:
        """Spread acts over the cells, once."""
        key = (acts, bound, onwards)
        if key not in self._spreads:
            within = acts.startswith("trade_")
            self._spreads[key] = spread(self.tables[acts], bound, self._grid, within=within, onwards=onwards)
        return self._spreads[key]

    def counts(self) -> Counts:
        """Count the records behind each cell."""
        base = len(self._records) or 1
        possible, unsettled = [], []
        for name, rows in self.tables.items():
            certain, open_ = (self._keys(name, rows, bound, base) for bound in ("low", "high"))
            possible.append(open_)
            unsettled.append(np.setdiff1d(open_, certain, assume_unique=False))
        grid = self._grid
        undated: dict[int, set[str]] = {}
        for found in self._without_date.values():
            for act in found:
                for dyad in act.dyads:
                    undated.setdefault(dyad, set()).add(act.record)
        number = np.zeros(grid.dyads, dtype=np.int64)
        for dyad, names in undated.items():
            number[dyad] = len(names)
        return Counts(
            _distinct(possible, base, grid), _distinct(unsettled, base, grid), np.repeat(number, grid.periods)
        )
