"""Moving: what a record is without a value that its passage may tell of another record, and that one with the value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import ValidationError

from defcoop.analysis._draws.chance import chance
from defcoop.models.field_layout import FieldLayout, Shape, is_empty, layout
from defcoop.models.leaves import key_of, text_of
from defcoop.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from defcoop.models import Record

_PATH = re.compile(r"(?P<name>\w+)(?:\[(?P<key>.*)\])?\Z")
"""A field, or an item of a list; a value inside an item is not moved without it."""


def without(record: Record, path: str) -> Record | None:
    """Take a value out of a record; None if it cannot be without it, or it stands inside an item.

    >>> import defcoop
    >>> actor = defcoop.load().actors["act-khalid-al-attiyah"]
    >>> without(actor, "rank") is actor, without(actor, "kind") is None
    (True, True)
    """
    field, key = _place(record, path)
    if field is None:
        return None
    if not held(record, path):
        return record
    if field.shape in {Shape.SCALARS, Shape.PARTS}:
        kept = tuple(item for item in getattr(record, field.attribute) if key is not None and _name(item) != key)
        return _changed(record, field, kept)
    return _changed(record, field, None)


def gained(record: Record, source: Record, path: str) -> Record:
    """Put what another record holds at a path into a record, beside what it has; nothing if it cannot take it."""
    field, _ = _place(record, path)
    if field is None:
        return record
    more = held(source, path)
    if field.shape in {Shape.SCALARS, Shape.PARTS}:
        items = getattr(record, field.attribute)
        names = {_name(item) for item in items}
        more = tuple(item for item in more if _name(item) not in names)
        return (_changed(record, field, (*items, *more)) or record) if more else record
    if not more or not is_empty(getattr(record, field.attribute)):
        return record
    return _changed(record, field, more[0]) or record


def held(record: Record, path: str) -> tuple[object, ...]:
    """Give what stands at a path, items of a list one by one; nothing for a value inside an item."""
    field, key = _place(record, path)
    if field is None or is_empty(value := getattr(record, field.attribute)):
        return ()
    if field.shape in {Shape.SCALARS, Shape.PARTS}:
        return tuple(item for item in value if key is None or _name(item) == key)
    return (value,) if key is None else ()


def moved(records: Mapping[str, Record], open_records: Mapping[str, Record], seed: int, draw: int) -> dict[str, Record]:
    """Move the values of drawn records that a passage may tell of another one, in every other draw.

    All values that one record may lose to the same other are read the same way, since they hang on the same words. A
    value that its record cannot be without stays.

    Args:
        records: the drawn records by id.
        open_records: the records before they were drawn that have such alternatives.
        seed: what the draws depend on.
        draw: which of the draws.
    """
    changed: dict[str, Record] = {}
    for record in open_records.values():
        for reading in record.alternatives:
            other = reading.record
            if other is None or other not in records or chance(seed, draw, record.id, other, "place") < 1 / 2:
                continue
            source = changed.get(record.id, records[record.id])
            left = without(source, reading.field)
            if left is not None:
                target = changed.get(other, records[other])
                changed |= {record.id: left, other: gained(target, source, reading.field)}
    return changed


def _place(record: Record, path: str) -> tuple[FieldLayout | None, str | None]:
    match = _PATH.match(path)
    name, key = match.group("name", "key") if match else (None, None)
    return next((field for field in layout(type(record)) if field.name == name), None), key


def _name(item: object) -> str:
    return key_of(item) if isinstance(item, Frozen) else text_of(item)


def _changed(record: Record, field: FieldLayout, value: object) -> Record | None:
    try:
        return type(record).model_validate(record.__dict__ | {field.attribute: value})
    except ValidationError:
        return None
