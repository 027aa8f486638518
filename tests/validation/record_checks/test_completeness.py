"""Values and reasons: what is expected, and what `absent` may name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checkouts import HARBOUR, TRAINING, WAVE, edit, report_of, told

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("reason", ["unknown", "not_reported", "not_applicable", "outside_coverage"])
def test_any_reason_does(reason: str, tree: Path) -> None:
    edit(tree, HARBOUR, ("term: not_reported", f"term: {reason}"))
    assert told(tree) == []


def test_a_field_that_nobody_expects_may_be_absent_too(tree: Path) -> None:
    edit(tree, HARBOUR, ("term: not_reported", "term: not_reported, ends: unknown, ratified: not_reported"))
    assert told(tree) == []


def test_every_expected_field_without_a_reason_is_told(tree: Path) -> None:
    edit(tree, HARBOUR, ("absent: {entry_into_force: not_reported, term: not_reported, scope: outside_coverage}\n", ""))
    assert told(tree) == [
        ("DC107", f"agr-coast-league-qat-harbour-2029: {name} is neither coded nor in absent")
        for name in ("scope", "entry_into_force", "term")
    ]


def test_a_list_with_items_is_not_absent(tree: Path) -> None:
    edit(tree, TRAINING, ("conflicts:", "absent: {scope: unknown, aggregate: unknown}\nconflicts:"))
    assert told(tree) == [("DC108", "agr-coast-league-qat-training-2031: absent.scope: has a value")]


def test_a_field_of_another_type_is_no_field(tree: Path) -> None:
    edit(tree, WAVE, ("place: not_reported", "place: not_reported, hosts: unknown"))
    assert told(tree) == [("DC108", "exe-coast-league-qat-wave-2031: absent.hosts: is no field of this type")]


def test_the_third_of_the_same_is_told_as_well_as_the_second(tree: Path) -> None:
    edit(tree, TRAINING, ("subjects: [training]", "subjects: [training, training, training]"))
    assert [finding.pointer for finding in report_of(tree).findings] == [("subjects", 1), ("subjects", 2)]


def test_the_same_party_may_ratify_and_sign(tree: Path) -> None:
    edit(
        tree,
        TRAINING,
        ("ratified:", "signatories: [{actor: act-coast-league}, {actor: act-qat}]\nratified:"),
        ("supports: [ratified]", "supports: [ratified, signatories]"),
    )
    assert told(tree) == []
