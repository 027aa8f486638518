"""The counter of a panel: one set of acts, counted column by column."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from defcoop.analysis._panel.cells import Spread, spread, table
from defcoop.analysis._panel.chances import expected
from defcoop.analysis._panel.stocks import unbounded
from defcoop.analysis._panel.tallies import CellNumbers, count, days, measure, settled_days

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from defcoop.analysis._panel.acts import Acts
    from defcoop.analysis._panel.cells import ActTable, Bools, Bound, Floats, Ints
    from defcoop.analysis._panel.coverage import Looked
    from defcoop.analysis._panel.grid import Grid
    from defcoop.analysis._panel.plan import PlannedColumn

_NEVER_ZERO = ("stock", "money")
"""What is missing and not 0 even where somebody vouches: a stock goes back beyond what anybody looked at, and an
amount that no text tells is not an amount of nothing."""

_TALLIES = {"count": count, "term": count, "stock": count, "days": days, "persons": measure, "money": measure}


_DTYPES = {"integer": np.int64, "number": np.float64, "boolean": np.bool_}


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
        covered: Mapping[str, Sequence[Looked]],
    ) -> None:
        """Lay out acts.

        Args:
            acts: the acts.
            grid: the cells.
            records: the number of each record.
            groups: the number of the first of those records that may be the same.
            covered: what somebody vouches for, by family.
        """
        self.grid, self.names = grid, list(records)
        self.tables: dict[str, ActTable] = {name: table(dated, records, groups) for name, dated in acts.dated.items()}
        self.undated = acts.undated
        sure = {family: self._sure(looked, family) for family, looked in covered.items()}
        self._looked = sure
        self._covered = {family: self._cells(looked) for family, looked in sure.items()}
        self._absent = np.zeros(grid.cells, dtype=bool)
        self._none: dict[str, Any] = {kind: np.zeros(grid.cells, dtype=dtype) for kind, dtype in _DTYPES.items()}
        self._unbounded: dict[str, Bools] = {}
        self._spreads: dict[tuple[str, Bound, bool], Spread] = {}
        self._tallies: dict[tuple[str, str, Bound, Bound, str | None], CellNumbers] = {}

    def cells(self, plan: PlannedColumn) -> ColumnCells:
        """Count a column."""
        if plan.acts not in self.tables and (plan.how in _NEVER_ZERO or plan.family.name not in self._covered):
            return ColumnCells(self._none[plan.column.kind], ~self._absent)
        tally = self._tally(plan)
        missing = ~tally.present
        if plan.how not in _NEVER_ZERO and plan.family.name in self._covered:
            missing &= ~self._covered[plan.family.name]
        if plan.how == "any":
            # False takes that none is possible, true that one is certain.
            certain = self._count(plan, "low").present
            return ColumnCells(certain, np.where(tally.present, ~certain, missing))
        if tally.unknown is not None:
            missing |= tally.unknown
        if plan.how == "stock" and plan.bound != "low":
            missing |= self._unbounded_in(plan.acts)
        number = tally.number
        return ColumnCells(number if plan.column.kind == "integer" else number.astype(float), missing)

    def items(self, plan: PlannedColumn) -> Spread:
        """Give the acts behind the cells of a column: those that are certain for a low one, else all that may be."""
        return self._items(plan, "low" if plan.bound == "low" else "high")

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
        if plan.acts not in self.tables:
            return CellNumbers(self._none["integer"], self._absent)
        if plan.how == "any":
            return self._count(plan, "high")
        rows = self.tables[plan.acts]
        if plan.how == "expected":
            return expected(rows, self.spread(plan.acts, "low"), self.spread(plan.acts, "high"), self.grid)
        return self._settled(plan) if plan.bound == "best" else self._counted(plan, plan.bound, plan.bound)

    def _settled(self, plan: PlannedColumn) -> CellNumbers:
        """Give the best number where it does not depend on dates: where what is certain comes to what is possible."""
        if plan.how == "days":
            rows, spreads = self.tables[plan.acts], (self.spread(plan.acts, "low"), self.spread(plan.acts, "high"))
            found = settled_days(rows, *spreads, self.grid)
            low, high = (self._counted(plan, bound, bound) for bound in ("low", "high"))
            same = low.present & (low.number == high.number)
            unknown = found.unknown & ~same if found.unknown is not None else None
            return CellNumbers(np.where(same, low.number, found.number), high.present, unknown)
        certain, possible = (self._counted(plan, bound, "best") for bound in ("low", "high"))
        if certain is possible:
            return certain
        unknown = (certain.number != possible.number) | (certain.present != possible.present)
        for tally in (certain, possible):
            if tally.unknown is not None:
                unknown |= tally.unknown
        return CellNumbers(possible.number, possible.present, unknown)

    def _count(self, plan: PlannedColumn, bound: Bound) -> CellNumbers:
        """Count the acts of a family, whatever the column does with them."""
        if plan.acts not in self.tables:
            return self._tally(plan)
        return self._counted(plan._replace(how="count", term=None), bound, bound)

    def _counted(self, plan: PlannedColumn, days: Bound, numbers: Bound) -> CellNumbers:
        """Count, on certain or possible days, with the lowest, best or highest numbers; once."""
        rows = self.tables[plan.acts]
        tally = _TALLIES[plan.how]
        if numbers == "best" and days == "high" and plan.term is None and self._is_settled(plan):
            days = "low"
        if numbers == "best" and tally is count and not rows.is_set.any():
            numbers = "low"  # which counts single acts alike
        key = (plan.acts, plan.how, days, numbers, plan.term)
        if key not in self._tallies:
            self._tallies[key] = tally(rows, self._items(plan, days), numbers, self.grid)
        return self._tallies[key]

    def _is_settled(self, plan: PlannedColumn) -> bool:
        """Tell whether all that is possible is certain, cell by cell."""
        low, high = (self.spread(plan.acts, bound, onwards=plan.onwards) for bound in ("low", "high"))
        return not self.tables[plan.acts].repeats and len(low.cell) == len(high.cell)

    def _items(self, plan: PlannedColumn, days: Bound) -> Spread:
        spread_acts = self.spread(plan.acts, days, onwards=plan.onwards)
        if plan.term is None:
            return spread_acts
        # What tells no form may be of any.
        terms = {plan.term} if days == "low" else {plan.term, None}
        of_the_term = np.array([kind in terms for kind in self.tables[plan.acts].kind], dtype=bool)
        kept = of_the_term[self.tables[plan.acts].act[spread_acts.item]]
        return Spread(spread_acts.cell[kept], spread_acts.item[kept])

    def _per_cell(self, keys: list[Ints]) -> Ints:
        every = np.unique(np.concatenate(keys)) if keys else np.zeros(0, dtype=np.int64)
        return np.bincount(every // max(len(self.names), 1), minlength=self.grid.cells)

    def _sure(self, looked: Sequence[Looked], family: str) -> list[Looked]:
        """Take out of what is vouched for the dyads of which an act is told without a date: it may belong anywhere."""
        dyads = {dyad for act in self.undated.get(family, ()) for dyad in act.dyads}
        return [each._replace(dyads=tuple(dyad for dyad in each.dyads if dyad not in dyads)) for each in looked]

    def _cells(self, looked: Sequence[Looked]) -> Bools:
        cells = np.zeros((self.grid.dyads, self.grid.periods), dtype=bool)
        for dyads, years in looked:
            cells[np.ix_(dyads, self.grid.periods_of(years))] = True
        return cells.reshape(-1)

    def _unbounded_in(self, acts: str) -> Bools:
        """Say once in which cells nobody knows that a stock is no greater than what is told."""
        if acts not in self._unbounded:
            self._unbounded[acts] = unbounded(self.tables[acts], self._looked.get(acts, ()), self.grid)
        return self._unbounded[acts]
