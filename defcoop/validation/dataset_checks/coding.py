"""Coding: how much of each text is cited by a record or dismissed by its card."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from defcoop.validation.issues import CrossRecordIssue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.validation.issues import DatasetIndex

_GAP = 3
"""Code points between two passages that can hold nothing but signs and the shortest of words."""

_SHOWN = 3


def texts_are_coded(index: DatasetIndex) -> Iterator[CrossRecordIssue]:
    """Of every text at hand, the share that `index.coverage` asks for is cited or dismissed.

    Nothing is said while a file is broken, for that may be the one that cites it.
    """
    if len(index.summaries) < len(index.ids):
        return
    passages: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for summary in index.summaries.values():
        for seed, start, end in summary.passages:
            passages[seed].append((start, end))
    for seed, summary in index.summaries.items():
        covered = list(_joined(passages[seed]))
        missing = {span: _uncovered(*span, covered) for span in summary.sentences}
        whole = sum(end - start for start, end in summary.sentences)
        share = 1 - sum(missing.values()) / whole if whole else 1
        if share < index.coverage:
            yield CrossRecordIssue(seed, "DC903", _message(share, missing), field="dismissed")


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join spans that overlap or have next to nothing between them; in order."""
    reach: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if reach and start <= reach[1] + _GAP:
            reach = reach[0], max(reach[1], end)
        else:
            if reach:
                yield reach
            reach = start, end
    if reach:
        yield reach


def _uncovered(start: int, end: int, covered: Iterable[tuple[int, int]]) -> int:
    """Count the code points of a sentence in no passage; a rest that can hold nothing but signs does not count."""
    rest = end - start - sum(max(0, min(end, last) - max(start, first)) for first, last in covered)
    return rest if rest > _GAP else 0


def _message(share: float, missing: dict[tuple[int, int], int]) -> str:
    spans = [f"[{start}, {end})" for (start, end), rest in missing.items() if rest]
    more = f" and {len(spans) - _SHOWN} more" if len(spans) > _SHOWN else ""
    places = f"{', '.join(spans[:_SHOWN])}{more}"
    return f"{1 - share:.0%} of the text is neither cited nor dismissed, in {len(spans)} of its sentences: {places}"
