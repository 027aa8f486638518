"""What a document says, and by which passages, is what the claims table says of the record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defcoop.difference.path_values import path_values
from defcoop.difference.snapshot import as_document
from defcoop.difference.supporting_evidence import evidence_of, passages
from defcoop.models.leaves import leaves, text_of
from defcoop.models.registry import TYPES
from defcoop.package.claims import claims
from tests.difference.editions_of import json_objects, passage
from tests.strategies import LARGE, records

if TYPE_CHECKING:
    import defcoop
    from defcoop.models import Record
    from defcoop.models.registry import RecordType


def assert_told(record: Record, kind: RecordType) -> None:
    document = as_document(record)
    # What a package's reader has: JSON does not keep the last zeros of a decimal.
    record = kind.model.model_validate_json(json.dumps(document))
    found = path_values(document, kind.folder)
    coded = [(fact.path, fact.text) for fact in found.values() if fact.is_coded]
    assert coded == [(leaf.path, text_of(leaf.value)) for leaf in leaves(record)]
    carried = evidence_of(document)
    told = [
        (one.claim_id, one.seed, one.speaker, one.credibility)
        for path, text in coded
        for one in passages(carried, record.id, kind.folder, path, text)
    ]
    assert told == [
        (claim.claim_id, claim.seed_id, claim.speaker_id, claim.credibility)
        for claim in claims(record, kind.name)
        if claim.relation == "supports"
    ]


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_the_values_of_the_shipped_records_are_those_of_the_claims(kind: RecordType, shipped: defcoop.Dataset) -> None:
    for record in getattr(shipped, kind.folder).values():
        assert_told(record, kind)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_the_values_of_any_record_are_those_of_the_claims(kind: RecordType) -> None:
    @LARGE
    @given(records(kind))
    def check(record: Record) -> None:
        assert_told(record, kind)

    check()


@given(json_objects(), st.sampled_from(("exercises", "actors", "seeds", "of another library")))
def test_any_document_can_be_told(document: dict[str, Any], table: str) -> None:
    found = path_values(document, table)
    assert bool(found) is bool(document.keys() - {"evidence"}) or all(
        value in ([], {}) for name, value in document.items() if name != "evidence"
    )
    for fact in found.values():
        passages(evidence_of(document), "exe-a", table, fact.path, fact.text)


def test_what_no_model_knows_is_named_by_keys_and_places() -> None:
    found = path_values({"id": "x", "new": {"a": [{"b": 1.50}, True]}, "tags": ["t"]}, "exercises")
    assert {path: fact.text for path, fact in found.items()} == {
        "new.a[0].b": "1.5",
        "new.a[1]": "true",
        "tags": '["t"]',
    }
    assert {fact.is_coded for fact in found.values()} == {None}


def test_two_items_of_one_name_are_told_apart() -> None:
    actor = {"actor": "act-a", "role": "host"}
    found = path_values({"participants": [actor, actor | {"role": "visitor"}]}, "exercises")
    assert found["participants[act-a].role"].text == "host"
    assert found["participants[act-a].role#2"].text == "visitor"
    assert found["participants[act-a].role#2"].path == "participants[act-a].role"


def test_evidence_that_is_none_is_passed_over() -> None:
    sound = passage("kind")
    assert len(evidence_of({"evidence": [1, {}, sound, sound | {"voice": "loud"}]})) == 1
    assert evidence_of({"evidence": "x"}) == evidence_of({}) == []
