"""Linked views: references lead to records, everything else is as in the record."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

import defcoop
from defcoop.dataset import Linked
from defcoop.models.field_layout import Shape, layout
from defcoop.models.references import references
from defcoop.models.registry import SEED
from tests.sound import WIDE, datasets

if TYPE_CHECKING:
    from defcoop.models.leaves import Pointer

VISIT = "eng-tur-syr-damascus-visit"


def test_an_id_becomes_the_record(shipped: defcoop.Dataset) -> None:
    visit = shipped.linked(VISIT)
    assert visit.participants[0].actor.unlinked is shipped.actors["act-ilkay-altindag"]
    assert visit.participants[0].actor.country.unlinked is shipped.actors["act-tur"]
    assert visit.place.country.name == "Syria"
    assert visit.evidence[0].seed.unlinked is shipped.seeds[visit.unlinked.evidence[0].seed]


def test_a_list_of_ids_becomes_the_records(shipped: defcoop.Dataset) -> None:
    agreement = shipped.agreements["agr-qat-tur-fifty-treaties"]
    assert [party.id for party in shipped.linked(agreement).parties] == list(agreement.parties)
    assert [party.name for party in shipped.linked(agreement).parties] == ["Turkey", "Qatar"]


def test_all_else_is_as_in_the_record(shipped: defcoop.Dataset) -> None:
    visit = shipped.linked(VISIT)
    assert (visit.id, visit.kind, visit.name) == (VISIT, "visit", shipped[VISIT].name)
    assert visit.unlinked is shipped[VISIT]
    assert visit.aggregate is None
    assert visit.participants[0].role is shipped.engagements[VISIT].participants[0].role


def at(view: Any, pointer: Pointer) -> Any:
    for step in pointer:
        view = view[step] if isinstance(step, int) else getattr(view, "class_" if step == "class" else step)
    return view


@WIDE
@given(datasets())
def test_every_reference_of_any_record_leads_to_its_target(dataset: defcoop.Dataset) -> None:
    for record in dataset:
        view = dataset.linked(record)
        for link in references(record):
            target = dataset.seeds[link.target] if link.type == SEED else dataset[link.target]
            assert at(view, link.pointer).unlinked is target
        for field in layout(type(record)):
            if field.reference is None and field.shape not in {Shape.PART, Shape.PARTS}:
                assert getattr(view, field.attribute) is getattr(record, field.attribute)


def test_a_record_that_is_not_there_is_named(shipped: defcoop.Dataset) -> None:
    alone = defcoop.Dataset([shipped[VISIT]], [])
    with pytest.raises(KeyError, match="act-ilkay-altindag"):
        _ = alone.linked(VISIT).participants[0].actor


def test_an_unknown_attribute_is_an_attribute_error(shipped: defcoop.Dataset) -> None:
    with pytest.raises(AttributeError, match="partys"):
        _ = shipped.linked(VISIT).partys


def test_it_does_not_change(shipped: defcoop.Dataset) -> None:
    view = shipped.linked(VISIT)
    for name in ("status", "unlinked", "anything"):
        with pytest.raises(AttributeError, match=f"{name} cannot be set"):
            setattr(view, name, None)


def test_views_of_one_record_are_equal_and_pickled(shipped: defcoop.Dataset) -> None:
    view = shipped.linked(VISIT)
    assert view == shipped.linked(VISIT) != shipped.linked("act-qat")
    assert view != shipped[VISIT]
    assert len({view, shipped.linked(VISIT)}) == 1
    again = pickle.loads(pickle.dumps(view))  # noqa: S301 - its own
    assert again == view
    assert again.place.country.name == "Syria"
    assert view.participants[0] == shipped.linked(VISIT).participants[0]


def test_its_fields_are_listed_and_its_record_shown(shipped: defcoop.Dataset) -> None:
    view = shipped.linked(VISIT)
    assert {"participants", "name", "unlinked"} <= set(dir(view))
    assert not [name for name in dir(view) if name.startswith("_")]
    assert repr(view) == f"<linked {shipped[VISIT]!r}>"
    assert isinstance(view.place, Linked)
