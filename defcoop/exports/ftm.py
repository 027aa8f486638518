"""FollowTheMoney: records as entities, and every value as a statement that keeps the ids of its claims."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from defcoop.exports._ftm_facts import Fact, World, card_facts, claim_facts, record_facts, world
from defcoop.exports._ftm_model import SCHEMATA
from defcoop.models.actor import Actor, CodeScheme
from defcoop.models.registry import type_of
from defcoop.package.claims import ClaimRelation, claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from defcoop.models import Record
    from defcoop.package import Package

ENTITIES, STATEMENTS, LEFT_OUT = "entities.ftm.json", "statements.csv", "left_out.csv"
"""The files: entities, one a line; statements; and what found no place, with the reason."""

DATASET = "defcoop"
"""The name of the dataset in statements and entities."""

COLUMNS = (
    "canonical_id",
    "entity_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "origin",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "last_seen",
    "id",
)
"""The columns of statements, as FollowTheMoney writes them."""


class LeftOut(NamedTuple):
    """A value that found no place, and why."""

    record_id: str
    field: str
    value: str
    claim_id: str
    reason: str


def write(package: Package, out: Path) -> None:
    """Write the entities, their statements and a list of what is left out to a folder."""
    records, cards = package.contents()
    known = world(records)
    left_out: list[LeftOut] = []
    with (
        (out / ENTITIES).open("w", encoding="utf-8", newline="\n") as entities,
        (out / STATEMENTS).open("w", encoding="utf-8", newline="") as statements,
    ):
        rows = csv.writer(statements, lineterminator="\n")
        rows.writerow(COLUMNS)
        # The facts of a record are about it and the ties that begin with its id, so they can be written by themselves.
        for told in (*map(card_facts, cards), *(_told(record, known, left_out) for record in records)):
            facts = _merged(told)
            entities.writelines(json.dumps(entity, ensure_ascii=False) + "\n" for entity in _entities(facts))
            rows.writerows(_statements(facts))
    with (out / LEFT_OUT).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([LeftOut._fields, *sorted(left_out)])


def _told(record: Record, known: World, left_out: list[LeftOut]) -> Iterator[Fact]:
    """Yield the facts of a record and of its claims, and add to the list what is none."""
    standing = record.id in known.schemata
    if standing:
        yield from record_facts(record, known)
        left_out += _codes(record)
    for claim in claims(record, type_of(record).name):
        if not standing:
            reason = "the record is withdrawn"
        elif claim.relation != ClaimRelation.SUPPORTS:
            reason = "the record sets the value aside; as a statement it would stand beside the record's own"
        elif facts := claim_facts(claim, known):
            yield from facts
            continue
        else:
            reason = "it refers to a withdrawn record"
        left_out.append(LeftOut(claim.record_id, claim.field, claim.value, claim.claim_id, reason))


def _codes(record: Record) -> Iterator[LeftOut]:
    for code in record.codes if isinstance(record, Actor) else ():
        if code.scheme in {CodeScheme.COW, CodeScheme.GW}:
            reason = "FollowTheMoney has no property for codes of that scheme"
            yield LeftOut(record.id, f"codes[{code.scheme.value}/{code.code}/{code.valid}]", code.code, "", reason)


def _merged(facts: Iterable[Fact]) -> list[Fact]:
    """Join facts that say the same, keeping the claims of all of them as the origin."""
    origins: dict[Fact, set[str]] = defaultdict(set)
    originals: dict[Fact, str] = {}
    for fact in facts:
        said = fact._replace(origin="", original="")
        origins[said].update(fact.origin.split())
        originals[said] = originals.get(said) or fact.original
    return [
        said._replace(origin=" ".join(sorted(origin)), original=originals[said])
        for said, origin in sorted(origins.items())
    ]


def _entities(facts: list[Fact]) -> Iterator[dict[str, object]]:
    for (entity, schema), own in groupby(facts, key=_entity):
        properties: dict[str, list[str]] = {}
        for fact in own:
            values = properties.setdefault(fact.prop, [])
            if fact.value not in values:
                values.append(fact.value)
        yield {"id": entity, "schema": schema, "datasets": [DATASET], "properties": properties}


def _statements(facts: list[Fact]) -> Iterator[tuple[str, ...]]:
    """Yield the statements of each entity together, as those expect who put entities together again."""
    for (entity, schema), own in groupby(facts, key=_entity):
        yield _statement(Fact(entity, schema, "id", entity), "id")
        for fact in own:
            yield _statement(fact, SCHEMATA[schema][fact.prop])


def _entity(fact: Fact) -> tuple[str, str]:
    return fact.entity, fact.schema


def _statement(fact: Fact, kind: str) -> tuple[str, ...]:
    key = f"{DATASET}.{fact.entity}.{fact.prop}.{fact.value}" + (f"@{fact.lang}" if fact.lang else "")
    # FollowTheMoney names a statement by this hash.
    name = hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()
    original = fact.original if fact.original != fact.value else ""
    # A build bears no date, so nothing is said of when a statement was first or last seen.
    return (
        *(fact.entity, fact.entity, fact.prop, kind, fact.schema, fact.value, DATASET, fact.origin),
        *(fact.lang, original, "f", "", "", name),
    )
