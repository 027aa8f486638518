"""A built package is read back as the records that it was built from."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

import defcoop
from defcoop.package import read_package, records_of
from defcoop.registry import BY_NAME, TYPES

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.registry import RecordType


@pytest.fixture
def copy(package: Path, tmp_path: Path) -> Path:
    return shutil.copytree(package, tmp_path / "package")


def test_records_and_cards_come_back_as_they_were(package: Path, shipped: defcoop.Dataset) -> None:
    records, cards = read_package(package)
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


@pytest.mark.parametrize("table", [*(kind.folder for kind in TYPES), "seeds"])
def test_a_missing_file_is_an_error_that_names_it(table: str, copy: Path) -> None:
    (copy / "data" / f"{table}.json").unlink()
    with pytest.raises(FileNotFoundError, match=f"{table}.json"):
        read_package(copy)


@pytest.mark.parametrize("source", [b"", b"[{}]", b"{}", b'[{"id": 1}]', b"\xff"])
@pytest.mark.parametrize("table", [BY_NAME["facility"].folder, "seeds"])
def test_a_file_that_holds_something_else_is_refused(table: str, source: bytes, copy: Path) -> None:
    (copy / "data" / f"{table}.json").write_bytes(source)
    with pytest.raises(ValueError, match="validation error"):
        read_package(copy)


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
