"""Likeness: records that may be about one thing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from defcoop.models.registry import SEED
from defcoop.validation.issues import CrossRecordIssue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.validation.issues import DatasetIndex

_Span = tuple[str, str, str]

_MANY_IN_A_PASSAGE = {"actor", SEED}
"""Types of which one sentence may name many, and cards, whose passages are those dismissed."""


def no_two_are_alike(index: DatasetIndex) -> Iterator[CrossRecordIssue]:
    """No two records of a type have the same sides, kind and overlapping dates, and no two actors the same name.

    Records of which one refers to the other, in `possibly_same_as` or elsewhere, are known to be two.
    """
    yield from _same_names(index)
    spans: dict[tuple[str, ...], list[_Span]] = defaultdict(list)
    for own, summary in index.summaries.items():
        for field, earliest, latest in summary.dates if summary.sides else ():
            spans[index.ids[own], field, summary.what, *summary.sides].append((earliest, latest, own))
    for group in spans.values():
        if len(group) > 1:
            yield from _overlapping(index, sorted(group))


def no_passage_is_coded_twice(index: DatasetIndex) -> Iterator[CrossRecordIssue]:
    """No passage is cited by two records of one type.

    Actors are left aside, for one sentence may name many, and records of which one refers to the other.
    """
    first: dict[tuple[object, ...], str] = {}
    reported: set[str] = set()
    for own, summary in index.summaries.items():
        counts = not summary.withdrawn and index.ids[own] not in _MANY_IN_A_PASSAGE
        for passage in summary.passages if counts else ():
            earlier = first.setdefault((index.ids[own], *passage), own)
            if earlier != own and own not in reported and not _acquainted(index, own, earlier):
                reported.add(own)
                seed, start, end = passage
                yield CrossRecordIssue(
                    own, "DC803", f"{earlier} cites [{start}, {end}) of {seed} too", field="evidence"
                )


def _acquainted(index: DatasetIndex, first: str, second: str) -> bool:
    """Tell whether one of two records refers to the other, so that its coder knew them to be two."""
    return any(target == second for target, _ in index.summaries[first].links) or any(
        target == first for target, _ in index.summaries[second].links
    )


def _same_names(index: DatasetIndex) -> Iterator[CrossRecordIssue]:
    first: dict[tuple[str, str], str] = {}
    for own, summary in index.summaries.items():
        for name in summary.names:
            earlier = first.setdefault((summary.what, name), own)
            if earlier != own and not _acquainted(index, own, earlier):
                yield CrossRecordIssue(own, "DC802", f"{earlier} has the same name, {name}", field="names")
                break


def _overlapping(index: DatasetIndex, group: list[_Span]) -> Iterator[CrossRecordIssue]:
    """Compare each record with that before it which reaches farthest, so that many alike cost no more than few."""
    (_, reach, farthest), *rest = group
    for earliest, latest, own in rest:
        if earliest <= reach and not _acquainted(index, own, farthest):
            yield CrossRecordIssue(own, "DC802", f"{farthest} has the same sides and kind at an overlapping time")
        if latest > reach:
            reach, farthest = latest, own
