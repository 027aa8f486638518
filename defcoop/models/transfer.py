"""Transfers: arms, goods and services that one actor supplies or is to supply to another, amount told or not."""

from __future__ import annotations

from typing import Annotated

from defcoop.models.ids import ActorId, AgreementId
from defcoop.models.meaning import Counted
from defcoop.models.record import Record
from defcoop.values import Edtf, Label, Phase, Quantity, Role, Status, Term, Time, Unit, coded


class TransferCategory(Term, is_open=True):
    """What is supplied."""

    AIRCRAFT = "aircraft", "Aircraft, with and without a crew (SIPRI)."
    AIR_DEFENCE = "air_defence", "Air-defence systems (SIPRI)."
    ARMOURED_VEHICLES = "armoured_vehicles", "Armoured vehicles (SIPRI)."
    ARTILLERY = "artillery", "Artillery (SIPRI)."
    ENGINES = "engines", "Engines (SIPRI)."
    MISSILES = "missiles", "Missiles (SIPRI)."
    NAVAL_WEAPONS = "naval_weapons", "Naval weapons (SIPRI)."
    SATELLITES = "satellites", "Reconnaissance satellites (SIPRI)."
    SENSORS = "sensors", "Sensors (SIPRI)."
    SHIPS = "ships", "Ships (SIPRI)."
    OTHER_ARMS = "other_arms", "Other arms (SIPRI other)."
    MIXED = "mixed", "More than one of these, told as one supply."
    SERVICES = "services", "Maintenance, repair, operation, upgrading or logistics."
    TECHNOLOGY = "technology", "Technology or know-how."
    UNSPECIFIED = "unspecified", "Arms or equipment; nothing narrower is told."


class TransferStatus(Status):
    """The furthest stage that the texts tell."""

    DISCUSSED = "discussed", "Talked about; nothing agreed.", Phase.DISCUSSED
    PLANNED = "planned", "One side or both intend it.", Phase.PLANNED
    ANNOUNCED = "announced", "Announced by those concerned; not told as ordered.", Phase.PLANNED
    ORDERED = "ordered", "Ordered or contracted (SIPRI order).", Phase.MADE
    IN_DELIVERY = "in_delivery", "Delivery has begun and is not over (SIPRI delivery).", Phase.ONGOING
    DELIVERED = "delivered", "Delivered (SIPRI delivery).", Phase.ENDED
    CANCELLED = "cancelled", "Told as called off.", Phase.CANCELLED
    UNSTATED = "unstated", "No stage is told.", Phase.UNSTATED


class Transfer(Record):
    """A supply of arms, goods or services, or a set of supplies of which the text speaks as one."""

    SCHEMA_ORG = "Event"
    COUNTED = (Counted("transfers ordered, under delivery or delivered", "SIPRI order and delivery", "supplied"),)

    supplier: Annotated[ActorId, coded("Who supplies.", source="SIPRI supplier", role=Role.PROVIDER)]
    recipient: Annotated[ActorId, coded("Who receives.", source="SIPRI recipient", role=Role.RECIPIENT)]
    beneficiary: Annotated[ActorId | None, coded("The force or body that it is for.", role=None)] = None
    category: Annotated[
        TransferCategory, coded("What is supplied.", source="SIPRI weapon category", identifies=True, kind=True)
    ]
    designation: Annotated[Label | None, coded("What it is called, in English.", source="SIPRI designation")] = None
    quantity: Annotated[
        Quantity | None,
        coded(
            "How many.",
            source="SIPRI number ordered or delivered",
            expected=True,
            units=(Unit.VESSELS, Unit.AIRCRAFT, Unit.VEHICLES, Unit.UNITS),
        ),
    ] = None
    agreement: Annotated[AgreementId | None, coded("The agreement under which.", expected=True)] = None
    announced: Annotated[Edtf | None, coded("When it was announced.", time=Time.ANNOUNCED)] = None
    ordered: Annotated[
        Edtf | None, coded("When it was ordered.", source="SIPRI year of order", expected=True, time=Time.MADE)
    ] = None
    delivered: Annotated[
        Edtf | None,
        coded("When it was delivered.", source="SIPRI year of delivery", expected=True, time=Time.CONFIRMED),
    ] = None
    status: Annotated[TransferStatus, coded("The furthest stage that the texts tell.")]
