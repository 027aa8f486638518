"""Sides that are one, speakers out of place, actors out of reach."""

from __future__ import annotations

import pytest

from defcoop.validation.dataset_checks.plausibility import (
    actors_are_reachable,
    sides_are_different,
    speakers_are_in_the_seed,
)
from defcoop.validation.issues import DatasetIndex
from defcoop.validation.summary import RecordSummary

BELONGING = RecordSummary((), ranks=(("country", "act-state"),))
STATE = RecordSummary((), ranks=(("parent", "act-league"),))


@pytest.mark.parametrize(
    ("kind", "sides", "codes"),
    [
        ("agreement", ("act-company", "act-state"), ["DC704"]),
        ("trade_figure", ("act-company", "act-state"), ["DC704"]),
        ("exercise", ("act-company", "act-state"), []),
        ("agreement", ("act-company", "act-league"), []),
        ("agreement", ("act-company", "act-unknown"), []),
        ("agreement", ("act-company", "act-league", "act-state"), ["DC704", "DC704"]),
    ],
)
def test_no_side_belongs_to_another(kind: str, sides: tuple[str, ...], codes: list[str]) -> None:
    summaries = {"rec": RecordSummary((), sides=sides), "act-company": BELONGING, "act-state": STATE}
    index = DatasetIndex({"rec": kind, "act-company": "actor", "act-state": "actor"}, summaries)
    assert [issue.code for issue in sides_are_different(index)] == codes


def test_an_actor_that_is_its_own_country_is_no_two_sides() -> None:
    summaries = {
        "rec": RecordSummary((), sides=("act-state",)),
        "act-state": RecordSummary((), ranks=(("country", "act-state"),)),
    }
    assert not list(sides_are_different(DatasetIndex({"rec": "agreement", "act-state": "actor"}, summaries)))


@pytest.mark.parametrize(
    ("voices", "codes"),
    [
        ((("act-a", "seed-900"),), []),
        ((("act-a", "seed-901"),), ["DC705"]),
        ((("act-unknown", "seed-901"),), []),
        ((("rec", "seed-901"),), []),
    ],
)
def test_speakers_have_evidence_from_the_seed(voices: tuple[tuple[str, str], ...], codes: list[str]) -> None:
    summaries = {"rec": RecordSummary((), voices=voices), "act-a": RecordSummary((), citations=(("seed-900", 1),))}
    index = DatasetIndex({"rec": "agreement", "act-a": "actor"}, summaries)
    assert [issue.code for issue in speakers_are_in_the_seed(index)] == codes


def test_actors_are_named_by_others_than_themselves() -> None:
    summaries = {
        "act-a": RecordSummary((("act-a", "actor"),)),
        "act-b": RecordSummary((("act-c", "actor"),)),
        "act-c": RecordSummary((("act-b", "actor"),)),
        "agr-d": RecordSummary(()),
    }
    ids = dict.fromkeys(["act-a", "act-b", "act-c"], "actor") | {"agr-d": "agreement"}
    assert [issue.id for issue in actors_are_reachable(DatasetIndex(ids, summaries))] == ["act-a"]
    # A broken file may be the one that names it.
    assert not list(actors_are_reachable(DatasetIndex(ids | {"exe-e": "exercise"}, summaries)))
