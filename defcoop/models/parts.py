"""Parts and vocabularies that several record types share."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from defcoop.models.ids import ActorId
from defcoop.values import Frozen, Label, Number, Role, Term, coded
from defcoop.values.meaning import NEITHER, SOURCE, TARGET, Ranked

WHERE_PREC = {
    1: "Exact place: a town, village, base or port.",
    2: "Within about 25 km of a known place.",
    3: "Second-order administrative division.",
    4: "First-order administrative division.",
    5: "Landscape term or a region without fixed bounds.",
    6: "Country only.",
    7: "International waters or airspace.",
}
"""How finely a place is told (UCDP where_prec)."""


class Place(Frozen):
    """Where something is, as finely as the text says."""

    name: Annotated[Label, coded("The place as told, in its usual English form.")]
    country: Annotated[ActorId | None, coded("The state that it lies in.", role=Role.GROUND)] = None
    where_prec: Annotated[
        int, Field(strict=True, ge=1, le=7), coded("How finely it is told, 1 to 7.", source="UCDP where_prec")
    ]


class TimeUnit(Term):
    """A unit of duration."""

    YEARS = "years", "Years."
    MONTHS = "months", "Months."
    DAYS = "days", "Days."


class Duration(Frozen):
    """How long something is to run."""

    length: Annotated[Number, coded("How many units of time.", source="ATOP length")]
    unit: Annotated[TimeUnit, coded("The unit of time.")]


class Topic(Term, is_open=True):
    """What a cooperation is about."""

    DEFENCE_COOPERATION = "defence_cooperation", "Military or defence cooperation in general."
    SECURITY_COOPERATION = "security_cooperation", "Police or internal-security cooperation in general."
    GENERAL_COOPERATION = "general_cooperation", "Cooperation in various fields, not defence alone."
    ECONOMY = "economy", "Trade, investment and the economy."
    DEFENCE_INDUSTRY = "defence_industry", "Making arms and military equipment."
    TECHNOLOGY_TRANSFER = "technology_transfer", "Passing on technology or know-how."
    JOINT_DEVELOPMENT = "joint_development", "Developing systems together."
    ARMS_SUPPLY = "arms_supply", "Supplying arms and equipment."
    MAINTENANCE = "maintenance", "Maintaining, repairing, operating and upgrading equipment."
    LOGISTICS = "logistics", "Logistic support."
    DRONES = "drones", "Uncrewed aircraft."
    WARSHIPS = "warships", "Naval vessels."
    ARMOURED_VEHICLES = "armoured_vehicles", "Armoured fighting vehicles."
    AIR_DEFENCE = "air_defence", "Air defence."
    TRAINING = "training", "Training and education of forces."
    EXERCISES = "exercises", "Joint exercises."
    EXPERTISE_EXCHANGE = "expertise_exchange", "Exchange of experience, knowledge and skills."
    TROOP_STATIONING = "troop_stationing", "Stationing forces in another country."
    BASES = "bases", "Military or naval bases."
    CAPACITY_BUILDING = "capacity_building", "Building up another actor's forces."
    INTELLIGENCE = "intelligence", "Exchange of information or joint intelligence work."
    COUNTER_TERRORISM = "counter_terrorism", "Action against terrorism."
    COUNTER_CRIME = "counter_crime", "Action against crime."
    BORDER_SECURITY = "border_security", "Security of borders."
    EVENT_SECURITY = "event_security", "Security of large events."
    DETAINEE_RELEASE = "detainee_release", "Freeing people who are held."
    RECONSTRUCTION = "reconstruction", "Rebuilding after war."
    REGIONAL_AFFAIRS = "regional_affairs", "Bilateral and regional affairs in general."


class ParticipantRole(Ranked, is_open=True):
    """What a participant does in an engagement or exercise."""

    PARTICIPANT = "participant", "Takes part, with no other role told.", NEITHER
    HOST = "host", "Receives the others on its ground.", TARGET
    VISITOR = "visitor", "Comes to the host.", SOURCE
    INITIATOR = "initiator", "Starts the contact.", SOURCE
    PROVIDER = "provider", "Gives support, training or goods.", SOURCE
    RECIPIENT = "recipient", "Receives support, training or goods.", TARGET
    ANNOUNCER = "announcer", "Makes the announcement.", NEITHER
    OBSERVER = "observer", "Watches without taking part.", None


class Participant(Frozen):
    """An actor that takes part, with its role."""

    KEY: ClassVar[tuple[str, ...]] = ("actor",)

    actor: Annotated[ActorId, coded("Who takes part.", role=Role.PARTICIPANT)]
    role: Annotated[ParticipantRole, coded("What it does there.", source="PLOVER source and target")]
