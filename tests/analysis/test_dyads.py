"""Dyads have a row for each pair in each act, whoever stands for whom, with the codes of the time."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from defcoop.analysis._pairs import LAYERS
from defcoop.analysis.dyads import DYADS, dyads
from defcoop.analysis.frames import BACKENDS
from tests.analysis._naive_panel import by_code, sides_of, stands_for
from tests.analysis._worlds import worlds

if TYPE_CHECKING:
    from defcoop import Dataset
    from defcoop.analysis.frames import Backend

MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
ACROSS = ("deployments", "facilities")
DATED = ("entry_into_force", "signed", "period", "opened", "start", "ordered")


def rows(dataset: Dataset, layers: Any = None, **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = dyads(dataset, layers, "polars", **asked).to_dicts()
    return found


def expected(dataset: Dataset, *, states: bool) -> set[tuple[str, str, str, bool]]:
    """Pair by hand: record, source, target, and whether one of them is the source."""
    every = [one.id for one in dataset.actors.values() if one.kind == "state" and not one.withdrawn]
    found: dict[tuple[str, str, str], bool] = {}
    for layer in LAYERS:
        for record in getattr(dataset, layer).values():
            sides = [
                ((stands_for(dataset, actor, every, {}, in_office=office) if states else None) or actor, rank)
                for actor, _, rank, office in sides_of(record)
            ]
            for (one, rank), (other, its_rank) in permutations(() if record.withdrawn else sides, 2):
                if one != other and rank >= its_rank and not (layer in ACROSS and rank == its_rank):
                    key = (record.id, one, other)
                    found[key] = found.get(key, False) or rank > its_rank
    return {(*key, directed) for key, directed in found.items()}


@MANY
@given(worlds(), st.sampled_from([{"states": True}, {"states": False}]))
def test_every_pair_in_every_act_has_a_row_for_each_order_that_it_has(
    dataset: Dataset, states: dict[str, bool]
) -> None:
    found = [(row["record_id"], row["a"], row["b"], row["directed"]) for row in rows(dataset, directed=True, **states)]
    assert len(found) == len(set(found))
    assert set(found) == expected(dataset, **states)


@MANY
@given(worlds())
def test_without_direction_a_pair_has_one_row(dataset: Dataset) -> None:
    found = [(row["record_id"], row["a"], row["b"]) for row in rows(dataset)]
    assert len(found) == len(set(found))
    assert set(found) == {(key, *by_code(dataset, (a, b))) for key, a, b, _ in expected(dataset, states=True)}


@MANY
@given(worlds())
def test_a_code_is_one_that_its_actor_has_within_the_date(dataset: Dataset) -> None:
    for row in rows(dataset):
        for side in "ab":
            actor = dataset.actors[row[side]]
            for scheme in ("cow", "gw", "iso3"):
                first, last = row["date_earliest"] or row["date_latest"], row["date_latest"] or row["date_earliest"]
                held = [
                    one.code
                    for one in actor.codes
                    if one.scheme == scheme
                    and (first is None or (one.valid.earliest or date.min) <= last)
                    and (last is None or (one.valid.latest or date.max) >= first)
                ]
                told = row[f"{scheme}_{side}"]
                assert told is None or str(told) in held
                if len(set(held)) == 1 and not actor.withdrawn:
                    assert str(told) == held[0]


@MANY
@given(worlds())
def test_dates_and_stages_are_those_of_the_record(dataset: Dataset) -> None:
    for row in rows(dataset):
        record: Any = dataset[row["record_id"]]
        assert row["status"] == getattr(record, "status", None)
        dates = {str(getattr(record, field)) for field in DATED if getattr(record, field, None)}
        assert (row["date"] in dates) if dates else row["date"] is None
        if row["year"]:
            assert row["date_earliest"].year == row["year"] == row["date_latest"].year


def test_the_real_deployment_goes_from_its_sender_to_its_host(shipped: Dataset) -> None:
    found = rows(shipped, ["deployments"], directed=True)
    [row] = [row for row in found if row["record_id"] == "dep-tur-qat-forces-deployed"]
    assert (row["a"], row["b"], row["directed"], row["stance"]) == ("act-tur", "act-qat", True, "asserted")
    assert (row["cow_a"], row["cow_b"], row["iso3_b"], row["year"]) == (640, 694, "QAT", None)


def test_layers_are_chosen_by_name_in_their_usual_order(shipped: Dataset) -> None:
    found = [row["layer"] for row in rows(shipped, ["trade_figures", "agreements"])]
    assert found == sorted(found, key=list(LAYERS).index)
    assert set(found) == {"trade_figures", "agreements"}
    assert {row["layer"] for row in rows(shipped, "exercises")} == {"exercises"}


@pytest.mark.parametrize("backend", BACKENDS)
def test_all_libraries_give_the_columns_that_are_described(shipped: Dataset, backend: Backend) -> None:
    found = dyads(shipped, backend=backend)
    names = found.column_names if backend == "pyarrow" else list(found.columns)
    assert names == [column.name for column in DYADS.columns]


@pytest.mark.parametrize(("wrong", "hint"), [("agrements", "Did you mean agreements?"), ("x", "There are agreements,")])
def test_a_layer_that_is_not_there_is_refused(wrong: str, hint: str, shipped: Dataset) -> None:
    with pytest.raises(ValueError, match=f"there is no layer {wrong}. {hint}"):
        dyads(shipped, [wrong])
