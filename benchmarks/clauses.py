"""What the clause of a synthetic record says beside invented words: its dates and numbers, and the actors it names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.plan import Plan, Slot

_FIRST_DAY, _DAYS = date(2003, 1, 1).toordinal(), 5500
_MONTHS = ["يناير", "شباط", "مارس", "نيسان", "مايو", "حزيران", "يوليو", "آب", "سبتمبر", "أكتوبر", "نونبر", "ديسمبر"]
"""Of the twelve months the names in Egypt, the Levant and the Maghreb, in turn."""

_ACTORS = (2, 7, 9)
_FIRST, _SECOND, _THIRD = 3, 5, 6
"""The places of actors in all passages of a clause, and of values in all quotes."""


def day(turn: int) -> date:
    """Give a day, every turn another for years."""
    return date.fromordinal(_FIRST_DAY + turn * 1871 % _DAYS)


def later(turn: int) -> date:
    """Give a day some months after that of the same turn."""
    return date.fromordinal(day(turn).toordinal() + 90 + turn % 200)


def persons(turn: int) -> int:
    """Give a number of persons."""
    return 100 + turn % 4900


def millions(turn: int) -> int:
    """Give a number of millions."""
    return 1 + turn % 997


def named(slot: Slot, plan: Plan) -> tuple[str, ...]:
    """Give the ids of the actors that a record names, those of which an explicit entry tells."""
    state = plan.one("state", slot.number)
    if slot.type == "actor":
        people = (plan.one("body", slot.ordinal),) if slot.kind == "person" else ()
        return () if slot.kind == "state" else (state, *people)
    first, second = plan.pair(slot)
    if slot.type == "agreement":
        return first, second, plan.one("person", slot.number)
    if slot.type == "engagement":
        return plan.one("person", slot.ordinal), first, state
    return first, second


def phrases(slot: Slot, plan: Plan) -> dict[int, str]:
    """Give the phrases of a clause by their place in it."""
    said = {place: plan.words[actor] for place, actor in zip(_ACTORS, named(slot, plan), strict=False)}
    first, second = day(slot.number), later(slot.number)
    match slot.type:
        case "agreement":
            said |= {_FIRST: _day_in_words(first), _SECOND: _day_in_words(second)}
        case "deployment":
            number = f"{persons(slot.number):,} جندي"
            said |= {_FIRST: _day_in_words(first), _SECOND: _day_in_words(second), _THIRD: number}
        case "engagement" | "facility" | "exercise":
            said[_FIRST] = _day_in_words(first)
        case "trade_figure":
            low = millions(slot.number)
            said |= {_FIRST: str(first.year), _SECOND: f"{low} مليون", _THIRD: f"{low},500,000.25 دولار"}
    return said


def _day_in_words(on: date) -> str:
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"
