"""Losses: what a dataset no longer holds when a source is taken out of it, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.leaves import leaves, steps, text_of
from defcoop.models.registry import type_of
from defcoop.values import Term

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from defcoop.dataset.core import Dataset
    from defcoop.models import Record
    from defcoop.models.leaves import Leaf


class Cause(Term):
    """Why a value is lost.

    >>> Cause.REFERENCE.definition
    'It names a record that is lost.'
    """

    SUPPORT = "support", "No evidence that is left carries it."
    REFERENCE = "reference", "It names a record that is lost."
    WHOLE = "whole", "Evidence that is left carries it, but its record, or its part of one, cannot be without another."


class LostValue(NamedTuple):
    """A value that is lost: its record, its path there, what it was, and why it is lost.

    >>> import defcoop
    >>> lost = defcoop.load().lost_without("seed-001")
    >>> [(one.field, one.cause.value) for one in lost.values if one.record_id == "act-anadolu"]
    [('names[أناضول].text', 'support'), ('kind', 'support')]
    """

    record_id: str
    record_type: str
    field: str
    value: str
    cause: Cause


@dataclass(frozen=True, slots=True, repr=False)
class Losses:
    """What is lost: ids of records, and values, those of the lost records among them; both in order.

    >>> import defcoop
    >>> lost = defcoop.load().lost_without("seed-001")
    >>> len(lost.records) < len(lost.values)
    True
    """

    records: tuple[str, ...]
    values: tuple[LostValue, ...]

    def __repr__(self) -> str:
        """Count them."""
        return f"<lost: {len(self.records)} records, {len(self.values)} values>"


def losses(before: Dataset, after: Dataset) -> Losses:
    """Compare a dataset with the same after something was taken out of it."""
    lost = tuple(record.id for record in before if record.id not in after)
    gone = frozenset(lost)
    kept = after.seeds.keys()
    values: list[LostValue] = []
    for record in before:
        left = after[record.id] if record.id not in gone else None
        if left is not record:
            values += _lost(record, left, kept, gone)
    return Losses(lost, tuple(values))


def _lost(record: Record, left: Record | None, seeds: Collection[str], gone: frozenset[str]) -> Iterator[LostValue]:
    stays = {leaf.path for leaf in leaves(left)} if left else set()
    supported = {path for entry in record.evidence if entry.seed in seeds for path in entry.supports}
    for leaf in leaves(record):
        if leaf.path not in stays:
            cause = _cause(leaf, supported, gone)
            yield LostValue(record.id, type_of(record).name, leaf.path, text_of(leaf.value), cause)


def _cause(leaf: Leaf, supported: set[str], gone: frozenset[str]) -> Cause:
    if supported.isdisjoint(steps(leaf.path)):
        return Cause.SUPPORT
    return Cause.REFERENCE if leaf.value in gone else Cause.WHOLE
