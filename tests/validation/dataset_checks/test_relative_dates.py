"""Dates that are told from others follow from them."""

from __future__ import annotations

from defcoop.validation.dataset_checks.relative_dates import dates_follow
from defcoop.validation.issues import CrossRecordIssue, DatasetIndex
from defcoop.validation.summary import RecordSummary

CARD = RecordSummary((), dated=(("published", "2019-12/2020"),))


def signed(text: str | None, *counted: str) -> RecordSummary:
    """An agreement with a date that is counted from another one."""
    told = (("signed", *counted),) if counted else ()
    return RecordSummary((), dated=(("signed", text),) if text else (), counted=told)  # type: ignore[arg-type]


def issues(**summaries: RecordSummary) -> list[CrossRecordIssue]:
    index = DatasetIndex(dict.fromkeys(summaries, "agreement"), {"seed": CARD, **summaries})
    return list(dates_follow(index))


def test_a_chain_of_dates_is_followed_link_by_link() -> None:
    first = signed("[2019-03,2020-03]", "seed", "published", "last-03")
    second = signed("[2019-05,2020-05]", "a", "signed", "P2M")
    assert issues(a=first, b=second) == []
    [wrong] = issues(a=first, b=signed("2020-05", "a", "signed", "P2M"))
    assert (wrong.id, wrong.field, wrong.hint) == ("b", "signed", 'Write signed: "[2019-05,2020-05]".')
    assert wrong.message == "is 2020-05, but P2M from signed of a, [2019-03,2020-03], is [2019-05,2020-05]"


def test_the_text_is_compared_and_not_only_the_days() -> None:
    assert issues(a=signed("[2020-03,2019-03]", "seed", "published", "last-03"))


def test_a_circle_is_told_once_and_not_compared() -> None:
    [circle] = issues(
        a=signed("2019", "c", "signed", "P1Y"),
        b=signed("2019", "a", "signed", "P1Y"),
        c=signed("2019", "b", "signed", "P1Y"),
        d=signed("2020", "c", "signed", "P1Y"),
    )
    assert (circle.id, circle.message) == ("a", "leads in a circle back to a")


def test_a_record_whose_dates_hang_on_each_other_is_a_circle() -> None:
    both = RecordSummary(
        (),
        dated=(("ends", "2019"), ("signed", "2019")),
        counted=(("ends", "a", "signed", "P0Y"), ("signed", "a", "ends", "P0Y")),
    )
    [circle] = issues(a=both)
    assert circle.message == "leads in a circle back to ends of a"


def test_two_records_that_hang_on_each_other_by_different_fields_are_a_circle() -> None:
    def other(anchor: str) -> RecordSummary:
        return RecordSummary(
            (), dated=(("ends", "2020"), ("signed", "2019")), counted=(("ends", anchor, "signed", "P1Y"),)
        )

    assert [issue.id for issue in issues(a=other("b"), b=other("a"))] == ["a"]


def test_two_fields_of_one_record_make_no_circle() -> None:
    both = RecordSummary(
        (),
        dated=(("signed", "2019"), ("ends", "2022")),
        counted=(("ends", "a", "signed", "P3Y"),),
    )
    assert issues(a=both) == []


def test_an_anchor_that_is_missing_or_broken_is_told_elsewhere() -> None:
    assert issues(a=signed("2019", "agr-gone", "signed", "P1Y")) == []


def test_what_follows_outside_the_years_is_told() -> None:
    [issue] = issues(a=signed("2019", "seed", "published", "P-999Y"))
    assert "signed is counted from published of seed, but '1020' may lie outside the years" in issue.message
