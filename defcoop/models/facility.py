"""Facilities: bases, headquarters, ports and other sites."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from defcoop.models._fields import ActorId, FacilityId
from defcoop.models._shared import Place
from defcoop.models.record import Record
from defcoop.values import Edtf, Term, coded


class FacilityClass(Term):
    """What a facility is."""

    BASE = "base", "A military base (Vine)."
    NAVAL_BASE = "naval_base", "A naval base."
    LILYPAD = "lilypad", "A small or secret site (Vine)."
    FUNDED_SITE = "funded_site", "A site paid for but not used by the sender (Vine)."
    HEADQUARTERS = "headquarters", "A headquarters or command post."
    PORT = "port", "A port."


class FacilityStatus(Term):
    """The furthest stage that the texts tell."""

    DISCUSSED = "discussed", "Talked about; nothing agreed."
    PLANNED = "planned", "Intended or agreed, not told as built or opened."
    OPEN = "open", "Told as opened or in use."
    CLOSED = "closed", "Told as closed."
    ALLEGED = "alleged", "Rests on allegation or hearsay alone."


class Facility(Record):
    """A site of forces or of a command."""

    class_: Annotated[FacilityClass, Field(alias="class"), coded("What it is.", source="Vine class")]
    place: Annotated[Place | None, coded("Where it is.", expected=True)] = None
    part_of: Annotated[FacilityId | None, coded("The facility that it lies in.", acyclic=True)] = None
    host: Annotated[ActorId, coded("On whose ground.", source="Vine host")]
    users: Annotated[tuple[ActorId, ...], coded("Who uses or is to use it.", source="Vine user", item="actor_id")] = ()
    operator: Annotated[ActorId | None, coded("Who runs it.", expected=True)] = None
    opened: Annotated[Edtf | None, coded("When it was opened.", expected=True)] = None
    status: Annotated[FacilityStatus, coded("The furthest stage that the texts tell.")]
