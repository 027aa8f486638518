"""Other people's tools read the package as it is meant."""

from __future__ import annotations

import json
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import frictionless
import pandas as pd
import pytest

from defcoop.package import tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from defcoop.package import Table

TABLES = pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)

DUCKDB = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
PANDAS = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "string"}


def typed(text: str, kind: str) -> Any:
    if text == "":
        return None
    if kind == "boolean":
        return {"true": True, "false": False}[text]
    if kind == "date":
        return date.fromisoformat(text)
    return {"integer": int, "number": float, "string": str}[kind](text)


def expected(table: Table, rows: Mapping[str, list[dict[str, str]]]) -> list[tuple[Any, ...]]:
    return [tuple(typed(row[column.name], column.kind) for column in table.columns) for row in rows[table.name]]


@pytest.fixture(scope="module")
def read_by_frictionless(package: Path) -> frictionless.Package:
    return frictionless.Package(str(package / "datapackage.json"))


def errors(package: Path) -> list[str]:
    report = frictionless.Package(str(package / "datapackage.json")).validate()
    return [*report.flatten(["type", "message"])]


def test_frictionless_finds_no_error(package: Path) -> None:
    assert errors(package) == []


def test_frictionless_does_look(package: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(package, tmp_path / "package")
    few = {"records", "actors", "agreements", "agreement_parties"}
    described = json.loads((copy / "datapackage.json").read_bytes())
    described["resources"] = [entry for entry in described["resources"] if entry["name"] in few]
    for entry in described["resources"]:
        keys = entry["schema"].get("foreignKeys", [])
        entry["schema"]["foreignKeys"] = [key for key in keys if key["reference"].get("resource", entry["name"]) in few]
    (copy / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    assert errors(copy) == []
    parties = copy / "data" / "agreement_parties.csv"
    parties.write_bytes(parties.read_bytes().replace(b"act-tur", b"act-xxx"))
    assert {kind for kind, _ in errors(copy)} == {"hash-count", "foreign-key"}


@TABLES
def test_frictionless_reads_the_same_rows(
    table: Table, read_by_frictionless: frictionless.Package, rows: Mapping[str, list[dict[str, str]]]
) -> None:
    resource = read_by_frictionless.get_resource(table.name)
    assert [field.type for field in resource.schema.fields] == [column.kind for column in table.columns]
    found = [tuple(row[column.name] for column in table.columns) for row in resource.read_rows()]
    numbers = [
        tuple(
            float(cell) if column.kind == "number" and cell is not None else cell
            for column, cell in zip(table.columns, row, strict=True)
        )
        for row in found
    ]
    assert numbers == expected(table, rows)


@TABLES
def test_duckdb_reads_the_same_rows(table: Table, package: Path, rows: Mapping[str, list[dict[str, str]]]) -> None:
    columns = {column.name: DUCKDB[column.kind] for column in table.columns}
    relation = duckdb.read_csv(str(package / "data" / f"{table.name}.csv"), header=True, columns=columns)
    assert [str(kind) for kind in relation.types] == list(columns.values())
    assert relation.fetchall() == expected(table, rows)


@TABLES
def test_duckdb_reads_the_json(table: Table, package: Path, rows: Mapping[str, list[dict[str, str]]]) -> None:
    found = duckdb.read_json(str(package / "data" / f"{table.name}.json"))
    assert len(found.fetchall()) == len(rows[table.name])


@TABLES
def test_pandas_reads_the_same_rows(table: Table, package: Path, rows: Mapping[str, list[dict[str, str]]]) -> None:
    kinds = {column.name: PANDAS[column.kind] for column in table.columns}
    dates = [column.name for column in table.columns if column.kind == "date"]
    others = {name: kind for name, kind in kinds.items() if name not in dates}  # in pandas 2 they would stay text
    frame = pd.read_csv(
        package / "data" / f"{table.name}.csv", dtype=others, parse_dates=dates, keep_default_na=False, na_values=[""]
    )
    assert {name: "date" if name in dates else str(kind) for name, kind in frame.dtypes.items()} == {
        name: "date" if name in dates else kind for name, kind in kinds.items()
    }
    assert all(pd.api.types.is_datetime64_dtype(frame[name]) or frame[name].isna().all() for name in dates)
    found = [
        tuple(None if pd.isna(cell) else cell.date() if isinstance(cell, pd.Timestamp) else cell for cell in row)
        for row in frame.itertuples(index=False, name=None)
    ]
    assert found == expected(table, rows)
