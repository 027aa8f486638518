"""Cells: acts as arrays, and spread over the cells of a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from defcoop.analysis._panel.spans import NEVER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from defcoop.analysis._days import Happening
    from defcoop.analysis._panel.acts import Act
    from defcoop.analysis._panel.grid import Grid

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]
    Bools = npt.NDArray[np.bool_]

Bound = Literal["low", "best", "high"]

BOUNDS: tuple[Bound, ...] = ("low", "best", "high")
"""Low asks when acts were certainly going on, high when they possibly were; best is known where the two agree."""

_NOBODY = (None, None, None)


class ActTable(NamedTuple):
    """Acts of one family as arrays.

    The first five have one item for each act, dyad and span, and for each further run of possible days:

    Attributes:
        dyad: the dyad's number.
        act: the act's place in the list from which the table is made.
        days: first and last days, by bound.
        span: the place of the item's span among those of the table.
        repeats: whether an act, or acts that may be the same, stand in several items of one dyad.

    The others have one item for each act:

        record: the number of the record among all.
        group: the number of the record among those that cannot be the same.
        is_set: whether it is a set.
        set_of, amount: numbers by bound; NaN is unknown.
        kind: a term.

    `happenings` has what dates tell, one item for each span.
    """

    dyad: Ints
    act: Ints
    days: Mapping[Bound, Ints]
    span: Ints
    repeats: bool
    record: Ints
    group: Ints
    is_set: Bools
    set_of: Mapping[Bound, Floats]
    amount: Mapping[Bound, Floats]
    kind: Sequence[str | None]
    happenings: Sequence[Happening | None]


class Spread(NamedTuple):
    """Items of a table spread over cells: for each the cell and the item."""

    cell: Ints
    item: Ints


def table(acts: Sequence[Act], records: Mapping[str, int], groups: Mapping[str, int]) -> ActTable:
    """Lay acts out as arrays.

    Args:
        acts: the acts of one family.
        records: the number of each record.
        groups: the number of the first of those records that may be the same, for those that have such.
    """
    items: list[int] = []
    happenings: list[Happening | None] = []
    for number, act in enumerate(acts):
        for certain, placed, possible, happening in act.spans:
            place = len(happenings)
            happenings.append(happening)
            for dyad in act.dyads:
                items += (dyad, number, *certain, *placed, *possible[0], place)
                for run in possible[1:]:
                    items += (dyad, number, *NEVER, *NEVER, *run, place)
    columns = np.array(items, dtype=np.int64).reshape(-1, 9)
    record = np.array([records[act.record] for act in acts], dtype=np.int64)
    group = np.array([groups.get(act.record, records[act.record]) for act in acts], dtype=np.int64)
    pairs = columns[:, 0] * len(records) + group[columns[:, 1]]
    return ActTable(
        dyad=columns[:, 0],
        act=columns[:, 1],
        days={"low": columns[:, 2:4], "best": columns[:, 4:6], "high": columns[:, 6:8]},
        span=columns[:, 8],
        repeats=len(np.unique(pairs)) < len(pairs),
        record=record,
        group=group,
        is_set=np.array([act.set_of is not None for act in acts], dtype=bool),
        set_of=_by_bound([act.set_of or _NOBODY for act in acts]),
        amount=_by_bound([act.amount or _NOBODY for act in acts]),
        kind=[act.kind for act in acts],
        happenings=happenings,
    )


def spread(rows: ActTable, bound: Bound, grid: Grid, *, within: bool = False, onwards: bool = False) -> Spread:
    """Spread items over the cells in whose periods they have a day.

    Args:
        rows: the acts.
        bound: which of their days.
        grid: the cells.
        within: whether an item counts only in a period that holds all of its days.
        onwards: whether it counts in the period in which it begins and in all later ones.
    """
    starts, days = grid.starts(), rows.days[bound]
    first = np.searchsorted(starts, days[:, 0], side="right") - 1
    last = np.searchsorted(starts, days[:, 1], side="right") - 1
    if onwards:
        kept = days[:, 0] != NEVER[0]
        last = np.full_like(last, grid.periods - 1)
    else:
        kept = (first == last) if within else (first <= last)
    kept &= (last >= 0) & (first < grid.periods)
    item = np.flatnonzero(kept)
    first, last = np.maximum(first[item], 0), np.minimum(last[item], grid.periods - 1)
    lengths = last - first + 1
    if len(item) == lengths.sum():
        return Spread(rows.dyad[item] * grid.periods + first, item)
    begins = rows.dyad[item] * grid.periods + first - np.cumsum(lengths) + lengths
    return Spread(np.repeat(begins, lengths) + np.arange(lengths.sum()), np.repeat(item, lengths))


def _by_bound(numbers: Sequence[tuple[float | None, ...]]) -> dict[Bound, Floats]:
    columns = np.array(numbers, dtype=float).reshape(-1, len(BOUNDS))
    return {bound: columns[:, place] for place, bound in enumerate(BOUNDS)}
