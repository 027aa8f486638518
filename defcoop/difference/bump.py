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
    from collections.abc import Callable, Collection, Iterable, Sequence

    from defcoop.difference.model import Bump, Change, SchemaChange

_SHOWN = 5
"""How many ids or columns a reason names."""

_MINOR_SCHEMA = {"table added", "term added"}


def bump(
    changes: Sequence[Change], schema: Sequence[SchemaChange], vanished: Collection[str]
) -> tuple[Bump | None, tuple[str, ...]]:
    """Give the step that changes call for and the reasons, the weightiest first; none if there are no changes."""
    found: dict[Bump, list[str]] = {
        "major": [
            *_vanished(vanished),
            *_gone(changes, vanished),
            *_schema(schema, lambda one: one not in _MINOR_SCHEMA),
        ],
        "minor": [*_added(changes), *_schema(schema, lambda one: one in _MINOR_SCHEMA)],
        "patch": _corrected(changes),
    }
    steps = [step for step, reasons in found.items() if reasons]
    return (steps[0] if steps else None), tuple(f"{step}: {reason}" for step in steps for reason in found[step])


def count(number: int, word: str) -> str:
    """Write a number with its noun.

    >>> count(1, "record"), count(2, "record")
    ('1 record', '2 records')
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _vanished(ids: Collection[str]) -> list[str]:
    if not ids:
        return []
    return [f"{count(len(ids), 'record')} vanished without a tombstone, which no release may do: {_some(ids)}"]


def _gone(changes: Sequence[Change], vanished: Collection[str]) -> list[str]:
    gone = [change for change in changes if change.event == "removed" and change.id not in vanished]
    cards = [change.id for change in gone if change.table == SEEDS]
    moved = [change.id for change in gone if change.table != SEEDS]
    return [
        *([f"{count(len(cards), 'source card')} removed: {_some(cards)}"] if cards else []),
        *([f"{count(len(moved), 'record')} moved to another table: {_some(moved)}"] if moved else []),
    ]


def _schema(schema: Iterable[SchemaChange], wanted: Callable[[str], bool]) -> list[str]:
    found: dict[str, list[str]] = {}
    for change in schema:
        if wanted(change.event):
            place = ".".join(filter(None, (change.table, change.column)))
            term = (change.old or change.new) if change.event.startswith("term") else ""
            found.setdefault(change.event, []).append(f"{place}: {term}" if term else place)
    return [f"{event}: {_some(places)}" for event, places in found.items()]


def _added(changes: Iterable[Change]) -> list[str]:
    added = Counter(change.table == SEEDS for change in changes if change.event == "added")
    words = {False: "record", True: "source card"}
    return [f"{count(added[is_card], word)} added" for is_card, word in words.items() if added[is_card]]


def _corrected(changes: Iterable[Change]) -> list[str]:
    cards = 0
    events = Counter[str]()
    for change in changes:
        if change.table == SEEDS:
            cards += change.event == "changed"
        else:
            events[change.event] += 1
    words = {
        "changed": "corrected",
        "withdrawn": "withdrawn",
        "merged": "merged into others",
        "reinstated": "reinstated",
    }
    return [
        *(f"{count(events[event], 'record')} {word}" for event, word in words.items() if events[event]),
        *([f"{count(cards, 'source card')} corrected"] if cards else []),
    ]


def _some(names: Collection[str]) -> str:
    shown = ", ".join(list(names)[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN:,} more"
