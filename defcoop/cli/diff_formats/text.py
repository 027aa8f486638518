"""A difference for people to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.cli.diff_formats._parts import REWRITTEN, evidence, groups, other_evidence, remarks, side, verdict
from defcoop.cli.formats._bidi import isolate
from defcoop.cli.formats._screen import screen
from defcoop.cli.formats._visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.cli.formats._screen import Span
    from defcoop.difference import Change, Difference, SchemaChange

_LONG = 60
"""Texts longer than this stand below each other, not beside."""

_STYLES = {"-": "red", "+": "green", "=": ""}


def render(difference: Difference) -> str:
    """Write everything that changed, grouped by what became of the records."""
    return screen().paint(_spans(difference))


def _spans(difference: Difference) -> Iterator[Span]:
    yield f"{_safe(side(difference.old))} → {_safe(side(difference.new))}", "bold"
    yield f"\n{verdict(difference)}", "bold" if difference.bump else ""
    for line in (*difference.reasons, *remarks(difference)):
        yield f"\n  {_safe(line)}", ""
    for group in groups(difference):
        yield f"\n\n{group.title}: {len(group.changes):,}", "bold"
        for change in group.changes:
            yield from _change(change)
    if difference.schema:
        yield f"\n\nTables: {len(difference.schema):,}", "bold"
        for one in difference.schema:
            yield from _schema(one)


def _change(change: Change) -> Iterator[Span]:
    yield f"\n  {_safe(change.id)}", "bold"
    if change.name:
        yield f"  {_safe(change.name)}", ""
    for value in change.values:
        if value.old != value.new:
            yield from _step(value.path, value.old, value.new)
            yield from _mark(change, value.path)
            yield from _passages(evidence(value))
    for values, passages in other_evidence(change):
        told = ", ".join(f"{_safe(value.path)} ({_safe(value.new or '')})" for value in values)
        yield f"\n    other evidence of {told}", ""
        yield from _passages(passages)
    for other in change.others:
        yield from _step(other.path, other.old, other.new)
        yield from _mark(change, other.path)
    for field in change.rearranged:
        yield f"\n    {_safe(field)}: in another order or grouping", ""


def _passages(found: Iterable[tuple[str, str]]) -> Iterator[Span]:
    for sign, passage in found:
        yield f"\n      {sign} {_safe(passage)}", _STYLES[sign]


def _step(path: str, old: str | None, new: str | None) -> Iterator[Span]:
    yield f"\n    {_safe(path)}:", ""
    if old is not None and new is not None and len(old) + len(new) <= _LONG:
        yield f" {_safe(old)}", _STYLES["-"]
        yield " → ", ""
        yield _safe(new), _STYLES["+"]
    elif old is None or new is None:
        yield (" added " if old is None else " dropped "), ""
        yield _safe((new if old is None else old) or ""), _STYLES["+" if old is None else "-"]
    else:
        for sign, text in (("-", old), ("+", new)):
            yield f"\n      {sign} {_safe(text)}", _STYLES[sign]


def _mark(change: Change, path: str) -> Iterator[Span]:
    if path in change.rewritten:
        yield f" ({REWRITTEN})", ""


def _schema(change: SchemaChange) -> Iterator[Span]:
    place = ".".join(filter(None, (change.table, change.column)))
    yield f"\n  {change.event}: {_safe(place)}", ""
    if change.old or change.new:
        yield f" ({' → '.join(_safe(text) for text in (change.old, change.new) if text)})", ""


def _safe(text: str) -> str:
    return isolate(visible(text))
