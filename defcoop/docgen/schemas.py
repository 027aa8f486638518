"""JSON Schemas of records and cards (draft 2020-12) and the shapes of the tables, generated from the models."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from defcoop.difference.shapes import FILE, shapes_text
from defcoop.models import DatasetCard, SourceCard
from defcoop.models.dataset_card import CARD
from defcoop.models.ids import Passage, RecordId
from defcoop.models.own_terms import NO_TERMS, VOCABULARY, OwnVocabulary
from defcoop.models.registry import TYPES
from defcoop.values import Edtf
from defcoop.values.number import MAX_DIGITS
from defcoop.version import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.json_schema import JsonSchemaMode, JsonSchemaValue
    from pydantic_core import core_schema

    from defcoop.models.own_terms import OwnTerms
    from defcoop.values import Frozen


def schemas(version: str = SCHEMA, own: OwnTerms = NO_TERMS) -> dict[str, str]:
    """Give the text of every schema by its file's name, such as `agreement.schema.json`, with a version in it.

    Args:
        version: the version.
        own: the terms that a dataset adds to vocabularies.
    """
    models = {kind.name: (kind.model, f"^{kind.prefix}-") for kind in TYPES}
    named: dict[str, tuple[type[Frozen], str]] = {
        **models,
        "source_card": (SourceCard, "^seed-"),
        CARD: (DatasetCard, ""),
        VOCABULARY: (OwnVocabulary, ""),
    }
    return {f"{name}.schema.json": _schema(name, *entry, version, own) for name, entry in named.items()}


def files(version: str = SCHEMA, own: OwnTerms = NO_TERMS) -> dict[str, str]:
    """Give the text of every file that `defcoop schema` writes: the schemas, and `tables.json` with the tables."""
    return schemas(version, own) | {FILE: shapes_text()}


def folder() -> Path:
    """Find the folder that holds the schemas and the codebook as files: the installed library's or its checkout's."""
    library = Path(__file__).parents[1]
    return library / "_schema" if (library / "_schema").is_dir() else library.parent / "schema"


class _Generator(GenerateJsonSchema):
    """Leaves out what a YAML record cannot have: nulls and generated titles."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        return {"type": "number", "minimum": schema.get("ge", 0), "exclusiveMaximum": 10**MAX_DIGITS}

    def union_schema(self, schema: core_schema.UnionSchema) -> JsonSchemaValue:
        generated = super().union_schema(schema)
        parts = generated.get("anyOf", [])
        if [part.get("type") for part in parts] == ["integer", "number"]:
            # A whole number is a number; beside it pydantic leaves its own names of what Decimals are held to.
            return {**parts[0], "type": "number"}
        return generated

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - pydantic's signature
        return False

    def generate(self, schema: core_schema.CoreSchema, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        generated = super().generate(schema, mode)
        generated["$schema"] = self.schema_dialect
        return generated


@cache
def _shapes() -> dict[str, JsonSchemaValue]:
    """Give the shapes that many fields and items share by name."""
    kinds: dict[str, Any] = {"RecordId": RecordId, "Edtf": Edtf, "Passage": Passage}
    return {
        name: TypeAdapter(kind).json_schema(schema_generator=_Generator, mode="validation")
        for name, kind in kinds.items()
    }


def _name_shapes(body: JsonSchemaValue) -> None:
    """Refer to shared shapes by name, for generators of code make a type of every place where a shape stands."""
    definitions = body.setdefault("$defs", {})
    named: JsonSchemaValue = {}
    for name, whole in _shapes().items():
        shape = {keyword: value for keyword, value in whole.items() if keyword != "$schema"}
        for part in [*_parts(body)]:
            # A reference beside a narrower pattern is more than older drafts can hold together.
            if shape.items() <= part.items() and "allOf" not in part:
                for keyword in shape:
                    del part[keyword]
                part["$ref"] = f"#/$defs/{name}"
                named[name] = shape
    if passage := named.get("Passage"):
        named["Start"], named["End"] = passage["prefixItems"]
        named["Passage"] = passage | {"prefixItems": [{"$ref": "#/$defs/Start"}, {"$ref": "#/$defs/End"}]}
    definitions.update(named)


def _parts(schema: Any) -> Iterator[JsonSchemaValue]:  # noqa: ANN401 - whatever stands in a schema
    """Yield all objects in a schema."""
    if isinstance(schema, dict):
        yield schema
    for below in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from _parts(below)


def _schema(name: str, model: type[Frozen], prefix: str, version: str, own: OwnTerms) -> str:
    body = model.model_json_schema(by_alias=True, schema_generator=_Generator)
    if prefix:
        # An id of the right shape must also carry the prefix of its type.
        body["properties"]["id"]["allOf"] = [{"pattern": prefix}]
    for definition in body.get("$defs", {}).values():
        definition.pop("title", None)
    for vocabulary, added in own.by_vocabulary.items():
        if listed := body.get("$defs", {}).get(vocabulary.__name__):
            listed["enum"] += added
    head = {
        "$schema": body.pop("$schema"),
        "title": f"defcoop {name.replace('_', ' ')}",
        "$comment": f"Schema version {version}, generated by `defcoop schema`; do not edit.",
    }
    body.pop("title", None)
    _name_shapes(body)
    # A docstring goes on with what Python raises and with examples.
    for part in (body, *body.get("$defs", {}).values()):
        if "description" in part:
            part["description"] = " ".join(part["description"].split("\n\n", 1)[0].split())
    return json.dumps(head | body, ensure_ascii=False, indent=2) + "\n"
