"""Facilities: bases, headquarters, ports and other sites."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from defcoop.models.ids import ActorId, FacilityId
from defcoop.models.meaning import Counted
from defcoop.models.parts import Place
from defcoop.models.record import Record
from defcoop.values import Edtf, Phase, Role, Status, Term, Time, coded


class FacilityClass(Term, is_open=True):
    """What a facility is."""

    BASE = "base", "A military base (Vine)."
    NAVAL_BASE = "naval_base", "A naval base."
    LILYPAD = "lilypad", "A small or secret site (Vine)."
    FUNDED_SITE = "funded_site", "A site paid for but not used by the sender (Vine)."
    HEADQUARTERS = "headquarters", "A headquarters or command post."
    PORT = "port", "A port."


class FacilityStatus(Status):
    """The furthest stage that the texts tell."""

    DISCUSSED = "discussed", "Talked about; nothing agreed.", Phase.DISCUSSED
    PLANNED = "planned", "Intended or agreed, not told as built or opened.", Phase.PLANNED
    ANNOUNCED = "announced", "Announced by those who are to open it; not told as opened.", Phase.PLANNED
    OPEN = "open", "Told as opened or in use.", Phase.BEGUN
    CLOSED = "closed", "Told as closed.", Phase.ENDED
    CANCELLED = "cancelled", "Told as given up before it was opened.", Phase.CANCELLED
    UNSTATED = "unstated", "No stage is told.", Phase.UNSTATED


class Facility(Record):
    """A site of forces or of a command."""

    SCHEMA_ORG = "Place"
    FTM = "RealEstate"
    IS_ACT = False
    COUNTED = (Counted("sites of one on the ground of the other, open on one day of it or more", "Vine host and user"),)

    class_: Annotated[FacilityClass, Field(alias="class"), coded("What it is.", source="Vine class", identifies=True)]
    place: Annotated[Place | None, coded("Where it is.", expected=True)] = None
    part_of: Annotated[FacilityId | None, coded("The facility that it lies in.", acyclic=True)] = None
    host: Annotated[ActorId, coded("On whose ground.", source="Vine host", role=Role.HOST)]
    users: Annotated[
        tuple[ActorId, ...], coded("Who uses or is to use it.", source="Vine user", role=Role.USER, item="actor_id")
    ] = ()
    operator: Annotated[ActorId | None, coded("Who runs it.", expected=True, role=Role.OPERATOR)] = None
    announced: Annotated[Edtf | None, coded("When it was announced.", time=Time.ANNOUNCED)] = None
    opened: Annotated[Edtf | None, coded("When it was opened.", expected=True, time=Time.BEGINS)] = None
    closed: Annotated[Edtf | None, coded("When it was closed.", time=Time.ENDS)] = None
    status: Annotated[FacilityStatus, coded("The furthest stage that the texts tell.")]
    as_of: Annotated[Edtf | None, coded("A time for which the status is told.", time=Time.AS_OF)] = None
