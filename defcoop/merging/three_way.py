"""Three-way merging: of what two datasets made of one record, each side's changes since their common ancestor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from defcoop.io.yaml_writer import write_yaml
from defcoop.merging.contents import RecordSource
from defcoop.models import SourceCard
from defcoop.models.own_terms import ANY_TERM
from defcoop.models.registry import BY_NAME, SEED

if TYPE_CHECKING:
    from defcoop.merging.contents import CheckoutContents, Data

_BOTH = object()
"""Stands for what the two sides changed in two ways."""


def settle(base: CheckoutContents, first: CheckoutContents, second: CheckoutContents) -> None:
    """Let both datasets have one version of each record that only one of them changed, or both in different fields.

    What both changed in two ways is left as it is.
    """
    for name in base.records.keys() & first.records.keys() & second.records.keys():
        sources = [contents.records[name] for contents in (base, first, second)]
        merged = _merged(*sources)
        if merged is not None:
            first.records[name] = second.records[name] = merged


def _merged(base: RecordSource, first: RecordSource, second: RecordSource) -> RecordSource | None:
    before, left, right = base.data, first.data, second.data
    if right in (before, left):
        return first
    if left == before:
        return second
    data = _of_fields(before, left, right)
    if data is None:
        return None
    try:
        model: type[Any] = SourceCard if base.type == SEED else BY_NAME[base.type].model
        return RecordSource(
            base.type, base.id, write_yaml(model.model_validate(data, context=ANY_TERM), base.type).encode()
        )
    except ValidationError:
        return None  # the two changes do not go together


def _of_fields(before: Data, left: Data, right: Data) -> Data | None:
    merged: Data = {}
    for name in {**left, **right, **before}:
        value = _value(before.get(name), left.get(name), right.get(name))
        if value is _BOTH:
            return None
        if value not in (None, [], {}):
            merged[name] = value
    return merged


def _value(before: Any, left: Any, right: Any) -> Any:  # noqa: ANN401 - what YAML holds
    if right in (before, left):
        return left
    if left == before:
        return right
    if isinstance(left, list) and isinstance(right, list) and isinstance(before or [], list):
        old = before or []
        kept = [item for item in left if item not in old or item in right]
        return kept + [item for item in right if item not in old and item not in left]
    return _BOTH
