"""Codes and names of actors at a time, to merge tables of others by.

The states of the world are known, and the actors of a dataset; where both have a code or name, those of the dataset are
meant. A code means a state at a time: on the day that is told or, of a year, on the last day of it on which the code
was anybody's.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, get_args

from defcoop.alignment.marks import is_missing, plain
from defcoop.alignment.mismatches import Mismatch, Partner
from defcoop.alignment.times import TimeSpan, span_of
from defcoop.lookup.entries import Period, entries
from defcoop.lookup.index import Index
from defcoop.models.actor import ActorKind, CodeScheme
from defcoop.package.naming import check_known
from defcoop.reference.states import states

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from defcoop.models import Actor

Scheme = Literal["cow", "gw", "iso3", "wikidata", "name"]
"""A system of codes; `name` stands for the names of states, of which all spellings count."""

NAME = "name"

SCHEMES: tuple[tuple[Scheme, str, str], ...] = (
    ("cow", "integer", "COW"),
    ("gw", "integer", "Gleditsch and Ward"),
    ("iso3", "string", "ISO 3166-1"),
)
"""The systems whose codes states are merged by: the type of such a code, and whose it is."""

_NAMED = frozenset({ActorKind.STATE, ActorKind.IGO})
"""The kinds of actors that a name in a table of others may mean."""


class HasActors(Protocol):
    """What is asked of a dataset here: its actors."""

    @property
    def actors(self) -> Mapping[str, Actor]:
        """The actors by id."""


class _Held(NamedTuple):
    """What is held in a span: a code, by an actor."""

    span: TimeSpan
    code: str
    actor: str


def known_actors(dataset: HasActors) -> dict[str, Actor]:
    """Give the actors by id: the states of the world, and in their place and beside them those of a dataset."""
    return {actor.id: actor for actor in (*states(), *dataset.actors.values())}


class Coding:
    """Which actor has which code of a system, and when."""

    def __init__(self, dataset: HasActors, scheme: Scheme, *, outside: bool = False) -> None:
        """Look up the codes of a system.

        Args:
            dataset: whose actors are known beside the states of the world.
            scheme: the system.
            outside: whether a code that was never another actor's leads to its holder also at a time at which the list
                has no such state, as in files that use codes for what was no member of the system.

        Raises:
            InputError: if there is no such system.
        """
        check_known("system of codes", scheme, get_args(Scheme))
        self.scheme = scheme
        self._own, self._outside = dataset.actors, outside
        self._actors = [actor for actor in known_actors(dataset).values() if actor.withdrawn is None]
        self._of: dict[str, list[_Held]] = defaultdict(list)
        self._by: dict[str, list[_Held]] = defaultdict(list)
        for actor in self._actors:
            for code in actor.codes:
                if code.scheme == scheme:
                    span = TimeSpan(code.valid.earliest or date.min, code.valid.latest or date.max)
                    held = _Held(span, code.code, actor.id)
                    self._of[actor.id].append(held)
                    self._by[code.code.casefold()].append(held)

    def actor(self, code: object, when: object = None) -> str | None:
        """Give the actor that has a code at a time, or that alone ever had it; None if there is none or are several."""
        return self.partner(code, when).actor

    def partner(self, code: object, when: object = None) -> Partner:
        """Give the actor that has a code or name at a time, or that alone ever had it, or why there is none."""
        text = plain(code)
        if not text:
            return Partner(None, Mismatch.EMPTY)
        if is_missing(text):
            return Partner(None, Mismatch.MISSING)
        if self.scheme == NAME:
            return self._named(text, span_of(when))
        every = self._by.get(text.casefold(), [])
        holders = [held for held in every if held.actor in self._own] or every
        span = span_of(when)
        actors = {held.actor for held in (_last(holders, span) if span else holders)}
        if len(actors) == 1:
            return Partner(actors.pop())
        reason, detail = self._why_not(holders, actors, span)
        ever = {held.actor for held in holders}
        holder = ever.pop() if self._outside and reason is Mismatch.NOT_THEN and len(ever) == 1 else None
        return Partner(holder, reason, detail)

    def code(self, actor: object, when: object = None) -> str | None:
        """Give the code that an actor has at a time, or the only one that it ever had."""
        held = self._of.get(str(actor), [])
        span = TimeSpan(*when) if isinstance(when, tuple) else span_of(when)
        ever = {each.code for each in held}
        codes = {each.code for each in _last(held, span)} if span else ever
        if self._outside and not codes:
            codes = ever
        return codes.pop() if len(codes) == 1 else None

    def why_no_code(self, actor: object, when: object = None) -> Mismatch | None:
        """Say why an actor has no code at a time, or more than one; nothing if it has one.

        A list that has closed says nothing of later years: there a state may lack a code for want of a newer list.
        """
        if self.code(actor, when):
            return None
        held, span, closes = self._of.get(str(actor), []), span_of(when), self._closes
        if span is None and held:
            return Mismatch.NO_TIME
        if span and _last(held, span):
            return Mismatch.AMBIGUOUS
        stood = actor in self._states and closes is not None and all(each.span.last >= closes for each in held)
        if stood and self.is_carried_on(when):
            return Mismatch.LIST_CLOSED
        return Mismatch.NOT_THEN if held else Mismatch.NO_CODE

    def is_carried_on(self, when: object) -> bool:
        """Tell whether a time lies after the day on which the list closed, so that its codes are carried on."""
        span, closes = span_of(when), self._closes
        return span is not None and closes is not None and span.first > closes

    @property
    def _closes(self) -> date | None:
        return None if self.scheme == NAME else CodeScheme[self.scheme.upper()].closes

    def _why_not(self, holders: list[_Held], actors: Iterable[str], span: TimeSpan | None) -> tuple[Mismatch, str]:
        spans = "; ".join(f"{held.actor} {_shown(held.span)}" for held in sorted(holders))
        if not holders:
            closes = self._closes
            if closes and span and span.first > closes:
                return Mismatch.LIST_CLOSED, f"the list closed on {closes}"
            return Mismatch.UNKNOWN, ""
        if span is None:
            return Mismatch.NO_TIME, spans
        return (Mismatch.AMBIGUOUS if actors else Mismatch.NOT_THEN), spans

    @cached_property
    def _states(self) -> frozenset[object]:
        return frozenset(actor.id for actor in self._actors if actor.kind is ActorKind.STATE)

    @cached_property
    def _index(self) -> Index:
        return Index(entries(actor for actor in self._actors if actor.kind.known in _NAMED))

    def _named(self, name: str, span: TimeSpan | None) -> Partner:
        at = Period(*span) if span else None
        hits = [hit for hit in self._index.find(name, at=at) if hit.is_sure]
        within = {hit.id for hit in hits if not hit.outside} or {hit.id for hit in hits}
        detail = "; ".join(sorted(f"{hit.id}: {hit.why}" for hit in hits))
        if len(within) == 1:
            # A name does not change hands as a code does: files name states by it that came later, or had ended.
            early = all(hit.outside for hit in hits)
            return Partner(within.pop(), Mismatch.NOT_THEN if early else None, detail if early else "")
        return Partner(None, Mismatch.AMBIGUOUS if hits else Mismatch.UNKNOWN, detail)


def _last(holders: list[_Held], span: TimeSpan) -> list[_Held]:
    """Give what holds on the last day of a span, else what held last in it."""
    ends = [(min(held.span.last, span.last), held) for held in holders if _meet(held.span, span)]
    return [held for end, held in ends if end == max(end for end, _ in ends)]


def _meet(one: TimeSpan, other: TimeSpan) -> bool:
    return one.first <= other.last and one.last >= other.first


def _shown(span: TimeSpan) -> str:
    first = "" if span.first == date.min else span.first.isoformat()
    return f"{first}/{'..' if span.last == date.max else span.last.isoformat()}"
