"""Claims: one statement per record, field, value and piece of evidence; the heart of the package."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.leaves import leaves, steps, text_of
from defcoop.values import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.models import Citation, Record


class ClaimRelation(Term):
    """How a passage stands to the record's value."""

    SUPPORTS = "supports", "The passage carries the value."
    CONTRADICTS = "contradicts", "The passage tells another value than the record's."
    ALTERNATIVE = "alternative", "Read otherwise, the passage tells this value, or tells it of this record or speaker."


_SUPPORTS, _CONTRADICTS, _ALTERNATIVE = (relation.value for relation in ClaimRelation)


class Claim(NamedTuple):
    """Who says that a field has a value, where, and how firmly.

    `relation` is `supports`, `contradicts` for a value that the record keeps as a conflict, or `alternative` for
    another reading, with the other value, record or speaker as the value; `start` and `end` are code points of the seed
    text; `claim_id` is a hash of everything else but the reliability.
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
    """Yield every claim of a record: its values in order, for each the evidence in order, then what is set beside."""
    for body, source in _told(record, record_type):
        yield Claim(claim_id(body + source.cells), *body, *source.values)  # type: ignore[arg-type]


def claim_cells(record: Record, record_type: str) -> Iterator[tuple[str, ...]]:
    """Yield every claim of a record as the cells of its row, in the same order."""
    for body, source in _told(record, record_type):
        cells = body + source.cells
        yield (claim_id(cells), *cells)


def claim_id(cells: Iterable[str]) -> str:
    """Hash a claim's cells as they stand in the table, all but the id and the reliability, to 20 hexadecimal digits.

    They are joined by U+001F, which no cell can hold, and hashed as UTF-8 by SHA-256.
    """
    return hashlib.sha256("\x1f".join(cells).encode()).hexdigest()[:20]


class _Source(NamedTuple):
    """What all claims of one citation have in common, as values and as cells."""

    values: tuple[str | int | None, ...]
    cells: tuple[str, ...]


def _source(cited: Citation) -> _Source:
    values = (
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
    return _Source(values, tuple(["" if value is None else str(value) for value in values]))


def _told(record: Record, record_type: str) -> Iterator[tuple[tuple[str, ...], _Source]]:
    """Yield what is said of every value, and by which citation."""
    entries = [(entry.supports, _source(entry)) for entry in record.evidence]
    head = (record.id, record_type)
    for leaf in leaves(record):
        carrying = set(steps(leaf.path))
        body = (*head, leaf.path, text_of(leaf.value), _SUPPORTS)
        for supports, source in entries:
            if not carrying.isdisjoint(supports):
                yield body, source
    for (place, _), other in record.set_beside:
        relation = _CONTRADICTS if place == "conflicts" else _ALTERNATIVE
        for citation in other.evidence:
            yield (*head, other.field, other.text, relation), _source(citation)
