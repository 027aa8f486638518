"""Deployments: personnel whom one actor sends, may send or is to send to the ground of another."""

from __future__ import annotations

from typing import Annotated

from defcoop.models.ids import ActorId, AgreementId, FacilityId
from defcoop.models.meaning import Counted
from defcoop.models.parts import Duration
from defcoop.models.record import Record
from defcoop.values import Edtf, Frozen, Phase, Quantity, Role, Status, Term, Time, Unit, coded


class Mission(Term, is_open=True):
    """What the personnel are for."""

    PRESENCE = "presence", "Being stationed there, with no other purpose told."
    OPERATIONS = "operations", "Military operations."
    TRAINING_RECEIVED = "training_received", "Learning from the host."
    TRAINING_GIVEN = "training_given", "Teaching the host's forces."
    ADVISORY = "advisory", "Advising."
    EVENT_SECURITY = "event_security", "Securing a large event."
    PEACEKEEPING = "peacekeeping", "Peacekeeping."


class PersonnelKind(Term, is_open=True):
    """Who is sent."""

    TROOPS = "troops", "Members of armed forces (troopdata)."
    POLICE = "police", "Police."
    ADVISERS = "advisers", "Advisers."
    CADETS = "cadets", "Officer cadets and students of military schools."
    CIVILIAN = "civilian", "Civilian personnel (troopdata)."


class Posture(Term, is_open=True):
    """How the personnel are placed."""

    SITE = "site", "At a base or other fixed site (Security Force Monitor)."
    AREA_OF_OPERATIONS = "area_of_operations", "In an area in which they may operate (Security Force Monitor)."
    TEMPORARY = "temporary", "For the length of an event or a course."


class DeploymentStatus(Status):
    """The furthest stage that the texts tell."""

    DISCUSSED = "discussed", "Talked about; nothing agreed.", Phase.DISCUSSED
    PLANNED = "planned", "Intended or agreed, not told as carried out.", Phase.PLANNED
    ANNOUNCED = "announced", "Announced by those who send; not told as begun.", Phase.PLANNED
    PERMITTED = "permitted", "Allowed by an agreement or a mandate; not told as carried out.", Phase.PLANNED
    DEPLOYED = "deployed", "Told as carried out.", Phase.BEGUN
    ENDED = "ended", "Told as over.", Phase.ENDED
    CANCELLED = "cancelled", "Told as called off.", Phase.CANCELLED
    UNSTATED = "unstated", "No stage is told.", Phase.UNSTATED


class MandateAct(Term):
    """What was done to a mandate."""

    GRANTED = "granted", "Given for the first time."
    EXTENDED = "extended", "Prolonged."
    ENDED = "ended", "Withdrawn or let lapse."


class Mandate(Frozen):
    """The sender's own authorisation of a deployment."""

    issuer: Annotated[ActorId, coded("Who gave it.", role=None)]
    act: Annotated[MandateAct, coded("What was done to it.")]
    date: Annotated[Edtf | None, coded("When.", time=None)] = None
    term: Annotated[Duration | None, coded("For how long.")] = None


class Deployment(Record):
    """Personnel of one sender at one or more hosts."""

    SCHEMA_ORG = "Event"
    COUNTED = (
        Counted("deployments present on one day of it or more", "troopdata sender and host", "deployed", lasts=True),
        Counted(
            "deployments of troops present on one day of it or more",
            "troopdata sender, host and component",
            lasts=True,
            name="deployments_troops",
            kinds=(PersonnelKind.TROOPS,),
        ),
    )

    sender: Annotated[ActorId, coded("Who sends.", source="troopdata sender", role=Role.SENDER)]
    hosts: Annotated[
        tuple[ActorId, ...],
        coded("On whose ground.", source="troopdata host", role=Role.HOST, item="actor_id", min_length=1),
    ]
    mission: Annotated[Mission | None, coded("What for.", expected=True, kind=True)] = None
    personnel: Annotated[PersonnelKind, coded("Who is sent.", source="troopdata component", identifies=True)]
    size: Annotated[
        Quantity | None, coded("How many.", source="troopdata personnel", expected=True, units=(Unit.PERSONS,))
    ] = None
    posture: Annotated[
        Posture | None, coded("How they are placed.", source="Security Force Monitor positioning", expected=True)
    ] = None
    legal_basis: Annotated[AgreementId | None, coded("The agreement that allows it.", expected=True)] = None
    mandate: Annotated[Mandate | None, coded("The sender's own authorisation.", expected=True)] = None
    facility: Annotated[FacilityId | None, coded("The base or site.", expected=True)] = None
    announced: Annotated[Edtf | None, coded("When it was announced.", time=Time.ANNOUNCED)] = None
    agreed: Annotated[Edtf | None, coded("When it was agreed.", time=Time.AGREED)] = None
    start: Annotated[Edtf | None, coded("When it began or is to begin.", expected=True, time=Time.BEGINS)] = None
    end: Annotated[Edtf | None, coded("When it ended or is to end.", time=Time.ENDS)] = None
    status: Annotated[DeploymentStatus, coded("The furthest stage that the texts tell.")]
    as_of: Annotated[Edtf | None, coded("A time for which the status is told.", time=Time.AS_OF)] = None
