"""What rests on a source alone: records and values that are lost without it, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from defcoop.dataset import Cause
from defcoop.models.leaves import covers, leaves, text_of
from defcoop.models.registry import type_of
from tests.sound import SEEDS, WIDE, datasets

if TYPE_CHECKING:
    import defcoop


@WIDE
@given(datasets(), st.sampled_from(SEEDS))
def test_it_lists_exactly_what_the_dataset_without_the_seed_has_not(dataset: defcoop.Dataset, seed: str) -> None:
    left, lost = dataset.without(seed), dataset.lost_without(seed)
    assert list(lost.records) == [record.id for record in dataset if record.id not in left]
    before = [(one.id, type_of(one).name, leaf.path, text_of(leaf.value)) for one in dataset for leaf in leaves(one)]
    after = {(one.id, type_of(one).name, leaf.path, text_of(leaf.value)) for one in left for leaf in leaves(one)}
    assert [value[:4] for value in lost.values] == [value for value in before if value not in after]


@WIDE
@given(datasets(), st.sampled_from(SEEDS))
def test_it_says_why_a_value_is_lost(dataset: defcoop.Dataset, seed: str) -> None:
    lost = dataset.lost_without(seed)
    for value in lost.values:
        entries = [entry for entry in dataset[value.record_id].evidence if entry.seed != seed]
        carried = any(covers(path, value.field) for entry in entries for path in entry.supports)
        assert carried == (value.cause is not Cause.SUPPORT)
        assert (carried and value.value in lost.records) == (value.cause is Cause.REFERENCE)


@WIDE
@given(datasets(), st.sampled_from(SEEDS))
def test_it_agrees_with_the_claims(dataset: defcoop.Dataset, seed: str) -> None:
    for value in dataset.lost_without(seed).values:
        claims = [claim for claim in dataset.claims(value.record_id, value.field) if claim.field == value.field]
        alone = {claim.seed_id for claim in claims if claim.relation == "supports"} == {seed}
        assert alone == (value.cause is Cause.SUPPORT)


def test_nothing_is_lost_without_nothing(shipped: defcoop.Dataset) -> None:
    lost = shipped.lost_without()
    assert (lost.records, lost.values) == ((), ())


def test_the_shipped_data_rest_on_each_of_their_seeds(shipped: defcoop.Dataset) -> None:
    for seed in shipped.seeds:
        lost = shipped.lost_without(seed)
        assert lost.records
        assert repr(lost) == f"<lost: {len(lost.records)} records, {len(lost.values)} values>"
    together = shipped.lost_without(*shipped.seeds)
    assert len(together.records) == len(shipped)


def test_several_seeds_may_be_left_out_at_once(shipped: defcoop.Dataset) -> None:
    one, other = shipped.lost_without("seed-000"), shipped.lost_without("seed-004")
    both = shipped.lost_without("seed-000", "seed-004")
    assert {*one.records, *other.records} <= set(both.records)
    assert len(both.values) >= len({value[:3] for value in (*one.values, *other.values)})
