"""A difference leads from one edition exactly to the other, and says the same in words."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from defcoop.difference import CitedPassage, Difference, PatchError, Snapshot, apply, compare
from defcoop.difference.model import json_schema
from tests.difference.editions_of import edition, exercise, json_objects, pairs, passage
from tests.strategies import LARGE

if TYPE_CHECKING:
    import defcoop

SCHEMA = Path(__file__).parents[2] / "docs/difference.schema.json"
VALID = Draft202012Validator(json_schema())


def through_json(difference: Difference) -> Difference:
    return Difference.from_json(json.loads(json.dumps(difference.to_json(), ensure_ascii=False)))


def assert_exact(old: Snapshot, new: Snapshot) -> Difference:
    found = compare(old, new)
    assert through_json(found) == found
    assert apply(old, through_json(found)) == new.documents
    VALID.validate(found.to_json())
    return found


@LARGE
@given(pairs())
def test_applied_to_the_old_edition_a_difference_gives_the_new(both: tuple[Snapshot, Snapshot]) -> None:
    old, new = both
    there, back = assert_exact(old, new), assert_exact(new, old)
    assert (there.bump is None) is (back.bump is None) is (old.documents == new.documents)
    for change in there.changes:
        if change.event not in {"added", "removed"}:
            assert change.values or change.others or change.rearranged
    for same in both:
        assert not compare(same, same).changes
        assert compare(same, same).bump is None


@given(json_objects(), json_objects())
def test_documents_that_fit_no_model_are_compared_as_exactly(old: dict[str, Any], new: dict[str, Any]) -> None:
    one, other = (edition(thing | {"id": "exe-a"}, cards=(thing | {"id": "seed-001"},)) for thing in (old, new))
    found = assert_exact(one, other)
    for change in found.changes:
        assert change.values or change.others or change.rearranged


def test_the_first_edition_is_all_new(shipped: defcoop.Dataset) -> None:
    first = Snapshot.of(shipped)
    found = assert_exact(Snapshot.nothing(), first)
    assert {change.event for change in found.changes} == {"added"}
    assert found.bump == "minor"
    assert found.reasons == (f"minor: {len(shipped)} records added", f"minor: {len(shipped.seeds)} source cards added")
    assert found.schema == ()
    assert compare(first, Snapshot.nothing()).bump == "major"


def test_the_schema_of_the_json_is_the_committed_one() -> None:
    Draft202012Validator.check_schema(json_schema())
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json_schema()


def test_a_value_is_told_with_the_passages_before_and_after() -> None:
    old = exercise(evidence=[passage("kind"), passage("status", seed="seed-901")])
    new = exercise(status="planned", evidence=[passage("kind", "status"), passage("status", stance="planned")])
    [change] = compare(edition(old), edition(new)).changes
    assert (change.table, change.id, change.event, change.name) == ("exercises", "exe-wave", "changed", "Wave")
    [value] = change.values
    assert (value.path, value.old, value.new) == ("status", "held", "planned")
    [was] = value.old_evidence
    assert (was.seed, was.start, was.end, was.stance, was.credibility) == ("seed-901", 10, 20, "asserted", 6)
    assert [one.stance for one in value.new_evidence] == ["asserted", "planned"]
    assert (change.others, change.rearranged) == ((), ())


def test_a_value_that_stays_on_other_evidence_is_told() -> None:
    new = exercise(evidence=[passage("kind", "status", credibility=2)])
    [change] = compare(edition(exercise()), edition(new)).changes
    assert [(value.path, value.old, value.new) for value in change.values] == [
        ("kind", "live", "live"),
        ("status", "held", "held"),
    ]
    for value in change.values:
        assert [one.credibility for one in value.old_evidence] == [6]
        assert [one.credibility for one in value.new_evidence] == [2]


def test_values_that_come_and_go_are_told_by_their_paths() -> None:
    host, guest = {"actor": "act-a", "role": "host"}, {"actor": "act-b", "role": "visitor"}
    old = exercise(participants=[host], period="2031")
    [change] = compare(edition(old), edition(exercise(participants=[host, guest]))).changes
    assert [(value.path, value.old, value.new) for value in change.values] == [
        ("participants[act-b].actor", None, "act-b"),
        ("participants[act-b].role", None, "visitor"),
        ("period", "2031", None),
    ]
    assert [len(value.new_evidence) for value in change.values] == [1, 1, 0]


def test_what_needs_no_evidence_is_told_apart_from_values() -> None:
    other = {"text": "Another", "lang": "en", "kind": "editorial"}
    alias = {"text": "W", "lang": "en", "kind": "alias"}
    new = exercise(
        names=[{"text": "Wave", "lang": "en", "kind": "editorial"}, other, alias],
        absent={"period": "unknown"},
        conflicts=[{"field": "status", "value": "planned", "evidence": [passage()], "resolution": "unresolved"}],
    )
    [change] = compare(edition(exercise(note="A remark.")), edition(new)).changes
    assert [(value.path, value.new) for value in change.values] == [("names[W].text", "W")]
    told = {one.path: (one.old, one.new) for one in change.others}
    assert told["names[Wave].kind"] == ("official", "editorial")
    assert told["names[Another]"] == (None, "lang en, kind editorial")
    assert told["names[W]"] == (None, "lang en, kind alias")
    assert told["absent.period"] == (None, "unknown")
    assert told["note"] == ("A remark.", None)
    assert told["conflicts[0]"][1].startswith("field status, value planned, ")  # type: ignore[union-attr]


def test_a_relative_date_is_told_as_any_other_part_of_the_envelope() -> None:
    old = {"field": "period", "seed": "seed-000", "offset": "last-03"}
    none, first, other = exercise(), exercise(relative_dates=[old]), exercise(relative_dates=[old | {"offset": "P-1M"}])
    [come] = compare(edition(none), edition(first)).changes
    [changed] = compare(edition(first), edition(other)).changes
    [gone] = compare(edition(first), edition(none)).changes
    assert [(one.path, one.old, one.new) for one in come.others] == [
        ("relative_dates[period]", None, "seed seed-000, offset last-03")
    ]
    assert [(one.path, one.old, one.new) for one in changed.others] == [
        ("relative_dates[period].offset", "last-03", "P-1M")
    ]
    assert [one.new for one in gone.others] == [None]
    assert come.values == changed.values == gone.values == ()


def test_another_order_is_told() -> None:
    hosts = [{"actor": "act-a", "role": "host"}, {"actor": "act-b", "role": "host"}]
    entries = [passage("kind"), passage("status", stance="planned")]
    old = exercise(participants=hosts, evidence=entries)
    new = exercise(participants=hosts[::-1], evidence=entries[::-1])
    [change] = compare(edition(old), edition(new)).changes
    assert (change.values, change.others) == ((), ())
    assert set(change.rearranged) == {"participants", "evidence"}


def test_evidence_in_other_entries_with_the_same_claims_is_told_as_such() -> None:
    new = exercise(evidence=[passage("kind"), passage("status", "participants", "period")])
    [change] = compare(edition(exercise()), edition(new)).changes
    assert (change.values, change.others, change.rearranged) == ((), (), ("evidence",))


GONE = {"reason": "It was none.", "since": "1.0.0"}
LED = GONE | {"replaced_by": "exe-other"}


@pytest.mark.parametrize(
    ("before", "after", "event"),
    [
        (None, GONE, "withdrawn"),
        (None, LED, "merged"),
        (GONE, LED, "merged"),
        (GONE, None, "reinstated"),
        (LED, None, "reinstated"),
        (LED, GONE, "changed"),
        (LED, LED | {"replaced_by": "exe-third"}, "changed"),
        (GONE, GONE | {"reason": "It was double."}, "changed"),
    ],
)
def test_what_became_of_a_record_follows_from_its_tombstone(before: Any, after: Any, event: str) -> None:
    old, new = (exercise(**({"withdrawn": tomb} if tomb else {})) for tomb in (before, after))
    found = assert_exact(edition(old), edition(new))
    assert [change.event for change in found.changes] == [event]
    assert found.bump == "patch"
    if after:
        assert found.changes[0].now("withdrawn.reason") in {after["reason"], None}


def test_a_record_that_is_gone_has_vanished_even_if_it_was_withdrawn() -> None:
    found = assert_exact(edition(exercise(withdrawn=GONE)), edition())
    assert [change.event for change in found.changes] == ["removed"]
    assert (found.vanished, found.bump) == (("exe-wave",), "major")


def test_a_record_in_another_table_has_not_vanished() -> None:
    found = assert_exact(edition(exercise()), edition(drills={"exe-wave": exercise()}))
    assert (found.vanished, found.bump) == ((), "major")
    assert found.reasons[0] == "major: 1 record moved to another table: exe-wave"


def test_a_source_card_that_is_gone_is_no_vanished_record() -> None:
    card = {"id": "seed-900", "file": "a.txt"}
    found = assert_exact(edition(cards=(card,)), edition())
    assert (found.vanished, found.reasons) == ((), ("major: 1 source card removed: seed-900",))


def test_a_true_that_became_a_one_is_a_change() -> None:
    found = assert_exact(edition(exercise(figures=[True])), edition(exercise(figures=[1])))
    assert [(edit.path, edit.old, edit.value) for edit in found.changes[0].edits] == [("/figures/0", True, 1)]
    assert not compare(edition(exercise(figures=[1])), edition(exercise(figures=[1.0]))).changes


def test_the_id_of_a_claim_does_not_make_a_passage_another() -> None:
    old, new = exercise(), exercise(status="planned")
    [value] = compare(edition(old), edition(new)).changes[0].values
    assert value.old_evidence == value.new_evidence
    assert isinstance(value.new_evidence[0], CitedPassage)
    assert value.old_evidence[0].claim_id != value.new_evidence[0].claim_id


@pytest.mark.parametrize(
    ("old", "message"),
    [
        (edition(), "exe-wave is not in exercises"),
        (edition(exercise(status="alleged")), "replace /status does not fit"),
    ],
)
def test_a_difference_applies_to_no_other_edition(old: Snapshot, message: str) -> None:
    found = compare(edition(exercise()), edition(exercise(status="planned")))
    with pytest.raises(PatchError, match=message):
        apply(old, found)


def test_what_is_there_cannot_be_added() -> None:
    found = compare(edition(), edition(exercise()))
    with pytest.raises(PatchError, match="exe-wave is in exercises"):
        apply(edition(exercise()), found)


def test_applying_leaves_the_old_edition_as_it_is() -> None:
    old = edition(exercise())
    apply(old, compare(old, edition(exercise(status="planned", evidence=[passage("kind")]))))
    assert old == edition(exercise())


@pytest.mark.parametrize("place", [{}, {"format": 2}, {"changes": [{"id": 1}]}, 1, None])
def test_json_that_is_no_difference_is_refused(place: Any) -> None:
    sound = compare(edition(), edition(exercise())).to_json()
    found = sound | place if isinstance(place, dict) and place else place
    with pytest.raises(ValueError, match="validation error"):
        Difference.from_json(found)


@pytest.mark.parametrize("depth", [60, 3000])
def test_a_document_that_nests_too_deeply_ends_with_a_plain_error(depth: int) -> None:
    deep: list[Any] = []
    for _ in range(depth):
        deep = [deep]
    other: list[Any] = [0]
    for _ in range(depth):
        other = [other]
    with pytest.raises(ValueError, match="deep"):
        compare(edition(exercise(figures=deep)), edition(exercise(figures=other)))


def test_the_sides_say_what_was_compared() -> None:
    old = replace(edition(), name="a", version="0.1.0", has_own_tables=False, unsound=("exe-wave",))
    found = compare(old, Snapshot.nothing())
    assert (found.old.name, found.old.kind, found.old.version) == ("a", "package", "0.1.0")
    assert (found.old.has_own_tables, found.old.unsound, found.new.kind) == (False, ("exe-wave",), "nothing")
