"""Small worlds for panels: sound datasets by chance in which states do much together and most is told as done."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from defcoop import Dataset
from defcoop.models import Actor, Agreement, Deployment, Engagement, TradeFigure
from defcoop.models.actor import ActorKind, Code
from defcoop.models.evidence import Stance
from defcoop.models.record import AbsenceReason
from defcoop.values import Edtf, Unit
from tests import sound

if TYPE_CHECKING:
    from defcoop.models import Record

STATES = ("act-0", "act-1", "act-2")
_DONE = ("in_force", "ended", "signed", "deployed", "held", "ongoing", "open", "closed")
_DATES = (
    *(
        "2016",
        "2017-06",
        "2017-06-15",
        "2018?",
        "2017-24",
        "2016-23?",
        "201X",
        "2019-XX-05",
        "2017-06/..",
        "2017/2018-05",
        "../2018",
        "2018-02/",
    ),
    *("/2017", "/..", "[2016,2018-01]", "[..2017]", "[2018..]", "[2017-11..2018-01]", "{2016-05,2019}", "{2017..2018}"),
)
_CODES = (
    ("cow", "640", "1923/.."),
    ("cow", "7", "2016/2017-06"),
    ("cow", "8", "2017-05/.."),
    ("gw", "694", "../2018-03"),
    ("gw", "12", "2018-03/2018-05"),
    ("iso3", "ABC", "2017/2019"),
    ("iso3", "DEF", "2018-06/.."),
)


def worlds(largest: int = 16) -> st.SearchStrategy[Dataset]:
    """Draw a dataset of three states, those who stand for them, and what they do."""
    return st.integers(0, 2**40).map(lambda number: world(number, largest))


def world(number: int, largest: int = 16) -> Dataset:
    """Give the world of a number."""
    told = sound.dataset(number, largest)
    chance = Random(number)  # noqa: S311 - no secret depends on it
    actors = list(told.actors)
    return Dataset((_remade(record, actors, chance) for record in told), told.seeds.values())


def _remade(record: Record, actors: list[str], chance: Random) -> Record:
    changed: dict[str, Any] = {} if chance.random() < 1 / 10 else {"withdrawn": None}
    if isinstance(record, Actor):
        return record.model_copy(update=changed | _actor(record, chance))
    told = _told(record, actors, chance)
    if isinstance(record, Agreement) and record.term is not None:
        changed["term"] = record.term.model_copy(update={"length": chance.randint(1, 30)})
    if isinstance(record, Agreement | Engagement) and record.aggregate is None and chance.random() < 1 / 4:
        changed["absent"] = {"aggregate": AbsenceReason.UNKNOWN}
    entry = record.evidence[0].model_copy(
        update={"supports": tuple(told), "stance": chance.choice((Stance.ASSERTED, Stance.ASSERTED, *Stance))}
    )
    evidence = (*record.evidence, entry) if told else record.evidence
    return record.model_copy(update=changed | told | {"evidence": evidence})


def _actor(actor: Actor, chance: Random) -> dict[str, Any]:
    """Give codes to an actor, and make it a state or something in one."""
    codes = chance.sample(_CODES, chance.randint(0, 5))
    held = tuple(Code.model_validate({"scheme": scheme, "code": code, "valid": valid}) for scheme, code, valid in codes)
    if actor.id in STATES:
        return {"codes": held, "kind": ActorKind.STATE, "country": None, "parent": None, "withdrawn": None}
    told: dict[str, Any] = {"codes": held, "country": chance.choice((None, actor.country, *STATES))}
    if chance.random() < 1 / 2:
        told |= {"kind": ActorKind.PERSON, "offices": actor.offices if chance.random() < 1 / 3 else ()}
    return told


def _told(record: Any, actors: list[str], chance: Random) -> dict[str, Any]:
    """Tell more of an act: that it was done, when, between states, and of how many."""
    told: dict[str, Any] = {}
    if hasattr(record, "status") and chance.random() < 2 / 3:
        told["status"] = chance.choice([term for term in type(record.status) if term in _DONE])
    for field in ("signed", "entry_into_force", "period", "opened"):
        if hasattr(record, field) and chance.random() < 2 / 3:
            told[field] = Edtf(chance.choice(_DATES))
    if isinstance(record, Deployment):
        told["sender"], *hosts = chance.sample(STATES, chance.choice((2, 2, 3)))
        told["hosts"] = tuple(hosts)
        if record.size is not None:
            told["size"] = record.size.model_copy(update={"unit": Unit.PERSONS})
    if isinstance(record, TradeFigure):
        told["partners"] = tuple(chance.sample(STATES, 2))
    if isinstance(record, Engagement):
        many = zip(chance.sample(actors, 3), record.participants * 3, strict=False)
        told["participants"] = tuple(one.model_copy(update={"actor": actor}) for actor, one in many)
    if isinstance(record, Agreement):
        told["parties"] = tuple(chance.sample(STATES, chance.choice((2, 3))))
    return told
