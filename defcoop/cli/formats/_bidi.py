"""Right-to-left text within lines that run from left to right."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import bidirectional

if TYPE_CHECKING:
    from collections.abc import Sequence

FSI, PDI = "\u2068", "\u2069"

_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_STOPS = frozenset(",[]{}'\":#")
"""The punctuation of YAML, which parts two values from each other."""


def runs(letters: Sequence[str]) -> list[tuple[int, int]]:
    r"""Find the runs of right-to-left text, each from its first such letter to its last, digits between them included.

    A letter may also be the escape of one, such as `\u202e`; that is left-to-right text.
    """
    found: list[tuple[int, int]] = []
    start = end = -1
    for place, letter in enumerate(letters):
        kind = bidirectional(letter[:2][-1])
        if kind in _RIGHT_TO_LEFT:
            start, end = (place if start < 0 else start), place + 1
        elif kind == "NSM" and end == place:
            end = place + 1
        elif start >= 0 and (kind == "L" or letter in _STOPS):
            found.append((start, end))
            start = -1
    return [*found, (start, end)] if start >= 0 else found


def isolate(letters: Sequence[str]) -> str:
    """Join letters to a text with every right-to-left run isolated, so that it cannot reorder what stands around it."""
    parts: list[str] = []
    done = 0
    for start, end in runs(letters):
        parts += [*letters[done:start], FSI, *letters[start:end], PDI]
        done = end
    return "".join([*parts, *letters[done:]])
