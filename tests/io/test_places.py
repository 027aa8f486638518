"""One way to name a dataset, wherever one is named."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

import defcoop
from defcoop.errors import InputError
from defcoop.package.zip_writer import pack
from tests.checkouts import GOOD

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a checkout with a package and its zip."""
    place = tmp_path_factory.mktemp("places")
    for folder in ("dataset", "seeds"):
        shutil.copytree(GOOD / folder, place / folder)
    assert defcoop.build(place, place / "package").ok
    pack(place / "package", place / "package.zip")
    return place


WAYS = [".", "dataset", "package", "package/datapackage.json", "package.zip"]
PACKAGES = WAYS[2:]


@pytest.mark.parametrize("way", WAYS)
def test_each_way_loads_and_compares_the_same(checkout: Path, way: str) -> None:
    assert defcoop.load(checkout / way) == defcoop.load(checkout)
    assert not defcoop.diff(checkout, checkout / way).changes


@pytest.mark.parametrize("way", [".", "dataset"])
def test_a_checkout_is_checked_and_built_by_either_of_its_folders(
    checkout: Path, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = defcoop.validate(checkout / "dataset")
    assert defcoop.validate(checkout / way)._replace() == expected
    monkeypatch.chdir(checkout / way)
    assert defcoop.validate(".") == expected
    assert defcoop.load(".") == defcoop.load(checkout)
    assert defcoop.build(checkout / way, tmp_path / "package").ok
    sums = "SHA256SUMS"
    assert (tmp_path / "package" / sums).read_bytes() == (checkout / "package" / sums).read_bytes()


@pytest.mark.parametrize("way", PACKAGES)
def test_a_package_is_verified_and_exported_by_any_name(checkout: Path, way: str, tmp_path: Path) -> None:
    assert defcoop.verify(checkout / way).ok
    assert defcoop.export("csvw", checkout / way, tmp_path / "csvw").is_dir()


def test_what_is_not_there_is_named_as_it_was_asked_for(checkout: Path) -> None:
    for ask in (defcoop.load, defcoop.verify):
        with pytest.raises(FileNotFoundError, match="nowhere") as caught:
            ask(checkout / "nowhere")
        assert "dataset" not in str(caught.value)


def test_what_is_of_another_kind_says_so(checkout: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="is neither a package nor a checkout"):
        defcoop.load(tmp_path)
    with pytest.raises(InputError, match="run `defcoop build` first"):
        defcoop.export("csvw", checkout, tmp_path / "csvw")
    for way in PACKAGES:
        with pytest.raises(InputError, match="defcoop verify"):
            defcoop.validate(checkout / way)
