"""Statements: records, source cards and claims as values of properties of FollowTheMoney entities."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from defcoop.exports._days import ends, prefix
from defcoop.exports._ftm_model import ORGANISATIONS, SCHEMATA, countries, language
from defcoop.exports._ftm_rules import Edge, EntityLink, PropertyRule, edges, rules
from defcoop.models.actor import Actor, CodeScheme
from defcoop.models.clusters import joined
from defcoop.models.record import NameKind
from defcoop.models.registry import BY_NAME
from defcoop.values import Edtf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.models import Record, SourceCard
    from defcoop.models.record import Name
    from defcoop.package.claims import Claim

_PATH = re.compile(r"(?P<list>[a-z_]+)(?:\[(?P<key>.*)\])?(?:\.(?P<part>[a-z_.]+))?\Z")

Entity = tuple[str, str]
"""The id and the schema of an entity."""


class Statement(NamedTuple):
    """A value of a property of an entity; `original` is the value as we have it, `origin` the claim behind it."""

    entity: str
    schema: str
    prop: str
    value: str
    lang: str = ""
    original: str = ""
    origin: str = ""


class EntityIndex(NamedTuple):
    """What a claim may refer to: the schema of each entity, the country of each state, the statement of each name.

    `clusters` has the id of the cluster of each record that may be the same as another.
    """

    schemata: Mapping[str, str]
    countries: Mapping[str, str]
    names: Mapping[tuple[str, str], Statement]
    clusters: Mapping[str, str]


def index_entities(records: list[Record]) -> EntityIndex:
    """Index the records that stand; those that were withdrawn are no entities."""
    standing = [record for record in records if not record.withdrawn]
    schemata = {record.id: _schema(record) for record in standing}
    twins = [(record.id, twin.record) for record in standing for twin in record.possibly_same_as]
    codes = [(actor.id, code) for actor in standing if isinstance(actor, Actor) for code in actor.codes]
    return EntityIndex(
        schemata,
        # Codes withdrawn for a new name are not among them, the later ones are.
        {
            actor: countries()[code.code]
            for actor, code in codes
            if code.scheme is CodeScheme.ISO3 and code.code in countries()
        },
        {(record.id, name.text): _name(record, name) for record in standing for name in record.names},
        joined((one, other) for one, other in twins if other in schemata),
    )


def record_statements(record: Record, index: EntityIndex) -> Iterator[Statement]:
    """Yield what a record says without a claim: its names, its summary, its codes, its possible duplicates."""
    entity = (record.id, index.schemata[record.id])
    yield from (index.names[record.id, name.text] for name in record.names)
    yield Statement(*entity, "summary", record.summary, "eng")
    if record.certainty:
        yield Statement(*entity, "notes", f"certainty: {record.certainty.value}")
    if record.id in index.clusters:
        yield Statement(*entity, "notes", f"cluster_id: {index.clusters[record.id]}")
    if record.note:
        yield Statement(*entity, "notes", record.note, "eng")
    if record.id in index.countries:
        yield Statement(*entity, "country", index.countries[record.id])
    for code in record.codes if isinstance(record, Actor) else ():
        if code.scheme is CodeScheme.WIKIDATA:
            yield Statement(*entity, "wikidataId", code.code)
    for duplicate in record.possibly_same_as:
        if duplicate.record in index.schemata:
            pair = (f"{record.id}.possibly-same-as.{_short(duplicate.record)}", "Similar")
            yield Statement(*pair, "candidate", record.id)
            yield Statement(*pair, "match", duplicate.record)
            yield Statement(*pair, "criteria", duplicate.reason)


def card_statements(card: SourceCard) -> Iterator[Statement]:
    """Yield what a source card says of its text."""
    entity = (card.id, "Article")
    yield Statement(*entity, "fileName", card.file)
    yield Statement(*entity, "summary", card.description, "eng")
    if spoken := language(card.language):
        yield Statement(*entity, "language", spoken)
    if card.publisher:
        yield Statement(*entity, "publisher", card.publisher)
    if card.published and (day := prefix(card.published)):
        yield Statement(*entity, "publishedAt", day, original=str(card.published))
    elif card.published:
        yield Statement(*entity, "notes", f"published: {card.published}")
    # FollowTheMoney's hashes of content are SHA-1, which a source card has not.
    yield Statement(*entity, "notes", f"sha256: {card.sha256}")
    yield Statement(*entity, "notes", f"reliability: {card.reliability.value}")


def claim_statements(claim: Claim, index: EntityIndex) -> list[Statement]:
    """Give what a claim says, with its id as the origin, and the text that proves it; nothing if its value is gone."""
    try:
        statements = [statement._replace(origin=claim.claim_id) for statement in _of_claim(claim, index)]
    except _GoneError:
        return []
    proven = dict.fromkeys((statement.entity, statement.schema) for statement in statements)
    return statements + [Statement(*entity, "proof", claim.seed_id) for entity in proven]


class _GoneError(Exception):
    """A value that names a withdrawn record."""


def _of_claim(claim: Claim, index: EntityIndex) -> Iterator[Statement]:
    match = _PATH.match(claim.field)
    whole, key, part = match.group("list", "key", "part") if match else (claim.field, None, None)
    entity = (claim.record_id, index.schemata[claim.record_id])
    if whole == "names":
        return iter([index.names[claim.record_id, claim.value]])
    model = BY_NAME[claim.record_type].model
    edge = edges(model).get(whole)
    if edge and key is not None and part is not None and _fits(edge, key, index):
        return _by_edge(entity, edge, (whole, key, part), claim.value, index)
    rule = rules(model).get(whole if part is None else f"{whole}.{part}")
    if isinstance(rule, EntityLink):
        return _by_link(entity, rule, whole, claim.value, index)
    return _by_rule(entity, rule, claim.field, claim.value, index)


def _by_rule(
    entity: Entity, rule: PropertyRule | None, path: str, value: str, index: EntityIndex
) -> Iterator[Statement]:
    note = "notes" if "notes" in SCHEMATA[entity[1]] else "description"
    prop = next((prop for prop in rule.props if prop in SCHEMATA[entity[1]]), None) if rule else None
    if rule and prop and (statements := list(_values(entity, prop, rule.how, value, index))):
        return iter(statements)
    return iter([Statement(*entity, note, f"{path}: {value}")])


def _values(entity: Entity, prop: str, how: str, value: str, index: EntityIndex) -> Iterator[Statement]:
    """Yield the statements of a value in a property; none if it does not fit into it."""
    if how == "text":
        yield Statement(*entity, prop, value)
    elif how == "entity":
        yield Statement(*entity, prop, _existing(value, index))
    elif how == "country":
        if _existing(value, index) in index.countries:
            yield Statement(*entity, prop, index.countries[value], original=value)
    elif day := prefix(Edtf(value)):
        yield Statement(*entity, prop, day, original=value)
    elif prop == "date":
        yield from (Statement(*entity, side, day, original=value) for side, day in ends(Edtf(value)).items())


def _by_link(entity: Entity, link: EntityLink, field: str, value: str, index: EntityIndex) -> Iterator[Statement]:
    partner = _existing(value, index)
    tie = (f"{entity[0]}.{field.replace('_', '-')}.{_short(partner)}", "UnknownLink")
    subject, target = (entity[0], partner) if link.outward else (partner, entity[0])
    yield Statement(*tie, "subject", subject)
    yield Statement(*tie, "object", target)
    yield Statement(*tie, "role", link.role)
    if link.involved and "involved" in SCHEMATA[entity[1]]:
        yield Statement(*entity, "involved", partner)


def _by_edge(
    entity: Entity, edge: Edge, path: tuple[str, str, str], value: str, index: EntityIndex
) -> Iterator[Statement]:
    whole, key, part = path
    tie = (f"{entity[0]}.{whole.replace('_', '-')}.{_short(key)}", edge.schema)
    yield Statement(*tie, edge.here, entity[0])
    if edge.role:
        yield Statement(*tie, "role", edge.role)
    yield from _by_rule(tie, edge.fields.get(part), part, value, index)
    if part == edge.involved and "involved" in SCHEMATA[entity[1]]:
        yield Statement(*entity, "involved", _existing(value, index))


def _fits(edge: Edge, key: str, index: EntityIndex) -> bool:
    """Tell whether a tie can have its other end, which is in the key: only an organisation employs or has members."""
    schema = index.schemata[_existing(key.split("/")[edge.place], index)]
    return edge.schema == "UnknownLink" or schema in ORGANISATIONS


def _existing(value: str, index: EntityIndex) -> str:
    if value not in index.schemata:
        raise _GoneError
    return value


def _schema(record: Record) -> str:
    return record.kind.nature.ftm if isinstance(record, Actor) else record.FTM


def _name(record: Record, name: Name) -> Statement:
    prop = "alias" if name.kind is NameKind.ALIAS else "name"
    return Statement(record.id, _schema(record), prop, name.text, language(name.lang))


def _short(key: str) -> str:
    """Make an id of a list item's key, which may be a title in any script."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]
