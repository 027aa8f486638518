"""What a passage says of a field that is not reported, and what one quote may carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from defcoop.validation import validate
from defcoop.validation.wording import amounts_of_money, numbers_of, years_in
from tests.checkouts import TRAINERS, edit

if TYPE_CHECKING:
    from pathlib import Path

ABSENT = (
    ("size: {best: 40, bound: exact, unit: persons}\n", ""),
    ("absent: {", "absent: {size: not_reported, "),
    ("personnel, size, status", "personnel, status"),
)


def codes(tree: Path, texts: Path | None) -> list[str]:
    return [finding.code for finding in validate(tree / "dataset", texts=texts).findings]


@pytest.mark.parametrize(
    ("text", "units", "numbers"),
    [
        ("أرسلت 40 جنديا", ["persons"], [40]),
        ("3 آلاف شرطي", ["persons"], [3000]),
        ("ثلاثة آلاف و500 جندي", ["persons"], [3500]),
        ("2,500 Turkish soldiers", ["persons"], [2500]),
        ("iki bin asker", ["persons"], [2000]),
        ("جنديين", ["persons"], [2]),
        ("لمدة ثلاث سنوات", ["years"], [3]),
        ("ثلاث سفن", ["vessels"], [3]),
        ("ثلاث سفن", ["persons"], []),
        ("one of the soldiers", ["persons"], []),
        ("soldiers in 2017", ["persons"], []),
    ],
)
def test_numbers_are_found_by_what_they_count(text: str, units: list[str], numbers: list[int]) -> None:
    assert sorted(numbers_of(text, tuple(units))) == numbers


def test_amounts_have_a_currency_and_years_four_digits() -> None:
    assert amounts_of_money("340 مليون دولار") == {340_000_000}
    assert amounts_of_money("more than $2 billion") == {2_000_000_000}
    assert amounts_of_money("340 مليون جندي") == set()
    assert years_in("في يونيو 2017 و12345") == {2017}


def test_a_number_of_persons_is_a_candidate_for_a_size_only_while_no_value_holds_it(tree: Path) -> None:
    edit(tree, TRAINERS, *ABSENT)
    assert codes(tree, tree / "texts") == ["DC415"]
    assert codes(tree, None) == ["DC415"]  # the quote has it
    edit(tree, TRAINERS, ("size: not_reported", "size: unknown"))
    assert codes(tree, tree / "texts") == []


def test_an_acceptance_is_not_stale_where_the_text_is_not_at_hand(tree: Path) -> None:
    edit(tree, TRAINERS, *ABSENT, ("evidence:\n", "accept:\n  - {code: DC415, reason: X.}\nevidence:\n"))
    edit(tree, TRAINERS, ("quote: أرسلت 40 جنديا", "quote: أرسلت"))
    assert codes(tree, tree / "texts") == []
    assert codes(tree, None) == []


def test_an_inferred_value_is_not_carried_by_its_quote(tree: Path) -> None:
    edit(tree, TRAINERS, ("personnel, size, status]", "personnel, size, status, facility]"))
    assert codes(tree, None) == ["DC416"]
    edit(
        tree,
        TRAINERS,
        ("basis: explicit\n    supports: [sender", "basis: inferred\n    reasoning: X.\n    supports: [sender"),
    )
    assert codes(tree, None) == []
