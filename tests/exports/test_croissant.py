"""mlcroissant loads every table of the Croissant export as the package has it."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from typing import TYPE_CHECKING, Any

import mlcroissant
import pytest

from defcoop.exports import export
from tests.exports.packages import described

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.package import Package

TYPES = {"string": "Text", "integer": "Integer", "number": "Float", "boolean": "Boolean", "date": "Date"}


@pytest.fixture(scope="module")
def folder(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export("croissant", package, tmp_path_factory.mktemp("export") / "croissant")


@pytest.fixture(scope="module")
def dataset(folder: Path) -> mlcroissant.Dataset:
    return mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))


@pytest.fixture(scope="module")
def loaded(dataset: mlcroissant.Dataset) -> dict[str, list[dict[str, Any]]]:
    # mlcroissant 1.1 gives the records of a set once.
    return {each.uuid: list(dataset.records(each.uuid)) for each in dataset.metadata.record_sets}


def as_read(cell: str, kind: str) -> Any:
    if cell == "":
        return None
    if kind == "date":
        return dt.date.fromisoformat(cell)
    return {"integer": int, "number": float, "boolean": lambda text: text == "true", "string": str}[kind](cell)


def plain(value: Any, cell: str) -> Any:
    if isinstance(value, bytes):
        text = value.decode()
        # mlcroissant reads CSV by pandas, to which a text column that holds nothing but years and gaps is numbers.
        return cell if cell.isdecimal() and text == f"{cell}.0" else text
    return value.date() if isinstance(value, dt.datetime) else value


def test_mlcroissant_misses_nothing_but_a_date_of_publication(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    told = [line for record in caplog.records for line in record.message.splitlines() if line.startswith("  - ")]
    assert [line.rpartition("] ")[2] for line in told] == [
        'Property "https://schema.org/datePublished" is recommended, but does not exist.'
    ]


def test_every_cell_of_every_table_is_loaded(package: Package, loaded: dict[str, list[dict[str, Any]]]) -> None:
    for name, resource in described(package).items():
        fields = resource["schema"]["fields"]
        for row, record in zip(package.rows(name), loaded[name], strict=True):
            for field, cell in zip(fields, row, strict=True):
                value = record[f"{name}/{field['name']}"]
                assert plain(value, cell) == as_read(cell, field["type"]), (name, field["name"])


def test_the_claims_are_all_there(package: Package, loaded: dict[str, list[dict[str, Any]]]) -> None:
    ids = {record["claims/claim_id"].decode() for record in loaded["claims"]}
    assert ids == {row[0] for row in package.rows("claims")}


def test_the_files_have_the_hashes_that_are_told(folder: Path, dataset: mlcroissant.Dataset) -> None:
    assert {one.content_url: one.sha256 for one in dataset.metadata.distribution} == {
        f"data/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "data").iterdir()
    }


def test_keys_types_and_references_are_those_of_the_package(package: Package, dataset: mlcroissant.Dataset) -> None:
    record_sets = {each.uuid: each for each in dataset.metadata.record_sets}
    for name, resource in described(package).items():
        schema = resource["schema"]
        assert record_sets[name].key == [f"{name}/{column}" for column in schema["primaryKey"]]
        targets = {
            key["fields"][0]: f"data/{key['reference'].get('resource', name)}.csv"
            for key in schema.get("foreignKeys", [])
        }
        for field, column in zip(record_sets[name].fields, schema["fields"], strict=True):
            assert [str(kind).rpartition("/")[2] for kind in field.data_types] == [TYPES[column["type"]]]
            assert field.description == column["description"]
            if column["name"] in targets:
                assert field.references.file_object == targets[column["name"]]
                assert field.references.extract.column == "id"


def test_the_terms_of_a_column_are_an_enumeration_that_it_refers_to(
    package: Package, dataset: mlcroissant.Dataset, loaded: dict[str, list[dict[str, Any]]]
) -> None:
    record_sets = {each.uuid: each for each in dataset.metadata.record_sets}
    [status] = [field for field in record_sets["agreements"].fields if field.uuid == "agreements/status"]
    assert status.references.field == "agreements.status/term"
    [column] = [one for one in package.tables["agreements"].columns if one.name == "status"]
    assert loaded["agreements.status"] == [
        {"agreements.status/term": term, "agreements.status/meaning": meaning} for term, meaning in column.terms.items()
    ]


def test_it_says_whose_it_is_and_how_it_is_cited(package: Package, dataset: mlcroissant.Dataset) -> None:
    told = dataset.metadata
    assert told.license == ["https://creativecommons.org/licenses/by/4.0/"]
    assert told.version == package.version
    assert package.descriptor["title"] in told.cite_as
    assert package.version in told.cite_as
    assert told.in_language == ["ar", "en"]
