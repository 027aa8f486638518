"""JSON-LD: records as schema.org, their claims as W3C Web Annotations with PROV-O, the vocabulary with its meanings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from defcoop.exports._data import text
from defcoop.exports._files import languages
from defcoop.exports._iris import TERM, addresses, of_term
from defcoop.exports._nodes import Node, card_node, record_node
from defcoop.exports._vocabulary import vocabulary
from defcoop.models.clusters import clusters
from defcoop.package.about import creators

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from defcoop.exports._iris import Addresses
    from defcoop.package import Package

CONTEXT: dict[str, object] = {
    "@version": 1.1,
    "@vocab": TERM,
    "dcv": TERM,
    # Other vocabularies, the keys that Web Annotations have in JSON, and fields of ours that schema.org has.
    **json.loads(text("jsonld_context.json")),
}
"""The context, but for the addresses of a dataset; it travels in the file, so that nothing has to be fetched."""

_VOCABULARIES = {
    "relation": "ClaimRelation",
    "voice": "Voice",
    "stance": "Stance",
    "basis": "Basis",
    "reliability": "Reliability",
}


def write(package: Package, out: Path) -> None:
    """Write the records, source cards and claims of a package as one JSON-LD file, a node on each line."""
    own = addresses(package.card)
    context = json.dumps(CONTEXT | {own.prefix: own.base}, ensure_ascii=False)
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"@context": {context},\n"@graph": [\n')
        for number, node in enumerate(_nodes(package, own)):
            file.write((",\n" if number else "") + json.dumps(node, ensure_ascii=False))
        file.write("\n]}\n")


def _nodes(package: Package, own: Addresses) -> Iterator[Node]:
    yield _dataset(package, own)
    records, cards = package.contents()
    cluster_ids = clusters(records)
    yield from (record_node(record, cluster_ids.get(record.id, record.id), own) for record in records)
    yield from (card_node(card, own) for card in cards)
    spoken = languages(package)
    header = package.header("claims")
    for row in package.rows("claims"):
        yield _annotation(dict(zip(header, row, strict=True)), spoken, own)
    columns = (*package.tables["claims"].columns, *package.tables["records"].columns)
    meanings = {column.name: column.description for column in columns if column.name in _OWN}
    yield from vocabulary(meanings, CONTEXT, package.card.terms)


def _dataset(package: Package, own: Addresses) -> Node:
    whole = package.descriptor
    return {
        "id": own.of_thing("dataset"),
        "type": ["schema:Dataset", "prov:Entity"],
        "schema:identifier": whole["name"],
        "name": whole["title"],
        "description": whole["description"],
        "schema:version": package.version,
        **({"schema:url": {"id": whole["homepage"]}} if "homepage" in whole else {}),
        "schema:license": [{"id": licence["path"]} for licence in whole["licenses"]],
        "schema:creator": [
            {"type": "schema:Person" if who.is_person else "schema:Organization", "schema:name": who.name}
            for who in creators(package.card)
        ],
        "schema:keywords": list(package.card.keywords),
        "prov:wasDerivedFrom": [{"id": own.of_thing(seed)} for seed in languages(package)],
    }


_OWN = (*_VOCABULARIES, "record_id", "field", "digest", "reasoning", "credibility", "cluster_id")
"""The columns of a claim or record that are properties of ours; the others have names in the W3C's vocabularies."""


def _annotation(claim: Mapping[str, str], spoken: Mapping[str, str], own: Addresses) -> Node:
    """Describe a claim: its value is the body, the passage that tells it the target."""
    iri, seed = own.of_claim(claim["claim_id"]), {"id": own.of_thing(claim["seed_id"])}
    quote = {"@value": claim["quote"], "@language": spoken[claim["seed_id"]]}
    node: Node = {
        "id": iri,
        "type": ["oa:Annotation", "prov:Entity", "dcv:Claim"],
        "motivation": "oa:describing",
        "record_id": {"id": own.of_thing(claim["record_id"])},
        "field": claim["field"],
        "body": {"id": f"{iri}#body", "type": "oa:TextualBody", "value": claim["value"]},
        "target": {
            "id": f"{iri}#target",
            "type": "oa:SpecificResource",
            "source": seed["id"],
            # The quote lies inside the passage, so it narrows the passage rather than being another name of it.
            "selector": {
                "id": f"{iri}#passage",
                "type": "oa:TextPositionSelector",
                "start": int(claim["start"]),
                "end": int(claim["end"]),
                "digest": claim["digest"],
                "refinedBy": {"id": f"{iri}#quote", "type": "oa:TextQuoteSelector", "exact": quote},
            },
        },
        **{name: {"id": of_term(terms, claim[name])} for name, terms in _VOCABULARIES.items()},
        "credibility": int(claim["credibility"]),
        "prov:wasDerivedFrom": seed,
    }
    if claim["basis"] == "explicit":
        node["prov:wasQuotedFrom"] = seed
    if claim["reasoning"]:
        node["reasoning"] = claim["reasoning"]
    if speaker := claim["speaker_id"] or claim["outlet_id"]:
        node["prov:wasAttributedTo"] = {"id": own.of_thing(speaker)}
    return node
