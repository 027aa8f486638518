"""Frames: any table of the package in three libraries, cell by cell what the package has, and typed."""

from __future__ import annotations

import csv
import io
import json
import pickle
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import defcoop
from defcoop.analysis import frames as module
from defcoop.analysis._frames import cells
from defcoop.analysis.frames import BACKENDS, frame, frame_meta, frames, made
from defcoop.package import build, pack, tables
from defcoop.package.tables import CLAIMS
from tests.checkouts import GOOD
from tests.processes import python
from tests.sound import FEW, datasets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from defcoop.package import Table
    from defcoop.package.columns import Column

NAMES = [table.name for table in tables()]
EACH = pytest.mark.parametrize("backend", BACKENDS)


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory, shipped: defcoop.Dataset) -> Path:
    place = tmp_path_factory.mktemp("frames") / "package"
    build(shipped, place)
    return place


def told(dataset: defcoop.Dataset, place: Path) -> dict[str, list[list[str]]]:
    """Build the package of a dataset and give the rows of its CSV files, as the csv module reads them."""
    build(dataset, place)
    return {name: list(csv.reader(io.StringIO((place / f"data/{name}.csv").read_text("utf-8")))) for name in NAMES}


def value(cell: str, column: Column) -> Any:
    """Give the value that a cell of the CSV stands for."""
    if not cell:
        return None
    kinds = {"integer": int, "number": Decimal, "boolean": {"true": True, "false": False}.__getitem__}
    return date.fromisoformat(cell) if column.kind == "date" else kinds.get(column.kind, str)(cell)


def values(found: Any) -> dict[str, list[Any]]:
    """Give the cells of a frame by column, a day as a date and what is missing as None."""
    native = nw.from_native(found, eager_only=True)
    given = {}
    for name in native.columns:
        column = native[name]
        read = [None if none else one for none, one in zip(column.is_null().to_list(), column.to_list(), strict=True)]
        given[name] = [one.date() if isinstance(one, datetime) else one for one in read]
    return given


def check(found: Mapping[str, Any], rows: Mapping[str, list[list[str]]]) -> None:
    assert list(found) == NAMES
    for table in tables():
        header, *body = rows[table.name]
        given = values(found[table.name])
        assert list(given) == header
        for place, column in enumerate(table.columns):
            expected = [value(row[place], column) for row in body]
            read = given[column.name]
            assert read == expected, f"{table.name}.{column.name}"
            kinds = {type(one) for one in read} - {type(None)}
            assert kinds <= {type(one) for one in expected}, f"{table.name}.{column.name}"


# --- what is in them ---------------------------------------------------------------------------------------------


@EACH
def test_frames_of_records_hold_cell_by_cell_what_the_package_has(
    backend: module.Backend, shipped: defcoop.Dataset, tmp_path: Path
) -> None:
    check(frames(shipped, backend), told(shipped, tmp_path / "package"))
    good = defcoop.load(GOOD)
    check(frames(good, backend), told(good, tmp_path / "package"))


@EACH
def test_frames_of_a_package_in_a_folder_or_a_zip_hold_the_same(
    backend: module.Backend, shipped: defcoop.Dataset, tmp_path: Path
) -> None:
    rows = told(shipped, tmp_path / "package")
    pack(tmp_path / "package", tmp_path / "package.zip")
    for name in ("package", "package.zip"):
        check(frames(defcoop.load(tmp_path / name), backend), rows)


@given(dataset=datasets())
@settings(max_examples=4)
def test_frames_of_any_records_hold_what_the_package_has(
    tmp_path_factory: pytest.TempPathFactory, dataset: defcoop.Dataset
) -> None:
    place = tmp_path_factory.mktemp("any") / "package"
    rows = told(dataset, place)
    loaded = defcoop.load(place)
    for backend in BACKENDS:
        check(frames(dataset, backend), rows)
        check(frames(loaded, backend), rows)


@EACH
def test_one_frame_is_the_one_among_all(backend: module.Backend, shipped: defcoop.Dataset) -> None:
    every = frames(shipped, backend)
    for name in ("claims", "agreements", "agreement_parties", "seeds", "absences", "redirects"):
        assert values(frame(shipped, name, backend)) == values(every[name])
    assert list(frames(shipped, backend, ["seeds", "claims"])) == ["seeds", "claims"]


# --- types -------------------------------------------------------------------------------------------------------

TYPES = {
    "polars": {
        "string": nw.String(),
        "integer": nw.Int64(),
        "boolean": nw.Boolean(),
        "date": nw.Date(),
    },
    "pandas": {
        "string": nw.String(),
        "integer": nw.Int64(),
        "boolean": nw.Boolean(),
        "date": nw.Datetime("s"),
    },
}
TYPES["pyarrow"] = TYPES["polars"]
"""What narwhals says of a type; of decimals it does not always know the digits."""

DECIMALS = {"polars": pl.Decimal(21, 6), "pandas": object, "pyarrow": pa.decimal128(21, 6)}


@EACH
def test_every_column_has_its_type_with_or_without_rows(
    backend: module.Backend, package: Path, shipped: defcoop.Dataset
) -> None:
    empty = defcoop.Dataset([], [])
    for found in (frames(defcoop.load(package), backend), frames(shipped, backend), frames(empty, backend)):
        for table in tables():
            schema = nw.from_native(found[table.name], eager_only=True).schema
            for column in table.columns:
                if column.kind == "number":
                    cells = found[table.name][column.name]
                    assert (cells.type if backend == "pyarrow" else cells.dtype) == DECIMALS[backend]
                elif not column.vocabulary:
                    assert schema[column.name] == TYPES[backend][column.kind], f"{table.name}.{column.name}"


@EACH
def test_vocabularies_have_all_their_terms_in_order(backend: module.Backend, package: Path) -> None:
    checked = 0
    for dataset in (defcoop.load(package), defcoop.Dataset([], [])):
        for table in tables():
            found = frame(dataset, table.name, backend)
            for column in table.columns:
                if column.vocabulary:
                    assert terms(found, column.name, backend) == ([term.value for term in column.vocabulary], True)
                    checked += 1
    assert checked > 40


def terms(found: Any, column: str, backend: str) -> tuple[list[str], bool]:
    """Give the terms of a column, and whether they are in order."""
    if backend == "polars":
        return found[column].dtype.categories.to_list(), True
    if backend == "pandas":
        return list(found[column].dtype.categories), found[column].dtype.ordered
    assert len({str(chunk.dictionary) for chunk in found[column].chunks}) == 1
    return found[column].chunk(0).dictionary.to_pylist(), found[column].type.ordered


def test_terms_sort_in_the_order_of_the_codebook(shipped: defcoop.Dataset) -> None:
    stances = ["asserted", "alleged", "planned", "possible", "denied", "opinion"]
    used = set(frame(shipped, "claims", "polars")["stance"].to_list())
    for backend in ("polars", "pandas"):
        found = nw.from_native(frame(shipped, "claims", backend), eager_only=True).sort("stance")
        assert list(dict.fromkeys(found["stance"].to_list())) == [one for one in stances if one in used]


def test_pandas_has_decimals_as_objects_that_add_up_and_none_where_there_is_none(shipped: defcoop.Dataset) -> None:
    best = frame(shipped, "deployments", "pandas")["size_best"]
    assert best.sum() == Decimal(3000)
    assert {type(one) for one in best} == {Decimal, type(None)}
    assert best.dropna().astype(float).to_list() == [3000.0]


def test_pandas_keeps_whole_numbers_whole_where_some_are_missing(shipped: defcoop.Dataset) -> None:
    precision = frame(shipped, "agreements", "pandas")["signed_date_prec"]
    assert precision.isna().any()
    assert str(precision.dtype) == "Int64"


@EACH
@pytest.mark.parametrize(("column", "cell"), [("start", "soon"), ("start", "1.5"), ("stance", "certain")])
def test_a_cell_that_is_not_of_its_type_is_refused(backend: module.Backend, column: str, cell: str) -> None:
    row = {one.name: "1" if one.kind == "integer" else first(one) for one in CLAIMS.columns}
    assert len(made(CLAIMS, [tuple(row.values())], backend)) == 1
    with pytest.raises(ValueError, match=r"^claims: "):
        made(CLAIMS, [tuple((row | {column: cell}).values())], backend)


def first(column: Column) -> str:
    return next(iter(column.vocabulary)).value if column.vocabulary else "x"


# --- what they mean ----------------------------------------------------------------------------------------------


def test_every_column_of_every_table_is_explained() -> None:
    for table in tables():
        meta = frame_meta(table.name)
        assert list(meta) == [column.name for column in table.columns]
        assert all(one.description.endswith((".", "?")) for one in meta.values())
        assert meta == frame_meta(table)


def test_meanings_are_those_of_the_codebook(checkout: Path) -> None:
    codebook = (checkout / "schema/codebook.md").read_text("utf-8")
    meta = frame_meta("agreements")["signed"]
    assert (meta.source, meta.type, meta.required, meta.refers_to) == ("DCAD signature", "string", False, "")
    assert f"{meta.description} | {meta.source} |" in codebook
    assert frame_meta("claims")["speaker_id"].refers_to == "actors"
    assert frame_meta("claims")["credibility"].terms["6"] == "Truth cannot be judged."
    assert frame_meta("agreements")["status"].terms["signed"] == "Told as signed or concluded."


def test_pandas_and_arrow_carry_the_meanings(shipped: defcoop.Dataset) -> None:
    attrs = frame(shipped, "agreements", "pandas").attrs
    assert attrs["columns"]["signed"]["source"] == "DCAD signature"
    assert attrs == json.loads(json.dumps(attrs)), "so that Parquet can keep them"
    arrow = frame(shipped, "agreements", "pyarrow")
    assert arrow.schema.metadata[b"table"] == b"agreements"
    for column, meta in frame_meta("agreements").items():
        expected = {"description": meta.description, "type": meta.type, "source": meta.source}
        assert attrs["columns"][column] == expected
        assert {k.decode(): v.decode() for k, v in arrow.schema.field(column).metadata.items()} == expected


# --- where the cells come from -----------------------------------------------------------------------------------


def test_a_dataset_of_a_package_is_read_from_its_files(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = defcoop.load(package)
    expected = values(frame(dataset, "claims"))
    monkeypatch.setattr(cells, "record_rows", None)
    assert values(frame(dataset, "claims")) == expected
    with pytest.raises(TypeError):
        frame(pickle.loads(pickle.dumps(dataset)), "claims")  # noqa: S301 - our own


def test_what_is_made_of_a_dataset_is_not_read_from_its_package(package: Path) -> None:
    dataset = defcoop.load(package).only("seed-002")
    assert values(frame(dataset, "seeds"))["id"] == ["seed-002"]
    assert set(values(frame(dataset, "claims"))["seed_id"]) == {"seed-002"}


@EACH
@pytest.mark.parametrize("form", ["package", "package.zip"])
def test_a_dataset_keeps_its_rows_when_its_package_is_replaced_or_removed(
    backend: module.Backend, form: str, shipped: defcoop.Dataset, tmp_path: Path
) -> None:
    rows = told(shipped, tmp_path / "package")
    pack(tmp_path / "package", tmp_path / "package.zip")
    dataset = defcoop.load(tmp_path / form)
    build(defcoop.load(GOOD), tmp_path / "package")
    pack(tmp_path / "package", tmp_path / "package.zip")
    check(frames(dataset, backend), rows)
    (tmp_path / "package").rename(tmp_path / "moved")
    (tmp_path / "package.zip").unlink()
    check(frames(dataset, backend), rows)


def test_a_package_is_found_again_from_another_folder(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(package.parent)
    dataset = defcoop.load(package.name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cells, "record_rows", None)
    assert len(frame(dataset, "actors")) == len(dataset.actors)


def test_tables_that_another_version_of_the_library_wrote_are_made_of_the_records(
    shipped: defcoop.Dataset, tmp_path: Path
) -> None:
    rows = told(shipped, tmp_path / "package")
    path = tmp_path / "package/datapackage.json"
    described = json.loads(path.read_text("utf-8"))
    [actors] = [one for one in described["resources"] if one["name"] == "actors"]
    actors["schema"]["fields"][1]["name"] = "label"
    path.write_text(json.dumps(described), encoding="utf-8")
    check(frames(defcoop.load(tmp_path / "package")), rows)


@EACH
@pytest.mark.parametrize("form", ["package", "package.zip"])
def test_a_file_that_has_been_changed_is_refused(
    backend: module.Backend, form: str, shipped: defcoop.Dataset, tmp_path: Path
) -> None:
    build(shipped, tmp_path / "package")
    with (tmp_path / "package/data/actors.csv").open("a", encoding="utf-8") as file:
        file.write("act-zzz\n")
    pack(tmp_path / "package", tmp_path / "package.zip")
    dataset = defcoop.load(tmp_path / form)
    with pytest.raises(ValueError, match=r"data/actors\.csv has \d+ bytes and not \d+.*defcoop verify"):
        frame(dataset, "actors", backend)
    assert len(frame(dataset, "seeds", backend)) == len(dataset.seeds)


def test_only_the_records_that_fill_a_table_are_written_for_it(
    shipped: defcoop.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    rows = cells.record_rows
    monkeypatch.setattr(cells, "record_rows", lambda record, *rest: written.append(record.id) or rows(record, *rest))
    frame(shipped, "exercise_participants")
    assert written == list(shipped.exercises)


# --- which library -----------------------------------------------------------------------------------------------


def test_the_first_library_that_is_installed_is_taken(
    shipped: defcoop.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries = {"polars", "pandas", "pyarrow"}
    monkeypatch.setattr(module, "find_spec", lambda name: name if name in libraries else None)
    assert type(frame(shipped, "seeds")).__module__.startswith("polars")
    libraries.discard("polars")
    assert type(frame(shipped, "seeds")).__module__.startswith("pandas")
    libraries.discard("pandas")
    assert type(frame(shipped, "seeds")).__module__.startswith("pyarrow")
    libraries.discard("pyarrow")
    with pytest.raises(ImportError, match=r"pip install 'defcoop\[polars\]'"):
        frame(shipped, "seeds")


@pytest.mark.parametrize(("backend", "extra"), [("polars", "polars"), ("pandas", "pandas"), ("pyarrow", "parquet")])
def test_a_library_that_is_missing_is_named_with_its_extra(
    backend: module.Backend, extra: str, shipped: defcoop.Dataset, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    with pytest.raises(ImportError, match=rf"{backend}.*pip install 'defcoop\[{extra}\]'"):
        frame(shipped, "seeds", backend)
    assert f"\n{extra} = [" in (checkout / "pyproject.toml").read_text("utf-8")


def test_what_is_not_known_is_said_with_what_is(shipped: defcoop.Dataset) -> None:
    with pytest.raises(ValueError, match=r"there is no table agreement\. Did you mean .*agreements"):
        frame(shipped, "agreement")
    with pytest.raises(ValueError, match="there is no table agreement"):
        frame_meta("agreement")
    with pytest.raises(ValueError, match="dask is none of polars, pandas, pyarrow"):
        frame(shipped, "agreements", "dask")  # type: ignore[call-overload]


def test_no_library_is_loaded_before_a_frame_is_asked_for() -> None:
    code = "import sys, defcoop.analysis.frames as f; f.frame_meta('claims'); print({*f.BACKENDS} & {*sys.modules})"
    done = python("-c", code)
    assert (done.stdout, done.stderr) == ("set()\n", "")


@given(st.permutations([("b", "2"), ("a", "10"), ("a", "9")]))
@FEW
def test_rows_that_are_made_are_sorted_by_key(rows: list[tuple[str, ...]]) -> None:
    columns = [column for column in CLAIMS.columns if column.name in {"claim_id", "value"}]
    table: Table = type(CLAIMS)("pairs", "Pairs.", tuple(columns), ("claim_id", "value"))
    assert list(made(table, rows, "polars").iter_rows()) == [("a", "10"), ("a", "9"), ("b", "2")]
