"""References, circles and possible duplicates between records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from defcoop.validation.dataset_checks.linkage import no_circles
from defcoop.validation.issues import DatasetIndex
from defcoop.validation.summary import RecordSummary
from tests.checkouts import HARBOUR, LEAGUE, MEETING, MIRSAH, REGIMENT, SHIRAA, TRAINING, edit, report_of, told

if TYPE_CHECKING:
    from pathlib import Path


def test_a_broken_record_is_still_there_for_others(tree: Path) -> None:
    edit(tree, LEAGUE, ("kind: igo", "kind: igoo"))
    assert [code for code, _ in told(tree)] == ["DC104"]


def test_a_broken_record_does_not_make_its_possible_duplicate_wrong(tree: Path) -> None:
    edit(tree, "dataset/agreements/agr-coast-league-qat-qualification.yaml", ("status: unstated", "status: unstatd"))
    assert [code for code, _ in told(tree)] == ["DC104"]


@pytest.mark.parametrize("target", ["act-qat", "agr-coast-league-qat-memoranda", "fac-qat-marjan-base"])
def test_an_outcome_may_be_of_any_type(target: str, tree: Path) -> None:
    edit(tree, MEETING, ("absent:", f"outcomes: [{target}]\nabsent:"), ("[kind, status]", "[kind, status, outcomes]"))
    assert told(tree) == []


def test_an_id_unlike_all_others_gets_no_suggestion(tree: Path) -> None:
    edit(tree, REGIMENT, ("country: act-qat", "country: act-xyzzy-xyzzy-xyzzy"))
    (finding,) = report_of(tree).findings
    assert (finding.code, finding.hint) == ("DC301", "Name an existing record, or add the record.")


def test_only_ids_of_the_type_that_is_asked_for_are_suggested(tree: Path) -> None:
    edit(tree, REGIMENT, ("country: act-qat", "country: agr-coast-league-qat-harbour"))
    (finding,) = report_of(tree).findings
    assert "agr-" not in finding.hint


def test_every_record_that_names_a_missing_one_is_told(tree: Path) -> None:
    (tree / LEAGUE).unlink()
    findings = report_of(tree).findings
    assert {finding.code for finding in findings} == {"DC301"}
    assert len({finding.path for finding in findings}) == 11


def test_a_chain_of_parents_that_ends_is_sound(tree: Path) -> None:
    edit(
        tree,
        REGIMENT,
        ("country: act-qat\n", "country: act-qat\nparent: act-coast-league\n"),
        ("kind, country]", "kind, country, parent]"),
    )
    assert told(tree) == []


def test_a_record_that_only_leads_to_a_circle_is_not_in_it(tree: Path) -> None:
    parent, supported = "parent: act-al-shiraa\n", ("[names, kind]", "[names, kind, parent]")
    edit(tree, SHIRAA, ("kind: media\n", f"kind: media\n{parent}"), supported)
    edit(tree, MIRSAH, ("kind: company\n", f"kind: company\n{parent}"), supported)
    assert told(tree) == [("DC303", "act-al-shiraa: parent: leads back to act-al-shiraa")]


def test_links_of_two_fields_are_no_circle(tree: Path) -> None:
    edit(
        tree,
        REGIMENT,
        ("kind, country]", "kind, country, parent]"),
        ("country: act-qat\n", "country: act-qat\nparent: act-coast-league\n"),
    )
    edit(tree, LEAGUE, ("kind: igo\n", "kind: igo\ncountry: act-gull-regiment\n"), ("[kind]", "[kind, country]"))
    assert told(tree) == []


def test_possible_duplicates_that_name_each_other_are_sound(tree: Path) -> None:
    edit(
        tree,
        HARBOUR,
        ("absent:", "possibly_same_as:\n  - {record: agr-coast-league-qat-training-2031, reason: x.}\nabsent:"),
    )
    assert [code for code, _ in told(tree)] == ["DC304"]
    edit(
        tree,
        TRAINING,
        ("possibly_same_as:\n", "possibly_same_as:\n  - {record: agr-coast-league-qat-harbour-2029, reason: x.}\n"),
    )
    assert told(tree) == []


def test_a_missing_possible_duplicate_is_one_mistake(tree: Path) -> None:
    edit(tree, HARBOUR, ("absent:", "possibly_same_as:\n  - {record: agr-nowhere, reason: x.}\nabsent:"))
    assert [code for code, _ in told(tree)] == ["DC301"]


def test_two_circles_are_told_once_each_and_what_lies_between_or_before_them_is_not() -> None:
    links = {"a": "b", "b": "d", "c": "c", "d": "e", "e": "d", "x": "yb", "y": "x"}
    summaries = {own: RecordSummary((), ranks=tuple(("relations", up) for up in ups)) for own, ups in links.items()}
    ties = no_circles(DatasetIndex(dict.fromkeys(links, "agreement"), summaries))
    assert sorted((tie.id, tie.target, tie.field) for tie in ties) == [
        ("c", "c", "relations"),
        ("d", "e", "relations"),
        ("x", "y", "relations"),
    ]


def test_a_circle_of_agreements_is_told_at_the_link_that_leads_on(tree: Path) -> None:
    back = "relations:\n  - {kind: amends, agreement: agr-coast-league-qat-training-2031}\nabsent:"
    edit(tree, HARBOUR, ("absent:", back), ("signed, status]", "signed, status, relations]"))
    message = "relations[0].agreement: leads back to agr-coast-league-qat-harbour-2029"
    assert told(tree) == [("DC303", f"agr-coast-league-qat-harbour-2029: {message}")]


@pytest.mark.parametrize("ring", [True, False])
def test_a_chain_of_many_records_is_followed_to_its_end(*, ring: bool) -> None:
    ids = [f"fac-{number:04}" for number in range(5000)]
    ups = [*ids[1:], ids[0]] if ring else [*ids[1:], "fac-none"]
    summaries = {own: RecordSummary((), ranks=(("part_of", up),)) for own, up in zip(ids, ups, strict=True)}
    told_of = [(tie.id, tie.target) for tie in no_circles(DatasetIndex(dict.fromkeys(ids, "facility"), summaries))]
    assert told_of == ([("fac-0000", "fac-0001")] if ring else [])


def test_an_actor_without_a_part_is_not_told_while_a_file_is_broken(tree: Path) -> None:
    new = "dataset/actors/act-new.yaml"
    text = (tree / MIRSAH).read_text(encoding="utf-8")
    (tree / new).write_text(text.replace("id: act-mirsah", "id: act-new"), encoding="utf-8")
    assert [code for code, _ in told(tree)] == ["DC804", "DC802"]
    edit(tree, LEAGUE, ("kind: igo", "kind: igoo"))
    assert [code for code, _ in told(tree)] == ["DC104", "DC802"]
