"""Codes and names of actors at a time, to merge tables of others by."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, Protocol

from defcoop.models.actor import ActorKind, CodeScheme
from defcoop.package.naming import check_known

if TYPE_CHECKING:
    from collections.abc import Mapping

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

Span = tuple[date, date]


class HasActors(Protocol):
    """What is asked of a dataset here: its actors."""

    @property
    def actors(self) -> Mapping[str, Actor]:
        """The actors by id."""


class Coding:
    """Which actor has which code of a system, and when."""

    def __init__(self, dataset: HasActors, scheme: Scheme) -> None:
        """Look up the codes of a system.

        Raises:
            ValueError: if there is no such system.
        """
        check_known("system of codes", scheme, [*CodeScheme, NAME])
        self._of: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        self._by: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        self._plainly = folded if scheme == NAME else plain
        for actor in dataset.actors.values():
            for span, code in _held(actor, scheme) if actor.withdrawn is None else ():
                self._of[actor.id].append((span, code))
                self._by[self._plainly(code)].append((span, actor.id))

    def actor(self, code: object, when: object = None) -> str | None:
        """Give the actor that has a code at a time, or that alone ever had it; None if there is none or are several."""
        return None if code is None else _one(self._by.get(self._plainly(code), []), span_of(when))

    def code(self, actor: object, when: object = None) -> str | None:
        """Give the code that an actor has at a time, or the only one that it ever had."""
        return _one(self._of.get(str(actor), []), when if isinstance(when, tuple) else span_of(when))


def plain(code: object) -> str:
    """Write a code as text; others' tables hold numbers as floats too.

    >>> plain(640), plain(640.0), plain("640 "), plain("TUR")
    ('640', '640', '640', 'TUR')
    """
    if isinstance(code, float) and code.is_integer():
        code = int(code)
    return str(code).strip()


def folded(name: object) -> str:
    """Write a name without what spellings differ in: case, marks on letters, and what is no letter or figure.

    >>> folded("Türkiye") == folded("TURKIYE")
    True
    """
    apart = unicodedata.normalize("NFKD", str(name)).casefold()
    return "".join(letter for letter in apart if letter.isalnum())


@lru_cache(maxsize=65536)
def span_of(when: object) -> Span | None:
    """Give the days that a year or a day stands for; None if it says nothing.

    >>> span_of(2017)[1], span_of("(2025)")[0], span_of("2017-06-05")[0], span_of(None)
    (datetime.date(2017, 12, 31), datetime.date(2025, 1, 1), datetime.date(2017, 6, 5), None)
    """
    if isinstance(when, datetime):
        when = when.date()
    if isinstance(when, date):
        return when, when
    text = plain(when).strip("()")
    if text.isdecimal() and int(text) in range(1, 10_000):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return day, day


def _held(actor: Actor, scheme: str) -> list[tuple[Span, str]]:
    if scheme == NAME:
        names = {folded(name.text): name.text for name in actor.names} if actor.kind is ActorKind.STATE else {}
        return [((date.min, date.max), name) for name in names.values()]
    return [
        ((code.valid.earliest or date.min, code.valid.latest or date.max), code.code)
        for code in actor.codes
        if code.scheme == scheme
    ]


def _one(held: list[tuple[Span, str]], span: Span | None) -> str | None:
    """Choose what holds on the last day of a span, else what held last in it; of several at once, none."""
    if span is None:
        every = {value for _, value in held}
        return every.pop() if len(every) == 1 else None
    first, last = span
    ends = [(min(until, last), value) for (since, until), value in held if since <= last and until >= first]
    latest = {value for end, value in ends if end == max(ends)[0]}
    return latest.pop() if len(latest) == 1 else None
