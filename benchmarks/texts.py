"""The synthetic texts: each record has a clause of its own, of which entries cite runs of words."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.clauses import phrases
from benchmarks.words import COMMON

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.plan import Plan, Slot

WORDS, NAME = 14, 4
"""Words in a clause, and the place of the name among them."""

_FURNITURE = 4
"""After so many clauses comes one that no record cites."""


class Passage(NamedTuple):
    """Code points of a text, with what an entry tells of them."""

    start: int
    end: int
    digest: str
    quote: str


class Text:
    """One text: a clause for each of its records, in their order, and clauses that are dismissed."""

    def __init__(self, seed: int, slots: Sequence[Slot], plan: Plan) -> None:
        """Write the text about these records of a plan."""
        self.id = f"seed-{seed:03d}"
        self._clauses: list[tuple[int, list[str]]] = []
        self._furniture: list[tuple[int, list[str]]] = []
        parts: list[str] = []
        length = 0
        for place, slot in enumerate(slots):
            clauses = [self._clauses] + [self._furniture] * (place % _FURNITURE == _FURNITURE - 1)
            for kept in clauses:
                words = _common_words(slot.number)
                if kept is self._clauses:
                    words[NAME] = slot.word
                    for spot, phrase in phrases(slot, plan).items():
                        words[spot] = phrase
                kept.append((length, words))
                parts.append(" ".join(words) + ".\n")
                length += len(parts[-1])
        self.text = "".join(parts)

    def __len__(self) -> int:
        """Count the clauses that records may cite."""
        return len(self._clauses)

    def cite(self, place: int, first: int, last: int) -> Passage:
        """Cite a run of words of the clause at a place."""
        return _passage(*self._clauses[place % len(self._clauses)], first, last)

    def dismissed(self) -> list[Passage]:
        """Cite every clause that no record cites."""
        return [_passage(start, words, 0, WORDS) for start, words in self._furniture]


def _common_words(number: int) -> list[str]:
    return [COMMON[(number * 31 + spot * spot * 7 + spot * 13) % len(COMMON)] for spot in range(WORDS)]


def _passage(start: int, words: list[str], first: int, last: int) -> Passage:
    text = " ".join(words[first:last])
    start += len(" ".join(words[:first])) + (first > 0)
    quote = " ".join(words[first + 1 : min(first + 7, last)])
    return Passage(start, start + len(text), hashlib.sha256(text.encode()).hexdigest(), quote)
