from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from defcoop.models import Actor, Agreement, Deployment, Engagement, Evidence, Facility, SourceCard
from defcoop.models.actor import ActorKind, Office
from defcoop.models.field_layout import FieldLayout, Shape, layout
from defcoop.models.record import AbsenceReason, Acceptance, Conflict
from defcoop.models.registry import ANY, SEED, TYPES
from defcoop.values import Edtf, Frozen, Money, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator


def field(model: type[Frozen], name: str) -> FieldLayout:
    return next(found for found in layout(model) if found.name == name)


def models(model: type[Frozen]) -> Iterator[type[Frozen]]:
    yield model
    for found in layout(model):
        if found.shape in {Shape.PART, Shape.PARTS}:
            yield from models(found.type)


ALL_MODELS = sorted(
    {model for top in (*(kind.model for kind in TYPES), SourceCard) for model in models(top)}, key=lambda m: m.__name__
)


@pytest.mark.parametrize(
    ("model", "name", "shape", "type_", "reference"),
    [
        (Actor, "kind", Shape.SCALAR, ActorKind, None),
        (Actor, "country", Shape.SCALAR, str, "actor"),
        (Actor, "offices", Shape.PARTS, Office, None),
        (Actor, "absent", Shape.MAPPING, AbsenceReason, None),
        (Actor, "accept", Shape.PARTS, Acceptance, None),
        (Acceptance, "code", Shape.SCALAR, str, None),
        (Agreement, "parties", Shape.SCALARS, str, "actor"),
        (Agreement, "signed", Shape.SCALAR, Edtf, None),
        (Agreement, "aggregate", Shape.PART, Quantity, None),
        (Agreement, "evidence", Shape.PARTS, Evidence, None),
        (Deployment, "legal_basis", Shape.SCALAR, str, "agreement"),
        (Deployment, "facility", Shape.SCALAR, str, "facility"),
        (Engagement, "outcomes", Shape.SCALARS, str, ANY),
        (Evidence, "passage", Shape.SPAN, int, None),
        (Evidence, "seed", Shape.SCALAR, str, SEED),
        (SourceCard, "id", Shape.SCALAR, str, None),
        (Evidence, "credibility", Shape.SCALAR, int, None),
        (Money, "low", Shape.SCALAR, Decimal, None),
        (Money, "currency_stated", Shape.SCALAR, bool, None),
        (Conflict, "value", Shape.SCALAR, str, None),
    ],
)
def test_a_field_has_its_shape_type_and_reference(
    model: type[Frozen], name: str, shape: Shape, type_: type, reference: str | None
) -> None:
    found = field(model, name)
    assert (found.shape, found.type, found.reference) == (shape, type_, reference)


@pytest.mark.parametrize(
    ("model", "name", "required", "coded", "expected", "item"),
    [
        (Actor, "id", True, False, False, "value"),
        (Actor, "names", True, False, False, "name"),
        (Agreement, "status", True, True, False, "value"),
        (Agreement, "signed", False, True, True, "value"),
        (Agreement, "ends", False, True, False, "value"),
        (Agreement, "parties", True, True, False, "actor_id"),
        (Agreement, "signatories", False, False, False, "value"),
        (Evidence, "supports", True, False, False, "path"),
    ],
)
def test_a_field_says_what_it_asks_for(  # noqa: PLR0913, PLR0917 - the parts of the answer
    model: type[Frozen],
    name: str,
    required: bool,  # noqa: FBT001 - a parameter of the test
    coded: bool,  # noqa: FBT001 - as above
    expected: bool,  # noqa: FBT001 - as above
    item: str,
) -> None:
    found = field(model, name)
    assert (found.required, found.coded, found.expected, found.item) == (required, coded, expected, item)


def test_upward_fields_are_those_that_may_not_run_in_a_circle() -> None:
    found = {(model.__name__, each.name) for model in ALL_MODELS for each in layout(model) if each.acyclic}
    of_all = {(kind.model.__name__, "withdrawn") for kind in TYPES}
    assert found - of_all == {
        ("Actor", "country"),
        ("Actor", "parent"),
        ("Agreement", "relations"),
        ("Facility", "part_of"),
    }
    assert of_all < found


def test_a_python_keyword_has_another_attribute_than_name() -> None:
    assert field(Facility, "class").attribute == "class_"
    assert all(found.attribute == found.name for found in layout(Facility) if found.name != "class")


def test_the_description_ends_with_the_source() -> None:
    assert field(Agreement, "signed").description == "When it was signed. (DCAD signature)"
    assert field(Actor, "id").description == "The record's id, equal to its file's stem and never reused."


@pytest.mark.parametrize("model", ALL_MODELS)
def test_every_field_is_laid_out_once_in_order_and_described(model: type[Frozen]) -> None:
    found = layout(model)
    assert [each.attribute for each in found] == list(model.model_fields)
    assert all(each.description for each in found)
    assert layout(model) is found


@pytest.mark.parametrize("model", ALL_MODELS)
def test_keys_name_required_fields(model: type[Frozen]) -> None:
    assert set(model.KEY) <= {each.name for each in layout(model) if each.required}
