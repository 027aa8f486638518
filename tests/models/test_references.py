from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defcoop.models.references import Link, references
from defcoop.models.registry import ANY, BY_NAME, SEED, TYPES
from tests.strategies import LARGE, records, source_cards

if TYPE_CHECKING:
    import defcoop
    from defcoop.models import SourceCard
    from defcoop.models.registry import RecordType

ID = re.compile(r"(?:[a-z]{3}|seed)(?:-[a-z0-9]+)+")


def walk(document: object, pointer: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], object]:
    items = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, tuple) else ()
    )
    found = {pointer: document}
    for step, value in items:
        found |= walk(value, (*pointer, step))
    return found


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
@given(data=st.data())
@LARGE
def test_every_reference_is_found_once_where_it_stands(kind: RecordType, data: st.DataObject) -> None:
    record = data.draw(records(kind))
    places = walk(record.model_dump(by_alias=True))
    links = list(references(record))
    assert len({link.pointer for link in links}) == len(links)
    for link in links:
        assert places[link.pointer] == link.target
        wanted = "seed" if link.type == SEED else "" if link.type == ANY else BY_NAME[link.type].prefix
        assert link.target.startswith(wanted)


def test_no_id_of_the_shipped_records_is_missed(shipped: defcoop.Dataset) -> None:
    known = {record.id for record in shipped} | set(shipped.seeds)
    for record in shipped:
        places = walk(record.model_dump(by_alias=True))
        ids = {pointer for pointer, value in places.items() if isinstance(value, str) and value in known}
        assert ids - {("id",)} == {link.pointer for link in references(record)}


@given(source_cards())
@LARGE
def test_a_source_card_refers_to_its_outlet_alone(card: SourceCard) -> None:
    assert list(references(card)) == ([Link(card.outlet, "actor", ("outlet",))] if card.outlet else [])
