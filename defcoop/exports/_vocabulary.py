"""The vocabulary that the JSON-LD export speaks: its classes, properties and terms, with what they mean."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from defcoop.exports._iris import of_term
from defcoop.exports._nodes import KEYS, Node, is_citation
from defcoop.models import Record, SourceCard
from defcoop.models.certainty import certainty_field
from defcoop.models.evidence import Basis, Reliability, Stance, Voice
from defcoop.models.field_layout import Shape, layout
from defcoop.models.registry import TYPES
from defcoop.package.claims import ClaimRelation
from defcoop.values import Edtf, Term

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from defcoop.models.field_layout import FieldLayout
    from defcoop.models.own_terms import OwnTerms
    from defcoop.values import Frozen

_OF_CLAIMS: tuple[type[Term], ...] = (ClaimRelation, Voice, Stance, Basis, Reliability)

_CLASSES = {
    "Claim": "Who says that a field has a value, where, and how firmly.",
    "Absence": "Why a field has no value.",
}
"""Classes that are no models."""


def vocabulary(claim_columns: Mapping[str, str], known: Container[str], own: OwnTerms) -> Iterator[Node]:
    """Yield a node for every class, property, vocabulary and term of ours that the export uses.

    Args:
        claim_columns: the columns of the claims table with their meanings.
        known: names that the context gives to other vocabularies, so that they are no properties of ours.
        own: the terms that the dataset adds.
    """
    models = _models()
    classes = {model.__name__: _first_line(model) for model in models} | _CLASSES
    for name, meaning in classes.items():
        yield {"id": f"dcv:{name}", "type": "rdfs:Class", "rdfs:comment": meaning}
    meanings: dict[str, list[str]] = {name: [meaning] for name, meaning in claim_columns.items()}
    for name, meaning in chain.from_iterable(map(_properties, models)):
        if (name not in known or name in KEYS) and meaning not in meanings.setdefault(name, []):
            meanings[name].append(meaning)
    for name, comments in meanings.items():
        yield {"id": f"dcv:{name}", "type": "rdf:Property", "rdfs:label": name, "rdfs:comment": comments}
    for terms in dict.fromkeys((*_OF_CLAIMS, *chain.from_iterable(map(_terms, models)))):
        yield from _concepts(terms, own)


def _models() -> list[type[Frozen]]:
    """List the models of records and source cards and all their parts, each once."""
    listed: dict[type[Frozen], None] = {}
    waiting: list[type[Frozen]] = [*(kind.model for kind in TYPES), SourceCard]
    while waiting:
        model = waiting.pop(0)
        if model not in listed:
            listed[model] = None
            waiting += [field.type for field in layout(model) if _is_part(field)]
    return list(listed)


def _properties(model: type[Frozen]) -> Iterator[tuple[str, str]]:
    """Yield the properties that the fields of a model become, with their meanings."""
    for field in _fields(model):
        if not is_citation(field):
            yield field.name, field.description
            if field.type is Edtf:
                yield f"{field.name}_earliest", f"First day that {field.name} allows."
                yield f"{field.name}_latest", f"Last day that {field.name} allows."


def _fields(model: type[Frozen]) -> tuple[FieldLayout, ...]:
    """List the fields of a model, with the certainty of records, which is derived."""
    derived = certainty_field(model) if issubclass(model, Record) else None
    return (*layout(model), derived) if derived else layout(model)


def _is_part(field: FieldLayout) -> bool:
    return field.shape in {Shape.PART, Shape.PARTS} and not is_citation(field)


def _terms(model: type[Frozen]) -> Iterator[type[Term]]:
    yield from (field.type for field in _fields(model) if issubclass(field.type, Term))


def _concepts(terms: type[Term], own: OwnTerms) -> Iterator[Node]:
    scheme = f"dcv:{terms.__name__}"
    yield {"id": scheme, "type": "skos:ConceptScheme", "rdfs:comment": _first_line(terms)}
    for term in own.all_of(terms):
        broader: Term | None = vars(term).get("broader")
        yield {
            "id": of_term(terms.__name__, term.value),
            "type": "skos:Concept",
            "skos:inScheme": {"id": scheme},
            "skos:notation": term.value,
            "skos:definition": term.definition,
            **({"skos:broader": {"id": of_term(terms.__name__, broader.value)}} if broader else {}),
        }


def _first_line(described: type[object]) -> str:
    return (described.__doc__ or "").splitlines()[0]
