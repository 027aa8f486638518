"""A built package is read back as the records that it was built from."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import defcoop
from defcoop import version
from defcoop.models.registry import BY_NAME, TYPES
from defcoop.package import Package, PackageError, open_package, records_of, tables

if TYPE_CHECKING:
    from defcoop.models.registry import RecordType


@pytest.fixture
def copy(package: Path, tmp_path: Path) -> Path:
    return shutil.copytree(package, tmp_path / "package")


def test_records_and_cards_come_back_as_they_were(package: Path, shipped: defcoop.Dataset) -> None:
    records, cards = open_package(package).contents()
    assert {record.id: record for record in records} == {record.id: record for record in shipped}
    assert [type(record) for record in records] == [kind.model for kind in TYPES for _ in getattr(shipped, kind.folder)]
    assert cards == list(shipped.seeds.values())


def test_a_package_is_loaded_like_a_checkout(package: Path, shipped: defcoop.Dataset) -> None:
    loaded = defcoop.load(package)
    assert repr(loaded) == repr(shipped)
    assert list(loaded) == list(shipped)
    assert loaded.claims("act-qat") == shipped.claims("act-qat")


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_the_tables_alone_hold_the_whole_records(
    kind: RecordType, rows: dict[str, list[dict[str, str]]], shipped: defcoop.Dataset
) -> None:
    assert list(records_of(kind, rows)) == list(getattr(shipped, kind.folder).values())


@pytest.fixture(params=["folder", "zip"])
def opened(request: pytest.FixtureRequest, package: Path, tmp_path: Path) -> Package:
    if request.param == "folder":
        return open_package(package)
    archive = Path(shutil.make_archive(str(tmp_path / "package"), "zip", package))
    return open_package(archive)


def test_a_folder_and_its_zip_hold_the_same(opened: Package, package: Path, shipped: defcoop.Dataset) -> None:
    assert opened.names() == sorted(
        path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()
    )
    assert opened.version.startswith(version.DATA)
    assert list(opened.tables) == [table.name for table in tables()]
    assert list(opened.rows("redirects")) == []
    assert [row[0] for row in opened.rows("actors")] == list(shipped.actors)
    assert [card["id"] for card in opened.json("seeds")] == list(shipped.seeds)
    assert list(defcoop.load(opened.place)) == list(shipped)


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("actors", b"id,", b"di,", "actors: the columns are not those of the descriptor"),
        ("actors", b"\nact-", b'\n"act-"x', "actors: near line"),
        ("actors", b"\nact-", b"\n\xff", "actors: near line"),
    ],
)
def test_a_table_that_cannot_be_read_is_named(table: str, old: bytes, new: bytes, said: str, copy: Path) -> None:
    path = copy / "data" / f"{table}.csv"
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    with pytest.raises(PackageError, match=said):
        list(open_package(copy).rows(table))


@pytest.mark.parametrize("source", [b"", b"[]", b'{"name": "other"}', b"\xff"])
def test_what_is_no_package_is_not_opened(source: bytes, copy: Path) -> None:
    (copy / "datapackage.json").write_bytes(source)
    with pytest.raises(PackageError):
        open_package(copy)


@pytest.mark.parametrize(
    ("at", "byte", "said"),
    [
        (6, 1, "is encrypted"),  # the flag of the file
        (8, 99, "compression"),  # its method
        (40, None, "sound zip"),  # its deflated bytes
    ],
)
def test_a_zip_of_another_kind_is_told(at: int, byte: int | None, said: str, tmp_path: Path, package: Path) -> None:
    place = tmp_path / "package.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(package / "datapackage.json", "datapackage.json")
    source = bytearray(place.read_bytes())
    if byte is None:
        source[at + 20 : at + 60] = b"\xff" * 40
    else:
        for head, more in ((b"PK\3\4", 0), (b"PK\1\2", 2)):
            source[source.index(head) + at + more] = byte
    place.write_bytes(source)
    with pytest.raises(PackageError, match=said):
        open_package(place)


def test_a_zip_that_is_none_or_lacks_a_file_is_told(tmp_path: Path, package: Path) -> None:
    place = tmp_path / "package.zip"
    place.write_bytes(b"PK nothing")
    with pytest.raises(PackageError, match="neither a folder nor a sound zip"):
        open_package(place)
    with zipfile.ZipFile(place, "w") as archive:
        archive.write(package / "datapackage.json", "datapackage.json")
    with pytest.raises(FileNotFoundError, match=r"actors\.csv"):
        list(open_package(place).rows("actors"))


@pytest.mark.parametrize("table", [*(kind.folder for kind in TYPES), "seeds"])
def test_a_missing_file_is_an_error_that_names_it(table: str, copy: Path) -> None:
    (copy / "data" / f"{table}.json").unlink()
    with pytest.raises(FileNotFoundError, match=f"{table}.json"):
        open_package(copy).contents()


@pytest.mark.parametrize("source", [b"", b"[{}]", b"{}", b'[{"id": 1}]', b"\xff"])
@pytest.mark.parametrize("table", [BY_NAME["facility"].folder, "seeds"])
def test_a_file_that_holds_something_else_is_refused(table: str, source: bytes, copy: Path) -> None:
    (copy / "data" / f"{table}.json").write_bytes(source)
    with pytest.raises(ValueError, match="validation error"):
        open_package(copy).contents()


@pytest.mark.parametrize("source", [b"", b"[{}]", b"\xff"])
def test_loading_a_damaged_package_is_a_data_error(source: bytes, copy: Path) -> None:
    (copy / "data" / "facilities.json").write_bytes(source)
    with pytest.raises(defcoop.DataError, match=f"^{copy} does not hold what a package should: "):
        defcoop.load(copy)


def test_a_package_with_a_record_twice_is_a_data_error(copy: Path) -> None:
    path = copy / "data" / "facilities.json"
    records = json.loads(path.read_bytes())
    path.write_text(json.dumps([*records, records[0]]), encoding="utf-8")
    with pytest.raises(defcoop.DataError, match=f"two records have the id {records[0]['id']}"):
        defcoop.load(copy)


def test_loading_a_package_without_a_file_is_an_os_error_that_names_it(copy: Path) -> None:
    (copy / "data" / "facilities.json").unlink()
    with pytest.raises(FileNotFoundError, match=r"facilities\.json"):
        defcoop.load(copy)
