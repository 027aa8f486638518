"""Anchors: the dates from which others are told, as they fall in a draw, and what then follows for the others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from defcoop.analysis._days import allowed, count, pick
from defcoop.analysis._draws.chance import chance
from defcoop.analysis._draws.putting import put
from defcoop.errors import InputError
from defcoop.models.field_layout import layout
from defcoop.values import Edtf, derive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.models import Record, SourceCard
    from defcoop.models.record import RelativeDate


def drawn_card(card: SourceCard, seed: int, draw: int) -> SourceCard:
    """Draw a source card: a text was published on one of the days that its date allows, each as likely as another."""
    if card.published is None or card.published.earliest is None or card.published.latest is None:
        return card
    days = allowed(card.published)
    day = pick(days, int(chance(seed, draw, card.id, "published") * count(days)))
    return card.model_copy(update={"published": Edtf(date.fromordinal(day).isoformat())})


def holding(record: Record, dataset: DatasetLike) -> Iterator[RelativeDate]:
    """Yield the relative dates of a record that hold: what stands in the field is what follows from the anchor."""
    for relative in record.relative_dates:
        anchor = _anchor(relative, dataset)
        told = date_at(anchor, relative.anchor[1]) if anchor else None
        if told and date_at(record, relative.field) == _derived(told, relative.offset):
            yield relative


def in_turn(own: list[RelativeDate]) -> list[RelativeDate]:
    """Order dates of a record that are told from others of its dates: an anchor comes first, a circle is left out."""
    ordered: list[RelativeDate] = []
    fields = {relative.field for relative in own}
    while ready := [relative for relative in own if relative.record_field not in fields and relative.field in fields]:
        ordered += ready
        fields -= {relative.field for relative in ready}
    return ordered


def follow(record: Record, relative: RelativeDate, anchor: Record | SourceCard | None) -> Record:
    """Put the date that follows from an anchor into a record, which is given back as it is if none does."""
    told = date_at(anchor, relative.anchor[1]) if anchor else None
    day = _derived(told, relative.offset) if told else None
    return put(record, (relative.field,), day) if day else record


def date_at(part: Record | SourceCard, name: str) -> Edtf | None:
    """Give the date that stands in a field of a record or source card, if one does."""
    field = next((field for field in layout(type(part)) if field.name == name), None)
    value = getattr(part, field.attribute) if field else None
    return value if isinstance(value, Edtf) else None


def _anchor(relative: RelativeDate, dataset: DatasetLike) -> Record | SourceCard | None:
    key, _ = relative.anchor
    if relative.seed:
        return dataset.seeds.get(key)
    return dataset[key] if key in dataset else None  # noqa: SIM401 - a dataset has no `get`


def _derived(anchor: Edtf, offset: str) -> Edtf | None:
    try:
        return derive(anchor, offset)
    except InputError:
        return None
