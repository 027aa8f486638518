"""FollowTheMoney: records as entities, and every value as a statement that keeps the ids of its claims."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.exports._ftm_model import SCHEMATA
from defcoop.exports._ftm_statements import (
    EntityIndex,
    Statement,
    card_statements,
    claim_statements,
    index_entities,
    record_statements,
)
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


class OmittedValue(NamedTuple):
    """A value that found no place, and why."""

    record_id: str
    field: str
    value: str
    claim_id: str
    reason: str


class _LeadingLines:
    """The first entity of each property, whose lines come first: readers learn the columns from the first lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._properties: set[str] = set()

    def pass_on(self, entity: dict[str, Any]) -> str:
        """Give the line of an entity, or nothing if it is one of the leading ones and kept."""
        line = json.dumps(entity, ensure_ascii=False) + "\n"
        if entity["properties"].keys() <= self._properties:
            return line
        self._properties |= entity["properties"].keys()
        self.lines.append(line)
        return ""


def write(package: Package, out: Path) -> None:
    """Write the entities, their statements and a list of what is left out to a folder."""
    records, cards = package.contents()
    index, name = index_entities(records), package.card.name
    omitted: list[OmittedValue] = []
    later = out / f"{ENTITIES}.tmp"
    leading = _LeadingLines()
    with (
        later.open("w+", encoding="utf-8", newline="\n") as entities,
        (out / STATEMENTS).open("w", encoding="utf-8", newline="") as statements,
    ):
        rows = csv.writer(statements, lineterminator="\n")
        rows.writerow(COLUMNS)
        # A record's statements are about it and the ties that begin with its id, so they can be written by themselves.
        for unmerged in (*map(card_statements, cards), *(_of_record(record, index, omitted) for record in records)):
            merged = _merged(unmerged)
            entities.writelines(line for entity in _entities(merged, name) if (line := leading.pass_on(entity)))
            rows.writerows(_rows(merged, name))
        entities.seek(0)
        with (out / ENTITIES).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(leading.lines)
            shutil.copyfileobj(entities, file)
    later.unlink()
    with (out / LEFT_OUT).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([OmittedValue._fields, *sorted(omitted)])


def _of_record(record: Record, index: EntityIndex, omitted: list[OmittedValue]) -> Iterator[Statement]:
    """Yield the statements of a record and of its claims, and add to the list what is none."""
    standing = record.id in index.schemata
    if standing:
        yield from record_statements(record, index)
        omitted += _codes(record)
    for claim in claims(record, type_of(record).name):
        if not standing:
            reason = "the record is withdrawn"
        elif claim.relation != ClaimRelation.SUPPORTS:
            reason = "the record sets the value aside; as a statement it would stand beside the record's own"
        elif statements := claim_statements(claim, index):
            yield from statements
            continue
        else:
            reason = "it refers to a withdrawn record"
        omitted.append(OmittedValue(claim.record_id, claim.field, claim.value, claim.claim_id, reason))


def _codes(record: Record) -> Iterator[OmittedValue]:
    for code in record.codes if isinstance(record, Actor) else ():
        if code.scheme in {CodeScheme.COW, CodeScheme.GW}:
            reason = "FollowTheMoney has no property for codes of that scheme"
            yield OmittedValue(record.id, f"codes[{code.scheme.value}/{code.code}/{code.valid}]", code.code, "", reason)


def _merged(statements: Iterable[Statement]) -> list[Statement]:
    """Join statements that say the same, keeping the claims of all of them as the origin."""
    origins: dict[Statement, set[str]] = defaultdict(set)
    originals: dict[Statement, str] = {}
    for statement in statements:
        bare = statement._replace(origin="", original="")
        origins[bare].update(statement.origin.split())
        originals[bare] = originals.get(bare) or statement.original
    return [
        bare._replace(origin=" ".join(sorted(origin)), original=originals[bare])
        for bare, origin in sorted(origins.items())
    ]


def _entities(statements: list[Statement], dataset: str) -> Iterator[dict[str, Any]]:
    for (entity, schema), own in groupby(statements, key=_entity):
        properties: dict[str, dict[str, None]] = {}
        for statement in own:
            properties.setdefault(statement.prop, {})[statement.value] = None
        values = {prop: list(by_value) for prop, by_value in properties.items()}
        yield {"id": entity, "schema": schema, "datasets": [dataset], "properties": values}


def _rows(statements: list[Statement], dataset: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of each entity together, as those expect who put entities together again."""
    for (entity, schema), own in groupby(statements, key=_entity):
        yield _row(Statement(entity, schema, "id", entity), "id", dataset)
        for statement in own:
            yield _row(statement, SCHEMATA[schema][statement.prop], dataset)


def _entity(statement: Statement) -> tuple[str, str]:
    return statement.entity, statement.schema


def _row(statement: Statement, kind: str, dataset: str) -> tuple[str, ...]:
    entity, schema, prop, value, lang, original, origin = statement
    key = f"{dataset}.{entity}.{prop}.{value}" + (f"@{lang}" if lang else "")
    # FollowTheMoney names a statement by this hash.
    name = hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()
    # A build bears no date, so nothing is said of when a statement was first or last seen.
    return (
        *(entity, entity, prop, kind, schema, value, dataset, origin),
        *(lang, original if original != value else "", "f", "", "", name),
    )
