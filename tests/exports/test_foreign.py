"""Programs in other languages read the plain package: Node with frictionless.js, and R."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.exports.packages import described
from tests.exports.tools import program, run, tool

if TYPE_CHECKING:
    from defcoop.package import Package

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def read_by_node(package: Package) -> dict[str, Any]:
    done = subprocess.run(
        [program("node"), HERE / "frictionless.mjs", tool("node"), package.place / "datapackage.json"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"TZ": "UTC"},  # frictionless.js gives a date as the midnight that begins it here
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def as_read(cell: str, kind: str) -> Any:
    if cell == "":
        return None
    if kind == "date":
        return f"{cell}T00:00:00.000Z"
    return {"integer": int, "number": float, "boolean": lambda text: text == "true", "string": str}[kind](cell)


def test_node_reads_the_descriptor(package: Package, read_by_node: dict[str, Any]) -> None:
    assert (read_by_node["name"], read_by_node["version"]) == ("defcoop", package.version)
    listed = [resource["name"] for resource in package.descriptor["resources"] if "schema" in resource]
    assert list(read_by_node["tables"]) == listed
    assert [name for name in listed if not name.endswith("_with_names")] == list(package.tables)


def test_node_reads_every_cell_of_every_table(package: Package, read_by_node: dict[str, Any]) -> None:
    for name, resource in described(package).items():
        kinds = [field["type"] for field in resource["schema"]["fields"]]
        table = read_by_node["tables"][name]
        assert (table["header"], table["types"]) == (package.header(name), kinds)
        assert table["rows"] == [
            [as_read(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in package.rows(name)
        ], name


def test_r_reads_every_row_and_every_missing_value(package: Package) -> None:
    read = run([program("Rscript"), HERE / "package.R", package.place])
    told = {row["table"]: row for row in csv.DictReader(read.splitlines())}
    for name in package.tables:
        rows = list(package.rows(name))
        assert (int(told[name]["rows"]), int(told[name]["missing"])) == (len(rows), sum(row.count("") for row in rows))
