"""Each export is in a form that old programs read, whatever its library could write, and as `docs/exports.md` says."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from typing import TYPE_CHECKING

import duckdb
import polars as pl
import pytest
from pyarrow import parquet

from defcoop.exports import export

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.package import Package


def test_parquet_is_of_format_2_6_with_pages_of_version_1(small: Package, tmp_path: Path) -> None:
    folder = export("parquet", small, tmp_path / "x")
    for path in folder.rglob("*.parquet"):
        assert parquet.read_metadata(path).format_version == "2.6"
    claims = parquet.read_metadata(folder / "claims.parquet")
    assert {claims.row_group(0).column(number).compression for number in range(claims.num_columns)} == {"ZSTD"}
    assert "DataPageV2" not in str(claims.row_group(0).column(0).encodings)


def test_sqlite_is_of_schema_format_4_without_a_write_ahead_log(small: Package, tmp_path: Path) -> None:
    path = export("sqlite", small, tmp_path / "x.sqlite")
    head = path.read_bytes()[:100]
    assert (head[18], head[19], int.from_bytes(head[44:48])) == (1, 1, 4)
    with sqlite3.connect(path) as database:
        statements = " ".join(text for (text,) in database.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL"))
    # Each came after the full-text search that the export needs, which is of 3.9.
    assert not [word for word in ("STRICT", "GENERATED ALWAYS", "DROP COLUMN", "RETURNING") if f" {word}" in statements]


def test_a_workbook_has_no_part_of_a_later_excel(small: Package, tmp_path: Path) -> None:
    with zipfile.ZipFile(export("xlsx", small, tmp_path / "x.xlsx")) as book:
        sources = {name: book.read(name) for name in book.namelist() if name.endswith(".xml")}
    assert b"http://schemas.openxmlformats.org/spreadsheetml/2006/main" in sources["xl/workbook.xml"]
    assert not [name for name, source in sources.items() if b"_xlfn" in source or b"office/spreadsheetml/20" in source]


def test_croissant_and_csvw_name_their_versions(small: Package, tmp_path: Path) -> None:
    croissant = json.loads((export("croissant", small, tmp_path / "c") / "croissant.json").read_bytes())
    assert croissant["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    csvw = json.loads((export("csvw", small, tmp_path / "w") / "csv-metadata.json").read_bytes())
    assert "http://www.w3.org/ns/csvw" in str(csvw["@context"])


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_table_without_rows_is_read_by_those_named_on_the_page(ending: str, package: Package, tmp_path: Path) -> None:
    bare = next(name for name in package.tables if not any(package.rows(name)))
    folder = package.place / "data" if ending == "csv" else export("parquet", package, tmp_path / "x")
    path = folder / f"{bare}.{ending}"
    read = pl.read_csv if ending == "csv" else pl.read_parquet
    assert (read(path).columns, read(path).height) == (package.header(bare), 0)
    rows = duckdb.sql(f"SELECT * FROM '{path}'")  # noqa: S608 - a path of the test
    assert (rows.columns, rows.fetchall()) == (package.header(bare), [])
