"""Matching: which records of one dataset are those of another, and by which ids the others go."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.registry import SEED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.merging.contents import CheckoutContents, Data, RecordSource

_LONGEST = 80
_FIRST, _NUMBERS = 100_000, 900_000


class Counterparts(NamedTuple):
    """What becomes of the ids of the second dataset.

    `same` gives the record of the first that is the same, `fresh` the id under which another is added, `references` the
    id that stands for it wherever it is referred to.
    """

    same: dict[str, str]
    fresh: dict[str, str]
    references: dict[str, str]


def match(first: CheckoutContents, second: CheckoutContents, confirmed: Mapping[str, str]) -> Counterparts:
    """Find what two datasets have in common.

    Source cards are the same if their texts are; records if they had the same id at first and say the same, with ids
    that stand for the same. What only looks alike is added, with an id of its own where its own is taken.

    Args:
        first: the dataset whose ids stay.
        second: the other.
        confirmed: records of the second, by the ids that they get, that a person found to be records of the first.
    """
    fresh = dict(_fresh(first, second))
    same = dict(_same_texts(first, second))
    same |= _likely(first, second, confirmed, fresh)
    while True:  # what refers to a record that is not the same is not the same either
        matches = _with_references(first, same, fresh, confirmed)
        others = [
            name
            for name, own in same.items()
            if second.records[name].type != SEED and not _says_the_same(first, own, second.records[name], matches)
        ]
        if not others:
            return matches
        same = {name: own for name, own in same.items() if name not in others}


def _same_texts(first: CheckoutContents, second: CheckoutContents) -> Iterator[tuple[str, str]]:
    """Yield the source cards of the second with those of the first that describe the same text, best by the same id."""
    cards: dict[str, list[str]] = defaultdict(list)
    for name, card in first.records.items():
        if card.type == SEED:
            cards[_text(card)].append(name)
    for name, card in second.records.items():
        if card.type == SEED and (own := cards[_text(card)]):
            yield name, name if name in own else own[0]


def _with_references(
    first: CheckoutContents, same: dict[str, str], fresh: dict[str, str], confirmed: Mapping[str, str]
) -> Counterparts:
    references = {name: confirmed.get(new, new) for name, new in fresh.items()}
    references |= {name: _successor(first, own) for name, own in same.items()}
    return Counterparts(same, {name: new for name, new in fresh.items() if name not in same}, references)


def _likely(
    first: CheckoutContents, second: CheckoutContents, confirmed: Mapping[str, str], fresh: Mapping[str, str]
) -> dict[str, str]:
    """Give for each record one of the first that had the same id at first and says the same with ids as at first."""
    ids = {name: _first_id(first, _successor(first, name)) for name in first.records}
    other_ids = {name: _first_id(second, name) for name in second.records}
    for name, new in fresh.items():
        if new in confirmed and confirmed[new] in ids:
            other_ids[name] = ids[confirmed[new]]
    candidates: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, record in first.records.items():
        candidates[record.type, first.origin(name).id].append(name)
    likely: dict[str, str] = {}
    for name, record in second.records.items():
        if record.type == SEED or fresh[name] in confirmed:
            continue
        wanted = record.renamed(other_ids)
        for own in candidates[record.type, second.origin(name).id]:
            candidate = first.records[own].renamed(ids)
            if wanted.source == candidate.source or _data(wanted) == _data(candidate):
                likely[name] = own
                break
    return likely


def _first_id(contents: CheckoutContents, name: str) -> str:
    """Give what stands for an id wherever it is compared: of a card its text, of a record its first id."""
    record = contents.records.get(name)
    return f"text-{_text(record)}" if record and record.type == SEED else contents.origin(name).id


def _says_the_same(first: CheckoutContents, own: str, record: RecordSource, matches: Counterparts) -> bool:
    ours, theirs = first.records[own], record.renamed({**matches.references, record.id: own})
    return ours.source == theirs.source or _data(ours) == _data(theirs)


def _data(record: RecordSource) -> Data:
    """Give what a record says, its own id and a merging aside."""
    return {key: value for key, value in record.data.items() if key != "id" and not _is_of_a_merging(key, value)}


def _is_of_a_merging(key: str, value: object) -> bool:
    return key == "withdrawn" and isinstance(value, dict) and value.get("reason") == MERGED


MERGED = "A merging of two datasets found it to be the record named."
"""The reason on the tombstone of a record that a person confirmed to be another."""


def _successor(first: CheckoutContents, name: str) -> str:
    """Give the record that a merging put in the place of another, which else is its own."""
    withdrawn = first.records[name].data.get("withdrawn") or {}
    return str(withdrawn.get("replaced_by")) if _is_of_a_merging("withdrawn", withdrawn) else name


def _text(card: RecordSource) -> str:
    return str(card.data.get("sha256") or card.id)


def _fresh(first: CheckoutContents, second: CheckoutContents) -> Iterator[tuple[str, str]]:
    """Yield for each record of the second the id that it gets if it is none of the first."""
    taken = {*first.records, *second.records}
    for name, record in second.records.items():
        new = name
        if name in first.records:
            new = (
                _numbered(record)
                if record.type == SEED
                else _named(second.origin(name).dataset, second.origin(name).id)
            )
            while new in taken:
                new = _next(new) if record.type == SEED else f"{new}-2"
            taken.add(new)
        yield name, new


def _numbered(card: RecordSource) -> str:
    """Make the id of a card from its text, so that it is the same in whatever order datasets are merged."""
    return f"seed-{_FIRST + int(sha256(_text(card).encode()).hexdigest()[:12], 16) % _NUMBERS}"


def _next(card: str) -> str:
    return f"seed-{_FIRST + (int(card.removeprefix('seed-')) + 1 - _FIRST) % _NUMBERS}"


def _named(dataset: str, name: str) -> str:
    """Put the name of a dataset into an id, behind its prefix."""
    prefix, _, rest = name.partition("-")
    new = f"{prefix}-{dataset}-{rest}"
    if len(new) > _LONGEST:
        mark = sha256(new.encode()).hexdigest()[:8]
        new = f"{new[: _LONGEST - 9].rstrip('-')}-{mark}"
    return new
