"""An alignment: which rows and sums of a table of others have no partner among the states that we know, and why."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

from defcoop.alignment.aligner import Aligner
from defcoop.alignment.coding import Coding
from defcoop.alignment.marks import is_missing, number_in, plain
from defcoop.alignment.mismatches import Mismatch
from defcoop.alignment.order import Order
from defcoop.alignment.times import span_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from defcoop.alignment.coding import HasActors
    from defcoop.alignment.foreign_file import ForeignFile
    from defcoop.alignment.layouts import Layout
    from defcoop.alignment.mismatches import Partner

HARMLESS = frozenset({Mismatch.EMPTY, Mismatch.NO_STATE})
"""Reasons that are no finding: the file itself says that there is no state."""


@dataclass(slots=True)
class Unpartnered:
    """What stands in cells that have no partner, for one reason.

    Attributes:
        column: the column.
        value: what stands there.
        reason: why it has none.
        detail: what is known of it.
        rows: how many rows have it.
        lines: the first of their lines.
        years: the years of these rows, first and last; none where they tell none.
        sums: what the columns of numbers add up to in these rows.
    """

    column: str
    value: str
    reason: Mismatch
    detail: str
    rows: int = 0
    lines: list[int] = field(default_factory=list)
    years: tuple[int, int] | None = None
    sums: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Repeated:
    """A column that has one number in all rows of a deal, so that a sum over rows counts it several times."""

    column: str
    deals: int
    sum_of_rows: float
    sum_of_deals: float


@dataclass(slots=True)
class Alignment:
    """What an alignment comes to.

    Attributes:
        path: the file.
        layout: its layout.
        header: the line of its header.
        rows: how many rows it has.
        aligned: how many of them have a partner for each side that they name.
        not_then: how many of these name something by a name or code that was none at the time, as files do of orders.
        carried_on: how many of these lie after the close of the list of codes, whose codes are carried on.
        sums: what the columns of numbers add up to, over all rows.
        sums_without: what of it is in rows of which a side has no partner.
        unpartnered: what has no partner, most rows first.
        unread_times: times that cannot be read, such as years of two digits, with the numbers of rows.
        uneven: lines of rows with more or fewer cells than the header.
        repeated: columns that repeat the number of a deal in each of its rows.
    """

    path: Path
    layout: Layout
    header: int
    rows: int = 0
    aligned: int = 0
    not_then: int = 0
    carried_on: int = 0
    sums: dict[str, float] = field(default_factory=dict)
    sums_without: dict[str, float] = field(default_factory=dict)
    unpartnered: list[Unpartnered] = field(default_factory=list)
    unread_times: dict[str, int] = field(default_factory=dict)
    uneven: list[int] = field(default_factory=list)
    repeated: list[Repeated] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether every row has a partner for each state that it names, and a time that can be read."""
        found = any(each.reason not in HARMLESS for each in self.unpartnered)
        return not (found or self.unread_times or self.uneven)


def align(
    file: ForeignFile, dataset: HasActors, also: Mapping[Any, str] | None = None, *, outside: bool | None = None
) -> Alignment:
    """Say which rows and sums of a table of others have no partner, and why.

    Args:
        file: the table.
        dataset: whose actors are known beside the states of the world.
        also: further codes or names as the table has them, with the ids of their actors.
        outside: whether a code leads to its only holder also at a time at which the list has no such state; as the
            layout says by default.
    """
    layout = file.layout
    aligner = Aligner(dataset, layout, also or {}, outside=outside)
    alignment = Alignment(file.path, layout, file.header)
    more = [name for name in file.columns if layout.more and re.fullmatch(layout.more, name)]
    sides = list(dict.fromkeys((*layout.sides, *more)))
    summed = [name for name in layout.sums if name in file.columns]
    deals: dict[tuple[str, ...], list[list[float]]] = defaultdict(list)
    lost: dict[tuple[str, str, Partner], Unpartnered] = {}
    alignment.sums = dict.fromkeys(summed, 0.0)
    alignment.sums_without = dict.fromkeys(summed, 0.0)
    for line, cells in file.rows():
        alignment.rows += 1
        if len(cells) != len(file.columns) and any(cells[len(file.columns) :] or [len(cells) < len(file.columns)]):
            alignment.uneven.append(line)
        row = dict(zip(file.columns, cells, strict=False))
        when = row.get(layout.when, "")
        numbers = {name: number_in(row.get(name)) or 0.0 for name in summed}
        _count_time(alignment, when)
        partners = [(name, aligner.partner(row.get(name), when)) for name in sides]
        without = [
            (name, partner)
            for name, partner in partners
            if not partner.actor and (partner.reason is not Mismatch.EMPTY or not any(row.get(side) for side in sides))
        ]
        for name, partner in without:
            key = (name, plain(row.get(name)), partner)
            if key not in lost:
                lost[key] = Unpartnered(*key[:2], partner.reason or Mismatch.UNKNOWN, partner.detail)
            _add(lost[key], line, when, numbers)
        alignment.aligned += not without
        alignment.not_then += not without and any(partner.reason for _, partner in partners if partner.actor)
        alignment.carried_on += not without and aligner.coding.is_carried_on(when)
        for name, number in numbers.items():
            alignment.sums[name] += number
            alignment.sums_without[name] += number if without else 0.0
        if layout.deal and summed:
            deals[tuple(row.get(name, "") for name in layout.deal)].append(list(numbers.values()))
    alignment.unpartnered = sorted(lost.values(), key=lambda each: (-each.rows, each.column, each.value))
    alignment.repeated = list(_repeated(summed, deals))
    return alignment


def with_keys(
    file: ForeignFile, dataset: HasActors, also: Mapping[Any, str] | None = None, *, outside: bool | None = None
) -> Iterator[list[str]]:
    """Yield the header and all rows of a table of others with the ids and codes of their actors behind the cells.

    The columns added are `a` and `b`, as `keyed` gives them, and `cow_a`, `cow_b`, `gw_a`, `gw_b` at the time of the
    row, as in our panel; a table whose rows name one actor has those of `a` alone.
    """
    layout = file.layout
    aligner = Aligner(dataset, layout, also or {}, outside=outside)
    schemes = {scheme: Coding(dataset, scheme, outside=aligner.outside) for scheme in get_args(Order)}
    sides = "ab" if layout.second else "a"
    yield [*file.columns, *sides, *(f"{scheme}_{side}" for scheme in schemes for side in sides)]
    for _, cells in file.rows():
        row = dict(zip(file.columns, cells, strict=False))
        when = row.get(layout.when, "")
        actors = aligner.pair(row.get(layout.first), row.get(layout.second), when)[: len(sides)]
        codes = [coding.code(actor, when) or "" for coding in schemes.values() for actor in actors]
        padding = [""] * (len(file.columns) - len(cells))
        yield [*cells[: len(file.columns)], *padding, *(actor or "" for actor in actors), *codes]


def _count_time(alignment: Alignment, when: str) -> None:
    if when.strip() and not is_missing(when) and span_of(when) is None:
        alignment.unread_times[when] = alignment.unread_times.get(when, 0) + 1


def _add(each: Unpartnered, line: int, when: str, numbers: Mapping[str, float]) -> None:
    each.rows += 1
    if len(each.lines) < 3:  # noqa: PLR2004 - enough to find them
        each.lines.append(line)
    if span := span_of(when):
        first, last = each.years or (span.first.year, span.last.year)
        each.years = min(first, span.first.year), max(last, span.last.year)
    for name, number in numbers.items():
        each.sums[name] = each.sums.get(name, 0.0) + number


def _repeated(names: list[str], deals: Mapping[tuple[str, ...], list[list[float]]]) -> Iterator[Repeated]:
    """Yield the columns that have one number in all rows of every deal of several rows."""
    several = [rows for rows in deals.values() if len(rows) > 1]
    for place, name in enumerate(names):
        of_deals = [[row[place] for row in rows] for rows in several]
        if of_deals and all(len(set(numbers)) == 1 for numbers in of_deals) and any(sum(n) for n in of_deals):
            every = [[row[place] for row in rows] for rows in deals.values()]
            yield Repeated(
                name,
                len(several),
                sum(sum(numbers) for numbers in every),
                sum(max(numbers) if len(numbers) > 1 else numbers[0] for numbers in every),
            )
