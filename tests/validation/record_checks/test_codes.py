"""Codes of states, and the sides of agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checkouts import HARBOUR, LEAGUE, QATAR, edit, told

if TYPE_CHECKING:
    from pathlib import Path

PARTIES = ["act-qat", "act-coast-league", "act-mirsah", "act-al-shiraa"]


@pytest.mark.parametrize(
    ("laterality", "number", "sound"),
    [
        ("unilateral", 1, True),
        ("unilateral", 2, False),
        ("bilateral", 1, False),
        ("bilateral", 2, True),
        ("bilateral", 3, False),
        ("multilateral", 2, False),
        ("multilateral", 3, True),
        ("multilateral", 4, True),
    ],
)
def test_sides_are_counted(laterality: str, number: int, *, sound: bool, tree: Path) -> None:
    edit(
        tree,
        HARBOUR,
        ("laterality: bilateral", f"laterality: {laterality}"),
        ("[act-qat, act-coast-league]", f"[{', '.join(PARTIES[:number])}]"),
    )
    # The fourth party of so few actors is an outlet, which is another matter.
    assert [code for code, _ in told(tree) if code != "DC707"] == ([] if sound else ["DC604"])


def test_a_party_that_stands_twice_is_not_counted_wrong_too(tree: Path) -> None:
    edit(tree, HARBOUR, ("[act-qat, act-coast-league]", "[act-qat, act-qat, act-qat]"))
    assert [code for code, _ in told(tree)] == ["DC106", "DC106"]


def test_an_organisation_may_have_a_wikidata_item(tree: Path) -> None:
    edit(tree, LEAGUE, ("kind: igo\n", 'kind: igo\ncodes:\n  - {scheme: wikidata, code: Q1, valid: "/.."}\n'))
    assert told(tree) == []


@pytest.mark.parametrize("scheme", ["iso3", "cow", "gw"])
def test_nobody_but_a_state_has_the_code_of_one(scheme: str, tree: Path) -> None:
    edit(tree, LEAGUE, ("kind: igo\n", f'kind: company\ncodes:\n  - {{scheme: {scheme}, code: X1, valid: "/.."}}\n'))
    message = "act-coast-league: codes[0].scheme: holds a state's code, but the actor is of kind company"
    assert told(tree) == [("DC603", message)]


def test_a_code_too_many_is_told_with_its_dates(tree: Path) -> None:
    edit(tree, QATAR, ("codes:\n", 'codes:\n  - {scheme: cow, code: "640", valid: "1816-01-01/.."}\n'))
    assert told(tree) == [("DC603", "act-qat: codes[0]: cow 640 1816-01-01/.. is not in the table for act-qat")]


def test_two_schemes_that_are_wrong_are_two_mistakes(tree: Path) -> None:
    edit(tree, QATAR, ("code: QAT", "code: QUA"), ("code: Q846", "code: Q847"))
    assert [message.split(" is ")[0] for _, message in told(tree)] == [
        "act-qat: codes[0]: iso3 QUA 1974-12-15?/..",
        "act-qat: codes[3]: wikidata Q847 /..",
    ]


def test_codes_that_are_missing_are_told_together(tree: Path) -> None:
    lines = [line for line in (tree / QATAR).read_text(encoding="utf-8").splitlines(keepends=True) if "scheme" in line]
    iso3, cow, *_ = [line for line in lines if "valid" in line]
    edit(tree, QATAR, (iso3, ""))
    assert told(tree) == [("DC603", "act-qat: codes: iso3 QAT 1974-12-15?/.. is missing")]
    edit(tree, QATAR, (cow, ""))
    message = "act-qat: codes: cow 694 1971-09-03/.., iso3 QAT 1974-12-15?/.. are missing"
    assert told(tree) == [("DC603", message)]
