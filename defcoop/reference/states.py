"""The states of the world: their codes, names and successors, each with the dates between which it holds.

An actor is what ISO 3166 gives three letters to; `act-yem` is Yemen before and after 1990, `act-deu` Germany, since
these letters went on. States without such letters have those of the lists of states (`act-rvn`), and those that ended
before 1945 their names (`act-bavaria`). The European Union and NATO are there too, without codes of states.

Sources: Correlates of War, State System Membership List, v2016 (cow), Gleditsch and Ward, list of independent states
(gw), ISO 3166-1 and 3166-3 (iso2, iso3, iso_numeric; the first edition is of 1974-12-15, and not every code is known
to be of it), Wikidata (no dates), CLDR (names). The lists of states begin in 1816, which is no founding date, and
close: `CodeScheme.closes` says when, and what is open at its end stood then.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from defcoop.errors import UnknownIdError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from defcoop.models.actor import Actor

NOTE = "Reference data that come with defcoop, not read from a text."
"""The note of reference records, by which packages mark them."""

_ORGANISATIONS = {"act-eu", "act-nato"}


class StateName(NamedTuple):
    """A name of a state: its language, its kind (`official`, `alias`), and the EDTF interval in which it was official.

    The interval is empty where it is not limited. An old name goes on to be understood.
    """

    text: str
    lang: str
    kind: str
    valid: str


class Successor(NamedTuple):
    """What came after a state: the actor, the EDTF date, and how.

    It `continues` the state under another code, `joins` it to itself, `separates` from it, or is `restored`.
    """

    actor: str
    date: str
    how: str


@cache
def state_codes() -> Mapping[str, frozenset[tuple[str, str, str]]]:
    """Give the codes of each state, by actor id, as (scheme, code, EDTF interval of validity).

    >>> ("cow", "679", "1990-05-22/..") in state_codes()["act-yem"]
    True
    """
    return {actor: frozenset(codes) for actor, codes in _codes().items()}


@cache
def state_names() -> Mapping[str, tuple[StateName, ...]]:
    """Give the names of each state, by actor id: official ones first, in English, Arabic, Turkish and French.

    >>> [name.text for name in state_names()["act-nor"]][:4]
    ['Norway', 'النرويج', 'Norveç', 'Norvège']
    """
    table: dict[str, list[StateName]] = {}
    for actor, lang, text, kind, valid in _rows("names"):
        table.setdefault(actor, []).append(StateName(text, lang, kind, valid))
    return {actor: tuple(names) for actor, names in table.items()}


@cache
def successors() -> Mapping[str, tuple[Successor, ...]]:
    """Give what came after each state that ended or lost a part, by actor id.

    >>> [successor.actor for successor in successors()["act-csk"]]
    ['act-cze', 'act-svk']
    """
    table: dict[str, list[Successor]] = {}
    for actor, *successor in _rows("successors"):
        table.setdefault(actor, []).append(Successor(*successor))
    return {actor: tuple(later) for actor, later in table.items()}


@cache
def state(actor: str) -> Actor:
    """Give the record of a state, which has no evidence, since it was not read from a text.

    Raises:
        UnknownIdError: if there is no such state.

    >>> state("act-yug").names[0].text
    'Yugoslavia'
    """
    from defcoop.models.actor import Actor, ActorKind, Code, CodeScheme  # noqa: PLC0415 - the tables need no models
    from defcoop.models.record import Name, NameKind  # noqa: PLC0415 - as above
    from defcoop.values import Edtf  # noqa: PLC0415 - as above

    if actor not in state_names():
        msg = f"no state has the id {actor}"
        raise UnknownIdError(msg)
    kinds, schemes = {kind.value: kind for kind in NameKind}, {scheme.value: scheme for scheme in CodeScheme}
    names = {name.text: name for name in reversed(state_names()[actor])}  # of two languages, the first
    return Actor.model_construct(
        id=actor,
        names=tuple(
            Name.model_construct(text=name.text, lang=name.lang, kind=kinds[name.kind])
            for name in state_names()[actor]
            if names[name.text] is name
        ),
        summary=f"{'An organisation' if actor in _ORGANISATIONS else 'A state'}: {state_names()[actor][0].text}.",
        note=NOTE,
        kind=ActorKind.IGO if actor in _ORGANISATIONS else ActorKind.STATE,
        codes=tuple(
            Code.model_construct(scheme=schemes[scheme], code=code, valid=Edtf(valid))
            for scheme, code, valid in _codes()[actor]
        ),
        evidence=(),
    )


def states() -> Iterator[Actor]:
    """Yield the records of all states, and of the organisations that are no states, by id."""
    yield from map(state, state_names())


def is_state(actor: str) -> bool:
    """Tell whether it is the id of a state of the table.

    >>> is_state("act-nor"), is_state("act-nato")
    (True, False)
    """
    return actor in state_names() and actor not in _ORGANISATIONS


class ReferenceIds:
    """The ids of reference records, which are read when it is first asked."""

    def __contains__(self, record_id: object) -> bool:
        """Tell whether there is such a reference record."""
        return record_id in state_names()


def referenced(targets: Iterable[str], known: Container[str]) -> list[str]:
    """Give the ids of reference records among the targets of links, sorted, but for those that are known otherwise.

    What a dataset has a record of its own for, that stands.
    """
    wanted = {target for target in targets if target not in known}
    return sorted(target for target in wanted if target in state_names()) if wanted else []


@cache
def _codes() -> dict[str, list[tuple[str, str, str]]]:
    table: dict[str, list[tuple[str, str, str]]] = {}
    for actor, scheme, code, valid in _rows("codes"):
        table.setdefault(actor, []).append((scheme, code, valid))
    return table


@cache
def _rows(name: str) -> tuple[list[str], ...]:
    """Read a table of this room, without its head."""
    with files("defcoop.reference").joinpath(f"{name}.csv").open(encoding="utf-8") as lines:
        return tuple(csv.reader(lines))[1:]
