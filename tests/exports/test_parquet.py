"""pandas, DuckDB and Arrow read the Parquet files with their types, and whole records with all that is in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from defcoop.exports import _arrow, export, parquet
from defcoop.models.registry import TYPES
from defcoop.package import PackageError, build, open_package
from tests.exports.packages import Cell, copied, described, edited, rewrite

if TYPE_CHECKING:
    from pathlib import Path

    import defcoop
    from defcoop.package import Package

KINDS = pytest.mark.parametrize("table", [kind.folder for kind in TYPES])


@pytest.fixture(scope="module")
def folder(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export("parquet", package, tmp_path_factory.mktemp("export") / "parquet")


def nested(folder: Path, table: str) -> dict[str, dict[str, Any]]:
    """Read whole records by DuckDB, by id."""
    found = duckdb.read_parquet(str(folder / "nested" / f"{table}.parquet"))
    return {row[0]: dict(zip(found.columns, row, strict=True)) for row in found.fetchall()}


def documents(package: Package, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((package.place / "data" / f"{table}.json").read_bytes())
    return found


@KINDS
def test_whole_records_hold_the_evidence_of_the_package(table: str, folder: Path, package: Package) -> None:
    found = nested(folder, table)
    assert [*found] == [row[0] for row in package.rows(table)]
    for document in documents(package, table):
        held = [
            {key: value for key, value in entry.items() if value is not None and key not in {"start", "end"}}
            | {"passage": [entry["start"], entry["end"]]}
            for entry in found[document["id"]]["evidence"]
        ]
        assert held == [{"credibility": 6} | entry for entry in document["evidence"]]


@KINDS
def test_whole_records_hold_their_other_lists(table: str, folder: Path, package: Package) -> None:
    found = nested(folder, table)
    for document in documents(package, table):
        record = found[document["id"]]
        assert [name["text"] for name in record["names"]] == [name["text"] for name in document["names"]]
        assert {one["field"]: one["reason"] for one in record["absent"]} == document.get("absent", {})
        for field in ("parties", "hosts", "users", "partners", "subjects", "topics", "outcomes", "scope", "domains"):
            assert record.get(field, []) == document.get(field, [])
        for field in ("participants", "signatories", "offices"):
            actors = [one.get("actor", one.get("organisation")) for one in document.get(field, [])]
            assert [one.get("actor", one.get("organisation")) for one in record.get(field, [])] == actors


def test_evidence_of_a_conflict_is_nested_in_it(folder: Path, package: Package) -> None:
    conflicts = {
        document["id"]: document["conflicts"]
        for kind in TYPES
        for document in documents(package, kind.folder)
        if "conflicts" in document
    }
    assert conflicts
    records = {key: record for kind in TYPES for key, record in nested(folder, kind.folder).items()}
    for key, told in conflicts.items():
        assert [
            [one["field"], one["resolution"], [entry["quote"] for entry in one["evidence"]]]
            for one in records[key]["conflicts"]
        ] == [[one["field"], one["resolution"], [entry["quote"] for entry in one["evidence"]]] for one in told]


def test_pandas_reads_terms_as_categories_and_numbers_as_numbers(folder: Path) -> None:
    frame = pd.read_parquet(folder / "claims.parquet")
    assert frame["stance"].cat.categories.tolist() == [
        "asserted",
        "alleged",
        "planned",
        "possible",
        "denied",
        "opinion",
    ]
    assert frame["start"].dtype == "int64"
    assert pd.read_parquet(folder / "records.parquet")["withdrawn"].dtype == "bool"
    assert pd.api.types.is_string_dtype(frame["quote"])


def test_columns_are_typed_required_and_described(folder: Path, package: Package) -> None:
    types = {"integer": "int64", "number": "decimal128(21, 6)", "boolean": "bool", "date": "date32[day]"}
    for table, resource in described(package).items():
        schema = pq.read_schema(folder / f"{table}.parquet")
        assert schema.metadata[b"description"].decode() == resource["description"]
        for field in resource["schema"]["fields"]:
            held = schema.field(field["name"])
            text = "dictionary<values=string, indices=int32, ordered=0>" if "categories" in field else "string"
            assert str(held.type) == types.get(field["type"], text)
            assert held.metadata[b"description"].decode() == field["description"]
            assert held.nullable != field.get("constraints", {}).get("required", False)


def test_groups_of_rows_change_nothing(
    folder: Path, package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_arrow, "_ROWS", 37)
    monkeypatch.setattr(_arrow, "_BLOCK", 4096)
    monkeypatch.setattr(parquet, "_RECORDS", 3)
    small = export("parquet", package, tmp_path / "small")
    assert pq.ParquetFile(small / "claims.parquet").num_row_groups == 19
    for path in sorted(folder.rglob("*.parquet")):
        assert pq.read_table(path).equals(pq.read_table(small / path.relative_to(folder))), path.name


def test_long_lists_keep_their_order(package: Package, tmp_path: Path) -> None:
    copy = copied(package, tmp_path / "package")

    def lengthen(rows: list[list[str]]) -> None:
        first = rows[0]
        rows[1:1] = [[first[0], str(number), f"{first[2]} {number}", *first[3:]] for number in range(100, 112)]
        rows.sort()

    rewrite(copy, "actor_names", lengthen)
    record, *_ = next(copy.rows("actor_names"))
    found = nested(export("parquet", copy, tmp_path / "x"), "actors")[record]["names"]
    numbers = [int(name["text"].rsplit(" ", 1)[1]) for name in found if name["text"].rsplit(" ", 1)[-1].isdecimal()]
    assert numbers == [*range(100, 112)]


def test_a_type_without_records_has_empty_files(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    build(type(shipped)([shipped["act-qat"]], shipped.seeds.values()), tmp_path / "package")
    out = export("parquet", open_package(tmp_path / "package"), tmp_path / "x")
    assert len(pd.read_parquet(out / "agreements.parquet")) == 0
    assert nested(out, "agreements") == {}
    assert [*nested(out, "actors")] == ["act-qat"]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (Cell("actors", "kind", "no such kind"), "actors: kind holds what is not in its vocabulary"),
        (Cell("actors", "summary", ""), "actors: a value of summary is missing"),
        (Cell("claims", "start", "1st"), "claims: .*1st"),
        (Cell("agreements", "signed_latest", "2017-02-31"), "agreements: .*2017-02-31"),
        (Cell("trade_figures", "amount_currency_stated", "maybe"), "trade_figures: .*maybe"),
        (Cell("trade_figures", "amount_high", "0.1234567"), "trade_figures: "),
        (Cell("evidence", "record_id", "act-a"), "evidence: a row belongs to nothing above it"),
        (Cell("evidence_supports", "evidence_position", "99"), "evidence_supports: a row belongs to nothing above it"),
        (Cell("agreement_parties", "agreement_id", "agr-zzz", -1), "agreement_parties: a row belongs to no record"),
    ],
)
def test_a_package_that_is_not_sound_is_refused(cell: Cell, told: str, package: Package, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=told):
        export("parquet", edited(package, tmp_path / "package", cell), tmp_path / "x")


def test_a_row_that_is_too_short_is_refused(package: Package, tmp_path: Path) -> None:
    copy = copied(package, tmp_path / "package")
    rewrite(copy, "claims", lambda rows: rows[3].pop())
    with pytest.raises(PackageError, match="claims: "):
        export("parquet", copy, tmp_path / "x")


def test_other_columns_than_the_descriptors_are_refused(package: Package, tmp_path: Path) -> None:
    copy = copied(package, tmp_path / "package")
    path = copy.place / "data" / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("claim_id", "id", 1), encoding="utf-8")
    with pytest.raises(PackageError, match="claims: the columns are not those of the descriptor"):
        export("parquet", copy, tmp_path / "x")
