"""Actors: states, organisations and people that cooperate, or that tell of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, NamedTuple

from defcoop.models.ids import ActorId
from defcoop.models.record import Record
from defcoop.values import Edtf, Frozen, Key, Label, Role, Term, Time, coded, uncoded


class Nature(NamedTuple):
    """What a kind of actor is elsewhere (schema.org, FollowTheMoney), and what it can be.

    An organ of its state; a side of agreements, deployments, supplies and exercises, as persons and media are not.
    """

    schema_org: str
    ftm: str
    is_organ: bool = False
    is_side: bool = True


_ORGANISATION = Nature("Organization", "Organization")
_ORGAN = Nature("GovernmentOrganization", "PublicBody", is_organ=True)


class ActorKind(Term, is_open=True):
    """What an actor is."""

    nature: Nature

    def __init__(self, _value: str, _definition: str, nature: Nature) -> None:
        """Keep the nature."""
        self.nature = nature

    STATE = (
        "state",
        "A state as such, also where the text says a capital or 'the two countries'.",
        Nature("Country", "PublicBody"),
    )
    IGO = "igo", "An intergovernmental organisation.", _ORGANISATION
    GOVERNMENT = "government", "A government, where the text sets it apart from the state.", _ORGAN
    MINISTRY = "ministry", "A ministry.", _ORGAN
    LEGISLATURE = "legislature", "A parliament.", _ORGAN
    ARMED_SERVICE = "armed_service", "Armed forces or one of their services.", _ORGAN
    AGENCY = "agency", "Another public body, such as an intelligence service.", _ORGAN
    COMPANY = "company", "A company.", Nature("Corporation", "Company")
    MEDIA = (
        "media",
        "A news agency, outlet or platform.",
        Nature("NewsMediaOrganization", "Organization", is_side=False),
    )
    PERSON = "person", "A human being.", Nature("Person", "Person", is_side=False)
    NONSTATE_GROUP = "nonstate_group", "An armed or political group that is no state's.", _ORGANISATION
    JOINT_BODY = "joint_body", "A committee or command that several states keep together.", _ORGANISATION


class CodeScheme(Term):
    """A system of codes for states and other actors.

    `closes` is the day at which a list of states ends: of a code whose validity is open there, the list says that the
    state stood on that day, and later use carries it on. A code that `is_derived` follows from another one and need not
    be given.
    """

    closes: date | None
    is_derived: bool

    def __init__(self, value: str, _definition: str = "", closes: date | None = None) -> None:
        """Keep the day at which the list closes, and whether the code follows from another."""
        self.closes = closes
        self.is_derived = value in {"iso2", "iso_numeric"}

    ISO3 = "iso3", "ISO 3166-1 alpha-3."
    ISO2 = "iso2", "ISO 3166-1 alpha-2; follows from iso3."
    ISO_NUMERIC = "iso_numeric", "ISO 3166-1 numeric, three digits; follows from iso3."
    COW = (
        "cow",
        "Correlates of War country code (v2016); what is open there stood when the list closed, on 2016-12-31.",
        date(2016, 12, 31),
    )
    GW = (
        "gw",
        "Gleditsch and Ward country number; what is open there stood when their list closed, on 2017-12-31.",
        date(2017, 12, 31),
    )
    WIKIDATA = "wikidata", "Wikidata item."


class Code(Frozen):
    """A code with the dates between which it holds; checked against defcoop's own table, not read from a text."""

    KEY: ClassVar[tuple[str, ...]] = ("scheme", "code", "valid")

    scheme: Annotated[CodeScheme, uncoded("The system of codes.")]
    code: Annotated[str, uncoded("The code.", pattern=r"^[A-Z0-9]{1,12}$")]
    valid: Annotated[
        Edtf,
        uncoded("When the code holds for this actor; an open end is `..`.", source="EDTF interval", time=Time.COVERS),
    ]


class Office(Frozen):
    """An office that a person holds, at the time of which the text speaks."""

    KEY: ClassVar[tuple[str, ...]] = ("title", "organisation")

    title: Annotated[Key, coded("The title as told, in English.")]
    organisation: Annotated[
        ActorId, coded("The organisation or state in which the office is held.", role=Role.EMPLOYER)
    ]
    held: Annotated[Edtf | None, coded("When it is held, as far as told.", time=Time.COVERS)] = None


class Membership(Frozen):
    """An organisation that the actor belongs to."""

    KEY: ClassVar[tuple[str, ...]] = ("organisation",)

    organisation: Annotated[ActorId, coded("The organisation.", role=Role.ORGANISATION)]
    period: Annotated[Edtf | None, coded("When, as far as told.", time=Time.COVERS)] = None


class Actor(Record):
    """A state, organisation or person."""

    IS_ACT = False

    kind: Annotated[ActorKind, coded("What the actor is.", identifies=True)]
    country: Annotated[ActorId | None, coded("The state that it belongs to.", role=Role.COUNTRY, acyclic=True)] = None
    parent: Annotated[ActorId | None, coded("The organisation that it is part of.", role=None, acyclic=True)] = None
    rank: Annotated[Label | None, coded("Military rank or academic title as told, in English.", office=True)] = None
    memberships: Annotated[tuple[Membership, ...], uncoded("Organisations that it belongs to.")] = ()
    offices: Annotated[tuple[Office, ...], uncoded("Offices held at the time told.")] = ()
    codes: Annotated[tuple[Code, ...], uncoded("Its codes in other systems, with validity dates.")] = ()
