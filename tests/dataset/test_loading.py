"""Loading: the shipped data, a checkout, a package; and what is said when they cannot be read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import defcoop
from defcoop.models.registry import TYPES
from defcoop.package import build, pack


@pytest.fixture
def copied(checkout: Path, tmp_path: Path) -> Path:
    for folder in ("dataset", "seeds"):
        shutil.copytree(checkout / folder, tmp_path / folder, ignore=shutil.ignore_patterns("text"))
    return tmp_path


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shipped: defcoop.Dataset) -> Path:
    """The data of an installed library, which come as lists."""
    data = tmp_path / "site-packages" / "defcoop" / "_data"
    data.mkdir(parents=True)
    for name, things in (*((kind.folder, getattr(shipped, kind.folder)) for kind in TYPES), ("seeds", shipped.seeds)):
        documents = [json.loads(one.model_dump_json(by_alias=True, exclude_defaults=True)) for one in things.values()]
        (data / f"{name}.json").write_text(json.dumps(documents), encoding="utf-8")
    monkeypatch.setattr("defcoop.dataset.loading.files", lambda _: data.parent)
    return data


def test_without_a_path_the_shipped_data_are_loaded(shipped: defcoop.Dataset) -> None:
    assert defcoop.load() == shipped


@pytest.mark.parametrize("kind", [str, Path])
def test_a_checkout_is_loaded_by_its_path(kind: type, copied: Path, shipped: defcoop.Dataset) -> None:
    loaded = defcoop.load(kind(copied))
    assert loaded == shipped
    assert loaded.seeds == shipped.seeds


def test_an_installed_library_reads_its_own_data(installed: Path, shipped: defcoop.Dataset) -> None:
    assert defcoop.load() == shipped
    path = installed / "actors.json"
    actors = json.loads(path.read_bytes())
    path.write_text(json.dumps(actors[1:]), encoding="utf-8")
    assert len(defcoop.load()) == len(shipped) - 1


def test_damaged_data_of_an_installed_library_are_a_data_error(installed: Path) -> None:
    (installed / "exercises.json").write_text('[{"id": "exe-x"}]', encoding="utf-8")
    with pytest.raises(defcoop.DataError, match=r"exercises\.json"):
        defcoop.load()


@pytest.mark.parametrize("packed", [False, True])
def test_a_package_is_loaded_from_its_folder_and_from_a_zip(
    packed: bool,  # noqa: FBT001 - a parameter of the test
    tmp_path: Path,
    shipped: defcoop.Dataset,
) -> None:
    place = tmp_path / "package"
    build(shipped, place)
    if packed:
        pack(place, tmp_path / "package.zip")
        place = tmp_path / "package.zip"
    assert defcoop.load(place) == shipped


def test_a_broken_package_is_a_data_error(tmp_path: Path, shipped: defcoop.Dataset) -> None:
    build(shipped, tmp_path / "package")
    (tmp_path / "package/data/actors.json").write_text("[{]", encoding="utf-8")
    with pytest.raises(defcoop.DataError, match=r"actors"):
        defcoop.load(tmp_path / "package")


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
