"""The descriptor says of the files what is true, in the words of Data Package version 2."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from defcoop import version
from defcoop.package import descriptor, tables
from defcoop.package.descriptor import schema
from defcoop.package.tables import RECORDS_TABLE

if TYPE_CHECKING:
    from pathlib import Path

    import defcoop
    from defcoop.package import Table

PROPERTIES = {
    "package": "$schema name title description version licenses contributors keywords sources resources",
    "licenses": "name path title",
    "contributors": "title path email givenName familyName roles organization",
    "sources": "title path email version",
    "resources": "$schema name path type title description format mediatype encoding bytes hash schema dialect",
    "schema": "$schema fields fieldsMatch missingValues primaryKey uniqueKeys foreignKeys",
    "fields": "name type format title description example constraints categories categoriesOrdered missingValues",
    "constraints": "required unique minLength maxLength minimum maximum pattern enum",
    "categories": "value label",
    "foreignKeys": "fields reference",
    "reference": "resource fields",
}
"""What version 2 of the standard allows, as far as it makes sense here; frictionless lets a misspelt one pass."""

BY_TABLE = {table.name: table for table in tables()}
TABLES = pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)


def unknown_properties(name: str, part: Any) -> list[str]:
    if isinstance(part, list):
        return [found for item in part for found in unknown_properties(name, item)]
    if not isinstance(part, dict):
        return []
    below = [found for key, item in part.items() for found in unknown_properties(key, item)]
    return [f"{name}.{key}" for key in part if key not in PROPERTIES[name].split()] + below


def resource(described: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = (entry for entry in described["resources"] if entry["name"] == name)
    return dict(found)


def test_every_property_is_one_of_the_standard(described: dict[str, Any]) -> None:
    assert unknown_properties("package", described) == []


def test_a_misspelt_property_is_noticed(described: dict[str, Any]) -> None:
    schema_of_first = described["resources"][0]["schema"] | {"primarykey": ["id"]}
    assert unknown_properties("schema", schema_of_first) == ["schema.primarykey"]


def test_the_head_names_standard_version_and_licence(described: dict[str, Any], shipped: defcoop.Dataset) -> None:
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert described["name"] == "defcoop"
    assert [entry["name"] for entry in described["licenses"]] == ["CC-BY-4.0"]
    assert [entry["title"].split(":")[0] for entry in described["sources"]] == list(shipped.seeds)


def test_the_version_is_that_of_a_release_or_tells_the_data_from_those_of_one(
    described: dict[str, Any], package: Path
) -> None:
    sums = [line for line in (package / "SHA256SUMS").read_text().splitlines(keepends=True) if "  data/" in line]
    digest = hashlib.sha256("".join(sums).encode()).hexdigest()
    expected = version.DATA if digest == version.RELEASED else f"{version.DATA}+{digest[:8]}"
    assert described["version"] == expected


def test_the_resources_are_the_files_of_the_package(described: dict[str, Any], package: Path) -> None:
    files = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}
    paths = [entry["path"] for entry in described["resources"]]
    names = [entry["name"] for entry in described["resources"]]
    assert sorted([*paths, "datapackage.json", "SHA256SUMS"]) == sorted(files)
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9._-]+", name) for name in names)


@TABLES
def test_hash_and_bytes_are_those_of_the_file(table: Table, described: dict[str, Any], package: Path) -> None:
    entry = resource(described, table.name)
    source = (package / entry["path"]).read_bytes()
    assert entry["bytes"] == len(source)
    assert entry["hash"] == f"sha256:{hashlib.sha256(source).hexdigest()}"


@TABLES
def test_a_table_is_described_with_its_format(table: Table, described: dict[str, Any]) -> None:
    entry = resource(described, table.name)
    assert {key: entry[key] for key in ("type", "path", "format", "mediatype", "encoding", "description")} == {
        "type": "table",
        "path": f"data/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": table.description,
    }
    assert entry["schema"] == schema(table)
    other = resource(described, f"{table.name}-json")
    assert (other["path"], other["format"], other["mediatype"]) == (
        f"data/{table.name}.json", "json", "application/json"
    )  # fmt: skip


@TABLES
def test_the_schema_has_every_column_and_the_key(table: Table) -> None:
    found = schema(table)
    assert [(field["name"], field["type"], field["description"]) for field in found["fields"]] == [
        (column.name, column.kind, column.description) for column in table.columns
    ]
    assert found["primaryKey"] == list(table.key)
    assert found["missingValues"] == [""]


@TABLES
def test_categories_and_enum_are_the_terms_of_the_vocabulary(table: Table) -> None:
    for column, field in zip(table.columns, schema(table)["fields"], strict=True):
        terms = list(column.vocabulary or ())
        assert field.get("constraints", {}).get("enum", []) == [term.value for term in terms]
        assert field.get("categories", []) == [{"value": term.value, "label": term.definition} for term in terms]


@TABLES
def test_required_and_unique_are_constraints_where_they_hold(table: Table) -> None:
    for column, field in zip(table.columns, schema(table)["fields"], strict=True):
        constraints = field.get("constraints", {})
        assert constraints.get("required", False) is (column.required or column.name in table.key)
        assert constraints.get("unique", False) is (table.key == (column.name,))
        assert "constraints" not in field or constraints


@TABLES
def test_every_reference_is_a_foreign_key(table: Table) -> None:
    found = {
        key["fields"][0]: (key["reference"].get("resource", table.name), key["reference"]["fields"])
        for key in schema(table).get("foreignKeys", [])
    }
    assert found == {column.name: (column.target, ["id"]) for column in table.columns if column.target}


def test_a_reference_to_the_own_table_names_no_resource() -> None:
    keys = {key["fields"][0]: key["reference"] for key in schema(BY_TABLE["actors"])["foreignKeys"]}
    assert keys["parent"] == {"fields": ["id"]}
    assert keys["id"] == {"resource": "records", "fields": ["id"]}


def test_a_table_without_references_has_no_foreign_keys() -> None:
    assert "foreignKeys" not in schema(RECORDS_TABLE)


@TABLES
def test_cells_are_what_the_schema_says(table: Table, rows: dict[str, list[dict[str, str]]]) -> None:
    shapes = {
        "string": r".+",
        "integer": r"0|[1-9][0-9]*",
        "number": r"(0|[1-9][0-9]*)(\.[0-9]+)?",
        "boolean": r"true|false",
        "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    }
    for field in schema(table)["fields"]:
        constraints = field.get("constraints", {})
        for cell in (row[field["name"]] for row in rows[table.name]):
            assert cell or not constraints.get("required")
            assert not cell or re.fullmatch(shapes[field["type"]], cell)
            assert not cell or cell in constraints.get("enum", [cell])


def test_the_descriptor_is_made_of_what_it_is_given() -> None:
    files = {"data/records.csv": (7, "ab"), "data/records.json": (8, "cd")}
    found = descriptor([RECORDS_TABLE], files, {"seed-001": "A text."}, "1.2.3")
    assert [(entry["name"], entry.get("bytes"), entry.get("hash")) for entry in found["resources"]] == [
        ("records", 7, "sha256:ab"),
        ("records-json", 8, "sha256:cd"),
    ]
    assert found["sources"] == [{"title": "seed-001: A text."}]
    assert found["version"] == "1.2.3"
    assert json.loads(json.dumps(found)) == found
