"""Models know what they mean, and whoever does not say it is told what to add when the class is defined."""

from __future__ import annotations

from typing import Annotated, Any

import pytest

from defcoop.models import Agreement, Deployment, Engagement, Exercise, Facility, TradeFigure, Transfer
from defcoop.models.engagement import EngagementStatus
from defcoop.models.ids import ActorId
from defcoop.models.meaning import identifying, side_ids, side_names, sides, sides_are_apart, time_fields
from defcoop.models.record import Record
from defcoop.models.registry import TYPES
from defcoop.models.trade_figure import Direction
from defcoop.values import Edtf, Frozen, Key, Phase, Status, Term, Time, coded, uncoded
from defcoop.values.meaning import SOURCE, TARGET, Ranked


class Oath(Frozen):
    """How a pact was sworn."""

    by: Annotated[ActorId, coded("Who swore it.")]


def defined(**fields: Any) -> type[Record]:
    """Define a type of record with some fields beside one that tells its records apart."""
    own = {"form": Annotated[Key, coded("Its form.", identifies=True)]} | fields
    return type("Pact", (Record,), {"__annotations__": own, "__module__": __name__})


def test_a_type_that_says_all_is_defined() -> None:
    dawned = Annotated[Edtf, coded("When it took effect.", time=Time.BEGINS)]
    assert time_fields(defined(dawned=dawned))[Time.BEGINS].name == "dawned"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"keeper": Annotated[ActorId, coded("Who keeps it.")]}, r"Pact\.keeper: say its role, role=None if .*PARTY"),
        ({"targets": Annotated[tuple[ActorId, ...], coded("Whom.")]}, r"Pact\.targets: say its role"),
        ({"dawned": Annotated[Edtf | None, coded("When.")]}, r"Pact\.dawned: say its time, time=None if .*BEGINS"),
        ({"oaths": Annotated[tuple[Oath, ...], uncoded("Sworn.")]}, r"Oath\.by: say its role"),
        ({"form": Annotated[Key, coded("Its form.")]}, r"Pact: no field tells two records apart; say identifies=True"),
        ({"status": Annotated[Key, coded("How far.")]}, r"Pact\.status: derive str from Status, and say the phase"),
    ],
)
def test_a_type_that_does_not_say_what_a_field_means_is_told_what_to_add(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        defined(**fields)


def test_a_status_without_a_phase_is_told_what_to_add() -> None:
    with pytest.raises(TypeError, match=r"PactStatus: the term sworn does not say how far .* add a Phase .*ENDED"):

        class PactStatus(Status):
            """A vocabulary."""

            SWORN = "sworn", "Told as sworn."


def test_a_vocabulary_of_roles_without_a_side_is_told_what_to_add() -> None:
    with pytest.raises(TypeError, match=r"PactRole: the term witness .* add SOURCE, NEITHER, TARGET or None"):

        class PactRole(Ranked):
            """A vocabulary."""

            WITNESS = "witness", "Watches."


def test_the_sides_of_each_type_are_those_between_whom_it_is() -> None:
    assert {kind.name: set(side_names(kind.model)) for kind in TYPES} == {
        "actor": set(),
        "agreement": {"parties"},
        "deployment": {"sender", "hosts"},
        "exercise": {"participants"},
        "trade_figure": {"partners"},
        "engagement": {"participants"},
        "facility": {"host", "users"},
        "transfer": {"supplier", "recipient"},
    }
    assert {kind.name for kind in TYPES if sides_are_apart(kind.model)} == {"agreement", "trade_figure"}


def test_what_tells_records_of_a_type_apart_is_said_on_it() -> None:
    assert {kind.name: identifying(kind.model) for kind in TYPES} == {
        "actor": ("kind",),
        "agreement": ("instrument",),
        "deployment": ("personnel",),
        "exercise": ("kind",),
        "trade_figure": ("measure",),
        "engagement": ("kind",),
        "facility": ("class_",),
        "transfer": ("category",),
    }


def test_users_and_host_of_a_facility_are_its_sides_and_its_operator_is_none() -> None:
    facility = Facility.model_construct(host="act-b", users=("act-a", "act-c"), operator="act-d")
    assert list(side_ids(facility)) == ["act-b", "act-a", "act-c"]
    assert [(side.path, side.rank) for side in sides(facility)] == [
        ("host", TARGET),
        ("users[act-a]", SOURCE),
        ("users[act-c]", SOURCE),
    ]


def test_all_that_is_told_as_done_is_done() -> None:
    done = {
        term.value
        for model in (Agreement, Deployment, Engagement, Exercise, Facility, Transfer)
        for term in model.model_fields["status"].annotation  # type: ignore[union-attr]
        if term.phase.is_done
    }
    agreements = {"signed", "ratified", "in_force", "ended"}
    acts = {"deployed", "under_way", "held", "ongoing", "open", "closed"}
    assert done == agreements | acts | {"ordered", "in_delivery", "delivered"}
    assert EngagementStatus.ONGOING.phase is Phase.ONGOING
    assert issubclass(EngagementStatus, Term)


def test_an_amount_between_three_is_nobodys() -> None:
    figure = TradeFigure.model_construct(partners=("act-a", "act-b", "act-c"), direction=Direction.TOTAL)
    assert list(sides(figure)) == []
    assert list(side_ids(figure)) == ["act-a", "act-b", "act-c"]
