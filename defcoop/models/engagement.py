"""Engagements: meetings, visits, calls, operations and other acts of cooperation."""

from __future__ import annotations

from typing import Annotated

from defcoop.models.ids import AnyId
from defcoop.models.meaning import Counted
from defcoop.models.parts import Participant, Place, Topic
from defcoop.models.record import Record
from defcoop.values import Edtf, Label, Phase, Quantity, Status, Term, Time, coded, uncoded


class EngagementKind(Term, is_open=True):
    """What kind of act an engagement is, and whether it takes at least two who do it."""

    is_joint: bool

    def __init__(self, _value: str, _definition: str, is_joint: bool = True) -> None:  # noqa: FBT001, FBT002 - a term's
        """Keep whether it takes two."""
        self.is_joint = is_joint

    MEETING = "meeting", "A meeting (PLOVER CONSULT)."
    VISIT = "visit", "A visit (PLOVER CONSULT, visit)."
    CALL = "call", "A telephone call (PLOVER CONSULT, phone)."
    JOINT_COMMITTEE = "joint_committee", "A session of a standing joint body (PLOVER CONSULT)."
    JOINT_OPERATION = "joint_operation", "Acting together for one end (PLOVER COOPERATE)."
    ANNOUNCEMENT = "announcement", "A public announcement whose matter has no record of its own.", False
    COOPERATION = "cooperation", "Support, exchange or projects carried on over time (PLOVER COOPERATE).", False


class EngagementStatus(Status):
    """The furthest stage that the texts tell."""

    EXPECTED = "expected", "Somebody expects it; nobody is told to have decided it.", Phase.EXPECTED
    PLANNED = "planned", "Those concerned intend or have agreed it.", Phase.PLANNED
    ANNOUNCED = "announced", "Announced by those concerned with a place or a time.", Phase.PLANNED
    ONGOING = "ongoing", "Told as going on.", Phase.ONGOING
    HELD = "held", "Told as having taken place.", Phase.ENDED
    CANCELLED = "cancelled", "Told as called off.", Phase.CANCELLED
    UNSTATED = "unstated", "No stage is told.", Phase.UNSTATED


class EngagementParticipant(Participant):
    """An actor that takes part, with its role and its office at the time."""

    office: Annotated[Label | None, coded("The office at the time, as told, in English.", office=True)] = None


class Engagement(Record):
    """A meeting, visit, call, committee session, operation or continuing cooperation."""

    PEOPLE_TAKE_PART = True

    SCHEMA_ORG = "Event"
    COUNTED = (
        Counted("meetings, visits and other engagements held or under way", "PLOVER CONSULT and COOPERATE", "met"),
    )

    kind: Annotated[EngagementKind, coded("What kind of act it is.", source="PLOVER mode", identifies=True)]
    participants: Annotated[tuple[EngagementParticipant, ...], uncoded("Who takes part.", min_length=1)]
    place: Annotated[Place | None, coded("Where.", expected=True)] = None
    announced: Annotated[Edtf | None, coded("When it was announced.", time=Time.ANNOUNCED)] = None
    agreed: Annotated[Edtf | None, coded("When it was agreed.", time=Time.AGREED)] = None
    period: Annotated[Edtf | None, coded("When.", expected=True, time=Time.COVERS)] = None
    topics: Annotated[tuple[Topic, ...], coded("What about.", item="topic")] = ()
    status: Annotated[EngagementStatus, coded("The furthest stage that the texts tell.")]
    outcomes: Annotated[
        tuple[AnyId, ...], coded("Records of what came or is to come of it.", outward=True, item="record_id")
    ] = ()
    aggregate: Annotated[
        Quantity | None, coded("Set when the text speaks of a set: how many it holds.", counts=True)
    ] = None
