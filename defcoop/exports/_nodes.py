"""Nodes: records and source cards as JSON-LD, field by field as their models have them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from defcoop.exports._iris import of_term
from defcoop.models.actor import Actor, CodeScheme
from defcoop.models.evidence import Citation
from defcoop.models.field_layout import Shape, is_empty, layout
from defcoop.models.leaves import text_of
from defcoop.models.record import NameKind, Record
from defcoop.values import Edtf, Role, Term

if TYPE_CHECKING:
    from defcoop.exports._iris import Addresses
    from defcoop.models import SourceCard
    from defcoop.models.field_layout import FieldLayout
    from defcoop.values import Frozen

Node = dict[str, Any]

KEYS = {"start": "dcv:start", "end": "dcv:end"}
"""Keys of fields whose names the context gives to the selectors of Web Annotations."""


def record_node(record: Record, cluster: str, addresses: Addresses) -> Node:
    """Describe a record, and name its cluster; its evidence stands in the claims."""
    node = _part(record, addresses.of_thing(record.id), addresses)
    own = f"dcv:{node['type']}"
    if isinstance(record, Actor):
        node["type"] = [f"schema:{record.kind.nature.schema_org}", own, "prov:Agent"]
        same = [code.code for code in record.codes if code.scheme is CodeScheme.WIKIDATA]
        node |= {"schema:sameAs": [{"id": f"http://www.wikidata.org/entity/{code}"} for code in same]} if same else {}
    else:
        node["type"] = [f"schema:{record.SCHEMA_ORG}", own, "prov:Entity"]
    if record.certainty:
        node["certainty"] = _term(record.certainty)
    node["cluster_id"] = {"id": addresses.of_thing(cluster)}
    node["isPartOf"] = {"id": addresses.of_thing("dataset")}
    for name in record.names:
        key = "schema:alternateName" if name.kind is NameKind.ALIAS else "name"
        node.setdefault(key, []).append(_spoken(name.text, name.lang))
    return node


def card_node(card: SourceCard, addresses: Addresses) -> Node:
    """Describe a source card as the article that it is about."""
    node = _part(card, addresses.of_thing(card.id), addresses)
    node["type"] = ["schema:Article", f"dcv:{node['type']}", "prov:Entity"]
    return node


def is_citation(field: FieldLayout) -> bool:
    """Tell whether a field holds evidence, which the claims tell value by value."""
    return field.shape is Shape.PARTS and issubclass(field.type, Citation)


def _part(part: Frozen, iri: str, addresses: Addresses) -> Node:
    node: Node = {"id": iri, "type": type(part).__name__}
    for field in layout(type(part)):
        value = getattr(part, field.attribute)
        if field.name != "id" and not is_empty(value) and not is_citation(field):
            inner = f"{iri}.{field.name}" if "#" in iri else f"{iri}#{field.name}"
            node |= _of_field(field, value, inner, addresses)
    if "lang" in node:
        node["text"] = _spoken(node["text"], node["lang"])
    return node


def _of_field(field: FieldLayout, value: Any, iri: str, addresses: Addresses) -> Node:  # noqa: ANN401 - a field's value
    """Give the value of a field under its name, and what is derived from it beside it."""
    if field.shape is Shape.SPAN:
        content: Any = {"id": iri, "type": "oa:TextPositionSelector", "start": value[0], "end": value[1]}
    elif field.shape is Shape.PART:
        content = _part(value, iri, addresses)
    elif field.shape is Shape.PARTS:
        content = [_part(item, f"{iri}.{place}", addresses) | {"position": place} for place, item in enumerate(value)]
    elif field.shape is Shape.SCALARS:
        content = [_scalar(field, item, addresses) for item in value]
        content = {"@list": content} if field.role is Role.PARTNER else content  # in whose order the direction reads
    elif field.shape is Shape.MAPPING:
        content = [
            {"id": f"{iri}.{key}", "type": "Absence", "field": key, "reason": _term(reason)}
            for key, reason in value.items()
        ]
    else:
        content = _scalar(field, value, addresses)
    return {KEYS.get(field.name, field.name): content, **_bounds(field.name, value)}


def _bounds(name: str, value: object) -> Node:
    """Give the days that a date allows, which reasoners can compare where they cannot compare EDTF."""
    if not isinstance(value, Edtf):
        return {}
    days = {f"{name}_earliest": value.earliest, f"{name}_latest": value.latest}
    return {key: {"@value": day.isoformat(), "@type": "xsd:date"} for key, day in days.items() if day}


def _scalar(field: FieldLayout, value: Any, addresses: Addresses) -> Any:  # noqa: ANN401 - a field's value
    if field.reference:
        return {"id": addresses.of_thing(value)}
    if isinstance(value, Term):
        return _term(value)
    if isinstance(value, Edtf):
        return {"@value": str(value), "@type": "edtf:EDTF"}
    if field.type is Decimal:
        return {"@value": text_of(value), "@type": "xsd:decimal"}
    return value


def _term(value: Term) -> Node:
    return {"id": of_term(type(value).__name__, value.value)}


def _spoken(text: str, language: str) -> Node:
    return {"@value": text, "@language": language}
