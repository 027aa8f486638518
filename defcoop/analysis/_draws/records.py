"""Drawn values: for a record with contradictions, dates or numbers that are not settled one reading of each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from defcoop.analysis._draws.amounts import drawn_amount, is_point
from defcoop.analysis._draws.chance import chance
from defcoop.analysis._draws.conflicts import drawn_conflicts
from defcoop.analysis._draws.dates import drawn_dates, has_loose_dates
from defcoop.analysis._draws.putting import put
from defcoop.models.field_layout import Shape, layout
from defcoop.models.leaves import key_of, leaves
from defcoop.models.record import Resolution
from defcoop.values import Amount

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from defcoop.models import Record
    from defcoop.models.field_layout import FieldLayout
    from defcoop.models.leaves import Pointer


def drawn_record(record: Record, seed: int, draw: int, ids: Container[str]) -> Record:
    """Draw a record: what is contradicted first, then its dates and its amounts.

    Args:
        record: the record, which is given back as it is if there is nothing to draw.
        seed: what the draws depend on.
        draw: which of the draws, from 0.
        ids: the ids of all records; a contradicting value that refers to none of them is not drawn.
    """
    settled = drawn_conflicts(record, seed, draw, ids)
    dates = drawn_dates(settled, seed, draw)
    places = {leaf.path: leaf.pointer for leaf in leaves(settled)} if dates else {}
    for path, text in dates.items():
        settled = put(settled, places[path], text)
    for path, pointer, amount in _amounts(settled):
        if not is_point(amount):
            settled = put(settled, pointer, drawn_amount(amount, chance(seed, draw, settled.id, path)))
    return settled


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
