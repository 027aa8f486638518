"""The data part of a release's section in the changelog."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from defcoop.difference.bump import count
from defcoop.difference.path_values import field_of
from defcoop.models.registry import BY_FOLDER
from defcoop.package.columns import SEEDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from defcoop.difference.model import Change, Difference, Event

_NAMED = 10
"""Up to how many added records are named; of more, the types are counted."""

_LINES = 100
"""Up to how many corrected values have a line of their own; of more, those of each field are counted."""

_LONGEST = 120


def changelog_lines(difference: Difference) -> list[str]:
    """Say as list items of Markdown what changed in records and source cards."""
    records = [change for change in difference.changes if change.table != SEEDS]
    cards = [change for change in difference.changes if change.table == SEEDS]
    return [
        *_added(_of(records, "added")),
        *(f"- Removed: {_code(change.id)}, without a tombstone." for change in _of(records, "removed")),
        *(f"- Withdrawn: {_code(change.id)}: {_why(change)}." for change in _of(records, "withdrawn")),
        *(
            f"- Merged: {_code(change.id)} into {_code(change.now('withdrawn.replaced_by') or '')}: {_why(change)}."
            for change in _of(records, "merged")
        ),
        *(f"- Reinstated: {_code(change.id)}." for change in _of(records, "reinstated")),
        *_corrected(records),
        *_revised(records),
        *_rewritten(records),
        *_cards(cards),
    ]


def _of(changes: Iterable[Change], event: Event) -> list[Change]:
    return [change for change in changes if change.event == event]


def _added(added: Sequence[Change]) -> Iterator[str]:
    if not added:
        return
    if len(added) <= _NAMED:
        listed = ", ".join(_code(change.id) for change in added)
    else:
        types = Counter(change.table for change in added)
        listed = ", ".join(f"{number:,} {_word(table, number)}" for table, number in types.items())
    yield f"- Added: {count(len(added), 'record')}: {listed}."


def _word(table: str, number: int) -> str:
    return (BY_FOLDER[table].name if number == 1 and table in BY_FOLDER else table).replace("_", " ")


def _why(change: Change) -> str:
    return _code(change.now("withdrawn.reason") or "no reason given")


def _corrected(records: Iterable[Change]) -> Iterator[str]:
    values = [
        (change, value)
        for change in records
        for value in change.values
        if value.old != value.new and value.path not in change.rewritten
    ]
    if len(values) > _LINES:
        fields = Counter((change.table, field_of(value.path)) for change, value in values)
        listed = ", ".join(
            f"{number:,} of {_code(f'{table}.{field}')}" for (table, field), number in fields.most_common()
        )
        yield f"- Corrected: {count(len(values), 'value')}: {listed}."
        return
    for change, value in values:
        yield f"- Corrected: {_code(change.id)}, {_code(value.path)}: {_step(value.old, value.new)}."


def _step(old: str | None, new: str | None) -> str:
    if old is None:
        return f"now {_code(new or '')}"
    return f"{_code(old)} dropped" if new is None else f"{_code(old)} is now {_code(new)}"


def _revised(records: Iterable[Change]) -> list[str]:
    lines = list(_other_fields(records))
    return lines if len(lines) <= _LINES else [f"- Revised: evidence or wording of {count(len(lines), 'record')}."]


def _other_fields(records: Iterable[Change]) -> Iterator[str]:
    """Name the fields with other evidence or other wording, one line to a record."""
    for change in records:
        evidence = [_code(value.path) for value in change.values if value.old == value.new]
        fields = (field_of(other.path) for other in change.others if other.path not in change.rewritten)
        others = dict.fromkeys((*fields, *change.rearranged))
        if change.event != "changed":
            others.pop("withdrawn", None)  # named above
        revised = [*([f"evidence of {_listed(evidence)}"] if evidence else []), *map(_code, others)]
        if revised:
            yield f"- Revised: {_code(change.id)}: {', '.join(revised)}."


def _rewritten(records: Iterable[Change]) -> Iterator[str]:
    if number := sum(bool(change.rewritten) for change in records):
        yield f"- Rewritten for the newer schema, as `defcoop migrate` does: values of {count(number, 'record')}."


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= _NAMED else f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"


def _cards(cards: Sequence[Change]) -> Iterator[str]:
    for event, word in (("added", "New"), ("removed", "Removed"), ("changed", "Revised")):
        if ids := [_code(card.id) for card in cards if card.event == event]:
            yield f"- {word} {'source card' if len(ids) == 1 else 'source cards'}: {_listed(ids)}."


def _code(text: str) -> str:
    """Write a text as a code span, in which nothing is markup; what acts instead of being seen is escaped."""
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    plain = "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in short)
    fence = "`" * (max(map(len, re.findall("`+", plain)), default=0) + 1)
    edge = " " if plain.startswith("`") or plain.endswith("`") or not plain else ""
    return f"{fence}{edge}{plain}{edge}{fence}"
