"""CSVW: the tables with the W3C's description of CSV on the Web beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from defcoop.exports._files import languages, write_described
from defcoop.package.about import creators

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
    write_described(package, out, FILE, _describe(package))


def _describe(package: Package) -> Descriptor:
    whole, tables = package.descriptor, package.tables
    spoken = set(languages(package).values())
    # Quotes get a language only where all texts share one: CSVW has one language for a column.
    quoted = spoken.pop() if len(spoken) == 1 else "und"
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:identifier": whole["name"],
        "dc:title": whole["title"],
        "dc:description": whole["description"],
        "dc:license": {"@id": whole["licenses"][0]["path"]},
        "dc:creator": [who.name for who in creators(package.card)],
        "dc:source": [source["title"] for source in whole["sources"]],
        "dc:subject": list(package.card.keywords),
        "schema:version": package.version,
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "commentPrefix": None, "header": True},
        "tables": [_table(table, tables, quoted) for table in tables.values()],
    }


def _table(table: DescribedTable, tables: Mapping[str, DescribedTable], quoted: str) -> Descriptor:
    keys = [
        {
            "columnReference": column.name,
            "reference": {"resource": tables[column.target].path, "columnReference": "id"},
        }
        for column in table.columns
        if column.target
    ]
    schema = {
        "columns": [_column(column, quoted) for column in table.columns],
        "primaryKey": list(table.key),
        **({"foreignKeys": keys} if keys else {}),
    }
    return {"url": table.path, "dc:title": table.name, "dc:description": table.description, "tableSchema": schema}


def _column(column: DescribedColumn, quoted: str) -> Descriptor:
    language = "ar" if column.name.endswith("_ar") else quoted if column.name == "quote" else None
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": _datatype(column),
        "required": column.required,
        "null": "",
        **({"lang": language} if language else {}),
    }


def _datatype(column: DescribedColumn) -> str | Descriptor:
    if column.terms:
        return {"base": "string", "format": f"^({'|'.join(map(re.escape, column.terms))})$"}
    if column.kind == "boolean":
        return {"base": "boolean", "format": "true|false"}
    return _TYPES[column.kind]
