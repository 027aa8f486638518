"""The csvw library reads the CSVW export as the package has it, and finds its keys whole."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from csvw import CSVW, TableGroup

from defcoop.exports import export
from tests.exports.packages import described

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.package import Package


@pytest.fixture(scope="module")
def folder(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export("csvw", package, tmp_path_factory.mktemp("export") / "csvw")


@pytest.fixture
def copy(package: Package, tmp_path: Path) -> Path:
    return export("csvw", package, tmp_path / "csvw")


@pytest.fixture(scope="module")
def group(folder: Path) -> TableGroup:
    return TableGroup.from_file(folder / "csv-metadata.json")


def as_read(cell: str, kind: str) -> Any:
    if cell == "":
        return None
    if kind == "date":
        return dt.datetime.fromisoformat(cell)
    return {"integer": int, "number": Decimal, "boolean": lambda text: text == "true", "string": str}[kind](cell)


def judged(folder: Path) -> tuple[bool, list[str]]:
    # Not strict: strictly, a column that refers to another table could not be empty.
    read = CSVW(str(folder / "csv-metadata.json"), validate=True, strict=False)
    return read.is_valid, [str(warning.message) for warning in read.warnings]


def test_the_library_finds_it_valid(folder: Path) -> None:
    assert judged(folder) == (True, [])


def test_every_cell_of_every_table_is_read(package: Package, group: TableGroup) -> None:
    assert len(group.tables) == len(package.tables)
    for name, resource in described(package).items():
        fields = resource["schema"]["fields"]
        assert [list(row.values()) for row in group.tabledict[f"data/{name}.csv"].iterdicts(strict=True)] == [
            [as_read(cell, field["type"]) for cell, field in zip(row, fields, strict=True)]
            for row in package.rows(name)
        ], name


def test_the_claims_are_all_there(package: Package, group: TableGroup) -> None:
    ids = {row["claim_id"] for row in group.tabledict["data/claims.csv"].iterdicts()}
    assert ids == {row[0] for row in package.rows("claims")}


def test_keys_hold(group: TableGroup) -> None:
    assert all(table.check_primary_key() for table in group.tables)
    assert group.check_referential_integrity()


def test_a_reference_that_leads_nowhere_is_noticed(copy: Path) -> None:
    parties = copy / "data" / "agreement_parties.csv"
    parties.write_bytes(parties.read_bytes().replace(b"act-tur", b"act-xxx"))
    with pytest.raises(ValueError, match="act-xxx"):
        judged(copy)


def test_a_value_outside_its_vocabulary_is_noticed(copy: Path) -> None:
    agreements = copy / "data" / "agreements.csv"
    agreements.write_bytes(agreements.read_bytes().replace(b",in_force,", b",inforce,"))
    with pytest.raises(ValueError, match="invalid lexical value for string: inforce"):
        judged(copy)


def test_arabic_columns_and_quotes_say_so(folder: Path) -> None:
    described = json.loads((folder / "csv-metadata.json").read_bytes())
    columns = {column["name"]: column for table in described["tables"] for column in table["tableSchema"]["columns"]}
    assert {name for name, column in columns.items() if column.get("lang") == "ar"} == {"name_ar", "quote"}


def test_it_says_whose_it_is(package: Package, group: TableGroup) -> None:
    told = group.common_props
    assert told["dc:title"] == package.descriptor["title"]
    assert told["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert told["schema:version"] == package.version
