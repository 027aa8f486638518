"""Which passages carry a value of a document; it need fit no model but that of its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from defcoop.difference.model import CitedPassage
from defcoop.models import Evidence
from defcoop.models.leaves import steps
from defcoop.models.registry import BY_FOLDER
from defcoop.package.claims import ClaimRelation, claim_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from defcoop.difference.snapshot import Document


class Carrier(NamedTuple):
    """An evidence entry with the paths that it supports."""

    entry: Evidence
    supports: frozenset[str]


def carriers(document: Document) -> list[Carrier]:
    """List the evidence entries of a document that are sound, in their order."""
    found: list[Carrier] = []
    entries = document.get("evidence")
    for one in entries if isinstance(entries, list) else ():
        try:
            entry = Evidence.model_validate(one)
        except ValidationError:
            continue
        found.append(Carrier(entry, frozenset(entry.supports)))
    return found


def passages(found: Sequence[Carrier], record_id: str, table: str, path: str, value: str) -> tuple[CitedPassage, ...]:
    """Give the passages that carry a value, with the ids of their claims."""
    covering = steps(path)
    record_type = BY_FOLDER[table].name if table in BY_FOLDER else table
    told = (record_id, record_type, path, value, ClaimRelation.SUPPORTS.value)
    return tuple(_passage(one.entry, told) for one in found if not one.supports.isdisjoint(covering))


def _passage(entry: Evidence, told: Sequence[str]) -> CitedPassage:
    body = (
        entry.seed,
        *entry.passage,
        entry.quote,
        entry.digest,
        entry.voice.value,
        entry.speaker,
        entry.outlet,
        entry.stance.value,
        entry.basis.value,
        entry.reasoning,
        entry.credibility,
    )
    return CitedPassage(claim_id([*told, *("" if cell is None else str(cell) for cell in body)]), *body)
