"""What a field or a term means: who is a side, what a date tells, how far a status says that it has come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from defcoop.values.term import Term

SOURCE, NEITHER, TARGET = 1, 0, -1
"""On which side of an act somebody is: PLOVER's source and target, troopdata's sender and host, or neither."""


class Role(Enum):
    """What an actor that a field names has to do with the record; a side of it has a `rank`, others have None."""

    PARTY = "party", NEITHER
    PARTNER = "partner", NEITHER
    PARTICIPANT = "participant", NEITHER
    SENDER = "sender", SOURCE
    USER = "user", SOURCE
    PROVIDER = "provider", SOURCE
    HOST = "host", TARGET
    RECIPIENT = "recipient", TARGET
    OPERATOR = "operator", None
    SIGNATORY = "signatory", None
    RATIFIER = "ratification", None
    EMPLOYER = "employer", None
    ORGANISATION = "organisation", None
    COUNTRY = "country", None
    GROUND = "ground", None

    def __init__(self, word: str, rank: int | None) -> None:
        """Keep the word for people, and the rank."""
        self.word, self.rank = word, rank

    @property
    def is_apart(self) -> bool:
        """Whether no two actors in it may belong to each other."""
        return self in {Role.PARTY, Role.PARTNER}

    @property
    def is_opposed(self) -> bool:
        """Whether the actor in it is none of those on the other side."""
        return self in {Role.SENDER, Role.PROVIDER}

    @property
    def is_ground(self) -> bool:
        """Whether the record plays on the ground of the state named."""
        return self in {Role.HOST, Role.GROUND}


class Time(Enum):
    """What a date or a duration tells of what it stands in; the first five fall in this order."""

    AGREED = "agreed"
    MADE = "made"
    CONFIRMED = "confirmed"
    BEGINS = "begins"
    ENDS = "ends"
    COVERS = "covers"
    LASTS = "lasts"
    ANNOUNCED = "announced"
    AS_OF = "as_of"


TIME_ORDER = (Time.AGREED, Time.MADE, Time.CONFIRMED, Time.BEGINS, Time.ENDS)
"""The dates that fall in an order."""


class Phase(Term):
    """How far a status says that something has come; `stance` is the one that it stands for, if it stands for any."""

    DISCUSSED = "discussed", "Talked about; nobody has decided it.", None
    EXPECTED = "expected", "Somebody expects it; nobody is told to have decided it.", "possible"
    PLANNED = "planned", "Decided, intended, announced, agreed or allowed; not told as done.", "planned"
    MADE = "made", "Made, such as signed or ordered; its effect may begin later.", "asserted"
    BEGUN = "begun", "Told as begun, and since then it goes on.", "asserted"
    ONGOING = "ongoing", "Told as going on at the time.", "asserted"
    ENDED = "ended", "Told as done and over.", "asserted"
    CANCELLED = "cancelled", "Told as given up before it was done.", None
    UNSTATED = "unstated", "No stage is told.", None

    stance: str | None
    is_ahead: bool

    def __init__(self, value: str, _definition: str, stance: str | None) -> None:
        """Keep the stance, and whether it is still to come."""
        self.stance, self.is_ahead = stance, value in {"discussed", "expected", "planned"}

    @property
    def is_done(self) -> bool:
        """Whether something is told to have happened, which no plan or expectation can carry."""
        return self.stance == "asserted"


class Status(Term, is_open=True):
    """A vocabulary of stages; each term says its phase after its definition.

    Raises:
        TypeError: if a term does not.
    """

    phase: Phase

    def __init__(self, value: str, _definition: str, phase: Phase | None = None) -> None:
        """Keep the phase."""
        if phase is None:
            msg = (
                f"{type(self).__name__}: the term {value} does not say how far it has come; "
                f"add a Phase after its definition ({', '.join(known.name for known in Phase)})"
            )
            raise TypeError(msg)
        self.phase = phase


class Ranked(Term):
    """A vocabulary that says on which side actors are: the actor of an item, or those of a list in their order.

    Raises:
        TypeError: if a term does not say so.
    """

    ranks: tuple[int | None, ...]

    def __init__(self, value: str, _definition: str, *ranks: int | None) -> None:
        """Keep the sides, None for somebody who has no part in it."""
        if not ranks:
            msg = (
                f"{type(self).__name__}: the term {value} does not say on which side the actor is; "
                f"add SOURCE, NEITHER, TARGET or None after its definition"
            )
            raise TypeError(msg)
        self.ranks = ranks


UNSAID: Any = ...
"""Stands where a field does not say its role or time, not even that it has none."""


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What a field means beyond its type and description.

    Attributes:
        coded: whether its value is read from a source.
        expected: whether it asks for a value or a reason in `absent`.
        acyclic: whether links through it may not run in a circle.
        item: the column of one item of a list.
        role: what the actor that it names has to do with the record; None if nothing.
        time: what its date or duration tells; None if nothing about what it stands in.
        identifies: whether it tells two records of the type apart.
        kind: whether it says what kind of act it is, where that is not what tells records apart.
        counts: whether it is the number of things in a set told as one.
        units: the units of which it is a number, if not of any.
        office: whether it is the office, rank or title in which an actor acts.
        outward: whether what it names comes of the record, and not the record of it.
    """

    coded: bool = False
    expected: bool = False
    acyclic: bool = False
    item: str = "value"
    role: Role | None = UNSAID
    time: Time | None = UNSAID
    identifies: bool = False
    kind: bool = False
    counts: bool = False
    units: tuple[str, ...] = ()
    office: bool = False
    outward: bool = False

    def __call__(self, schema: dict[str, Any]) -> None:
        """Write what JSON Schemas show of it, as pydantic asks.

        It is a comment, for validators such as Ajv refuse a keyword that the standard does not have.
        """
        shown = {
            "covered by evidence": self.coded,
            "a value or a reason in `absent`": self.expected,
            "links run in no circle": self.acyclic,
        }
        if words := [words for words, holds in shown.items() if holds]:
            schema["$comment"] = f"{'; '.join(words).capitalize()}."
