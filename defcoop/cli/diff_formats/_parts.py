"""What every format for people says: which snapshots, which step, which passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.difference import Change, CitedPassage, Difference, ValueChange
    from defcoop.difference.model import Compared

SEEDS = "seeds"
"""The table of source cards; the package that names it too is not loaded for --help."""

REWRITTEN = "rewritten for the newer schema"
"""What is said of a change that `defcoop migrate` makes."""

_SHOWN = 5


class Group(NamedTuple):
    """Changes of one kind under their title."""

    title: str
    changes: list[Change]


def groups(difference: Difference) -> list[Group]:
    """Put changes that are of a kind together, the weightiest first."""
    found: dict[str, list[Change]] = {
        "Records removed without a tombstone": [],
        "Records withdrawn": [],
        "Records merged into others": [],
        "Records reinstated": [],
        "Records added": [],
        "Records changed": [],
        "Source cards removed": [],
        "Source cards added": [],
        "Source cards changed": [],
    }
    titles = {
        "removed": "removed without a tombstone",
        "merged": "merged into others",
    }
    for change in difference.changes:
        is_card = change.table == SEEDS
        told = change.event if is_card else titles.get(change.event, change.event)
        found[f"{'Source cards' if is_card else 'Records'} {told}"].append(change)
    return [Group(title, changes) for title, changes in found.items() if changes]


def side(snapshot: Compared) -> str:
    """Name a snapshot, with the version of its data where it has one."""
    return f"{snapshot.name}, data {snapshot.version}" if snapshot.version else snapshot.name


def verdict(difference: Difference) -> str:
    """Say which step of the version the difference calls for."""
    return f"This calls for a {difference.bump} step of the version." if difference.bump else "Nothing changed."


def remarks(difference: Difference) -> Iterator[str]:
    """Yield what a reader has to know of how the snapshots were read."""
    sides = (difference.old, difference.new)
    for one in sides:
        if not one.has_own_tables:
            yield f"{one.name} does not tell its tables; those of this library are taken for them."
    for one in sides:
        if one.unsound:
            more = f" and {len(one.unsound) - _SHOWN:,} more" if len(one.unsound) > _SHOWN else ""
            ids = ", ".join(one.unsound[:_SHOWN]) + more
            yield f"{one.name}: these do not fit the models of this library and are compared as they stand: {ids}."


def evidence(value: ValueChange) -> list[tuple[str, str]]:
    """List the passages of a value, each with a sign: `-` for those of old, `+` for those of new, `=` for both."""
    old, new = set(value.old_evidence), set(value.new_evidence)
    gone = [one for one in dict.fromkeys(value.old_evidence) if one not in new]
    come = [one for one in dict.fromkeys(value.new_evidence) if one not in old]
    # What differs in its digest alone would otherwise look the same.
    alike = {_passage(one) for one in gone} & {_passage(one) for one in come}
    return [
        *(("=", _passage(one)) for one in dict.fromkeys(value.old_evidence) if one in new),
        *((sign, _told(one, alike)) for sign, ones in (("-", gone), ("+", come)) for one in ones),
    ]


def other_evidence(change: Change) -> list[tuple[list[ValueChange], list[tuple[str, str]]]]:
    """List the values that stay while their evidence changes; those of which the same is to be told together."""
    found: dict[tuple[tuple[str, str], ...], list[ValueChange]] = {}
    for value in change.values:
        if value.old == value.new:
            found.setdefault(tuple(evidence(value)), []).append(value)
    return [(values, list(told)) for told, values in found.items()]


def _told(passage: CitedPassage, alike: set[str]) -> str:
    text = _passage(passage)
    return f"{text}, digest {passage.digest[:16]}" if text in alike else text


def _passage(passage: CitedPassage) -> str:
    who = passage.speaker or passage.outlet
    said = [
        f"{passage.voice} {who}" if who else passage.voice,
        passage.stance,
        passage.basis,
        *([f"credibility {passage.credibility}"] if passage.credibility != 6 else []),  # noqa: PLR2004 - the default
        *([f"for: {passage.reasoning}"] if passage.reasoning else []),
    ]
    return f"{passage.seed}[{passage.start}:{passage.end}] “{passage.quote}” {', '.join(said)}"
