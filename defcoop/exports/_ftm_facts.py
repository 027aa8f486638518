"""Facts: records, source cards and claims as values of properties of FollowTheMoney entities."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from defcoop.exports._days import ends, prefix
from defcoop.exports._ftm_model import ORGANISATIONS, SCHEMATA, countries, language
from defcoop.exports._ftm_rules import Edge, Link, Rule, edges, rules
from defcoop.models.actor import Actor, CodeScheme
from defcoop.models.record import NameKind
from defcoop.models.registry import BY_NAME
from defcoop.values import Edtf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.models import Record, SourceCard
    from defcoop.models.record import Name
    from defcoop.package.claims import Claim

_PATH = re.compile(r"(?P<list>[a-z_]+)(?:\[(?P<key>.*)\])?(?:\.(?P<part>[a-z_.]+))?\Z")


class Fact(NamedTuple):
    """A value of a property of an entity; `original` is the value as we have it, `origin` the claim that tells it."""

    entity: str
    schema: str
    prop: str
    value: str
    lang: str = ""
    original: str = ""
    origin: str = ""


class World(NamedTuple):
    """What a claim may refer to: the schema of each entity, the country of each state, the facts of each name."""

    schemata: Mapping[str, str]
    lands: Mapping[str, str]
    names: Mapping[tuple[str, str], Fact]


def world(records: list[Record]) -> World:
    """Index the records that stand; those that were withdrawn are no entities."""
    standing = [record for record in records if not record.withdrawn]
    codes = [(actor.id, code) for actor in standing if isinstance(actor, Actor) for code in actor.codes]
    return World(
        {record.id: _schema(record) for record in standing},
        {actor: countries()[code.code] for actor, code in codes if code.scheme is CodeScheme.ISO3},
        {(record.id, name.text): _name(record, name) for record in standing for name in record.names},
    )


def record_facts(record: Record, known: World) -> Iterator[Fact]:
    """Yield what a record says without a claim: its names, its summary, its codes, its possible duplicates."""
    me = (record.id, known.schemata[record.id])
    yield from (known.names[record.id, name.text] for name in record.names)
    yield Fact(*me, "summary", record.summary, "eng")
    if record.note:
        yield Fact(*me, "notes", record.note, "eng")
    if record.id in known.lands:
        yield Fact(*me, "country", known.lands[record.id])
    for code in record.codes if isinstance(record, Actor) else ():
        if code.scheme is CodeScheme.WIKIDATA:
            yield Fact(*me, "wikidataId", code.code)
    for other in record.possibly_same_as:
        if other.record in known.schemata:
            pair = (f"{record.id}.possibly-same-as.{_short(other.record)}", "Similar")
            yield Fact(*pair, "candidate", record.id)
            yield Fact(*pair, "match", other.record)
            yield Fact(*pair, "criteria", other.reason)


def card_facts(card: SourceCard) -> Iterator[Fact]:
    """Yield what a source card says of its text."""
    me = (card.id, "Article")
    yield Fact(*me, "fileName", card.file)
    yield Fact(*me, "summary", card.description, "eng")
    if spoken := language(card.language):
        yield Fact(*me, "language", spoken)
    if card.publisher:
        yield Fact(*me, "publisher", card.publisher)
    if card.published and (day := prefix(card.published)):
        yield Fact(*me, "publishedAt", day, original=str(card.published))
    elif card.published:
        yield Fact(*me, "notes", f"published: {card.published}")
    # FollowTheMoney's hashes of content are SHA-1, which a source card has not.
    yield Fact(*me, "notes", f"sha256: {card.sha256}")
    yield Fact(*me, "notes", f"reliability: {card.reliability.value}")


def claim_facts(claim: Claim, known: World) -> list[Fact]:
    """Give what a claim says, with its id as the origin, and the text that tells it; nothing if its value is gone."""
    try:
        found = [fact._replace(origin=claim.claim_id) for fact in _told(claim, known)]
    except _GoneError:
        return []
    proven = dict.fromkeys((fact.entity, fact.schema) for fact in found)
    return found + [Fact(*entity, "proof", claim.seed_id) for entity in proven]


class _GoneError(Exception):
    """A value that names a withdrawn record."""


def _told(claim: Claim, known: World) -> Iterator[Fact]:
    match = _PATH.match(claim.field)
    whole, key, part = match.group("list", "key", "part") if match else (claim.field, None, None)
    me = (claim.record_id, known.schemata[claim.record_id])
    if whole == "names":
        return iter([known.names[claim.record_id, claim.value]])
    model = BY_NAME[claim.record_type].model
    edge = edges(model).get(whole)
    if edge and key is not None and part is not None and _fits(edge, key, known):
        return _tied(me, edge, (whole, key, part), claim.value, known)
    rule = rules(model).get(whole if part is None else f"{whole}.{part}")
    if isinstance(rule, Link):
        return _linked(me, rule, whole, claim.value, known)
    return _ruled(me, rule, claim.field, claim.value, known)


def _ruled(me: tuple[str, str], rule: Rule | None, path: str, value: str, known: World) -> Iterator[Fact]:
    note = "notes" if "notes" in SCHEMATA[me[1]] else "description"
    prop = next((prop for prop in rule.props if prop in SCHEMATA[me[1]]), None) if rule else None
    if rule and prop and (found := list(_values(me, prop, rule.how, value, known))):
        return iter(found)
    return iter([Fact(*me, note, f"{path}: {value}")])


def _values(me: tuple[str, str], prop: str, how: str, value: str, known: World) -> Iterator[Fact]:
    """Yield the facts of a value in a property; none if it does not fit into it."""
    if how == "text":
        yield Fact(*me, prop, value)
    elif how == "entity":
        yield Fact(*me, prop, _existing(value, known))
    elif how == "country":
        if _existing(value, known) in known.lands:
            yield Fact(*me, prop, known.lands[value], original=value)
    elif day := prefix(Edtf(value)):
        yield Fact(*me, prop, day, original=value)
    elif prop == "date":
        yield from (Fact(*me, side, day, original=value) for side, day in ends(Edtf(value)).items())


def _linked(me: tuple[str, str], link: Link, field: str, value: str, known: World) -> Iterator[Fact]:
    other = _existing(value, known)
    tie = (f"{me[0]}.{field.replace('_', '-')}.{_short(other)}", "UnknownLink")
    subject, target = (me[0], other) if link.outward else (other, me[0])
    yield Fact(*tie, "subject", subject)
    yield Fact(*tie, "object", target)
    yield Fact(*tie, "role", link.role)
    if link.involved and "involved" in SCHEMATA[me[1]]:
        yield Fact(*me, "involved", other)


def _tied(me: tuple[str, str], edge: Edge, path: tuple[str, str, str], value: str, known: World) -> Iterator[Fact]:
    whole, key, part = path
    tie = (f"{me[0]}.{whole.replace('_', '-')}.{_short(key)}", edge.schema)
    yield Fact(*tie, edge.here, me[0])
    if edge.role:
        yield Fact(*tie, "role", edge.role)
    yield from _ruled(tie, edge.fields.get(part), part, value, known)
    if part == edge.involved and "involved" in SCHEMATA[me[1]]:
        yield Fact(*me, "involved", _existing(value, known))


def _fits(edge: Edge, key: str, known: World) -> bool:
    """Tell whether a tie can have its other end, which is in the key: only an organisation employs or has members."""
    schema = known.schemata[_existing(key.split("/")[edge.place], known)]
    return edge.schema == "UnknownLink" or schema in ORGANISATIONS


def _existing(value: str, known: World) -> str:
    if value not in known.schemata:
        raise _GoneError
    return value


def _schema(record: Record) -> str:
    return record.kind.nature.ftm if isinstance(record, Actor) else record.FTM


def _name(record: Record, name: Name) -> Fact:
    prop = "alias" if name.kind is NameKind.ALIAS else "name"
    return Fact(record.id, _schema(record), prop, name.text, language(name.lang))


def _short(key: str) -> str:
    """Make an id of a list item's key, which may be a title in any script."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]
