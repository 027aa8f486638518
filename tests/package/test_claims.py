"""Claims: each value with each passage that carries it, and each contradiction."""

from __future__ import annotations

import hashlib
from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from defcoop.models.leaves import covers, leaves, text_of
from defcoop.models.registry import TYPES
from defcoop.package.claims import Claim, ClaimRelation, claim_id, claims

if TYPE_CHECKING:
    from collections.abc import Iterator

    import defcoop


@pytest.fixture(scope="module")
def every(shipped: defcoop.Dataset) -> list[Claim]:
    return [
        claim
        for kind in TYPES
        for record in getattr(shipped, kind.folder).values()
        for claim in claims(record, kind.name)
    ]


def test_every_coded_value_has_one_claim_for_each_entry_that_carries_it(shipped: defcoop.Dataset) -> None:
    for record in shipped:
        told = [
            (leaf.path, text_of(leaf.value), entry.seed, *entry.passage)
            for leaf in leaves(record)
            for entry in record.evidence
            if any(covers(path, leaf.path) for path in entry.supports)
        ]
        found = [claim for claim in shipped.claims(record) if claim.relation == "supports"]
        assert [(claim.field, claim.value, claim.seed_id, claim.start, claim.end) for claim in found] == told
        assert {path for path, *_ in told} == {leaf.path for leaf in leaves(record)}


def cells(claim: Claim) -> list[str]:
    return ["" if cell is None else str(cell) for cell in claim[1:]]


def test_every_id_recomputes_and_no_two_are_equal(every: list[Claim]) -> None:
    assert all(claim.claim_id == claim_id(cells(claim)) for claim in every)
    assert len({claim.claim_id for claim in every}) == len(every) > 500


def test_an_id_is_twenty_digits_of_the_hash_of_the_cells() -> None:
    source = b"agr-x\x1f\xd8\xa8\x1f3\x1f"
    assert claim_id(["agr-x", "ب", "3", ""]) == hashlib.sha256(source).hexdigest()[:20]


def test_an_id_depends_on_every_other_column(every: list[Claim]) -> None:
    claim = every[0]
    body = cells(claim)
    others = {claim_id([*body[:place], "other", *body[place + 1 :]]) for place in range(len(body))}
    assert len(others | {claim.claim_id}) == len(claim)


def test_a_claim_holds_what_its_entry_says(shipped: defcoop.Dataset) -> None:
    record = shipped["agr-lby-qat-tur-misrata-naval-base"]
    entry = record.evidence[0]
    claim = next(claim for claim in shipped.claims(record) if claim.field == "instrument")
    assert claim[1:] == (
        record.id, "agreement", "instrument", "understanding", "supports", entry.seed, *entry.passage, entry.quote,
        entry.digest, "relayed", None, "act-nabd", "alleged", "explicit", None, 6,
    )  # fmt: skip
    assert {type(cell) for cell in claim} == {str, int, type(None)}


def test_a_quoted_and_inferred_value_has_speaker_and_reasoning(shipped: defcoop.Dataset) -> None:
    (claim,) = shipped.claims("trd-qat-tur-economic-cooperation-2010", "amount.currency")
    assert (claim.value, claim.voice, claim.speaker_id, claim.outlet_id) == ("USD", "quoted", "act-mustafa-goksu", None)
    assert (claim.basis, claim.reasoning is None) == ("inferred", False)


def test_values_are_text(shipped: defcoop.Dataset) -> None:
    values = {claim.field: claim.value for claim in shipped.claims("trd-qat-tur-economic-cooperation-2010")}
    assert values["amount.best"] == "340000000"
    assert values["amount.currency_stated"] == "false"
    assert values["period"] == "2010"


def test_conflicts_come_last_and_contradict(shipped: defcoop.Dataset) -> None:
    with_conflicts = [record for record in shipped if record.conflicts]
    assert with_conflicts
    for record in with_conflicts:
        found = shipped.claims(record)
        assert [relation for relation, _ in groupby(claim.relation for claim in found)] == ["supports", "contradicts"]
        assert [(c.field, c.value, c.seed_id, c.start, c.end) for c in found if c.relation == "contradicts"] == [
            (conflict.field, text_of(conflict.value), cited.seed, *cited.passage)
            for conflict in record.conflicts
            for cited in conflict.evidence
        ]


def test_a_record_of_unsupported_values_has_no_claim_for_them(shipped: defcoop.Dataset) -> None:
    record = shipped["act-qat"]
    entries = tuple(entry.model_copy(update={"supports": ("nothing",)}) for entry in record.evidence)
    assert list(claims(record.model_copy(update={"evidence": entries, "conflicts": ()}), "actor")) == []


def test_one_value_of_two_entries_has_two_claims(shipped: defcoop.Dataset) -> None:
    record = shipped["act-qat"]
    entry = record.evidence[0].model_copy(update={"supports": ("kind",)})
    twice = record.model_copy(update={"evidence": (entry, entry.model_copy(update={"passage": (0, 5)}))})
    assert [(claim.field, claim.start) for claim in claims(twice, "actor")] == [
        ("kind", entry.passage[0]),
        ("kind", 0),
    ]


def test_claims_come_one_by_one(shipped: defcoop.Dataset) -> None:
    found: Iterator[Claim] = claims(shipped["act-qat"], "actor")
    assert next(found).relation == ClaimRelation.SUPPORTS.value
