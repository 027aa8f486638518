"""The counter of a panel: one set of acts, counted column by column."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from defcoop.analysis._panel.cells import Spread, spread, table
from defcoop.analysis._panel.tallies import CellNumbers, count, days, measure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from defcoop.analysis._panel.acts import Acts
    from defcoop.analysis._panel.cells import ActTable, Bools, Bound, Floats, Ints
    from defcoop.analysis._panel.grid import Grid
    from defcoop.analysis._panel.plan import PlannedColumn

_NEVER_ZERO = ("stock", "money")
"""What is missing and not 0 even where somebody vouches: a stock goes back beyond what anybody looked at, and an
amount that no text tells is not an amount of nothing."""

_TALLIES = {"count": count, "stock": count, "days": days, "persons": measure, "money": measure}


class ColumnCells(NamedTuple):
    """The cells of a column, and which of them are missing."""

    values: Ints | Floats | Bools
    missing: Bools


class RecordCounts(NamedTuple):
    """What is known of the records behind each cell: how many, with unsettled dates, and without any."""

    records: Ints
    unsettled: Ints
    undated: Ints


class ActCounter:
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
        self.grid, self.names = grid, list(records)
        self.tables: dict[str, ActTable] = {name: table(dated, records, groups) for name, dated in acts.dated.items()}
        self.undated = acts.undated
        self._covered = {family: self._sure(cells, family) for family, cells in covered.items()}
        self._spreads: dict[tuple[str, Bound, bool], Spread] = {}
        self._tallies: dict[tuple[str, str, Bound, str | None], CellNumbers] = {}

    def cells(self, plan: PlannedColumn) -> ColumnCells:
        """Count a column."""
        if plan.acts not in self.tables:
            tally = CellNumbers(np.zeros(self.grid.cells, dtype=np.int64), np.zeros(self.grid.cells, dtype=bool))
        else:
            tally = self._tally(plan)
        number = tally.number
        missing = ~tally.present
        if plan.how not in _NEVER_ZERO and plan.family.name in self._covered:
            missing &= ~self._covered[plan.family.name]
        if plan.how == "any":
            return ColumnCells(tally.present, missing)
        if tally.unknown is not None:
            missing |= tally.unknown
        return ColumnCells(number if plan.column.kind == "integer" else number.astype(float), missing)

    def items(self, plan: PlannedColumn) -> Spread:
        """Give the acts behind the cells of a column."""
        spread_acts = self.spread(plan.acts, plan.bound, onwards=plan.onwards)
        if plan.term is None:
            return spread_acts
        kinds = self.tables[plan.acts].kind
        of_the_kind = np.array([kind == plan.term for kind in kinds], dtype=bool)
        kept = of_the_kind[self.tables[plan.acts].act[spread_acts.item]]
        return Spread(spread_acts.cell[kept], spread_acts.item[kept])

    def spread(self, acts: str, bound: Bound, *, onwards: bool = False) -> Spread:
        """Spread acts over the cells, once."""
        key = (acts, bound, onwards)
        if key not in self._spreads:
            within = acts.startswith("trade_")
            self._spreads[key] = spread(self.tables[acts], bound, self.grid, within=within, onwards=onwards)
        return self._spreads[key]

    def counts(self) -> RecordCounts:
        """Count the records behind each cell."""
        undated: dict[int, set[str]] = defaultdict(set)
        for act in chain.from_iterable(self.undated.values()):
            for dyad in act.dyads:
                undated[dyad].add(act.record)
        number = np.zeros(self.grid.dyads, dtype=np.int64)
        for dyad, names in undated.items():
            number[dyad] = len(names)
        return RecordCounts(
            self._per_cell([self.keys(name, "high") for name in self.tables]),
            self._per_cell([self.unsettled(name) for name in self.tables]),
            np.repeat(number, self.grid.periods),
        )

    def keys(self, acts: str, bound: Bound) -> Ints:
        """Give the pairs of a cell and a record of a family as numbers, in order, each once."""
        rows, spread_acts = self.tables[acts], self.spread(acts, bound)
        return np.unique(spread_acts.cell * len(self.names) + rows.record[rows.act[spread_acts.item]])

    def unsettled(self, acts: str) -> Ints:
        """Give those pairs of which the record is possible in the cell and not certain."""
        return np.setdiff1d(self.keys(acts, "high"), self.keys(acts, "low"), assume_unique=True)

    def _tally(self, plan: PlannedColumn) -> CellNumbers:
        # What is there and how often is counted at once.
        how = "count" if plan.how in {"any", "term"} else plan.how
        key = (plan.acts, how, plan.bound, plan.term)
        if key not in self._tallies:
            self._tallies[key] = _TALLIES[how](self.tables[plan.acts], self.items(plan), plan.bound, self.grid)
        return self._tallies[key]

    def _per_cell(self, keys: list[Ints]) -> Ints:
        every = np.unique(np.concatenate(keys)) if keys else np.zeros(0, dtype=np.int64)
        return np.bincount(every // max(len(self.names), 1), minlength=self.grid.cells)

    def _sure(self, cells: Bools, family: str) -> Bools:
        """Take out of what is vouched for the dyads of which an act is told without a date: it may belong anywhere."""
        dyads = {dyad for act in self.undated.get(family, ()) for dyad in act.dyads}
        sure = cells.reshape(self.grid.dyads, self.grid.periods).copy()
        sure[sorted(dyads)] = False
        return sure.reshape(-1)
