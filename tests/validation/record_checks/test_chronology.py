"""The order of an agreement's dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checkouts import TRAINING, edit, told

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("force", "sound"),
    [
        ("2031-03-31", False),
        ("2031-04-01", True),
        ("2031-04", True),
        ("2031", True),
        ("2030", False),
        ("2030/2031-04-01", True),
        ("2030-01/..", True),
        ("2030-01/", True),
        ("../2031-03", False),
        ("[2030-05,2031-06]", True),
    ],
)
def test_only_dates_that_cannot_be_in_order_are_reported(force: str, *, sound: bool, tree: Path) -> None:
    edit(
        tree,
        TRAINING,
        ('date: "2031-05"', 'date: "2031"'),
        ('entry_into_force: "2031-06"', f'entry_into_force: "{force}"'),
    )
    message = f"agr-coast-league-qat-training-2031: entry_into_force: {force} lies before signed 2031-04"
    assert told(tree) == ([] if sound else [("DC502", message)])


@pytest.mark.parametrize("signed", ["../2031", "/2031"])
def test_a_date_without_a_beginning_comes_before_all(signed: str, tree: Path) -> None:
    edit(tree, TRAINING, ('signed: "2031-04"', f'signed: "{signed}"'))
    assert told(tree) == []


@pytest.mark.parametrize(("ends", "sound"), [("2031-06-01", True), ("2031-05-31", False)])
def test_an_end_is_compared_with_the_entry_into_force(ends: str, *, sound: bool, tree: Path) -> None:
    edit(
        tree,
        TRAINING,
        ("status: in_force", f'ends: "{ends}"\nstatus: in_force'),
        ("term, status]", "term, ends, status]"),
    )
    assert [code for code, _ in told(tree)] == ([] if sound else ["DC502"])


@pytest.mark.parametrize(("ratified", "sound"), [("2031-04-01", True), ("2031-03-31", False)])
def test_a_ratification_is_compared_with_the_signature(ratified: str, *, sound: bool, tree: Path) -> None:
    edit(tree, TRAINING, ('date: "2031-05"', f'date: "{ratified}"'))
    assert [code for code, _ in told(tree)] == ([] if sound else ["DC502"])


@pytest.mark.parametrize(("ratified", "sound"), [("2031-06-30", True), ("2031-07-01", False)])
def test_a_ratification_is_compared_with_the_entry_into_force(ratified: str, *, sound: bool, tree: Path) -> None:
    edit(tree, TRAINING, ('date: "2031-05"', f'date: "{ratified}"'))
    message = "agr-coast-league-qat-training-2031: entry_into_force: 2031-06 lies before ratified[0].date 2031-07-01"
    assert told(tree) == ([] if sound else [("DC502", message)])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('signed: "2031-04"', 'signed: "2041-04"'), "signed: 2041-04 lies after entry_into_force 2031-06"),
        (('date: "2031-05"', 'date: "2021-05"'), "ratified[0].date: 2021-05 lies before signed 2031-04"),
        (('force: "2031-06"', 'force: "2021-06"'), "entry_into_force: 2021-06 lies before signed 2031-04"),
        (("status: in_force", 'ends: "2021"\nstatus: in_force'), "ends: 2021 lies before signed 2031-04"),
    ],
)
def test_a_date_out_of_order_with_most_others_is_the_one_that_is_told(
    change: tuple[str, str], message: str, tree: Path
) -> None:
    edit(tree, TRAINING, change, ("term, status]", "term, ends, status]" if "ends" in change[1] else "term, status]"))
    assert told(tree) == [("DC502", f"agr-coast-league-qat-training-2031: {message}")]
