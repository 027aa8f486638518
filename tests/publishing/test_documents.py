"""What lies beside the tables of a published package: its README, its codebook and the text of its licence."""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING

import frictionless
import pytest

import defcoop
from defcoop.dataset import read_checkout
from defcoop.package import pack
from defcoop.package.views import views
from defcoop.publishing import licence_text, publish
from tests.checkouts import GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.dataset import Dataset

FILES = {"README.md", "codebook.html", "LICENSE"}


@pytest.fixture(scope="module")
def good() -> Dataset:
    return read_checkout(GOOD / "dataset", GOOD / "seeds")


@pytest.fixture(scope="module")
def published(good: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published") / "package"
    publish(good, folder)
    return folder


def read(package: Path, name: str) -> str:
    return (package / name).read_text(encoding="utf-8")


def test_folder_and_zip_hold_all_and_it_is_described_and_verified(published: Path, tmp_path: Path) -> None:
    files = {path.relative_to(published).as_posix() for path in published.rglob("*") if path.is_file()}
    assert files >= FILES | set(views()) | {"datapackage.json", "SHA256SUMS", "dataset.json", "data/claims.csv"}
    described = {resource["path"] for resource in json.loads(read(published, "datapackage.json"))["resources"]}
    assert files - described == {"datapackage.json", "SHA256SUMS"}
    assert frictionless.validate(str(published / "datapackage.json")).valid
    assert defcoop.verify(published, deep=True).ok
    pack(published, tmp_path / "package.zip")
    with zipfile.ZipFile(tmp_path / "package.zip") as archive:
        assert set(archive.namelist()) == files


@pytest.mark.parametrize("name", sorted(FILES | set(views())))
def test_a_file_of_which_a_byte_is_another_is_found_out(
    name: str, published: Path, good: Dataset, tmp_path: Path
) -> None:
    publish(good, tmp_path / "package")
    (tmp_path / "package" / name).write_bytes((published / name).read_bytes() + b" ")
    assert not defcoop.verify(tmp_path / "package").ok


def test_the_readme_says_of_the_dataset_what_its_card_says(good: Dataset, published: Path) -> None:
    readme, card = read(published, "README.md"), good.card
    assert readme.startswith(f"# {card.title}\n")
    version = json.loads(read(published, "datapackage.json"))["version"]
    for text in (card.description, version, *card.covers, *card.excludes, *card.coding, *card.limits, card.licence):
        assert text in readme
    assert all(who.name in readme for who in card.contributors)
    named = set(re.findall(r"\| `([^`]+)` \|", readme))
    assert named >= {*views(), "codebook.html", "LICENSE"}


def test_the_codebook_describes_the_sources_and_every_column(good: Dataset, published: Path) -> None:
    page = read(published, "codebook.html")
    assert good.card.title in page
    for card in good.seeds.values():
        assert card.sha256 in page
    for resource in json.loads(read(published, "datapackage.json"))["resources"]:
        if resource["path"].startswith("data/") and "schema" in resource:
            assert f'id="{resource["name"]}"' in page
    assert "defcoop codebook --dataset" not in page


def test_the_licence_is_that_of_the_dataset(good: Dataset, published: Path) -> None:
    assert read(published, "LICENSE") == licence_text(good.card.licence)
    assert licence_text("CC-BY-4.0").startswith("Creative Commons Attribution 4.0 International")
    assert licence_text("CC0-1.0") != licence_text("CC-BY-4.0")
    assert "https://opendatacommons.org/licenses/odbl/1-0/" in licence_text("ODbL-1.0")
    assert "https://spdx.org/licenses/Etalab-2.0.html" in licence_text("Etalab-2.0")


def test_the_same_data_give_the_same_bytes_and_replace_the_package(
    good: Dataset, published: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        publish(good, tmp_path / "package")
    for path in published.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "package" / path.relative_to(published)).read_bytes()


def test_what_is_published_is_loaded_and_compared_as_before(good: Dataset, published: Path) -> None:
    assert [*defcoop.load(published)] == [*good]
    assert defcoop.diff(published, GOOD / "dataset").changes == ()


def test_a_checkout_is_built_with_all_of_it(tmp_path: Path, published: Path) -> None:
    report = defcoop.build(GOOD / "dataset", tmp_path / "package", GOOD / "texts")
    assert report.ok
    for name in (*FILES, *views()):
        assert (tmp_path / "package" / name).read_bytes() == (published / name).read_bytes()
