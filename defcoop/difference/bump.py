"""Which step of the version a change calls for, and why.

Major: what a program relied on is gone or of another kind, which includes a new column, for it shifts those after it.
Minor: there is more of what there was: records, source cards, tables, terms of a vocabulary.
Patch: what there was is corrected, withdrawn, or led elsewhere.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from defcoop.package.columns import SEEDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from defcoop.difference.model import Bump, Change, Event, SchemaChange

_NAMED = 5
"""How many ids or columns a reason names."""

_MINOR_SCHEMA = {"table added", "term added"}


def bump(
    changes: Sequence[Change], schema: Sequence[SchemaChange], vanished: Collection[str]
) -> tuple[Bump | None, tuple[str, ...]]:
    """Give the step that changes call for and the reasons, the weightiest first; none if there are no changes."""
    major = [change for change in schema if change.event not in _MINOR_SCHEMA]
    minor = [change for change in schema if change.event in _MINOR_SCHEMA]
    reasons: dict[Bump, list[str]] = {
        "major": [*_gone(changes, vanished), *_schema(major)],
        "minor": [*_added(changes), *_schema(minor)],
        "patch": _corrected(changes),
    }
    steps = [step for step in reasons if reasons[step]]
    return (steps[0] if steps else None), tuple(f"{step}: {reason}" for step in steps for reason in reasons[step])


def count(number: int, word: str) -> str:
    """Write a number with its noun.

    >>> count(1, "record"), count(2, "record")
    ('1 record', '2 records')
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _gone(changes: Sequence[Change], vanished: Collection[str]) -> Iterator[str]:
    gone = [change for change in changes if change.event == "removed" and change.id not in vanished]
    for ids, word, verb in (
        (vanished, "record", "vanished without a tombstone, which no release may do"),
        ([change.id for change in gone if change.table == SEEDS], "source card", "removed"),
        ([change.id for change in gone if change.table != SEEDS], "record", "moved to another table"),
    ):
        if ids:
            yield f"{count(len(ids), word)} {verb}: {_some(ids)}"


def _schema(schema: Iterable[SchemaChange]) -> list[str]:
    places: dict[str, list[str]] = {}
    for change in schema:
        place = ".".join(filter(None, (change.table, change.column)))
        term = f": {change.old or change.new}" if change.event.startswith("term") else ""
        places.setdefault(change.event, []).append(f"{place}{term}")
    return [f"{event}: {_some(changed)}" for event, changed in places.items()]


def _added(changes: Iterable[Change]) -> list[str]:
    added = Counter(change.table == SEEDS for change in changes if change.event == "added")
    words = {False: "record", True: "source card"}
    return [f"{count(added[is_card], word)} added" for is_card, word in words.items() if added[is_card]]


def _corrected(changes: Iterable[Change]) -> list[str]:
    rewritten = sum(change.is_rewritten for change in changes)
    events = Counter((change.table == SEEDS, change.event) for change in changes if not change.is_rewritten)
    words: dict[tuple[bool, Event], tuple[str, str]] = {
        (False, "changed"): ("record", "corrected"),
        (False, "withdrawn"): ("record", "withdrawn"),
        (False, "merged"): ("record", "merged into others"),
        (False, "reinstated"): ("record", "reinstated"),
        (True, "changed"): ("source card", "corrected"),
    }
    corrected = [f"{count(events[key], noun)} {verb}" for key, (noun, verb) in words.items() if events[key]]
    return corrected + ([f"{count(rewritten, 'record')} rewritten for a newer schema"] if rewritten else [])


def _some(names: Collection[str]) -> str:
    listed = ", ".join(list(names)[:_NAMED])
    return listed if len(names) <= _NAMED else f"{listed} and {len(names) - _NAMED:,} more"
