"""Ties: dates of several records that are told from one date, so that they are known together or not at all."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from defcoop.analysis._days import allowed
from defcoop.analysis._draws.anchors import date_at, holding
from defcoop.analysis._draws.putting import put
from defcoop.analysis._panel.counter import ColumnCells
from defcoop.values.relative import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis._panel.cells import Bools
    from defcoop.analysis._panel.counter import ActCounter, RecordCounts
    from defcoop.analysis._panel.plan import PlannedColumn
    from defcoop.models import Record
    from defcoop.models.record import RelativeDate
    from defcoop.values import Edtf

    Hanging = list[tuple[Record, RelativeDate]]

MOST = 64
"""How many readings of anchors are counted; anchors beyond are left, and what hangs on them is taken one by one."""


class TiedReading(NamedTuple):
    """The records that hang on anchors as these fall in one reading, and the share of their days that lead to it."""

    share: float
    records: dict[str, Record]


def tied_readings(records: Iterable[Record], dataset: DatasetLike) -> list[TiedReading]:
    """Give the readings of the dates from which those of two records or more are told; none if there are no such."""
    by_anchor: dict[tuple[str, str], Hanging] = defaultdict(list)
    for record in records:
        for relative in holding(record, dataset) if record.relative_dates else ():
            by_anchor[relative.anchor].append((record, relative))
    readings = [TiedReading(1.0, {})]
    for (key, field), hanging in sorted(by_anchor.items()):
        if len({record.id for record, _ in hanging}) > 1:
            ways = _ways(date_at(dataset.seeds.get(key) or dataset[key], field), hanging)
            if len(ways) * len(readings) <= MOST:
                readings = [_joined(one, way) for one, way in product(readings, ways)]
    return readings if len(readings) > 1 else []


def _ways(anchor: Edtf | None, hanging: Hanging) -> list[tuple[float, list[tuple[Record, str, Edtf]]]]:
    """Give the different dates that follow from the days of an anchor, with the share of these days."""
    runs = allowed(anchor) if anchor and anchor.earliest and anchor.latest else ()
    days = [date.fromordinal(day) for first, last in runs for day in range(first, last + 1)]
    counts = Counter(tuple(resolve(day, relative.offset) for _, relative in hanging) for day in days)
    return [
        (
            number / len(days),
            [(record, relative.field, told) for (record, relative), told in zip(hanging, dates, strict=True)],
        )
        for dates, number in counts.items()
    ]


def _joined(reading: TiedReading, way: tuple[float, list[tuple[Record, str, Edtf]]]) -> TiedReading:
    share, dates = way
    records = dict(reading.records)
    for record, field, told in dates:
        records[record.id] = put(records.get(record.id, record), (field,), told)
    return TiedReading(reading.share * share, records)


class TiedCounter:
    """Counts acts that hang together: as if they did not, and in each reading of what they hang on."""

    def __init__(self, apart: ActCounter, together: Sequence[tuple[float, ActCounter]]) -> None:
        """Take the counter of all acts, each by itself, and those of the readings with their shares."""
        self._apart, self._together = apart, together

    def cells(self, plan: PlannedColumn) -> ColumnCells:
        """Count a column: low is the least of all readings, high the greatest, best what all of them have."""
        apart = self._apart.cells(plan)
        each = [counter.cells(plan) for _, counter in self._together]
        values, missing = np.stack([cells.values for cells in each]), np.stack([cells.missing for cells in each])
        any_missing: Bools = np.logical_or.reduce(missing, axis=0)
        if plan.how == "expected":
            shares = np.array([share for share, _ in self._together])
            return ColumnCells(shares @ np.where(missing, 0, values), apart.missing)
        if plan.how == "any" or plan.bound == "best":
            differ: Bools = np.ptp(values.astype(float), axis=0) > 0
            return ColumnCells(values[0], any_missing | differ)
        if plan.bound == "low":
            return ColumnCells(values.min(axis=0), any_missing)
        told = values if plan.how == "stock" else np.where(missing, 0, values)  # a stock that may be more is no less
        return ColumnCells(told.max(axis=0), apart.missing)

    def counts(self) -> RecordCounts:
        """Count the records behind each cell, which are the same however they hang together."""
        return self._apart.counts()


def without(records: Iterable[Record], readings: Sequence[TiedReading]) -> Iterator[Record]:
    """Yield the records that hang on nothing that is read."""
    names = {name for reading in readings for name in reading.records}
    yield from (record for record in records if record.id not in names)
