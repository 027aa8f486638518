"""Exercises: manoeuvres and drills that actors hold together."""

from __future__ import annotations

from typing import Annotated

from defcoop.models.meaning import Counted
from defcoop.models.parts import Participant, Place
from defcoop.models.record import Record
from defcoop.values import Edtf, Label, Phase, Status, Term, Time, coded, uncoded


class ExerciseKind(Term, is_open=True):
    """How an exercise is carried out (JME v3)."""

    FTX = "ftx", "Field training exercise."
    CPX = "cpx", "Command post exercise."
    BOTH = "both", "Field and command post."
    UNSURE = "unsure", "The text does not say."


class Domain(Term, is_open=True):
    """Where forces act."""

    AIR = "air", "In the air (JME)."
    LAND = "land", "On land (JME)."
    SEA = "sea", "At sea (JME)."
    AMPHIBIOUS = "amphibious", "From the sea to land (JME)."
    CYBER = "cyber", "In networks."


class ExerciseStatus(Status):
    """The furthest stage that the texts tell."""

    EXPECTED = "expected", "Somebody expects it; nobody is told to have decided it.", Phase.EXPECTED
    PLANNED = "planned", "Decided or intended.", Phase.PLANNED
    ANNOUNCED = "announced", "Announced by those who hold it.", Phase.PLANNED
    UNDER_WAY = "under_way", "Told as going on.", Phase.ONGOING
    HELD = "held", "Told as held or concluded.", Phase.ENDED
    CANCELLED = "cancelled", "Told as called off.", Phase.CANCELLED
    UNSTATED = "unstated", "No stage is told.", Phase.UNSTATED


class Exercise(Record):
    """A joint exercise, or a set of exercises of which the text speaks as one."""

    SCHEMA_ORG = "Event"
    IS_JOINT = True
    COUNTED = (Counted("exercises held", "JME exercise", "exercised"),)

    series: Annotated[Label | None, coded("The series that it belongs to.", source="JME exercise series")] = None
    participants: Annotated[tuple[Participant, ...], uncoded("Who takes part.", min_length=1)]
    kind: Annotated[
        ExerciseKind | None, coded("How it is carried out.", source="JME v3 type", expected=True, identifies=True)
    ] = None
    domains: Annotated[tuple[Domain, ...], coded("Where forces act.", source="JME domain", item="domain")] = ()
    place: Annotated[Place | None, coded("Where it is held.", expected=True)] = None
    announced: Annotated[Edtf | None, coded("When it was announced.", time=Time.ANNOUNCED)] = None
    agreed: Annotated[Edtf | None, coded("When it was agreed.", time=Time.AGREED)] = None
    period: Annotated[Edtf | None, coded("When it is held.", expected=True, time=Time.COVERS)] = None
    status: Annotated[ExerciseStatus, coded("The furthest stage that the texts tell.")]
