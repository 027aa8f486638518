"""Twins: records that may be about the same thing, so that no panel counts them twice for sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from defcoop.models import Record


def groups(records: Iterable[Record], numbers: Mapping[str, int]) -> dict[str, int]:
    """Give each record that may be the same as another the number of the first of those that may be, step by step.

    Args:
        records: the records that stand.
        numbers: the number of each of them.
    """
    leaders: dict[str, str] = {}

    def leader(name: str) -> str:
        while (above := leaders.setdefault(name, name)) != name:
            name = above
        return name

    for record in records:
        for twin in record.possibly_same_as:
            if twin.record in numbers:
                one, other = sorted((leader(record.id), leader(twin.record)))
                leaders[other] = one
    return {name: numbers[leader(name)] for name in leaders}
