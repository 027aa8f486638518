"""Contradictions: one thing told in two ways, with those who tell it so and those who tell it otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.leaves import leaves, text_of
from defcoop.models.registry import type_of
from defcoop.package.claims import ClaimRelation, claims

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.models import Record
    from defcoop.models.record import Resolution
    from defcoop.package.claims import Claim


class Contradiction(NamedTuple):
    """A value of a record and one that contradicts it.

    `value` is the record's own, as text, None if it has none; `other` the contradicting one; `resolution` and
    `rationale` say what became of it; `supporting` and `contradicting` are the claims of either.
    """

    record_id: str
    record_type: str
    field: str
    value: str | None
    other: str
    resolution: Resolution
    rationale: str
    supporting: tuple[Claim, ...]
    contradicting: tuple[Claim, ...]


def contradictions(record: Record) -> Iterator[Contradiction]:
    """Yield the contradictions of a record in its order."""
    if not record.conflicts:
        return
    kind = type_of(record).name
    every = list(claims(record, kind))
    own = {leaf.path: text_of(leaf.value) for leaf in leaves(record)}
    for conflict in record.conflicts:
        about = [claim for claim in every if claim.field == conflict.field]
        yield Contradiction(
            record.id,
            kind,
            conflict.field,
            own.get(conflict.field),
            conflict.value,
            conflict.resolution,
            conflict.rationale,
            tuple(claim for claim in about if claim.relation == ClaimRelation.SUPPORTS),
            tuple(
                claim
                for claim in about
                if claim.relation == ClaimRelation.CONTRADICTS and claim.value == conflict.value
            ),
        )
