"""Structure: which code, place and hint pydantic's complaints get."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checkouts import QATAR, REGIMENT, TRAINERS, TRAINING, edit, report_of, told

if TYPE_CHECKING:
    from pathlib import Path


def test_two_mistakes_in_a_file_are_two_findings(tree: Path) -> None:
    edit(tree, TRAINING, ("status: in_force", "status: in_froce"), ("unit: years", "unit: yeers"))
    assert [message.rpartition(": ")[2] for _, message in told(tree)] == [
        "'yeers' is not in the vocabulary",
        "'in_froce' is not in the vocabulary",
    ]


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("-1", "-1 should be 0 or more"),
        ("-2.5", "-2.5 should be 0 or more"),
        ("true", "true should be a number"),
        ("many", "'many' should be a number"),
        ("[1]", "a list should be a number"),
        ("{a: 1}", "a mapping should be a number"),
    ],
)
def test_a_number_that_is_none_is_told_once_though_two_types_are_tried(number: str, found: str, tree: Path) -> None:
    edit(tree, TRAINERS, ("best: 40", f"best: {number}"))
    assert told(tree) == [("DC103", f"dep-coast-league-qat-trainers: size.best: {found}")]


@pytest.mark.parametrize(
    ("summary", "hint"), [("12", "Quote it."), ("1.5", "Quote it."), ("[a]", "Write a, without brackets.")]
)
def test_only_numbers_are_asked_to_be_quoted(summary: str, hint: str, tree: Path) -> None:
    edit(tree, REGIMENT, ("summary: An invented regiment.", f"summary: {summary}"))
    (finding,) = report_of(tree).findings
    assert (finding.code, finding.hint) == ("DC103", hint)


def test_a_list_without_items_is_told_though_something_else_is_broken(tree: Path) -> None:
    edit(tree, TRAINING, ("parties: [act-qat, act-coast-league]", "parties: []"), ("unit: years", "unit: yeers"))
    assert sorted(code for code, _ in told(tree)) == ["DC103", "DC104"]


@pytest.mark.parametrize("length", [80, 81])
def test_a_quote_has_eighty_characters_at_most(length: int, tree: Path) -> None:
    edit(tree, QATAR, ("quote: وقعت قطر", f"quote: {'ق' * length}"))
    assert [code for code, _ in told(tree)] == ["DC404" if length == 80 else "DC105"]


@pytest.mark.parametrize("length", [56, 70])
def test_a_long_value_is_cut_in_the_message(length: int, tree: Path) -> None:
    edit(tree, TRAINING, ("status: in_force", f"status: {'x' * length}"))
    ((_, message),) = told(tree)
    shown = repr("x" * length) if length == 56 else "'" + "x" * 56 + "…"
    assert message == f"agr-coast-league-qat-training-2031: status: {shown} is not in the vocabulary"


def test_the_terms_of_a_list_item_are_those_of_its_list(tree: Path) -> None:
    edit(tree, TRAINING, ("scope: [training_exchange]", "scope: [zzz]"))
    (finding,) = report_of(tree).findings
    assert finding.hint.startswith("Use one of: policy_coordination, exercises, ")


def test_the_terms_of_a_field_in_a_part_are_its_own(tree: Path) -> None:
    edit(tree, TRAINING, ("{kind: implements", "{kind: zzz"))
    (finding,) = report_of(tree).findings
    assert finding.hint == "Use one of: amends, extends, implements."


def test_an_unknown_field_of_a_part_is_compared_with_the_fields_of_the_part(tree: Path) -> None:
    edit(tree, TRAINERS, ("unit: persons}", "unit: persons, wordin: forty}"))
    (finding,) = report_of(tree).findings
    assert (finding.code, finding.hint) == ("DC102", "Did you mean wording?")


def test_an_unknown_field_like_none_gets_no_suggestion(tree: Path) -> None:
    edit(tree, TRAINERS, ("unit: persons}", "unit: persons, zzz: forty}"))
    (finding,) = report_of(tree).findings
    assert finding.hint == "Take it out, or use one of: low, best, high, bound, unit, wording."
