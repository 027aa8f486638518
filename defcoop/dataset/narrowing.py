"""Narrowing: it is known better when a text was published, and so are all dates that are told from that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.errors import InputError
from defcoop.models.field_layout import layout
from defcoop.values import Edtf, derive

if TYPE_CHECKING:
    from collections.abc import Iterable

    from defcoop.models import Record, SourceCard

    Anchor = tuple[str, str]


def narrowed(card: SourceCard, published: Edtf) -> SourceCard:
    """Give a source card with a date that lies within the bounds of its own.

    Raises:
        ValueError: if it does not.
    """
    told = card.published
    too_early = told and told.earliest and (published.earliest is None or published.earliest < told.earliest)
    too_late = told and told.latest and (published.latest is None or published.latest > told.latest)
    if too_early or too_late:
        msg = f"{published} is not within {told}, when {card.id} was published"
        raise InputError(msg)
    return card.model_copy(update={"published": published})


def following(records: Iterable[Record], card: SourceCard) -> list[Record]:
    """Give records with the dates that are told from that of a source card, or from one of those, as they follow now.

    Raises:
        ValueError: if none follows, since the date of the card is open on a side.
    """
    by_id = {record.id: record for record in records}
    hanging: dict[Anchor, list[tuple[str, str, str]]] = {}
    for record in by_id.values():
        for relative in record.relative_dates:
            hanging.setdefault(relative.anchor, []).append((record.id, relative.field, relative.offset))
    moved: dict[Anchor, Edtf] = {(card.id, "published"): card.published} if card.published else {}
    ahead = list(moved)
    while ahead:
        anchor = ahead.pop()
        for key, field, offset in hanging.get(anchor, ()):
            attribute = _attribute(by_id[key], field)
            if attribute and (key, field) not in moved:
                moved[key, field] = derive(moved[anchor], offset)
                by_id[key] = by_id[key].model_copy(update={attribute: moved[key, field]})
                ahead.append((key, field))
    return list(by_id.values())


def _attribute(record: Record, name: str) -> str | None:
    """Name the attribute of a field in which a date stands."""
    dated = (field.attribute for field in layout(type(record)) if field.name == name)
    return next((attribute for attribute in dated if isinstance(getattr(record, attribute), Edtf)), None)
