"""Trade figures: amounts of money or trade between actors, as a source states them."""

from __future__ import annotations

from typing import Annotated

from defcoop.models.ids import ActorId
from defcoop.models.meaning import Counted
from defcoop.models.record import Record
from defcoop.values import Edtf, Label, Money, Role, Term, Time, coded, uncoded
from defcoop.values.meaning import NEITHER, SOURCE, TARGET, Ranked


class Measure(Term, is_open=True):
    """What an amount measures."""

    ORDER = "order", "Arms ordered (SIPRI)."
    DELIVERY = "delivery", "Arms delivered (SIPRI)."
    LICENCE = "licence", "Export licences granted."
    CONTRACT_VALUE = "contract_value", "The value of a contract."
    NOTIFICATION = "notification", "A sale notified to a legislature."
    DONATION = "donation", "Given without payment."
    MILEX = "milex", "Military expenditure (SIPRI)."
    ECONOMIC_COOPERATION = "economic_cooperation", "Economic cooperation or trade as a whole, as told; not arms."


class Direction(Ranked):
    """Which way goods or money go."""

    TOTAL = "total", "Both ways together, or told as one figure between the partners.", NEITHER, NEITHER
    FIRST_TO_SECOND = "first_to_second", "From the first partner to the second.", SOURCE, TARGET


class PriceBasis(Term):
    """In whose prices an amount is told."""

    CURRENT = "current", "Prices of the year told."
    CONSTANT = "constant", "Prices of a base year."


class Stage(Term):
    """How far an amount has gone (Kiel Ukraine Support Tracker)."""

    COMMITMENT = "commitment", "Promised."
    ALLOCATION = "allocation", "Set aside or specified."
    DELIVERED = "delivered", "Delivered or disbursed."


class TradeFigure(Record):
    """One amount for one period between partners."""

    SCHEMA_ORG = "Observation"
    IS_ACT = False
    IS_JOINT = True
    COUNTED = (Counted("amounts", "SIPRI", "traded", name="trade"),)

    measure: Annotated[Measure, coded("What the amount measures.", source="SIPRI order and delivery", identifies=True)]
    partners: Annotated[
        tuple[ActorId, ...],
        coded("Between whom, in the order that `direction` reads.", role=Role.PARTNER, item="actor_id", min_length=1),
    ]
    direction: Annotated[Direction, coded("Which way it goes.")]
    period: Annotated[Edtf | None, coded("The time that the amount covers.", expected=True, time=Time.COVERS)] = None
    amount: Annotated[Money, coded("The amount.")]
    price_basis: Annotated[
        PriceBasis | None, coded("Current or constant prices.", source="SIPRI price basis", expected=True)
    ] = None
    stage: Annotated[Stage | None, coded("How far it has gone.", source="Kiel stage")] = None
    as_reported: Annotated[Label, uncoded("The figure as the source words it, in English.", source="SIPRI comments")]
