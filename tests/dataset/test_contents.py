"""The dataset in memory: collections by type, records by id; none of it changes."""

from __future__ import annotations

import copy
import pickle
from html.parser import HTMLParser

import pytest

import defcoop
from defcoop.models.registry import TYPES


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_each_type_has_its_collection_sorted_by_id(kind: object, shipped: defcoop.Dataset, checkout: object) -> None:
    collection = getattr(shipped, kind.folder)  # type: ignore[attr-defined]
    files = (checkout / "dataset" / kind.folder).glob("*.yaml")  # type: ignore[attr-defined, operator]
    assert list(collection) == sorted(path.stem for path in files)
    assert all(type(record) is kind.model for record in collection.values())  # type: ignore[attr-defined]
    assert all(record.id == name for name, record in collection.items())


def test_records_are_found_by_id_counted_and_listed_in_order(shipped: defcoop.Dataset) -> None:
    ids = [record.id for record in shipped]
    assert ids == sorted(ids)
    assert len(shipped) == len(ids) == sum(len(getattr(shipped, kind.folder)) for kind in TYPES) > 0
    assert all(shipped[name].id == name for name in ids)
    with pytest.raises(KeyError, match="act-nobody"):
        shipped["act-nobody"]


def test_the_order_in_which_records_are_given_does_not_matter(shipped: defcoop.Dataset) -> None:
    backwards = defcoop.Dataset(reversed(list(shipped)), reversed(list(shipped.seeds.values())))
    assert list(backwards) == list(shipped)
    assert list(backwards.seeds) == list(shipped.seeds)
    assert [list(getattr(backwards, kind.folder)) for kind in TYPES] == [
        list(getattr(shipped, kind.folder)) for kind in TYPES
    ]


def test_it_tells_whether_it_has_a_record(shipped: defcoop.Dataset) -> None:
    assert "act-qat" in shipped
    assert "act-nobody" not in shipped
    assert "seed-000" not in shipped
    assert shipped["act-qat"] not in shipped.actors


def test_its_attributes_are_listed_with_its_collections(shipped: defcoop.Dataset) -> None:
    listed = dir(shipped)
    assert {"claims", "seeds", *(kind.folder for kind in TYPES)} <= set(listed)
    assert listed == sorted(listed)


def test_its_repr_counts(shipped: defcoop.Dataset) -> None:
    counts = ", ".join(f"{len(getattr(shipped, kind.folder))} {kind.folder}" for kind in TYPES)
    assert repr(shipped) == f"<Dataset: {counts}; {len(shipped.seeds)} seeds>"


def test_a_notebook_shows_its_counts_as_a_table(shipped: defcoop.Dataset) -> None:
    cells: list[str] = []
    parser = HTMLParser()
    parser.handle_data = cells.append  # type: ignore[method-assign]
    parser.feed(shipped._repr_html_())
    for kind in TYPES:
        assert cells[cells.index(kind.folder) + 1] == str(len(getattr(shipped, kind.folder)))
    assert cells[-2:] == ["seeds", str(len(shipped.seeds))]


@pytest.mark.parametrize("name", ["treaties", "_secret", "__len"])
def test_an_unknown_attribute_is_an_attribute_error(name: str, shipped: defcoop.Dataset) -> None:
    with pytest.raises(AttributeError, match=name):
        getattr(shipped, name)
    assert not hasattr(shipped, name)


@pytest.mark.parametrize("name", ["actors", "seeds", "_records", "anything"])
def test_nothing_of_it_can_be_set(name: str, shipped: defcoop.Dataset) -> None:
    with pytest.raises(AttributeError, match=f"a Dataset does not change: {name} cannot be set"):
        setattr(shipped, name, {})


@pytest.mark.parametrize("name", ["actors", "seeds"])
def test_its_collections_do_not_change(name: str, shipped: defcoop.Dataset) -> None:
    with pytest.raises(TypeError):
        getattr(shipped, name)["x"] = None


def test_its_records_do_not_change(shipped: defcoop.Dataset) -> None:
    with pytest.raises(ValueError, match="frozen"):
        shipped["act-qat"].summary = "Another."  # type: ignore[misc]


@pytest.mark.parametrize("again", [lambda ds: pickle.loads(pickle.dumps(ds)), copy.copy, copy.deepcopy])  # noqa: S301 - its own
def test_it_is_copied_by_content(again: object, shipped: defcoop.Dataset) -> None:
    twin = again(shipped)  # type: ignore[operator]
    assert twin is not shipped
    assert twin == shipped
    assert hash(twin) == hash(shipped)
    assert list(twin) == list(shipped)
    assert twin.seeds == shipped.seeds
    assert twin.actors == shipped.actors


def test_datasets_with_other_records_or_cards_are_not_equal(shipped: defcoop.Dataset) -> None:
    records, cards = list(shipped), list(shipped.seeds.values())
    assert defcoop.Dataset(records, cards) == shipped
    assert defcoop.Dataset(records[1:], cards) != shipped
    assert defcoop.Dataset(records, cards[1:]) != shipped
    changed = records[0].model_copy(update={"summary": "Another."})
    assert defcoop.Dataset([changed, *records[1:]], cards) != shipped
    assert shipped != records


def test_two_records_of_one_id_are_refused(shipped: defcoop.Dataset) -> None:
    with pytest.raises(defcoop.DataError, match="two records have the id act-qat"):
        defcoop.Dataset([shipped["act-qat"], shipped["act-qat"]], [])
    card = shipped.seeds["seed-000"]
    with pytest.raises(defcoop.DataError, match="seed-000"):
        defcoop.Dataset([], [card, card])


def test_nothing_makes_an_empty_dataset() -> None:
    empty = defcoop.Dataset([], [])
    assert (len(empty), list(empty), dict(empty.actors), dict(empty.seeds)) == (0, [], {}, {})
    assert empty._repr_html_()
    assert empty.actors._repr_html_()
    assert (empty.conflicts(), empty.as_of("2020"), empty.at_least(basis="explicit"), empty.only([])) == (
        [], empty, empty, empty,
    )  # fmt: skip
