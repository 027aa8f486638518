"""What the data hold: rows, filled cells, terms in use, reasons of absence, and how many texts carry a value."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from defcoop.models.registry import type_of
from defcoop.package.claims import ClaimRelation
from defcoop.package.columns import SEEDS
from defcoop.package.rows import record_rows, seed_rows
from defcoop.package.scales import scale_of
from defcoop.package.tables import CLAIMS, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from defcoop.dataset import Dataset
    from defcoop.package.columns import Column
    from defcoop.package.rows import Row

Cell = tuple[str, str]
"""A table and one of its columns, or a record type and one of its fields."""


@dataclass(frozen=True, slots=True)
class UsageCounts:
    """The counts of a dataset; without a dataset there are none, not even zeros.

    `rows` is by table, `filled` by table and column; `uses` counts the values of columns that have a vocabulary or a
    scale or name a seed; `absent` counts reasons by record type and field; `values` is the number of coded values that
    have evidence, `single` that of those which one text alone carries.
    """

    rows: Mapping[str, int]
    filled: Mapping[Cell, int]
    uses: Mapping[Cell, Mapping[str, int]]
    absent: Mapping[Cell, Mapping[str, int]]
    values: int
    single: int

    def used(self, table: str, column: str) -> Mapping[str, int]:
        """Give the values of a column, each with the number of its uses."""
        return self.uses.get((table, column), {})


UNCOUNTED: Final = UsageCounts({}, {}, {}, {}, 0, 0)
"""What there is to say where no data are counted."""


def count(dataset: Dataset) -> UsageCounts:
    """Count what a dataset holds."""
    uses: defaultdict[Cell, Counter[str]] = defaultdict(Counter)
    absent: defaultdict[Cell, Counter[str]] = defaultdict(Counter)
    columns = {table.name: table.columns for table in tables()}
    rows = dict.fromkeys(columns, 0)
    filled = {(name, column.name): 0 for name in columns for column in columns[name]}
    values = single = 0

    def add(produced: Iterable[tuple[str, Row]]) -> list[Row]:
        claimed = []
        for name, row in produced:
            rows[name] += 1
            for column, cell in zip(columns[name], row, strict=True):
                filled[name, column.name] += cell != ""
                if cell and _tracked(column):
                    uses[name, column.name][cell] += 1
            if name == CLAIMS.name:
                claimed.append(row)
        return claimed

    for record in dataset:
        kind = type_of(record)
        texts = _texts(add(record_rows(record, kind, dataset.seeds, {})))
        values += len(texts)
        single += sum(len(seeds) == 1 for seeds in texts.values())
        for field, reason in record.absent.items():
            absent[kind.name, field][reason.value] += 1
    for card in dataset.seeds.values():
        add(seed_rows(card))
    return UsageCounts(rows, filled, uses, absent, values, single)


def _tracked(column: Column) -> bool:
    return column.vocabulary is not None or column.target == SEEDS or scale_of(column) is not None


_CLAIM = {column.name: position for position, column in enumerate(CLAIMS.columns)}


def _texts(claimed: Iterable[Row]) -> dict[str, set[str]]:
    """Give the seeds that support each value of one record."""
    seeds: defaultdict[str, set[str]] = defaultdict(set)
    for row in claimed:
        if row[_CLAIM["relation"]] == ClaimRelation.SUPPORTS:
            seeds[row[_CLAIM["field"]]].add(row[_CLAIM["seed_id"]])
    return seeds
