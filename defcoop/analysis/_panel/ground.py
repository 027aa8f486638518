"""The ground of a panel: what is asked, checked and worked out before anything is counted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, get_args

from defcoop.analysis._days import FIRST_DAY, LAST_DAY
from defcoop.analysis._draws.records import drawn_record, is_certain
from defcoop.analysis._panel.actors import chosen, stands
from defcoop.analysis._panel.acts import Act, Acts, Rules, acts
from defcoop.analysis._panel.families import BY_NAME
from defcoop.analysis._panel.grid import Grid, check_size, years_of
from defcoop.analysis._panel.spans import Dates
from defcoop.analysis.readings import Readings
from defcoop.errors import InputError
from defcoop.models.evidence import Stance
from defcoop.package.naming import check_terms, listed, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from defcoop.alignment.order import Order
    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis._panel.coverage import Covered
    from defcoop.analysis._panel.grid import Years
    from defcoop.models import Record
    from defcoop.package.naming import Names


class Asked(NamedTuple):
    """What is asked of a panel; see `defcoop.analysis.panel.panel`."""

    actors: Names | None = None
    years: Years | None = None
    directed: bool = False
    months: bool = False
    dates: Dates = "best"
    draws: int | None = None
    seed: int | None = None
    states: bool = True
    stances: str | Iterable[str] = (Stance.ASSERTED,)
    coverage: Covered | Iterable[Covered] = ()
    order: Order = "cow"


class Ground(NamedTuple):
    """What all columns of a panel stand on.

    Attributes:
        grid: the cells, without a gap between the first and the last year.
        years: the years that are asked for, in order.
        records: the number of each record that stands.
        groups: the number of the first of those records that may be the same.
        rounds: the acts, for each draw; one round if nothing is drawn.
        tied: the acts in each reading of dates on which those of several records hang, with its share; none if there
            are no such.
    """

    grid: Grid
    years: list[int]
    records: Mapping[str, int]
    groups: Mapping[str, int]
    rounds: list[Acts]
    tied: list[tuple[float, Acts]]

    @property
    def trades(self) -> list[str]:
        """The prefixes of the columns of trade, sorted."""
        return sorted({name for drawn in self.rounds for name in drawn.dated if name not in BY_NAME})


def ground(dataset: DatasetLike, asked: Asked) -> Ground:
    """Work out what a panel stands on.

    Raises:
        ValueError: if what is asked cannot be answered.
    """
    asked = asked._replace(stances=tuple(map(str, listed(asked.stances))))
    _check(asked)
    actors = chosen(dataset, asked.actors, states=asked.states, order=asked.order)
    anywhen = Grid(actors, 0, 0, months=asked.months, directed=asked.directed)
    standing = [record for record in dataset if record.withdrawn is None]
    # A draw is one reading.
    readings = Readings(standing, dataset).of if asked.draws is None else lambda record: (record,)
    standing_for = stands(dataset, actors, states=asked.states)
    rules = Rules(anywhen, standing_for, frozenset(asked.stances), asked.dates, readings)
    numbers = {record.id: number for number, record in enumerate(standing)}
    rounds = list(_rounds(dataset, standing, rules, asked))
    years = _years(rounds) if asked.years is None else years_of(asked.years)
    grid = anywhen._replace(first_year=years[0], last_year=years[-1])
    check_size(grid, len(years), asked.draws or 1)
    tied = _tied(dataset, standing, rules) if asked.draws is None and asked.dates == "best" else []
    return Ground(grid, years, numbers, groups(standing, numbers), rounds, tied)


def groups(records: Iterable[Record], numbers: Mapping[str, int]) -> dict[str, int]:
    """Give each record that may be the same as another the number of the first of those that may be, step by step.

    Args:
        records: the records that stand.
        numbers: the number of each of them.
    """
    leaders: dict[str, str] = {}

    def leader(name: str) -> str:
        while (above := leaders.setdefault(name, name)) != name:
            name = above
        return name

    for record in records:
        for likely in record.possibly_same_as:
            if likely.record in numbers:
                one, other = sorted((leader(record.id), leader(likely.record)))
                leaders[other] = one
    return {name: numbers[leader(name)] for name in leaders}


def _rounds(dataset: DatasetLike, standing: list[Record], rules: Rules, asked: Asked) -> Iterator[Acts]:
    """Yield the acts of each draw, or those of the dataset as it is; what no draw changes is worked out once."""
    if asked.draws is None:
        yield acts(standing, rules)
        return
    loose = [record for record in standing if not is_certain(record)]
    names = {record.id for record in loose}
    settled = acts((record for record in standing if record.id not in names), rules)
    for draw in range(asked.draws):
        drawn = acts([drawn_record(record, asked.seed or 0, draw, dataset) for record in loose], rules)
        yield Acts(
            _joined(settled.dated, drawn.dated),
            _joined(settled.undated, drawn.undated),
            [*settled.left_out, *drawn.left_out],
        )


def _tied(dataset: DatasetLike, standing: list[Record], rules: Rules) -> list[tuple[float, Acts]]:
    """Give the acts in each reading of the dates on which those of several records hang."""
    if not any(record.relative_dates for record in standing):
        return []
    from defcoop.analysis._panel.ties import tied_readings, without  # noqa: PLC0415 - it needs numpy, which is optional

    readings = tied_readings(standing, dataset)
    others = acts(without(standing, readings), rules) if readings else None
    found = []
    for share, records in readings:
        these = acts(records.values(), rules)
        assert others is not None  # noqa: S101 - there are readings
        found.append(
            (share, Acts(_joined(others.dated, these.dated), _joined(others.undated, these.undated), these.left_out))
        )
    return found


def _joined(one: dict[str, list[Act]], other: dict[str, list[Act]]) -> dict[str, list[Act]]:
    return {name: [*one.get(name, ()), *other.get(name, ())] for name in (one | other)}


def _years(rounds: list[Acts]) -> list[int]:
    """Give the years from the first to the last in which an act may have begun, or is told to have ended."""
    days = {
        day
        for drawn in rounds
        for same in drawn.dated.values()
        for act in same
        for span in act.spans
        for day in (*span.certain, *span.possible[0], *span.possible[-1])
        if FIRST_DAY < day < LAST_DAY
    }
    if not days:
        msg = "no act between these actors has a date, so name the years"
        raise InputError(msg)
    return list(range(date.fromordinal(min(days)).year, date.fromordinal(max(days)).year + 1))


def _check(asked: Asked) -> None:
    if asked.dates not in get_args(Dates):
        msg = f"dates={asked.dates!r} is none of {', '.join(get_args(Dates))}"
        raise InputError(msg)
    check_terms("stance", asked.stances, [term.value for term in Stance])
    if asked.draws is None:
        return
    if asked.seed is None:
        msg = "draws need a seed, so that they can be made again"
        raise InputError(msg)
    whole_number("seed", asked.seed)
    if whole_number("draws", asked.draws) < 1 or asked.dates != "best":
        msg = "there is at least one draw, and draws stand in the place of the earliest or latest dates"
        raise InputError(msg)
