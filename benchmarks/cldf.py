"""The built package as a CLDF dataset, for `cldf validate`: the same tables, keys and vocabularies."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_TYPES = {"integer": "integer", "number": "decimal", "boolean": "boolean", "date": "date"}


def describe(package: Path) -> Path:
    """Write the metadata of a CLDF dataset over the package's CSV files, and say where."""
    resources = json.loads((package / "datapackage.json").read_bytes())["resources"]
    tables = [resource for resource in resources if str(resource["path"]).endswith(".csv")]
    paths = {table["name"]: table["path"] for table in tables}
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:conformsTo": "http://cldf.clld.org/v1.0/terms.rdf#Generic",
        "dialect": {"commentPrefix": None},
        "tables": [_table(table, paths) for table in tables],
    }
    written = package / "Generic-metadata.json"
    written.write_text(json.dumps(metadata, indent=1), encoding="utf-8")
    return written


def _table(table: dict[str, Any], paths: dict[str, str]) -> dict[str, Any]:
    schema = table["schema"]
    described: dict[str, Any] = {"columns": [_column(field) for field in schema["fields"]]}
    if "primaryKey" in schema:
        described["primaryKey"] = schema["primaryKey"]
    described["foreignKeys"] = [
        {
            "columnReference": key["fields"],
            "reference": {
                "resource": paths[key["reference"].get("resource") or table["name"]],
                "columnReference": key["reference"]["fields"],
            },
        }
        for key in schema.get("foreignKeys", ())
    ]
    return {"url": table["path"], "tableSchema": described}


def _column(field: dict[str, Any]) -> dict[str, Any]:
    constraints = field.get("constraints", {})
    datatype: dict[str, Any] = {"base": _TYPES.get(field["type"], "string")}
    if "enum" in constraints and datatype["base"] == "string":
        datatype["format"] = "|".join(re.escape(str(term)) for term in constraints["enum"])
    column: dict[str, Any] = {"name": field["name"], "datatype": datatype, "null": [""]}
    return column | ({"required": True} if constraints.get("required") else {})
