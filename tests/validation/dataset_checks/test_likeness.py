"""Records that look alike, and passages coded twice."""

from __future__ import annotations

from typing import Any

import pytest

from defcoop.validation.dataset_checks.likeness import no_passage_is_coded_twice, no_two_are_alike
from defcoop.validation.issues import DatasetIndex
from defcoop.validation.summary import RecordSummary


def agreement(earliest: str, latest: str, **changes: Any) -> RecordSummary:
    summary = RecordSummary((), sides=("act-aaa", "act-bbb"), what="protocol", dates=(("signed", earliest, latest),))
    return summary._replace(**changes)


def actor(*names: str, what: str = "state", **changes: Any) -> RecordSummary:
    return RecordSummary((), names=names, what=what)._replace(**changes)


def index_of(summaries: dict[str, RecordSummary]) -> DatasetIndex:
    kinds = {"act": "actor", "agr": "agreement", "exe": "exercise"}
    return DatasetIndex({record: kinds[record[:3]] for record in summaries}, summaries)


def alike(**summaries: RecordSummary) -> list[tuple[str, str]]:
    """Give the record and the one that it looks like, by the first word of the message."""
    index = index_of({name.replace("_", "-"): summary for name, summary in summaries.items()})
    issues = list(no_two_are_alike(index))
    assert {issue.code for issue in issues} <= {"DC802"}
    return [(issue.id, issue.message.split(" ")[0]) for issue in issues]


@pytest.mark.parametrize(
    ("earliest", "latest", "is_alike"),
    [
        ("2031-07-01", "2031-07-31", False),
        ("2031-06-30", "2031-07-31", True),
        ("2031-03-01", "2031-03-01", True),
        ("2030-01-01", "2032-12-31", True),
        ("2030-01-01", "2030-12-31", False),
        ("2030-01-01", "2031-01-01", True),
    ],
)
def test_times_that_share_a_day_overlap(earliest: str, latest: str, *, is_alike: bool) -> None:
    reported = alike(agr_a=agreement("2031-01-01", "2031-06-30"), agr_b=agreement(earliest, latest))
    assert len(reported) == is_alike


def test_what_reaches_far_is_compared_with_all_that_begin_before_it_ends() -> None:
    summaries = {
        "agr_long": agreement("2030-01-01", "2032-12-31"),
        "agr_within": agreement("2030-06-01", "2030-07-31"),
        "agr_later": agreement("2031-01-01", "2031-01-31"),
        "agr_after": agreement("2033-01-01", "2033-01-31"),
    }
    assert alike(**summaries) == [("agr-within", "agr-long"), ("agr-later", "agr-long")]


def test_of_two_that_reach_as_far_the_first_is_named() -> None:
    summaries = {
        "agr_first": agreement("2030-01-01", "2031-12-31"),
        "agr_second": agreement("2030-02-01", "2031-12-31"),
        "agr_third": agreement("2030-03-01", "2033-12-31"),
        "agr_fourth": agreement("2032-01-01", "2032-12-31"),
    }
    assert alike(**summaries) == [
        ("agr-second", "agr-first"),
        ("agr-third", "agr-first"),
        ("agr-fourth", "agr-third"),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"sides": ("act-aaa", "act-ccc")},
        {"what": "treaty"},
        {"dates": (("entry_into_force", "2031-01-01", "2031-12-31"),)},
        {"links": (("agr-a", "agreement"),)},
        {"sides": ()},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_differs_or_knows_the_other_is_not_alike(changes: dict[str, Any]) -> None:
    first, second = (agreement("2031-01-01", "2031-12-31") for _ in range(2))
    assert alike(agr_a=first, agr_b=second)
    assert not alike(agr_a=first, agr_b=second._replace(**changes))
    assert not alike(agr_a=first._replace(links=(("agr-b", "agreement"),)), agr_b=second)
    assert not alike(agr_a=first, exe_b=second)
    assert not alike(agr_a=first._replace(sides=()), agr_b=second._replace(sides=()))


def test_actors_of_a_kind_with_one_name_are_alike_once() -> None:
    assert alike(act_a=actor("x", "y"), act_b=actor("x", "y"), act_c=actor("y")) == [
        ("act-b", "act-a"),
        ("act-c", "act-a"),
    ]
    assert not alike(act_a=actor("x"), act_b=actor("x", what="company"))
    assert not alike(act_a=actor("x"), act_b=actor("x", links=(("act-a", "actor"),)))
    assert not alike(act_a=actor("x"), act_b=actor("y"))


def twice(**passages: tuple[tuple[str, int, int], ...]) -> list[tuple[str, str]]:
    summaries = {name.replace("_", "-"): RecordSummary((), passages=cited) for name, cited in passages.items()}
    return [(issue.id, issue.message) for issue in no_passage_is_coded_twice(index_of(summaries))]


def test_a_passage_of_two_records_of_a_type_is_reported_once_for_each_later_one() -> None:
    here, there = ("seed-900", 0, 9), ("seed-900", 0, 8)
    assert twice(agr_a=(here, there), agr_b=(here, there), agr_c=(there,)) == [
        ("agr-b", "agr-a cites [0, 9) of seed-900 too"),
        ("agr-c", "agr-a cites [0, 8) of seed-900 too"),
    ]
    assert not twice(agr_a=(here,), agr_b=(there,), exe_c=(here,))
    assert not twice(agr_a=(here,), agr_b=(("seed-901", 0, 9),))


@pytest.mark.parametrize("knowing", ["agr-a", "agr-b"])
def test_a_passage_of_records_that_know_each_other_is_not_reported(knowing: str) -> None:
    cited = (("seed-900", 0, 9),)
    summaries = {record: RecordSummary((), passages=cited) for record in ("agr-a", "agr-b")}
    known = "agr-b" if knowing == "agr-a" else "agr-a"
    summaries[knowing] = summaries[knowing]._replace(links=((known, "agreement"),))
    assert not list(no_passage_is_coded_twice(index_of(summaries)))
