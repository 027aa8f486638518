"""Claims: one statement per record, field, value and piece of evidence; the heart of the package."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.leaves import covers, leaves, text_of
from defcoop.values import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.models import Citation, Record


class ClaimRelation(Term):
    """How a passage stands to the record's value."""

    SUPPORTS = "supports", "The passage carries the value."
    CONTRADICTS = "contradicts", "The passage tells another value than the record's."


class Claim(NamedTuple):
    """Who says that a field has a value, where, and how firmly.

    `relation` is `supports`, or `contradicts` for a value that the record keeps as a conflict; `start` and
    `end` are code points of the seed text; `claim_id` is a hash of everything else but the reliability.
    """

    claim_id: str
    record_id: str
    record_type: str
    field: str
    value: str
    relation: str
    seed_id: str
    start: int
    end: int
    quote: str
    digest: str
    voice: str
    speaker_id: str | None
    outlet_id: str | None
    stance: str
    basis: str
    reasoning: str | None
    credibility: int


def claims(record: Record, record_type: str) -> Iterator[Claim]:
    """Yield every claim of a record: its values in order, for each the evidence in order, then its conflicts."""
    for leaf in leaves(record):
        for entry in record.evidence:
            if any(covers(path, leaf.path) for path in entry.supports):
                yield _claim(record.id, record_type, leaf.path, text_of(leaf.value), ClaimRelation.SUPPORTS, entry)
    for conflict in record.conflicts:
        for citation in conflict.evidence:
            yield _claim(
                record.id, record_type, conflict.field, text_of(conflict.value), ClaimRelation.CONTRADICTS, citation
            )


def claim_id(cells: Iterable[str]) -> str:
    """Hash a claim's cells as they stand in the table, all but the id and the reliability, to 20 hexadecimal digits.

    They are joined by U+001F, which no cell can hold, and hashed as UTF-8 by SHA-256.
    """
    return hashlib.sha256("\x1f".join(cells).encode()).hexdigest()[:20]


def _claim(  # noqa: PLR0913, PLR0917 - a row has its columns
    record_id: str, record_type: str, field: str, value: str, relation: ClaimRelation, cited: Citation
) -> Claim:
    body = (
        record_id,
        record_type,
        field,
        value,
        relation.value,
        cited.seed,
        *cited.passage,
        cited.quote,
        cited.digest,
        cited.voice.value,
        cited.speaker,
        cited.outlet,
        cited.stance.value,
        cited.basis.value,
        cited.reasoning,
        cited.credibility,
    )
    return Claim(claim_id(["" if cell is None else str(cell) for cell in body]), *body)
