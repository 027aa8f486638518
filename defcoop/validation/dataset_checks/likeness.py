"""Likeness: records that may be about one thing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from defcoop.validation.issues import CrossRecordIssue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.validation.issues import DatasetIndex

_Span = tuple[str, str, str]


def no_two_are_alike(index: DatasetIndex) -> Iterator[CrossRecordIssue]:
    """No two records of a type have the same sides, kind and overlapping dates, and no two actors the same name.

    Records of which one refers to the other, in `possibly_same_as` or elsewhere, are known to be two.
    """
    yield from _same_names(index)
    spans: dict[tuple[str, ...], list[_Span]] = defaultdict(list)
    for own, summaries in index.summaries.items():
        for field, earliest, latest in summaries.dates if summaries.sides else ():
            spans[index.ids[own], field, summaries.what, *summaries.sides].append((earliest, latest, own))
    for group in spans.values():
        if len(group) > 1:
            yield from _overlapping(index, sorted(group))


def no_passage_is_coded_twice(index: DatasetIndex) -> Iterator[CrossRecordIssue]:
    """No passage is cited by two records of one type.

    Actors are left aside, for one sentence may name many, and records of which one refers to the other.
    """
    first: dict[tuple[object, ...], str] = {}
    told: set[str] = set()
    for own, summaries in index.summaries.items():
        for passage in summaries.passages:
            other = first.setdefault((index.ids[own], *passage), own)
            if other != own and own not in told and not _acquainted(index, own, other):
                told.add(own)
                seed, start, end = passage
                yield CrossRecordIssue(own, "DC803", f"{other} cites [{start}, {end}) of {seed} too", field="evidence")


def _acquainted(index: DatasetIndex, one: str, other: str) -> bool:
    """Tell whether one of two records refers to the other, so that its coder knew them to be two."""
    return any(target == other for target, _ in index.summaries[one].links) or any(
        target == one for target, _ in index.summaries[other].links
    )


def _same_names(index: DatasetIndex) -> Iterator[CrossRecordIssue]:
    first: dict[tuple[str, str], str] = {}
    for own, summaries in index.summaries.items():
        for name in summaries.names:
            other = first.setdefault((index.summaries[own].what, name), own)
            if other != own and not _acquainted(index, own, other):
                yield CrossRecordIssue(own, "DC802", f"{other} has the same name, {name}", field="names")
                break


def _overlapping(index: DatasetIndex, group: list[_Span]) -> Iterator[CrossRecordIssue]:
    """Compare each record with that before it which reaches farthest, so that many alike cost no more than few."""
    (_, reach, farthest), *rest = group
    for earliest, latest, own in rest:
        if earliest <= reach and not _acquainted(index, own, farthest):
            yield CrossRecordIssue(own, "DC802", f"{farthest} has the same sides and kind at an overlapping time")
        if latest > reach:
            reach, farthest = latest, own
