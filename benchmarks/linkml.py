"""The JSON Schemas of the project as LinkML classes, for linkml-validate."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_RANGES = {"string": "string", "integer": "integer", "number": "decimal", "boolean": "boolean"}
_PREFIX = "https://example.org/defcoop/"


def classes(schemas: Path) -> str:
    """Give the LinkML schema, as JSON, of every schema in a folder; a class has the name of its type."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(schemas.glob("*.schema.json")):
        schema = json.loads(path.read_bytes())
        found |= schema.pop("$defs", {})
        found[path.name.removesuffix(".schema.json")] = schema
    linkml = {
        "id": _PREFIX,
        "name": "defcoop",
        "prefixes": {"linkml": "https://w3id.org/linkml/", "defcoop": _PREFIX},
        "default_prefix": "defcoop",
        "imports": ["linkml:types"],
        "enums": {
            name: {"permissible_values": {term: {} for term in schema["enum"]}}
            for name, schema in found.items()
            if "enum" in schema
        },
        "classes": {name: _class(schema, found) for name, schema in found.items() if "properties" in schema}
        | {"Absence": {"attributes": {"field": {"key": True}, "reason": {"range": "AbsenceReason", "required": True}}}},
    }
    return json.dumps(linkml, indent=1)


def _class(schema: dict[str, Any], found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    required = schema.get("required", ())
    return {
        "attributes": {
            name: _slot(part, found) | {"required": name in required} for name, part in schema["properties"].items()
        }
    }


def _slot(part: dict[str, Any], found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if part.get("type") == "array":
        items = part.get("items") or part["prefixItems"][0]
        lengths = {"minimum_cardinality": part.get("minItems"), "maximum_cardinality": part.get("maxItems")}
        several = {name: length for name, length in lengths.items() if length is not None}
        return _slot(items, found) | several | {"multivalued": True, "inlined_as_list": True}
    if "additionalProperties" in part or "propertyNames" in part:
        return {"range": "Absence", "multivalued": True, "inlined": True}
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        return {"range": name} | ({"inlined": True} if "properties" in found[name] else {})
    if "anyOf" in part:
        kinds = {member.get("type") for member in part["anyOf"]}
        if kinds <= {"integer", "number", "string"} and "number" in kinds:
            return {"range": "decimal", "minimum_value": 0}
        return {"range": "string"}
    slot: dict[str, Any] = {"range": _RANGES[part["type"]]}
    for theirs, ours in (("minimum_value", "minimum"), ("maximum_value", "maximum"), ("pattern", "pattern")):
        if ours in part:
            slot[theirs] = part[ours]
    return slot
