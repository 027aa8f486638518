"""The dataset in memory: collections by type, records by id, claims by field."""

from __future__ import annotations

import copy
import pickle
import shutil
from pathlib import Path

import pytest

import defcoop
from defcoop.models.leaves import leaves
from defcoop.registry import TYPES

PARTIES = "agr-qat-tur-fifty-treaties"


@pytest.fixture
def copied(checkout: Path, tmp_path: Path) -> Path:
    for folder in ("dataset", "seeds"):
        shutil.copytree(checkout / folder, tmp_path / folder, ignore=shutil.ignore_patterns("text"))
    return tmp_path


def test_without_a_path_the_shipped_data_are_loaded(shipped: defcoop.Dataset) -> None:
    assert list(defcoop.load()) == list(shipped)


@pytest.mark.parametrize("kind", [str, Path])
def test_a_checkout_is_loaded_by_its_path(kind: type, copied: Path, shipped: defcoop.Dataset) -> None:
    loaded = defcoop.load(kind(copied))
    assert list(loaded) == list(shipped)
    assert loaded.seeds == shipped.seeds


def test_an_installed_wheel_carries_its_data(
    copied: Path, monkeypatch: pytest.MonkeyPatch, shipped: defcoop.Dataset
) -> None:
    library = copied / "site-packages" / "defcoop"
    (library / "_data").mkdir(parents=True)
    for folder in ("dataset", "seeds"):
        shutil.move(copied / folder, library / "_data" / folder)
    monkeypatch.setattr("defcoop.dataset.__file__", str(library / "dataset.py"))
    assert list(defcoop.load()) == list(shipped)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_each_type_has_its_collection_sorted_by_id(kind: object, shipped: defcoop.Dataset, checkout: Path) -> None:
    collection = getattr(shipped, kind.folder)  # type: ignore[attr-defined]
    files = (checkout / "dataset" / kind.folder).glob("*.yaml")  # type: ignore[attr-defined]
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


@pytest.mark.parametrize("again", [lambda ds: pickle.loads(pickle.dumps(ds)), copy.copy, copy.deepcopy])  # noqa: S301
def test_it_is_copied_by_content(again: object, shipped: defcoop.Dataset) -> None:
    twin = again(shipped)  # type: ignore[operator]
    assert twin is not shipped
    assert list(twin) == list(shipped)
    assert twin.seeds == shipped.seeds
    assert twin.actors == shipped.actors


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
        ("part", set()),
        ("signed", set()),
    ],
)
def test_claims_of_a_field_include_what_lies_beneath_it(field: str, found: set[str], shipped: defcoop.Dataset) -> None:
    assert {claim.field for claim in shipped.claims(PARTIES, field)} == found


def test_claims_of_an_unknown_record_are_a_key_error(shipped: defcoop.Dataset) -> None:
    with pytest.raises(KeyError, match="agr-none"):
        shipped.claims("agr-none")


def test_two_records_of_one_id_are_refused(shipped: defcoop.Dataset) -> None:
    with pytest.raises(defcoop.DataError, match="two records have the id act-qat"):
        defcoop.Dataset([shipped["act-qat"], shipped["act-qat"]], [])
    card = shipped.seeds["seed-000"]
    with pytest.raises(defcoop.DataError, match="seed-000"):
        defcoop.Dataset([], [card, card])


def test_nothing_makes_an_empty_dataset() -> None:
    empty = defcoop.Dataset([], [])
    assert (len(empty), list(empty), dict(empty.actors), dict(empty.seeds)) == (0, [], {}, {})


def test_a_broken_record_is_a_data_error_that_says_where(copied: Path) -> None:
    path = copied / "dataset" / "actors" / "act-qat.yaml"
    text = path.read_text(encoding="utf-8").replace("kind: state", "kind: stat")
    path.write_text(text, encoding="utf-8")
    line = text.splitlines().index("kind: stat") + 1
    with pytest.raises(
        defcoop.DataError, match=rf"^dataset/actors/act-qat\.yaml:{line}:7: DC104 act-qat: kind: 'stat'"
    ):
        defcoop.load(copied)


def test_a_broken_card_is_a_data_error(copied: Path) -> None:
    (copied / "seeds" / "seed-000.yaml").write_text("id: seed-000\n")
    with pytest.raises(defcoop.DataError, match=r"^seeds/seed-000\.yaml:1:1: DC101 "):
        defcoop.load(copied)


def test_a_data_error_is_a_value_error() -> None:
    assert issubclass(defcoop.DataError, ValueError)


@pytest.mark.parametrize("missing", ["dataset", "seeds"])
def test_a_missing_folder_is_an_os_error_that_names_it(missing: str, copied: Path) -> None:
    shutil.rmtree(copied / missing)
    with pytest.raises(FileNotFoundError, match=missing):
        defcoop.load(copied)


def test_stray_files_do_not_keep_the_data_from_being_loaded(copied: Path, shipped: defcoop.Dataset) -> None:
    (copied / "dataset" / "notes.txt").touch()
    (copied / "dataset" / "actors" / "notes.txt").touch()
    assert list(defcoop.load(copied)) == list(shipped)
