"""The passages that support a value of a document; it need fit no model but that of its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from defcoop.difference.model import CitedPassage
from defcoop.models import Evidence
from defcoop.models.leaves import steps
from defcoop.models.registry import BY_FOLDER
from defcoop.package.claims import ClaimRelation, claim_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from defcoop.difference.snapshot import Document


def evidence_of(document: Document) -> list[Evidence]:
    """List the evidence entries of a document that are sound, in their order."""
    entries = document.get("evidence")
    sound = []
    for entry in entries if isinstance(entries, list) else ():
        try:
            sound.append(Evidence.model_validate(entry))
        except ValidationError:
            continue
    return sound


def passages(
    entries: Iterable[Evidence], record_id: str, table: str, path: str, value: str
) -> tuple[CitedPassage, ...]:
    """Give the passages that support a value, with the ids of their claims."""
    covering = set(steps(path))
    record_type = BY_FOLDER[table].name if table in BY_FOLDER else table
    claim = (record_id, record_type, path, value, ClaimRelation.SUPPORTS.value)
    return tuple(_passage(entry, claim) for entry in entries if not covering.isdisjoint(entry.supports))


def _passage(entry: Evidence, claim: Sequence[str]) -> CitedPassage:
    body = (
        *(entry.seed, *entry.passage, entry.quote, entry.digest),
        *(entry.voice.value, entry.speaker, entry.outlet),
        *(entry.stance.value, entry.basis.value, entry.reasoning, entry.credibility),
    )
    return CitedPassage(claim_id([*claim, *("" if cell is None else str(cell) for cell in body)]), *body)
