"""Drawn dates: for each date of a record one that is exact to the day, among those that the source allows."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from defcoop.analysis._days import Runs, clip, count, happening_in, happenings, pick
from defcoop.analysis._draws.chance import chance
from defcoop.analysis._extents import extents
from defcoop.models.field_layout import Shape
from defcoop.models.leaves import coded_fields, leaves
from defcoop.models.meaning import number_field, ordered_fields
from defcoop.values import Edtf, Money
from defcoop.values.edtf import ranges
from defcoop.values.edtf_parts import is_all_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from defcoop.models import Record
    from defcoop.values import Frozen
    from defcoop.values.edtf import DateRange

    Chance = Callable[[str], float]

_TRIES = 100


def drawn_dates(record: Record, seed: int, draw: int) -> dict[str, str]:
    """Draw the dates of a record that are not settled, by their paths.

    Every day that a date allows is as likely as another; dates of an agreement that fall out of their order are drawn
    anew, so that every order that the source allows is as likely as another. An interval is drawn at both ends, an
    all-of set at each of its dates. The period of a trade figure says what the amount covers: of it only alternatives
    are drawn, so that 2019 stays 2019. An open or unknown side stays so, and qualifiers (`?`, `~`) have no width.
    """
    dates = _dates_of(record)
    loose = _loose(record, dates)
    if not loose:
        return {}
    if _is_of_money(type(record)):
        return {path: _alternative(dates[path], chance(seed, draw, record.id, path)) for path in loose}
    places = _places(dates, type(record))
    limits = _limits(dates, places)
    drawn: dict[str, str] = {}
    for attempt in range(_TRIES):

        def luck(path: str, attempt: int = attempt) -> Chance:
            return lambda side: chance(seed, draw, record.id, path, side, str(attempt))

        drawn = {path: _draw(dates[path], luck(path), limits.get(path)) for path in loose}
        if not limits or _in_order(dates | drawn, places):
            return drawn
    in_turn = sorted(limits, key=lambda path: (places[path], path))
    return drawn | _in_turn({path: limits[path] for path in in_turn}, seed, draw, record.id, loose)


def has_loose_dates(record: Record) -> bool:
    """Tell whether a record has a date that is not settled."""
    return bool(_loose(record, _dates_of(record)))


def _dates_of(record: Record) -> dict[str, str]:
    """Give the dates of a record by their paths."""
    fields = _dated(type(record))
    if all(not getattr(record, field) for field in fields):
        return {}
    return {leaf.path: str(leaf.value) for leaf in leaves(record, fields) if isinstance(leaf.value, Edtf)}


def _loose(record: Record, dates: Mapping[str, str]) -> list[str]:
    return [path for path, text in dates.items() if not is_settled(text, whole=_is_of_money(type(record)))]


@lru_cache(maxsize=65536)
def is_settled(text: str, *, whole: bool = False) -> bool:
    """Tell whether there is nothing to draw in a date.

    Args:
        text: the date.
        whole: whether it stands for the whole of a time and not for a day in it.
    """
    if whole:
        return len(extents(text)) <= 1
    return all(
        not (happening.bounded and count(happening.begins) > 1) and (not happening.ends or count(happening.ends) == 1)
        for happening in happenings(text)
    )


@cache
def _dated(model: type[Record]) -> frozenset[str]:
    """Name the fields of a type of record in which there are dates."""
    return frozenset(field.name for field in coded_fields(model) if field.type is Edtf or _holds_dates(field.type))


def _holds_dates(part: type[Frozen]) -> bool:
    return hasattr(part, "model_fields") and any(
        field.type is Edtf or (field.shape in {Shape.PART, Shape.PARTS} and _holds_dates(field.type))
        for field in coded_fields(part)
    )


def _alternative(text: str, luck: float) -> str:
    alternatives = extents(text)
    return alternatives[int(luck * len(alternatives))].text


def _draw(text: str, luck: Chance, limits: Runs | None) -> str:
    """Draw a date; `limits` holds the days that a moment may be on, if that is known better."""
    if is_all_of(text):
        parts = (_draw_part(part, _side(luck, str(place))) for place, part in enumerate(ranges(text)))
        return f"{{{','.join(parts)}}}"
    [happening] = happenings(text)
    if happening.moment:
        return _day(limits or happening.begins, luck("")) if happening.bounded else text
    return _draw_part(ranges(text)[0], luck)


def _side(luck: Chance, name: str) -> Chance:
    return lambda side: luck(name + side)


def _draw_part(part: DateRange, luck: Chance) -> str:
    """Draw a single date, or both ends of a range as often as it takes for them to be in order."""
    begins, ends, moment, _, bounded = happening_in(part)
    if moment:
        return _day(begins, luck(""))
    for attempt in range(_TRIES):
        first = _day(begins, luck(f"begin{attempt}")) if bounded else part.start
        last = _day(ends, luck(f"end{attempt}")) if ends else part.end
        if not (bounded and ends) or first <= last:
            return f"{first}{part.sign}{last}"
    # Hardly any pair is in order: the first day on which it may begin leaves all days on which it may end.
    return f"{date.fromordinal(begins[0][0])}{part.sign}{_day(ends, luck('end'))}"


def _day(runs: Runs, luck: float) -> str:
    return date.fromordinal(pick(runs, int(luck * count(runs)))).isoformat()


def _is_of_money(model: type[Record]) -> bool:
    """Tell whether the date of a record says what an amount of money covers."""
    number = number_field(model)
    return number is not None and issubclass(number.type, Money)


def _places(dates: Mapping[str, str], model: type[Record]) -> dict[str, int]:
    """Give the places of dates that fall in an order (the check of chronology, DC502), by their paths."""
    order = list(ordered_fields(model))
    return {path: order.index(head) for path in dates if (head := re.split(r"[\[.]", path)[0]) in order}


def _limits(dates: Mapping[str, str], places: Mapping[str, int]) -> dict[str, Runs]:
    """Give the days on which the moments of an agreement may be, if they are to be in their order."""
    single = {path: several[0] for path in places if len(several := happenings(dates[path])) == 1}
    days = {path: happening.begins for path, happening in single.items() if happening.moment and happening.bounded}
    limits = {}
    for path, runs in days.items():
        first = max((other[0][0] for name, other in days.items() if places[name] < places[path]), default=runs[0][0])
        last = min((other[-1][1] for name, other in days.items() if places[name] > places[path]), default=runs[-1][1])
        limits[path] = clip(runs, first, last) or runs
    return limits


def _in_order(by_path: Mapping[str, str], places: Mapping[str, int]) -> bool:
    dates = sorted(((place, Edtf(by_path[path])) for path, place in places.items()), key=itemgetter(0))
    return not any(
        one.earliest and other.latest and one.earliest > other.latest
        for place, (stage, one) in enumerate(dates)
        for later, other in dates[place:]
        if stage < later
    )


def _in_turn(limits: Mapping[str, Runs], seed: int, draw: int, record: str, loose: list[str]) -> dict[str, str]:
    """Draw the moments of an agreement one after the other, each among the days that the earlier ones leave."""
    drawn: dict[str, str] = {}
    after = 0
    for path, days in limits.items():
        runs = clip(days, after, days[-1][1]) or days
        text = _day(runs, chance(seed, draw, record, path, "in turn"))
        if path in loose:
            drawn[path] = text
        after = max(after, date.fromisoformat(text).toordinal())
    return drawn
