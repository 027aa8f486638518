"""Contradictions: each with the record's own value, the other, and the claims of both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from defcoop.models.leaves import leaves, text_of
from tests.sound import WIDE, datasets

if TYPE_CHECKING:
    import defcoop

PERSON = "act-khalid-al-attiyah"


def test_the_shipped_contradiction_is_told_by_both_sides(shipped: defcoop.Dataset) -> None:
    [found] = shipped.conflicts()
    assert found.record_id == PERSON
    assert found.record_type == "actor"
    assert found.field == "offices[Minister of State for Defence Affairs/act-qat-mod].title"
    assert (found.value, found.other) == ("Minister of State for Defence Affairs", "Minister of Defence")
    assert found.resolution == "preferred"
    assert found.rationale.startswith("Seed-000 gives")
    assert {claim.seed_id for claim in found.supporting} == {"seed-000"}
    assert {claim.seed_id for claim in found.contradicting} == {"seed-001"}


def test_one_record_can_be_asked_for(shipped: defcoop.Dataset) -> None:
    assert shipped.conflicts(PERSON) == shipped.conflicts(shipped[PERSON]) == shipped.conflicts()
    assert shipped.conflicts("act-qat") == []


@WIDE
@given(datasets())
def test_each_conflict_of_a_record_is_one_with_the_claims_about_it(dataset: defcoop.Dataset) -> None:
    found = dataset.conflicts()
    told = [(record, conflict) for record in dataset for conflict in record.conflicts]
    assert len(found) == len(told)
    for one, (record, conflict) in zip(found, told, strict=True):
        own = {leaf.path: text_of(leaf.value) for leaf in leaves(record)}
        assert (one.record_id, one.field, one.value, one.other) == (
            record.id, conflict.field, own[conflict.field], conflict.value
        )  # fmt: skip
        assert {claim.value for claim in one.supporting} == {one.value}
        assert {claim.value for claim in one.contradicting} == {one.other}
        cited = {(cited.seed, *cited.passage) for cited in conflict.evidence}
        assert cited <= {(claim.seed_id, claim.start, claim.end) for claim in one.contradicting}
        assert set(one.supporting) | set(one.contradicting) <= set(dataset.claims(record, conflict.field))


def test_a_value_that_is_lost_leaves_its_contradiction(shipped: defcoop.Dataset) -> None:
    """What is left when a source that a record preferred is taken away, and another contradicted it."""
    without = [one for one in shipped.without("seed-000").conflicts() if one.record_id == PERSON]
    assert all(one.value is None and one.supporting == () for one in without)
    assert [one.other for one in without] == ["Minister of Defence"]
