"""CSVW: the tables with the W3C's description of CSV on the Web beside them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from defcoop.exports._columns import tables_of
from defcoop.exports._copies import copy
from defcoop.exports._languages import languages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from defcoop.package import Package
    from defcoop.package.described import DescribedColumn, DescribedTable
    from defcoop.package.descriptor import Descriptor

FILE = "csv-metadata.json"
"""The name of the description; the CSV files lie beside it."""

_TYPES = {"string": "string", "integer": "integer", "number": "decimal", "boolean": "boolean", "date": "date"}


def write(package: Package, out: Path) -> None:
    """Write the tables and their CSVW description to a folder."""
    tables = tables_of(package)
    copy(package, (table.path for table in tables), out)
    described = json.dumps(_describe(package, tables), ensure_ascii=False, indent=2)
    (out / FILE).write_text(described + "\n", encoding="utf-8")


def _describe(package: Package, tables: tuple[DescribedTable, ...]) -> Descriptor:
    whole = package.descriptor
    paths = {table.name: table.path for table in tables}
    spoken = set(languages(package).values())
    # Quotes get a language only where all texts share one: CSVW has one language for a column.
    quoted = spoken.pop() if len(spoken) == 1 else "und"
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:identifier": whole["name"],
        "dc:title": whole["title"],
        "dc:description": whole["description"],
        "dc:license": {"@id": whole["licenses"][0]["path"]},
        "dc:creator": [one["title"] for one in whole["contributors"]],
        "dc:source": [one["title"] for one in whole["sources"]],
        "dc:subject": whole["keywords"],
        "schema:version": package.version,
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "commentPrefix": None, "header": True},
        "tables": [_table(table, paths, quoted) for table in tables],
    }


def _table(table: DescribedTable, paths: Mapping[str, str], quoted: str) -> Descriptor:
    schema: Descriptor = {
        "columns": [_column(column, quoted) for column in table.columns],
        "primaryKey": list(table.key),
    }
    keys = [
        {"columnReference": column.name, "reference": {"resource": paths[column.target], "columnReference": "id"}}
        for column in table.columns
        if column.target
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {"url": table.path, "dc:title": table.name, "dc:description": table.description, "tableSchema": schema}


def _column(column: DescribedColumn, quoted: str) -> Descriptor:
    found: Descriptor = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": _datatype(column),
        "required": column.required,
        "null": "",
    }
    if column.name.endswith("_ar"):
        found["lang"] = "ar"
    if column.name == "quote":
        found["lang"] = quoted
    return found


def _datatype(column: DescribedColumn) -> str | Descriptor:
    if column.terms:
        return {"base": "string", "format": f"^({'|'.join(map(re.escape, column.terms))})$"}
    if column.kind == "boolean":
        return {"base": "boolean", "format": "true|false"}
    return _TYPES[column.kind]
