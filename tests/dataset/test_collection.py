"""Collections: mappings from ids to records that can be filtered, and that show themselves."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import defcoop
from defcoop.models import Actor
from defcoop.models.field_layout import Shape, is_empty, layout
from defcoop.models.registry import TYPES
from tests.sound import WIDE, datasets

if TYPE_CHECKING:
    from defcoop.models import Record


def test_it_is_a_mapping_whose_iteration_gives_ids(shipped: defcoop.Dataset) -> None:
    actors = shipped.actors
    assert isinstance(actors, Mapping)
    assert list(actors) == list(actors.keys()) == sorted(actors)
    assert [record.id for record in actors.values()] == list(actors)
    assert dict(actors.items()) == dict(actors)
    assert len(actors) == len(list(actors))
    assert actors.get("act-qat") is actors["act-qat"]
    assert actors.get("act-nobody") is None
    assert actors.get("act-nobody", 7) == 7


def test_a_missing_id_is_a_key_error_that_names_the_nearest(shipped: defcoop.Dataset) -> None:
    with pytest.raises(KeyError, match=r"no act-qatt among the actors\. Did you mean act-qat\?"):
        shipped.actors["act-qatt"]
    with pytest.raises(KeyError, match=r"no zzz among the actors"):
        shipped.actors["zzz"]


def found(collection: Mapping[str, Record]) -> set[str]:
    assert list(collection) == sorted(collection)
    return set(collection)


def test_a_keyword_asks_for_a_value(shipped: defcoop.Dataset) -> None:
    by_hand = {record.id for record in shipped.agreements.values() if record.status == "in_force"}
    assert found(shipped.agreements.where(status="in_force")) == by_hand
    assert 0 < len(by_hand) < len(shipped.agreements)


def test_of_a_list_one_item_is_enough(shipped: defcoop.Dataset) -> None:
    by_hand = {record.id for record in shipped.agreements.values() if "act-qat" in record.parties}
    assert found(shipped.agreements.where(parties="act-qat")) == by_hand
    assert 0 < len(by_hand) < len(shipped.agreements)


def test_underscores_lead_into_parts_and_lists_of_parts(shipped: defcoop.Dataset) -> None:
    places = {one.id for one in shipped.engagements.values() if one.place and one.place.country == "act-qat"}
    assert found(shipped.engagements.where(place__country="act-qat")) == places
    hosts = {one.id for one in shipped.engagements.values() if any(who.role == "host" for who in one.participants)}
    assert found(shipped.engagements.where(participants__role="host")) == hosts
    assert places
    assert hosts


def test_all_that_is_asked_must_hold(shipped: defcoop.Dataset) -> None:
    both = shipped.engagements.where(lambda one: "training" in one.topics, kind="cooperation", status="ongoing")
    one_by_one = (
        shipped.engagements.where(kind="cooperation")
        .where(status="ongoing")
        .where(lambda one: "training" in one.topics)
    )
    assert both == one_by_one
    assert 0 < len(both) < len(shipped.engagements.where(kind="cooperation", status="ongoing"))


def test_none_asks_for_no_value(shipped: defcoop.Dataset) -> None:
    undated = {one.id for one in shipped.engagements.values() if one.period is None}
    assert found(shipped.engagements.where(period=None)) == undated
    unplaced = {one.id for one in shipped.engagements.values() if one.place is None or one.place.country is None}
    assert found(shipped.engagements.where(place__country=None)) == unplaced
    aimless = {one.id for one in shipped.engagements.values() if not one.topics}
    assert found(shipped.engagements.where(topics=None)) == aimless
    assert undated
    assert aimless


def test_a_reason_given_for_no_value_can_be_asked_for(shipped: defcoop.Dataset) -> None:
    by_hand = {one.id for one in shipped.agreements.values() if "signed" in one.absent}
    assert found(shipped.agreements.where(absent="signed")) == by_hand != set()


@pytest.mark.parametrize("name", ["class_", "class"])
def test_a_field_that_is_a_word_of_python_has_an_underscore(name: str, shipped: defcoop.Dataset) -> None:
    by_hand = {one.id for one in shipped.facilities.values() if one.class_ == "base"}
    assert found(shipped.facilities.where(**{name: "base"})) == by_hand != set()


@pytest.mark.parametrize(
    ("keyword", "message"),
    [
        ("statuss", r"Agreement has no field statuss\. Did you mean status\?"),
        ("zzz", r"Agreement has no field zzz\. It has id, names, .*status"),
        ("aggregate__beast", r"Quantity has no field beast\. Did you mean best\?"),
        ("status__best", r"status has no field best\. It holds single values\."),
        ("", r"Agreement has no field "),
    ],
)
@pytest.mark.parametrize("empty", [False, True])
def test_an_unknown_field_is_refused_even_of_nothing(
    keyword: str,
    message: str,
    empty: bool,  # noqa: FBT001 - a parameter of the test
    shipped: defcoop.Dataset,
) -> None:
    collection = (defcoop.Dataset([], []) if empty else shipped).agreements
    with pytest.raises(ValueError, match=message):
        collection.where(**{keyword: 1})


def test_source_cards_are_filtered_too(shipped: defcoop.Dataset) -> None:
    assert list(shipped.seeds.where(id="seed-001")) == ["seed-001"]
    assert found(shipped.seeds.where(language="ar")) == set(shipped.seeds)


@WIDE
@given(datasets(), st.data())
def test_asking_for_a_value_that_a_record_has_finds_it(dataset: defcoop.Dataset, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(list(dataset)))
    [kind] = [kind for kind in TYPES if kind.model is type(record)]
    collection = getattr(dataset, kind.folder)
    for field in layout(kind.model):
        value = getattr(record, field.attribute)
        wanted = None if is_empty(value) else value
        if field.shape in {Shape.SCALARS, Shape.PARTS} and value:
            wanted = data.draw(st.sampled_from(value))
        if field.shape is Shape.MAPPING:
            continue
        kept = collection.where(**{field.attribute: wanted})
        assert record.id in kept
        for other in kept.values():
            theirs = getattr(other, field.attribute)
            assert theirs == value or wanted in (theirs or ())


def test_filtering_leaves_the_collection_as_it_was(shipped: defcoop.Dataset) -> None:
    before = dict(shipped.actors)
    assert len(shipped.actors.where(kind="person")) < len(before)
    assert dict(shipped.actors) == before


def test_it_does_not_change(shipped: defcoop.Dataset) -> None:
    with pytest.raises(TypeError):
        shipped.actors["act-x"] = shipped.actors["act-qat"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        shipped.actors.more = 1  # type: ignore[attr-defined]


def test_it_is_pickled_by_content(shipped: defcoop.Dataset) -> None:
    some = shipped.actors.where(kind="person")
    again = pickle.loads(pickle.dumps(some))  # noqa: S301 - its own
    assert again == some
    assert hash(again) == hash(some)
    assert again.where(kind="state") == shipped.actors.where(kind="state").where(kind="person")


def test_its_repr_counts_and_names_the_first(shipped: defcoop.Dataset) -> None:
    actors = shipped.actors
    assert repr(actors) == f"<{len(actors)} actors: {', '.join(list(actors)[:3])}, …>"
    assert repr(actors.where(id="act-qat")) == "<1 actors: act-qat>"
    assert repr(actors.where(id="act-nobody")) == "<0 actors>"


class Cells(HTMLParser):
    """The texts of a table's cells, row by row, and the tags that are in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_data(self, text: str) -> None:
        if self.rows:
            self.rows[-1][-1] += text


def test_a_notebook_shows_the_first_records(shipped: defcoop.Dataset) -> None:
    head, *rows = Cells(shipped.agreements._repr_html_().partition("<details")[0]).rows
    assert head == ["id", "names", "instrument", "laterality", "parties", "scope", "subjects"]
    assert [row[0] for row in rows] == list(shipped.agreements)[:20]
    first = next(iter(shipped.agreements.values()))
    assert rows[0][:5] == [
        first.id, first.name, str(first.instrument or ""), first.laterality.value, ", ".join(first.parties)
    ]  # fmt: skip
    assert len(Cells(shipped.actors._repr_html_().partition("<details")[0]).rows) == 21 <= len(shipped.actors)


def test_texts_stay_texts_in_it(shipped: defcoop.Dataset) -> None:
    nasty = "<script>alert(1)</script> & <b>"
    name = {"text": nasty, "lang": "en", "kind": "editorial"}
    document = shipped["act-qat"].model_dump(by_alias=True) | {"names": [name], "rank": "<i>"}
    shown = Cells(defcoop.Dataset([Actor.model_validate(document)], []).actors._repr_html_().partition("<details")[0])
    assert shown.tags <= {"a", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert shown.rows[1][1] == nasty
