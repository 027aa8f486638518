"""Agreements: what actors discussed, agreed, signed, ratified or brought into force."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from defcoop.models.ids import ActorId, AgreementId
from defcoop.models.meaning import Counted
from defcoop.models.parts import Duration, Topic
from defcoop.models.record import Record
from defcoop.values import Edtf, Frozen, Label, Phase, Quantity, Role, Status, Term, Time, Unit, coded, uncoded


class Instrument(Term, is_open=True):
    """The form of an agreement."""

    TREATY = "treaty", "A treaty or convention, called so (ATOP ESTMODE)."
    EXECUTIVE_AGREEMENT = "executive_agreement", "An agreement between governments, called so (ATOP ESTMODE)."
    EXCHANGE_OF_NOTES = "exchange_of_notes", "An exchange of notes or letters (ATOP ESTMODE)."
    MOU = "mou", "A memorandum of understanding."
    PROTOCOL = "protocol", "A protocol."
    STATEMENT = "statement", "A joint statement or declaration (ATOP ESTMODE)."
    AGREEMENT = "agreement", "Called an agreement (Arabic ittifaqiyya) and nothing narrower."
    CONTRACT = "contract", "A contract for goods or services."
    UNDERSTANDING = "understanding", "Something agreed of which no instrument is told."
    MIXED = "mixed", "A set that holds more than one form."


class Laterality(Term):
    """How many sides an agreement has."""

    parties: range

    def __init__(self, _value: str, _definition: str, parties: range) -> None:
        """Keep how many parties it may have."""
        self.parties = parties

    BILATERAL = "bilateral", "Two parties (World Treaty Index).", range(2, 3)
    MULTILATERAL = "multilateral", "Three or more parties (World Treaty Index).", range(3, 1001)
    UNILATERAL = "unilateral", "One party declares (World Treaty Index).", range(1, 2)


class DcadCategory(Term):
    """A field of defence cooperation in the categories of Kinne's Defense Cooperation Agreement Dataset."""

    POLICY_COORDINATION = "policy_coordination", "Mutual consultation and coordination of defence policy."
    EXERCISES = "exercises", "Joint military exercises."
    PEACEKEEPING = "peacekeeping", "Coordination of peacekeeping."
    RESEARCH_DEVELOPMENT = "research_development", "Joint defence research, development or industry."
    PROCUREMENT_ARMS = "procurement_arms", "Arms procurement, supply and support."
    TRAINING_EXCHANGE = "training_exchange", "Training, education and exchange of personnel."
    CLASSIFIED_INFORMATION = "classified_information", "Exchange or protection of classified information."
    WORKING_GROUP = "working_group", "A standing committee or mechanism."


class AgreementStatus(Status):
    """The furthest stage that the texts tell."""

    DISCUSSED = "discussed", "Talked about; nothing agreed.", Phase.DISCUSSED
    PLANNED = "planned", "One side or both intend it.", Phase.PLANNED
    ANNOUNCED = "announced", "Announced by those who are to make it; not told as agreed.", Phase.PLANNED
    AGREED = "agreed", "Agreed, or its signing agreed; not told as signed.", Phase.PLANNED
    SIGNED = "signed", "Told as signed or concluded.", Phase.MADE
    RATIFIED = "ratified", "Told as ratified; entry into force not told.", Phase.MADE
    IN_FORCE = "in_force", "Told as having entered into force or been activated.", Phase.BEGUN
    ENDED = "ended", "Told as expired or terminated.", Phase.ENDED
    CANCELLED = "cancelled", "Told as given up before it was made.", Phase.CANCELLED
    UNSTATED = "unstated", "No stage is told.", Phase.UNSTATED


class Dca(Term):
    """Whether an agreement counts as a defence cooperation agreement, and which (Kinne's DCAD)."""

    GENERAL = "general", "It lays down defence cooperation in general (DCAD general agreement)."
    SECTOR = "sector", "It lays down cooperation in one field of defence (DCAD sector agreement)."
    NONE = "none", "It is none: no framework for defence cooperation between two states."


class AgreementRole(Term):
    """What an actor does under an agreement, if its sides do not all do the same."""

    PROVIDER = "provider", "Gives goods, services, training or support (SIPRI supplier)."
    RECIPIENT = "recipient", "Receives them (SIPRI recipient)."
    BENEFICIARY = "beneficiary", "The force or body that they are for, party or not."
    HOST = "host", "Receives personnel or a site on its ground."
    SENDER = "sender", "Sends personnel."


class RoleOf(Frozen):
    """An actor and what it does under an agreement; it need not be a party."""

    KEY: ClassVar[tuple[str, ...]] = ("actor", "role")

    actor: Annotated[ActorId, coded("Who.", role=None)]
    role: Annotated[
        AgreementRole, coded("What it does.", source="SIPRI supplier and recipient, troopdata sender and host")
    ]


class SigningAct(Term):
    """What who stands for a party is told to have done."""

    SIGNED = "signed", "Signed it."
    AGREED = "agreed", "Agreed to it; not told to have signed."


class Signatory(Frozen):
    """Who signed or agreed for a party."""

    KEY: ClassVar[tuple[str, ...]] = ("actor",)

    actor: Annotated[ActorId, coded("Who signed or agreed.", role=Role.SIGNATORY)]
    party: Annotated[ActorId | None, coded("For which party.", role=None)] = None
    office: Annotated[Label | None, coded("The office in which, as told, in English.", office=True)] = None
    act: Annotated[SigningAct | None, coded("Whether it signed or only agreed.")] = None


class Ratification(Frozen):
    """A ratification by one side."""

    KEY: ClassVar[tuple[str, ...]] = ("by",)

    by: Annotated[ActorId, coded("Who ratified it.", role=Role.RATIFIER)]
    date: Annotated[Edtf | None, coded("When.", source="ATOP ratification", time=Time.CONFIRMED)] = None


class RelationKind(Term):
    """How an agreement stands to another."""

    AMENDS = "amends", "It changes the other."
    EXTENDS = "extends", "It prolongs the other."
    IMPLEMENTS = "implements", "It is made under the other or carries it out."


class Relation(Frozen):
    """A tie to another agreement."""

    KEY: ClassVar[tuple[str, ...]] = ("kind", "agreement")

    kind: Annotated[RelationKind, coded("How it stands to the other.")]
    agreement: Annotated[AgreementId, coded("The other agreement.")]


class ObligationKind(Term):
    """What a party must do (ATOP)."""

    atop: str

    def __init__(self, _value: str, _definition: str, atop: str) -> None:
        """Keep the column of ATOP."""
        self.atop = atop

    DEFENSE = "defense", "Aid a party that is attacked (ATOP DEFENSE).", "defense"
    OFFENSE = "offense", "Join in a conflict not begun by an attack (ATOP OFFENSE).", "offense"
    NEUTRALITY = "neutrality", "Stay neutral (ATOP NEUTRAL).", "neutral"
    NONAGGRESSION = "nonaggression", "Refrain from attack (ATOP NONAGG).", "nonagg"
    CONSULTATION = "consultation", "Consult (ATOP CONSUL).", "consul"


class Obligation(Frozen):
    """An alliance obligation of one party."""

    KEY: ClassVar[tuple[str, ...]] = ("party", "kind")

    party: Annotated[ActorId, coded("Who must.", role=None)]
    kind: Annotated[ObligationKind, coded("What it must do.", source="ATOP obligations")]


def _scale(top: int) -> object:
    return Field(strict=True, ge=0, le=top)


MILCON = {0: "None.", 1: "In hostilities only.", 2: "In peacetime too.", 3: "A common defence policy."}
MILAID = {
    0: "None.",
    1: "General or unspecified.",
    2: "Grants or loans.",
    3: "Technology, training or supplies.",
    4: "Both grants or loans and technology, training or supplies.",
}
BASE = {
    0: "None.",
    1: "Joint bases on neutral territory.",
    2: "Each may station troops in the other's territory.",
    3: "One or more may station troops in the others' territory.",
}


class Provisions(Frozen):
    """What the agreement provides, in ATOP's codes."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    milcon: Annotated[int | None, _scale(3), coded("Military contact, 0 to 3.", source="ATOP milcon")] = None
    milaid: Annotated[int | None, _scale(4), coded("Military aid, 0 to 4.", source="ATOP milaid")] = None
    base: Annotated[int | None, _scale(3), coded("Stationing of troops, 0 to 3.", source="ATOP base")] = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.milcon is self.milaid is self.base is None:
            kind, reason = "empty_part", "holds nothing; leave the field out"
            raise PydanticCustomError(kind, reason)
        return self


class Agreement(Record):
    """An agreement, or a set of agreements of which the text speaks as one."""

    SCHEMA_ORG = "CreativeWork"
    COUNTED = (
        Counted("agreements signed", "DCAD signature", "agreed", name="agreements_signed"),
        Counted(
            "agreements in force on one day of it or more",
            "DCAD entry into force",
            name="agreements_in_force",
            time=Time.BEGINS,
        ),
    )

    instrument: Annotated[
        Instrument | None, coded("Its form.", source="ATOP ESTMODE", expected=True, identifies=True)
    ] = None
    laterality: Annotated[Laterality, coded("How many sides it has.", source="World Treaty Index laterality")]
    parties: Annotated[
        tuple[ActorId, ...],
        coded("Its parties.", source="DCAD parties", role=Role.PARTY, item="actor_id", min_length=1),
    ]
    signatories: Annotated[tuple[Signatory, ...], uncoded("Who signed or agreed for a party.")] = ()
    roles: Annotated[tuple[RoleOf, ...], uncoded("Who does what under it, where the sides do not do the same.")] = ()
    scope: Annotated[
        tuple[DcadCategory, ...],
        coded("Fields of defence cooperation.", source="DCAD category", item="category", expected=True),
    ] = ()
    dca: Annotated[
        Dca | None, coded("Whether it is a defence cooperation agreement, and which.", source="DCAD general and sector")
    ] = None
    subjects: Annotated[tuple[Topic, ...], coded("What it is about, in the text's terms.", item="topic")] = ()
    announced: Annotated[Edtf | None, coded("When it was announced.", time=Time.ANNOUNCED)] = None
    agreed: Annotated[Edtf | None, coded("When it was agreed, or its signing.", time=Time.AGREED)] = None
    signed: Annotated[
        Edtf | None, coded("When it was signed.", source="DCAD signature", expected=True, time=Time.MADE)
    ] = None
    ratified: Annotated[tuple[Ratification, ...], uncoded("Who ratified it and when.")] = ()
    entry_into_force: Annotated[
        Edtf | None,
        coded("When it entered into force.", source="DCAD entry into force", expected=True, time=Time.BEGINS),
    ] = None
    term: Annotated[
        Duration | None, coded("How long it is to run.", source="DCAD span", expected=True, time=Time.LASTS)
    ] = None
    ends: Annotated[Edtf | None, coded("When it ends or ended.", source="DCAD terminated", time=Time.ENDS)] = None
    status: Annotated[AgreementStatus, coded("The furthest stage that the texts tell.")]
    as_of: Annotated[Edtf | None, coded("A time for which the status is told.", time=Time.AS_OF)] = None
    aggregate: Annotated[
        Quantity | None,
        coded(
            "Set when the text speaks of a set: how many agreements it holds.", counts=True, units=(Unit.AGREEMENTS,)
        ),
    ] = None
    relations: Annotated[tuple[Relation, ...], uncoded("Ties to other agreements.", acyclic=True)] = ()
    provisions: Annotated[Provisions | None, coded("What it provides.", source="ATOP provisions")] = None
    obligations: Annotated[tuple[Obligation, ...], uncoded("Alliance obligations per party.")] = ()
