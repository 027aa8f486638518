"""What can be asked of a dataset: the claims of a record and of one of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from defcoop.models.leaves import leaves

if TYPE_CHECKING:
    import defcoop

PARTIES = "agr-qat-tur-fifty-treaties"


def test_the_claims_of_a_record_are_those_of_all_its_values(shipped: defcoop.Dataset) -> None:
    claims = shipped.claims(PARTIES)
    assert {claim.field for claim in claims} == {leaf.path for leaf in leaves(shipped[PARTIES])}
    assert {(claim.record_id, claim.record_type) for claim in claims} == {(PARTIES, "agreement")}
    assert shipped.claims(shipped[PARTIES]) == claims


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("status", {"status"}),
        ("parties", {"parties[act-qat]", "parties[act-tur]"}),
        ("parties[act-tur]", {"parties[act-tur]"}),
        ("aggregate", {"aggregate.best", "aggregate.bound", "aggregate.unit"}),
        ("aggregate.best", {"aggregate.best"}),
        ("names", {"names[50 معاهدة].text"}),
        ("names.text", {"names[50 معاهدة].text"}),
        ("signed", set()),
    ],
)
def test_claims_of_a_field_include_what_lies_beneath_it(field: str, found: set[str], shipped: defcoop.Dataset) -> None:
    assert {claim.field for claim in shipped.claims(PARTIES, field)} == found


@pytest.mark.parametrize("method", ["claims", "conflicts", "linked"])
def test_an_unknown_record_is_a_key_error(method: str, shipped: defcoop.Dataset) -> None:
    with pytest.raises(KeyError, match="agr-none"):
        getattr(shipped, method)("agr-none")
