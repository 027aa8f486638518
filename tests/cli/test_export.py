"""`defcoop export`: names the formats and writes one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from defcoop.exports import EXPORTS
from defcoop.package import build
from tests.exports.readers import from_sqlite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import defcoop as library
    from tests.cli.conftest import Result


@pytest.fixture
def built(copied: Path, shipped: library.Dataset) -> Path:
    build(shipped, copied / "build" / "package")
    return copied


def test_the_path_written_is_told(built: Path, defcoop: Callable[..., Result]) -> None:
    assert defcoop("export", "sqlite") == (0, "build/sqlite.sqlite\n", "")
    assert len(from_sqlite(built / "build" / "sqlite.sqlite", "records")) == 84


def test_a_folder_has_no_suffix(built: Path, defcoop: Callable[..., Result]) -> None:
    assert defcoop("export", "parquet") == (0, "build/parquet\n", "")
    assert (built / "build" / "parquet" / "claims.parquet").is_file()


def test_the_package_and_the_place_can_be_named(built: Path, defcoop: Callable[..., Result]) -> None:
    (built / "build" / "package").rename(built / "mine")
    assert defcoop("export", "sqlite", "--package", "mine", "--out", "there/x.db").out == "there/x.db\n"
    assert (built / "there" / "x.db").is_file()


@pytest.mark.parametrize("words", [["sqlite"], ["sqlite", "--package", "elsewhere"]])
def test_without_a_package_building_it_is_advised(
    words: list[str], copied: Path, defcoop: Callable[..., Result]
) -> None:
    place = words[2] if words[2:] else "build/package"
    expected = f"defcoop: there is no package in {place}; run `defcoop build` first\n"
    assert defcoop("export", *words) == (2, "", expected)
    assert not (copied / "build").exists()


def test_a_folder_that_is_no_package_is_named(copied: Path, defcoop: Callable[..., Result]) -> None:
    found = defcoop("export", "sqlite", "--package", "dataset")
    assert (found.code, found.out) == (2, "")
    assert found.err == "defcoop: there is no package in dataset; run `defcoop build` first\n"
    assert not (copied / "build").exists()


def test_the_formats_are_listed(defcoop: Callable[..., Result]) -> None:
    found = defcoop("export", "--list")
    assert found.code == 0
    assert [line.split("  ")[0].rstrip() for line in found.out.splitlines()] == [form.name for form in EXPORTS]
    assert all(line.endswith(form.what) for line, form in zip(found.out.splitlines(), EXPORTS, strict=True))


def test_an_unknown_format_is_answered_with_those_there_are(defcoop: Callable[..., Result]) -> None:
    found = defcoop("export", "stata")
    assert (found.code, found.out) == (2, "")
    assert "stata is none of sqlite, parquet, duckdb, xlsx" in " ".join(found.err.split())
