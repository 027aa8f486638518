"""Drawn values: for a record with contradictions, dates or numbers that are not settled one reading of each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from defcoop.analysis._draws.amounts import drawn_amount, is_point
from defcoop.analysis._draws.anchors import date_at, drawn_card, follow, holding, in_turn
from defcoop.analysis._draws.chance import chance
from defcoop.analysis._draws.conflicts import drawn_conflicts
from defcoop.analysis._draws.dates import drawn_dates, has_loose_dates
from defcoop.analysis._draws.putting import put
from defcoop.models.field_layout import Shape, layout
from defcoop.models.leaves import key_of, leaves
from defcoop.models.record import Resolution
from defcoop.values import Amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.models import Record, SourceCard
    from defcoop.models.field_layout import FieldLayout
    from defcoop.models.leaves import Pointer
    from defcoop.models.record import RelativeDate


def drawn_record(
    record: Record, seed: int, draw: int, dataset: DatasetLike, above: frozenset[str] = frozenset()
) -> Record:
    """Draw a record: what is contradicted first, then its dates and its amounts.

    A date that is told from another one is drawn among those that follow from it as drawn. That one comes out alike
    whoever asks for it, so that all that hang on it hang together.

    Args:
        record: the record, which is given back as it is if there is nothing to draw.
        seed: what the draws depend on.
        draw: which of the draws, from 0.
        dataset: where it belongs; a contradicting value that refers to no record of it is not drawn.
        above: the records for whose sake it is drawn; nothing in it is told from them.
    """
    settled = drawn_conflicts(record, seed, draw, dataset)
    kept = [relative for relative in holding(record, dataset) if _is_kept(relative, record, settled)]
    for relative in kept:
        if relative.record != record.id:
            settled = follow(settled, relative, _drawn_anchor(relative, seed, draw, dataset, above | {record.id}))
    settled = _with_dates(settled, seed, draw)
    for relative in in_turn([relative for relative in kept if relative.record == record.id]):
        settled = _with_dates(follow(settled, relative, settled), seed, draw)
    for path, pointer, amount in _amounts(settled):
        if not is_point(amount):
            settled = put(settled, pointer, drawn_amount(amount, chance(seed, draw, settled.id, path)))
    return settled


def _is_kept(relative: RelativeDate, record: Record, settled: Record) -> bool:
    """Tell whether a date is still the one that is told from another, and not one that contradicts it."""
    return date_at(settled, relative.field) == date_at(record, relative.field)


def _drawn_anchor(
    relative: RelativeDate, seed: int, draw: int, dataset: DatasetLike, above: frozenset[str]
) -> Record | SourceCard | None:
    """Draw the record or source card from whose date another is told; None if that is drawn for its sake."""
    key, _ = relative.anchor
    if relative.seed:
        return drawn_card(dataset.seeds[key], seed, draw)
    return None if key in above else drawn_record(dataset[key], seed, draw, dataset, above)


def _with_dates(record: Record, seed: int, draw: int) -> Record:
    """Draw the dates of a record that are not settled."""
    dates = drawn_dates(record, seed, draw)
    places = {leaf.path: leaf.pointer for leaf in leaves(record)} if dates else {}
    for path, text in dates.items():
        record = put(record, places[path], text)
    return record


def is_certain(record: Record) -> bool:
    """Tell whether a record is the same in every draw."""
    return not (
        any(conflict.resolution is Resolution.UNRESOLVED for conflict in record.conflicts)
        or has_loose_dates(record)
        or any(not is_point(amount) for _, _, amount in _amounts(record))
    )


def _amounts(record: Record) -> Iterator[tuple[str, Pointer, Amount]]:
    """Yield the amounts of a record with their paths and places."""
    for field in _counting(type(record)):
        value = getattr(record, field.attribute)
        if field.shape is Shape.PARTS:
            for position, item in enumerate(value):
                yield f"{field.name}[{key_of(item)}]", (field.name, position), item
        elif value is not None:
            yield field.name, (field.name,), value


@cache
def _counting(model: type[Record]) -> tuple[FieldLayout, ...]:
    return tuple(field for field in layout(model) if issubclass(field.type, Amount))
