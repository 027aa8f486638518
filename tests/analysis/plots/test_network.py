"""The network: who is tied to whom, by what, in how many records, and told as done or not."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from defcoop.analysis.plots._labels import DASH
from defcoop.analysis.plots._ties import Tie, ties
from defcoop.analysis.plots.network import circle, network
from defcoop.models.evidence import Stance
from tests.analysis.plots.drawings import dataset, layers, record, rows, subtitle, texts

if TYPE_CHECKING:
    import defcoop


def test_records_of_one_kind_between_two_states_are_one_tie() -> None:
    data = dataset(record("agreement", "one"), record("agreement", "two"), record("exercise", "wave"))
    assert ties(data) == [
        Tie("act-a", "act-b", "agreed", ("agr-one", "agr-two"), ("agr-one", "agr-two")),
        Tie("act-a", "act-b", "exercised", ("exe-wave",), ("exe-wave",)),
    ]


def test_trade_has_no_status_and_counts_as_told() -> None:
    [tie] = ties(dataset(record("trade_figure", "order")))
    assert (tie.kind, tie.done) == ("traded", ("trd-order",))


def test_what_is_planned_is_a_tie_that_is_not_done_and_what_is_denied_is_none() -> None:
    assert [tie.done for tie in ties(dataset(record("deployment", "post", status="planned")))] == [()]
    for stances, expected in (("denied",), []), (("alleged",), [()]), (("asserted", "denied"), [()]):
        told = record("deployment", "post", status="deployed")
        entries = tuple(
            told.evidence[0].model_copy(update={"stance": Stance(stance), "supports": ("status",)})
            for stance in stances
        )
        assert [tie.done for tie in ties(dataset(told.model_copy(update={"evidence": entries})))] == expected


def test_hosts_of_one_deployment_are_not_tied_to_each_other() -> None:
    data = dataset(record("actor", "c"), record("deployment", "post", hosts=["act-b", "act-c"]))
    assert [(tie.one, tie.other) for tie in ties(data)] == [("act-a", "act-b"), ("act-a", "act-c")]


def test_a_ministry_stands_for_its_state_and_a_company_for_nobody() -> None:
    ministry = record("actor", "ministry", kind="ministry", country="act-b")
    company = record("actor", "works", kind="company", country="act-b")
    signed = record("agreement", "pact", parties=["act-a", "act-ministry"])
    assert [(tie.one, tie.other) for tie in ties(dataset(ministry, signed))] == [("act-a", "act-b")]
    bought = record("agreement", "pact", parties=["act-a", "act-works"])
    assert ties(dataset(company, bought)) == []


def test_a_bow_leads_from_state_to_state_and_carries_its_number() -> None:
    chart = network(dataset(record("agreement", "one"), record("agreement", "two")))
    bow = rows(chart, "line")
    assert (bow[0]["x"], bow[0]["y"], bow[-1]["x"], bow[-1]["y"]) == (0, 1, 0, -1)
    assert {row["records"] for row in bow} == {2}
    assert {row["states"] for row in bow} == {f"A {DASH} B"}
    assert "2" in texts(chart)


def test_bows_of_one_pair_lie_apart() -> None:
    chart = network(dataset(record("agreement", "one"), record("exercise", "wave"), record("engagement", "visit")))
    middles = [row["x"] for row in rows(chart, "line") if row["step"] == 12]
    assert len(middles) == 3
    assert all(abs(one - other) > 0.1 for one, other in combinations(middles, 2))


def test_what_is_only_planned_is_dashed() -> None:
    data = dataset(record("agreement", "one"), record("deployment", "post", status="planned"))
    dashes = {
        row["tie"]: layer["mark"]["strokeDash"]
        for kind, layer, drawn in layers(network(data))
        if kind == "line"
        for row in drawn
    }
    assert dashes == {"agreed": [1, 0], "deployed": [5, 4]}


def test_only_the_kinds_that_there_are_stand_in_the_legend(shipped: defcoop.Dataset) -> None:
    found = texts(network(dataset(record("agreement", "one"))))
    assert "agreed" in found
    assert "met" not in found
    assert {tie.kind for tie in ties(shipped)} <= set(texts(network(shipped)))


def test_states_stand_evenly_on_a_circle() -> None:
    places = circle(["act-a", "act-b", "act-c", "act-d"])
    assert [tuple(round(number) for number in spot) for spot in places.values()] == [(0, 1), (1, 0), (0, -1), (-1, 0)]


def test_the_states_with_most_records_are_kept() -> None:
    data = dataset(
        record("actor", "c", "C"),
        *(record("agreement", f"n{n}", parties=["act-b", "act-c"]) for n in range(2)),
        record("agreement", "pact"),
    )
    found = texts(network(data, most=2))
    assert {"B", "C"} <= set(found)
    assert "A" not in found
    assert subtitle(network(data, most=2))[0] == "States: 3 · records: 3 · sources: 1 · states not shown: 1"


def crowd(number: int) -> defcoop.Dataset:
    """States of which each is tied to every other."""
    states = [record("actor", f"s{n:02}", f"State {n:02}") for n in range(number)]
    pairs = combinations([state.id for state in states], 2)
    return dataset(*states, *(record("agreement", f"n{n}", parties=list(pair)) for n, pair in enumerate(pairs)))


def angles(data: defcoop.Dataset) -> list[float | None]:
    return [
        layer["mark"].get("angle")
        for kind, layer, drawn in layers(network(data))
        if kind == "text" and drawn and drawn[0]["text"].startswith("State")
    ]


def test_names_of_many_states_are_written_outwards_and_none_upside_down() -> None:
    assert set(angles(crowd(6))) == {None}
    turned = angles(crowd(14))
    assert len(set(turned)) > 5
    assert all(angle is not None and (angle <= 90 or angle >= 270) for angle in turned)


@pytest.mark.parametrize(("states", "numbered"), [(11, True), (12, False)])
def test_very_many_bows_carry_no_numbers_and_the_note_promises_none(states: int, numbered: bool) -> None:  # noqa: FBT001 - a parameter of the test
    chart = network(crowd(states))
    assert ("1" in texts(chart)) is numbered
    assert ("Width and number: records." in subtitle(chart)[1]) is numbered
