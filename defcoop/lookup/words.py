"""Words of names: which names hold all words of a text, also misspelt.

Where one word of several is wrong, it is compared with the words of those names that hold all others, which are few. A
word with one wrong letter is looked up by what is left of it when a letter is taken away, of the text's and of ours
(symmetric deletion): the two words then have such a rest in common. So it costs some dictionary lookups, however many
names there are. Only where that finds nothing are all words of a like length compared, for two wrong letters.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Way = Callable[[Sequence[str]], Iterator[tuple[int, int, int]]]
    """From words to the numbers of the names that hold words like all of them, the letters that differ, words more."""

_SHORT, _LONG, _LONGEST = 4, 7, 64
"""From how many letters on a word may have one wrong, from how many on two, and of more than how many none."""

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
        """The words by what is left of them without a letter."""
        by_rest: dict[str, list[str]] = defaultdict(list)
        for word in self._holders:
            if _SHORT <= len(word) <= _LONGEST:
                for rest in _rests(word):
                    by_rest[rest].append(word)
        return dict(by_rest)

    @cached_property
    def _by_length(self) -> Mapping[int, Sequence[str]]:
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in self._holders:
            by_length[len(word)].append(word)
        return dict(by_length)

    def holding(self, words: Iterable[str]) -> Iterator[tuple[int, int]]:
        """Yield the numbers of the names that hold all of some words, each with how many words more it has."""
        asked = frozenset(words)
        if not asked or not asked <= self._holders.keys():
            return
        fewest = min((self._holders[word] for word in asked), key=len)
        for number in dict.fromkeys(fewest):
            if asked.issubset(self._names[number]):
                yield number, len(self._names[number]) - len(asked)

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways of finding a misspelt name, the cheapest first; none finds nearer names than one before it."""
        return (
            partial(self._with_a_wrong_word, 1),
            partial(self._with_wrong_words, self._one_letter_from),
            partial(self._with_a_wrong_word, 2),
            partial(self._with_wrong_words, self._two_letters_from),
        )

    def _with_a_wrong_word(self, letters: int, words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Yield the names that hold all words of a text but one, which has some letters wrong, and no more words."""
        wrong = [word for word in words if word not in self._holders]
        if len(wrong) != 1 or not 1 < len(words) <= _MOST_WORDS or not _shortest(letters) <= len(wrong[0]) <= _LONGEST:
            return
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - only who has erred needs the library

        right = frozenset(words).difference(wrong)
        for number in dict.fromkeys(min((self._holders[word] for word in right), key=len)):
            own = self._names[number]
            if (
                len(own) <= len(words)
                and right.issubset(own)
                and any(
                    len(word) >= _shortest(letters) and OSA.distance(wrong[0], word, score_cutoff=letters) <= letters
                    for word in own
                )
            ):
                yield number, letters, 0

    def _with_wrong_words(
        self, near: Callable[[str], dict[str, int]], words: Sequence[str]
    ) -> Iterator[tuple[int, int, int]]:
        """Yield the names that hold words near all of those of a text."""
        if 0 < len(words) <= _MOST_WORDS:
            yield from self._holding_like(list(map(near, words)))

    def _holding_like(self, likes: list[dict[str, int]]) -> Iterator[tuple[int, int, int]]:
        """Yield the names that hold one of the words like each of those of a text."""
        fewest = min(likes, key=lambda like: sum(len(self._holders[word]) for word in like))
        for number in {number for word in fewest for number in self._holders[word]}:
            own = self._names[number]
            letters = [min((like[word] for word in own if word in like), default=None) for like in likes]
            known = [count for count in letters if count is not None]
            if len(known) == len(likes) and any(known):
                yield number, sum(known), max(0, len(own) - len(likes))

    def _one_letter_from(self, word: str) -> dict[str, int]:
        """Give the words that a word may be with one wrong letter, with the letters that differ."""
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - only who has erred needs the library

        known = {word: 0} if word in self._holders else {}
        if _SHORT <= len(word) <= _LONGEST:
            for rest in _rests(word):
                for other in self._by_rest.get(rest, ()):
                    if other not in known and OSA.distance(word, other, score_cutoff=1) <= 1:
                        known[other] = 1
        return known

    def _two_letters_from(self, word: str) -> dict[str, int]:
        """Give the words that a word may be with two wrong letters, or one if it is short."""
        if not _LONG <= len(word) <= _LONGEST:
            return self._one_letter_from(word)
        from rapidfuzz import process  # noqa: PLC0415 - only who has erred needs the library
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - as above

        lengths = range(max(_LONG, len(word) - 2), len(word) + 3)
        others = list(chain.from_iterable(self._by_length.get(length, ()) for length in lengths))
        found = process.extract(word, others, scorer=OSA.distance, score_cutoff=2, limit=None)
        return {other: int(distance) for other, distance, _ in found}


def _shortest(letters: int) -> int:
    """Give how many letters a word has at least that may have some wrong."""
    return _SHORT if letters == 1 else _LONG


def _rests(word: str) -> set[str]:
    """Give a word, and what is left of it without a letter."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
