"""Trimming: a record without some of its values, whole in itself, or no record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pydantic import ValidationError

from defcoop.models.field_layout import Shape, is_empty
from defcoop.models.leaves import coded_fields, key_of, leaves, steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from defcoop.models import Citation, Record
    from defcoop.models.field_layout import FieldLayout
    from defcoop.models.record import Alternative, Conflict
    from defcoop.values import Frozen

    _Part = TypeVar("_Part", bound=Frozen)
    _Record = TypeVar("_Record", bound=Record)
    _Other = TypeVar("_Other", Conflict, Alternative)


class TrimRule(NamedTuple):
    """Which values to take out of a record.

    `fields` lists the fields of a model that are looked at; `keeps` says of a value, by its field and path, whether it
    stays; `looks_into` whether a part is looked at. Where `whole` is set, a part that loses a value goes as a whole.
    """

    fields: Callable[[type[Frozen]], Iterable[FieldLayout]]
    keeps: Callable[[FieldLayout, Any, str], bool]
    looks_into: Callable[[Frozen], bool] = lambda _: True
    whole: bool = False


def trim(record: _Record, rule: TrimRule) -> _Record | None:
    """Take values out of a record; None if what must be there is among them.

    A part goes as a whole when its model does not allow it without the value: an item of a list whose key is gone, a
    quantity without its number. A record goes when a field that every record of its type has is left empty.
    """
    changed = changes(record, rule)
    if not changed:
        return record
    if any(field.required and is_empty(value) for field, value in changed.items()):
        return None
    return settle(record.model_copy(update={field.attribute: value for field, value in changed.items()}))


def cite(record: _Record, keeps: Callable[[Citation], bool]) -> _Record | None:
    """Take evidence out of a record, with the values that then nothing carries; None if no record is left.

    A contradicting value, or another reading, stays for as long as one of its own citations does.
    """
    evidence = tuple(entry for entry in record.evidence if keeps(entry))
    conflicts, alternatives = _citing(record.conflicts, keeps), _citing(record.alternatives, keeps)
    if (evidence, conflicts, alternatives) == (record.evidence, record.conflicts, record.alternatives):
        return record
    if not evidence:
        return None
    left = record.model_copy(update={"evidence": evidence, "conflicts": conflicts, "alternatives": alternatives})
    supported = {path for entry in evidence for path in entry.supports}
    trimmed = trim(left, _carried(supported))
    return settle(trimmed) if trimmed else None


def _citing(others: tuple[_Other, ...], keeps: Callable[[Citation], bool]) -> tuple[_Other, ...]:
    """Take evidence out of what stands beside the values of a record, with what then nothing tells."""
    left = []
    for other in others:
        kept = tuple(cited for cited in other.evidence if keeps(cited))
        if kept:
            left.append(other if kept == other.evidence else other.model_copy(update={"evidence": kept}))
    return tuple(left)


def settle(record: _Record) -> _Record | None:
    """Take out of the evidence and relative dates of a record what leads to no value; None if no evidence is left."""
    paths = {step for leaf in leaves(record) for step in steps(leaf.path)}
    evidence = []
    for entry in record.evidence:
        supports = tuple(path for path in entry.supports if path in paths)
        if len(supports) == len(entry.supports):
            evidence.append(entry)
        elif supports:
            evidence.append(entry.model_copy(update={"supports": supports}))
    relative = tuple(relative for relative in record.relative_dates if relative.field in paths)
    if (tuple(evidence), relative) == (record.evidence, record.relative_dates):
        return record
    return record.model_copy(update={"evidence": tuple(evidence), "relative_dates": relative}) if evidence else None


def _carried(supported: set[str]) -> TrimRule:
    """Make the rule that keeps coded values that some of the paths cover."""
    return TrimRule(
        coded_fields,
        lambda _field, _value, path: not supported.isdisjoint(steps(path)),
        lambda part: part.needs_evidence,
    )


def changes(part: Frozen, rule: TrimRule, prefix: str = "") -> dict[FieldLayout, Any]:
    """Give the fields of a part or record that a rule changes, with what is left in them."""
    changed: dict[FieldLayout, Any] = {}
    for field in rule.fields(type(part)):
        value = getattr(part, field.attribute)
        if is_empty(value):
            continue
        left = _left(value, field, rule, prefix + field.name)
        if left is not value:
            changed[field] = left
    return changed


def _left(value: Any, field: FieldLayout, rule: TrimRule, path: str) -> Any:  # noqa: ANN401 - a field's value
    """Give what a rule leaves of a value; the value itself if that is all."""
    if field.shape is Shape.SCALAR:
        return value if rule.keeps(field, value, path) else None
    if field.shape is Shape.SCALARS:
        kept = tuple(item for item in value if rule.keeps(field, item, f"{path}[{item}]"))
        return value if len(kept) == len(value) else kept
    if field.shape is Shape.PART:
        return _part(value, rule, f"{path}.")
    if field.shape is Shape.PARTS:
        parts = tuple(_part(item, rule, f"{path}[{key_of(item)}].") for item in value)
        same = all(one is other for one, other in zip(parts, value, strict=True))
        return value if same else tuple(part for part in parts if part is not None)
    return value


def _part(part: _Part, rule: TrimRule, prefix: str) -> _Part | None:
    changed = changes(part, rule, prefix) if rule.looks_into(part) else {}
    if not changed:
        return part
    if rule.whole:
        return None
    document = part.__dict__ | {field.attribute: value for field, value in changed.items()}
    try:
        left: _Part = type(part).__pydantic_validator__.validate_python(document)
    except ValidationError:
        return None  # it lacks what it must have, or is a bound without its number
    return left
