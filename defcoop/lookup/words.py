"""Words of names: which names hold all words of a text, also misspelt.

Words are looked up by what is left of them when letters are taken away, of the text's and of ours (symmetric deletion):
two words that differ by two letters have such a rest in common. So a lookup costs some dozens of dictionary lookups
however many names there are.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_LONG, _LONGEST = 7, 64
"""From how many letters on a word may have two wrong ones; and longer than which none may."""

_SHORT = 4
"""From how many letters on a word may have a wrong one."""

_MOST_WORDS = 12
"""A text of more words is a sentence, and not a misspelt name."""


class WordIndex:
    """The words of names, and the names by their words."""

    def __init__(self, names: Sequence[tuple[str, ...]]) -> None:
        """Take the words of each name.

        Args:
            names: the words of each name, as `bare_words` gives them.
        """
        self._names = names

    @cached_property
    def _holders(self) -> Mapping[str, Sequence[int]]:
        holders: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self._names):
            for word in words:
                holders[word].append(number)
        return dict(holders)

    @cached_property
    def _by_rest(self) -> Mapping[str, Sequence[str]]:
        by_rest: dict[str, list[str]] = defaultdict(list)
        for word in self._holders:
            for rest in _rests(word):
                by_rest[rest].append(word)
        return dict(by_rest)

    def holding(self, words: Iterable[str]) -> Iterator[tuple[int, int]]:
        """Yield the numbers of the names that hold all of some words, each with how many words more it has."""
        asked = frozenset(words)
        if not asked or not asked <= self._holders.keys():
            return
        fewest = min((self._holders[word] for word in asked), key=len)
        for number in dict.fromkeys(fewest):
            if asked.issubset(self._names[number]):
                yield number, len(self._names[number]) - len(asked)

    def misspelt(self, words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Yield the numbers of the names that hold words like all of some, with the letters that differ and words more.

        Args:
            words: the words.
        """
        if not 0 < len(words) <= _MOST_WORDS:
            return
        near = sorted(map(self._near, words), key=lambda found: sum(len(self._holders[word]) for word in found))
        for number in {number for word in near[0] for number in self._holders[word]}:
            own = self._names[number]
            letters = [min((found[word] for word in own if word in found), default=None) for found in near]
            known = [count for count in letters if count is not None]
            if len(known) == len(near) and any(known):
                yield number, sum(known), max(0, len(own) - len(words))

    def _near(self, word: str) -> dict[str, int]:
        """Give the words that a word may be, with the letters that differ."""
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - only who has erred needs the library

        known = {word: 0} if word in self._holders else {}
        most = _wrong(word)
        if not most:
            return known
        for rest in _rests(word):
            for other in self._by_rest.get(rest, ()):
                if other not in known:
                    distance = OSA.distance(word, other, score_cutoff=most)
                    if distance <= min(most, _wrong(other)):
                        known[other] = distance
        return known


def _wrong(word: str) -> int:
    """Say how many letters of a word may be wrong."""
    if not _SHORT <= len(word) <= _LONGEST:
        return 0
    return 2 if len(word) >= _LONG else 1


def _rests(word: str) -> set[str]:
    """Give a word, of a long one its beginning, and what is left when letters that may be wrong are taken away."""
    beginning = word[:_LONG]
    rests = last = {beginning}
    for _ in range(_wrong(word)):
        last = {rest[:place] + rest[place + 1 :] for rest in last for place in range(len(rest))}
        rests = rests | last
    return rests
