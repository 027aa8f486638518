"""The plan of a synthetic checkout: which records there are, in which text each is told of, and whom it names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.words import LIMIT, arabic, latin
from defcoop.models.registry import BY_NAME

_MOST_SEEDS = 1000
_LEAST_RECORDS = 40
"""Records to a text, at least; seed ids have three digits, so that large checkouts have longer texts."""

_SHARES = {
    "actor": 19,
    "agreement": 6,
    "deployment": 3,
    "engagement": 8,
    "facility": 2,
    "exercise": 1,
    "trade_figure": 1,
}
_ACTORS = {"person": 7, "ministry": 3, "agency": 3, "armed_service": 2, "company": 2, "media": 1, "government": 1}
_STATES = ("act-irq", "act-lby", "act-qat", "act-sau", "act-syr", "act-tur")
"""The states of a checkout; most of its actors are others."""

_ROLES = {"person": "person", "media": "outlet", "state": "state"}
_PAIRED = ("person", "agreement", "deployment", "facility", "exercise", "trade_figure", "engagement")
"""Who names bodies, in the order in which they take their turns."""


class Slot(NamedTuple):
    """A record to be written: what it is, its place among those of its role, and where it is told of.

    The role is the type or, among actors, person, body, outlet or state; `seed` and `place` name the clause of the
    text that is its own.
    """

    number: int
    type: str
    kind: str
    ordinal: int
    seed: int
    place: int
    id: str

    @property
    def word(self) -> str:
        """Its name in the text."""
        return arabic(self.number)

    @property
    def title(self) -> str:
        """Its name in Latin letters."""
        return latin(self.number).capitalize()


@dataclass
class Plan:
    """All records of a checkout, by role the ids that others may name, and by id their names in the texts."""

    seeds: int
    slots: list[Slot] = field(default_factory=list)
    ids: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    words: dict[str, str] = field(default_factory=dict)
    speakers: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    outlets: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def one(self, role: str, turn: int) -> str:
        """Give an id of a role, the next one at each turn."""
        return self.ids[role][turn % len(self.ids[role])]

    def pair(self, slot: Slot) -> tuple[str, str]:
        """Give two bodies: no two records of a type get the same two, and all together name every body."""
        bodies = self.ids["body"]
        turn = slot.ordinal + sum(len(self.ids[role]) for role in _PAIRED[: _PAIRED.index(slot.type)])
        return bodies[turn % len(bodies)], bodies[(turn + 1 + turn // len(bodies)) % len(bodies)]


def plan(count: int) -> Plan:
    """Plan a checkout of so many records.

    Raises:
        ValueError: if the number is one for which there is no plan.
    """
    if not _LEAST_RECORDS <= count < LIMIT:
        msg = f"a checkout has {_LEAST_RECORDS} to {LIMIT - 1} records, not {count}"
        raise ValueError(msg)
    length = max(_LEAST_RECORDS, -(-count // _MOST_SEEDS))
    planned = Plan(count // length)
    types, kinds = _even(_SHARES), _even(_ACTORS)
    states = iter(_STATES)
    actors = 0
    for number in range(count):
        type_name = types[number % len(types)]
        kind = state = ""
        if type_name == "actor":
            state = next(states, "")
            kind = "state" if state else kinds[actors % len(kinds)]
            actors += 1
        seed = min(number // length, planned.seeds - 1)
        _add(planned, state or f"{BY_NAME[type_name].prefix}-{latin(number)}", type_name, kind, (seed, length))
    return planned


def _add(planned: Plan, name: str, type_name: str, kind: str, where: tuple[int, int]) -> None:
    number, (seed, length) = len(planned.slots), where
    role = _ROLES.get(kind, "body") if kind else type_name
    slot = Slot(number, type_name, kind, len(planned.ids[role]), seed, number - seed * length, name)
    planned.slots.append(slot)
    planned.ids[role].append(name)
    planned.words[name] = slot.word
    if role == "person":
        planned.speakers[seed].append(name)
    if role == "outlet":
        planned.outlets[seed].append(name)


def _even(shares: dict[str, int]) -> list[str]:
    """Lay out a cycle in which every name comes as often as its share, evenly spread."""
    spots = [((turn + 0.5) / share, name) for name, share in shares.items() for turn in range(share)]
    return [name for _, name in sorted(spots)]
