"""Acts: what records tell as done between chosen actors, each with its dyads, its days and its numbers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.analysis._panel.actors import pairs_of, place_of
from defcoop.analysis._panel.families import BY_FOLDER, TRADE, Family
from defcoop.analysis._panel.numbers import amount_of, set_of, widest
from defcoop.analysis._panel.order import days_in_order
from defcoop.analysis._panel.spans import Span, spans, spans_covered, spans_in_force, taken_together
from defcoop.models.certainty import Certainty
from defcoop.models.evidence import Stance
from defcoop.models.leaves import steps
from defcoop.models.meaning import identifying, phase_of, sides, time_fields
from defcoop.models.registry import type_of
from defcoop.models.trade_figure import Direction, PriceBasis
from defcoop.values import Phase, Term, Time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from defcoop.analysis._panel.actors import Stand
    from defcoop.analysis._panel.grid import Grid
    from defcoop.analysis._panel.numbers import Numbers
    from defcoop.analysis._panel.spans import Dates
    from defcoop.models import Record, TradeFigure
    from defcoop.models.field_layout import FieldLayout
    from defcoop.models.meaning import Side


class Act(NamedTuple):
    """An act with its dyads.

    Attributes:
        record: the id of its record.
        dyads: the numbers of its dyads.
        spans: when it was going on; none if nobody tells.
        set_of: least, best and greatest number of acts in it, if it is a set told as one; None in it is unknown.
        amount: least, best and greatest number of persons or amount of money, if one is told.
        kind: what tells its record apart, such as the instrument of an agreement.
    """

    record: str
    dyads: tuple[int, ...]
    spans: tuple[Span, ...]
    set_of: Numbers | None = None
    amount: Numbers | None = None
    kind: str | None = None


class LeftOut(NamedTuple):
    """A record that a family of acts leaves out, in whole or, if it has no date, from every row; and why."""

    record_id: str
    family: str
    reason: str


class Acts(NamedTuple):
    """Acts by family (for trade by the prefix of their columns), those without a date by family, what is left out."""

    dated: dict[str, list[Act]]
    undated: dict[str, list[Act]]
    left_out: list[LeftOut]


class Rules(NamedTuple):
    """How records become acts: in which grid, who stands for whom, told with which stances, on which days, how read."""

    grid: Grid
    stands: Mapping[str, Stand]
    stances: frozenset[str]
    dates: Dates
    readings: Callable[[Record], tuple[Record | None, ...]]


class _Reading(NamedTuple):
    """A reading of a record, its sides, what evidence of the stances asked for carries, and its dyads.

    `carried` is None if all of the evidence is of those stances; `is_possible_only` if it is disputed.
    """

    record: Any
    placed: tuple[Side, ...]
    carried: set[str] | None
    has_dyads: bool
    dyads: tuple[int, ...]
    is_possible_only: bool


class _Telling(NamedTuple):
    """What a reading of a record tells a family: an act and the name under which it is found, or why there is none."""

    reason: str
    name: str = ""
    act: Act | None = None


_LASTING = (Time.ENDS, Time.LASTS, Time.AS_OF)
_GOING_ON = frozenset({Phase.BEGUN, Phase.ONGOING})
"""Phases in which it is going on at the time for which the status is told."""

NOT_DONE = "its stage, {}, is none that counts here"
NOT_OF_KIND = "its kind, {}, is none that counts here"
NOT_CARRIED = "no evidence of the stances asked for carries what it tells"
NO_DYAD = "fewer than two of the chosen actors have a part in it"
NO_DATE = "no date of it is told"
OPEN_DATE = "the time that it covers is open"


def acts(records: Iterable[Record], rules: Rules) -> Acts:
    """Find the acts in records that stand, in their order."""
    every = Acts(defaultdict(list), defaultdict(list), [])
    for record in records:
        families = BY_FOLDER.get(type_of(record).folder, ())
        readings = [_reading(reading, families, rules) for reading in rules.readings(record) if families]
        for family in families:
            tellings = [_telling(reading, family, rules) for reading in readings]
            if len(tellings) > 1:
                for name, act in _together(tellings, within=family is TRADE):
                    every.dated[name].append(act)
            for telling in tellings:
                if telling.act and not telling.act.spans:
                    every.undated[family.name].append(telling.act)
                elif telling.act and len(tellings) == 1:
                    every.dated[telling.name].append(telling.act)
            if all(telling.reason for telling in tellings):
                every.left_out.append(LeftOut(record.id, family.name, tellings[0].reason))
    return every


def prefix_of(figure: TradeFigure) -> str:
    """Name the columns of a figure, without the ending.

    The name has the measure and the currency, then `one_way` for what goes from one to the other (and nothing for a
    total), `constant` for constant prices, and the stage if one is told.

    >>> import defcoop
    >>> prefix_of(defcoop.load().trade_figures["trd-qat-tur-economic-cooperation-2019"])
    'trade_economic_cooperation_usd'
    """
    parts = ["trade", (figure.measure.known or figure.measure).value, figure.amount.currency.lower()]
    if figure.direction is Direction.FIRST_TO_SECOND:
        parts.append("one_way")
    if figure.price_basis is PriceBasis.CONSTANT:
        parts.append("constant")
    if figure.stage is not None:
        parts.append(figure.stage.value)
    return "_".join(parts)


def _reading(record: Record | None, families: Sequence[Family], rules: Rules) -> _Reading | None:
    """Work out what all families of a type take alike from a reading of a record."""
    if record is None:
        return None
    placed, carried = tuple(sides(record)), _carried(record, rules.stances)
    dyads = whole = _dyads(placed, families[0], rules)
    if carried is not None and dyads:
        dyads = _dyads([side for side in placed if _is_carried(side.path, carried)], families[0], rules)
    is_open = (carried is not None or Stance.DENIED in rules.stances) and (record.certainty is Certainty.DISPUTED)
    return _Reading(record, placed, carried, bool(whole), dyads, is_open)


def _telling(reading: _Reading | None, family: Family, rules: Rules) -> _Telling:
    """Take a reading of a record as an act, or say why not."""
    if reading is None:
        return _Telling(NOT_CARRIED)
    record, placed, carried, has_dyads, dyads, is_open = reading
    if family.stages and not family.counts(record, rules.stances):
        return _Telling(NOT_DONE.format(getattr(record, family.told_by)))
    kind = _kind(record)
    if family.kinds and kind not in family.kinds:
        return _Telling(NOT_OF_KIND.format(kind))
    if not has_dyads:
        return _Telling(NO_DYAD)
    date = getattr(record, family.dated, None)
    numbered = getattr(record, family.numbered, None)
    if carried is not None:
        if not dyads or not _is_carried(family.told_by, carried):
            return _Telling(NOT_CARRIED)
        date = date if _is_carried(family.dated, carried) else None
        numbered = numbered if numbered is not None and _is_carried(family.numbered, carried) else None
    days = _spans(record, family, date, rules.dates, carried)
    if days and is_open:
        days = taken_together([days], complete=False, within=family is TRADE)
    act = Act(record.id, dyads, days, set_of(record, numbered), amount_of(placed, numbered), kind)
    name = prefix_of(record) if family is TRADE else family.name
    return _Telling("" if days else OPEN_DATE if date else NO_DATE, name, act)


def _dated(tellings: Iterable[_Telling]) -> Iterator[tuple[str, Act]]:
    for telling in tellings:
        if telling.act and telling.act.spans:
            yield telling.name, telling.act


def _together(tellings: list[_Telling], *, within: bool) -> Iterator[tuple[str, Act]]:
    """Take the readings of a record together: certain is what all of them tell, possible what any does."""
    by_dyad: dict[tuple[str, int], list[Act]] = defaultdict(list)
    for name, act in _dated(tellings):
        for dyad in act.dyads:
            by_dyad[name, dyad].append(act)
    for (name, dyad), same in by_dyad.items():
        spans = taken_together([act.spans for act in same], complete=len(same) == len(tellings), within=within)
        kinds = {act.kind for act in same}
        yield (
            name,
            Act(
                same[0].record,
                (dyad,),
                spans,
                widest([act.set_of for act in same], untold=(1.0, 1.0, 1.0)),
                widest([act.amount for act in same], untold=(None, None, None)),
                kinds.pop() if len(kinds) == 1 else None,
            ),
        )


def _dyads(sides: Iterable[Side], family: Family, rules: Rules) -> tuple[int, ...]:
    """Give the dyads of an act: the pairs of chosen actors for which its sides stand, each once."""
    grid = rules.grid
    places = ((place_of(side, rules.stands), side.rank) for side in sides)
    placed = {(place, rank) for place, rank in places if place is not None}
    dyads = {
        grid.dyad(one, other) if grid.directed or one < other else grid.dyad(other, one)
        for (one, _), (other, _) in pairs_of(placed, across=family.across)
    }
    return tuple(sorted(dyads))


def _spans(
    record: Record,
    family: Family,
    date: str | None,
    dates: Dates,
    carried: set[str] | None,
) -> tuple[Span, ...]:
    times = time_fields(type(record)) if family.lasts else {}
    if not times.keys().isdisjoint({Time.ENDS, Time.LASTS}):
        ends, term, as_of = (_carried_value(record, times.get(time), carried) for time in _LASTING)
        as_of = as_of if phase_of(record) in _GOING_ON else None
        left = days_in_order(record).get(family.dated, ()) if date else ()
        return spans_in_force(date, ends, term, as_of, dates, left) if date or as_of else ()
    if not date:
        return ()
    if family is TRADE:
        return spans_covered(date, dates)
    left = days_in_order(record).get(family.dated, ())
    return spans(date, dates, lasts=family.lasts or phase_of(record) is Phase.ONGOING, left=left)


def _carried_value(record: Record, field: FieldLayout | None, carried: set[str] | None) -> Any:  # noqa: ANN401 - of any field
    is_there = field and (carried is None or _is_carried(field.name, carried))
    return getattr(record, field.attribute) if field and is_there else None


def _kind(record: Record) -> str | None:
    kind = getattr(record, identifying(type(record))[0])
    known = kind.known if isinstance(kind, Term) else None  # of a dataset's own term, the broader one that is counted
    return str(known or kind) if kind else None


def _carried(record: Record, stances: frozenset[str]) -> set[str] | None:
    """Give the paths that evidence of the stances asked for supports; None if all of the evidence is of them."""
    if all(entry.stance in stances for entry in record.evidence):
        return None
    return {path for entry in record.evidence if entry.stance in stances for path in entry.supports}


def _is_carried(path: str, carried: set[str]) -> bool:
    """Tell whether a value, or one inside it, is supported."""
    return not carried.isdisjoint(steps(path)) or any(carrying.startswith(f"{path}.") for carrying in carried)
