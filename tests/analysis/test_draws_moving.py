"""What a passage may tell of another record is there in some draws, with all that hangs on the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from defcoop.analysis.draws import sample
from defcoop.analysis.panel import panel
from defcoop.analysis.readings import Readings
from tests.analysis.plots.drawings import dataset, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    import defcoop

HERE, THERE = "agr-here", "agr-there"
DRAWS = 40


def other(field: str) -> dict[str, Any]:
    cited = {"seed": "seed-000", "passage": (0, 9), "quote": "Words", "digest": "0" * 64}
    cited |= {"voice": "seed", "stance": "asserted", "basis": "explicit"}
    return {"field": field, "record": THERE, "evidence": [cited], "rationale": "X."}


def told(*fields: str) -> defcoop.Dataset:
    """Tell of an agreement with much in it, some of which may belong to one with nothing of it."""
    held = {
        "parties": ["act-a", "act-b", "act-c"],
        "laterality": "multilateral",
        "scope": ["exercises", "training_exchange"],
        "subjects": ["training"],
        "signed": "2018",
        "relations": [{"kind": "implements", "agreement": "agr-frame"}],
        "instrument": "mou",
    }
    return dataset(
        record("agreement", "here", **held, alternatives=[other(field) for field in fields]),
        record("agreement", "there", parties=["act-a", "act-b"], subjects=["training"]),
        record("agreement", "frame", parties=["act-a", "act-b"]),
    )


def sides(whole: defcoop.Dataset) -> Iterator[tuple[Any, Any]]:
    return ((drawn.agreements[HERE], drawn.agreements[THERE]) for drawn in sample(whole, DRAWS, seed=1))


@pytest.mark.parametrize(
    ("field", "attribute"),
    [
        ("scope[exercises]", "scope"),
        ("scope", "scope"),
        ("instrument", "instrument"),
        ("signed", "signed"),
        ("relations[implements/agr-frame]", "relations"),
        ("parties[act-c]", "parties"),
    ],
)
def test_a_value_is_in_one_record_or_in_the_other(field: str, attribute: str) -> None:
    seen = set()
    for here, there in sides(told(field)):
        own, others = getattr(here, attribute), getattr(there, attribute)
        seen.add((own if attribute != "signed" else bool(own), others if attribute != "signed" else bool(others)))
        assert not here.alternatives
    assert len(seen) == 2
    (_, first), (_, second) = sorted(seen, key=lambda pair: len(str(pair[1])))
    assert first != second


def test_what_hangs_on_the_same_words_moves_together() -> None:
    seen = {
        ("exercises" in there.scope, there.instrument, bool(there.relations))
        for _, there in sides(told("scope[exercises]", "instrument", "relations"))
    }
    assert seen == {(False, None, False), (True, "mou", True)}


def test_what_a_record_cannot_be_without_stays_and_what_another_has_is_not_doubled() -> None:
    drawn = list(sides(told("parties", "subjects")))
    assert {here.parties for here, _ in drawn} == {("act-a", "act-b", "act-c")}
    assert {there.parties for _, there in drawn} == {("act-a", "act-b")}
    assert {there.subjects for _, there in drawn} == {("training",)}
    assert {here.subjects for here, _ in drawn} == {(), ("training",)}


def test_each_draw_is_one_of_the_readings_and_within_the_bounds_of_the_panel() -> None:
    whole = told("parties[act-c]", "signed")
    readings = Readings(whole, whole)
    parties = {record.parties for record in readings.of(whole.agreements[THERE])}
    years = range(2017, 2020)
    bounds = panel(whole, years=years, backend="polars").to_dicts()
    for drawn in sample(whole, DRAWS, seed=2):
        assert drawn.agreements[THERE].parties in parties
        for row, inside in zip(bounds, panel(drawn, years=years, backend="polars").to_dicts(), strict=True):
            for name in (column.removesuffix("_low") for column in row if column.endswith("_low")):
                assert (row[f"{name}_low"] or 0) <= (inside[f"{name}_low"] or 0), name
                if row[f"{name}_high"] is not None and inside[f"{name}_high"] is not None:
                    assert inside[f"{name}_high"] <= row[f"{name}_high"], name


def test_what_one_reading_has_taken_away_another_need_not() -> None:
    whole = told("scope[exercises]", "scope[training_exchange]", "scope")
    readings = Readings(whole, whole).of(whole.agreements[HERE])
    assert None not in readings
    assert {one.scope for one in readings if one} == {
        ("exercises", "training_exchange"),
        ("exercises",),
        ("training_exchange",),
        (),
    }


def test_readings_of_both_records_differ_and_name_the_field() -> None:
    whole = told("scope[exercises]")
    readings = Readings(whole, whole)
    here, there = whole.agreements[HERE], whole.agreements[THERE]
    assert [len(one.scope) for one in readings.of(here)] == [2, 1]
    assert [one.scope for one in readings.of(there)] == [(), ("exercises",)]
    assert readings.contested(here) == readings.contested(there) == ("scope",)
