"""The grid of a panel: its dyads, its periods, and where in it a dyad and a day lie."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from defcoop.errors import InputError
from defcoop.package.naming import several, whole_number
from defcoop.values.edtf_parts import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Years = int | str | Iterable[int | str]
    """A year, a text of years and runs of them (`2014-2018,2020`), or several of either."""

MOST_ROWS = 50_000_000
"""The rows beyond which a panel is refused, for it would not fit into the memory of most machines."""

_MONTHS = 12
_RUN = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?", re.ASCII)


class Grid(NamedTuple):
    """Dyads by periods.

    Cells are numbered dyad by dyad and, within, period by period; a period is a year, or a month where `months` is
    set. Between the first and the last year no year is left out.
    """

    actors: Sequence[str]
    first_year: int
    last_year: int
    months: bool
    directed: bool

    @property
    def dyads(self) -> int:
        """How many dyads there are."""
        count = len(self.actors)
        return count * (count - 1) // (1 if self.directed else 2)

    @property
    def periods(self) -> int:
        """How many periods there are."""
        return (self.last_year - self.first_year + 1) * (_MONTHS if self.months else 1)

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return self.dyads * self.periods

    def dyad(self, one: int, other: int) -> int:
        """Give the number of a dyad by the places of its actors, of which an undirected one has the lower first.

        >>> grid = Grid(("act-a", "act-b", "act-c"), 2000, 2001, months=False, directed=False)
        >>> [grid.dyad(*pair) for pair in ((0, 1), (0, 2), (1, 2))]
        [0, 1, 2]
        """
        count = len(self.actors)
        if self.directed:
            return one * (count - 1) + other - (other > one)
        return one * count - one * (one + 1) // 2 + other - one - 1

    def pairs(self) -> tuple[Ints, Ints]:
        """Give the places of the actors of each dyad, in the order of dyads."""
        import numpy as np  # noqa: PLC0415 - optional

        count = len(self.actors)
        if not self.directed:
            first, second = np.triu_indices(count, 1)
            return first.astype(np.int64), second.astype(np.int64)
        first = np.repeat(np.arange(count), count - 1)
        second = np.tile(np.arange(count - 1), count)
        return first, second + (second >= first)

    def periods_of(self, years: Iterable[int]) -> list[int]:
        """Give the numbers of the periods of some years, in order, leaving out years that are not in the grid.

        >>> Grid(("act-a", "act-b"), 2000, 2009, months=False, directed=False).periods_of((2009, 1999, 2001))
        [1, 9]
        """
        size = _MONTHS if self.months else 1
        places = sorted(year - self.first_year for year in set(years) if self.first_year <= year <= self.last_year)
        return [place * size + month for place in places for month in range(size)]

    def starts(self) -> Ints:
        """Give the first day of each period, and after them that of the one that follows, as `date.toordinal` does."""
        import numpy as np  # noqa: PLC0415 - optional

        months = range(1, _MONTHS + 1) if self.months else (1,)
        days = [date(year, month, 1) for year in range(self.first_year, self.last_year + 1) for month in months]
        return np.array([day.toordinal() for day in (*days, date(self.last_year + 1, 1, 1))])


def years_of(years: Years) -> list[int]:
    """Give the years of a panel in order, each once: one year, several, or a text of years and runs of them.

    Raises:
        InputError: if there is none, one is no whole number, or one is outside the calendar of the data.

    >>> years_of(2017), years_of("2014-2016,2020"), years_of(range(2018, 2016, -1))
    ([2017], [2014, 2015, 2016, 2020], [2017, 2018])
    """
    ordered = sorted({year for asked in several(years) for year in _run(asked)})
    if not ordered:
        msg = "a panel needs at least one year"
        raise InputError(msg)
    for year in (ordered[0], ordered[-1]):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            msg = f"{year} is outside the years {FIRST_YEAR} to {LAST_YEAR}"
            raise InputError(msg)
    return ordered


def _run(asked: object) -> Iterator[int]:
    """Give the years that a number or a text stands for."""
    if isinstance(asked, str):
        for part in asked.split(","):
            run = _RUN.fullmatch(part.strip())
            if run is None:
                msg = f"{part} is no year, such as 2014, and no run of years, such as 2014-2018"
                raise InputError(msg)
            yield from range(int(run[1]), int(run[2] or run[1]) + 1)
    elif isinstance(asked, date):
        yield asked.year
    else:
        yield whole_number("year", asked)


def check_size(grid: Grid, years: int, draws: int) -> None:
    """Refuse a panel that is too large.

    Raises:
        ValueError: if it is.
    """
    rows = max(grid.cells, grid.dyads * years * (_MONTHS if grid.months else 1) * draws)
    if rows > MOST_ROWS:
        msg = f"{rows:,} rows are more than {MOST_ROWS:,}: choose fewer actors, years or draws"
        raise InputError(msg)
