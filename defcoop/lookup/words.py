"""Words of names: which names hold all words of a text, also misspelt.

Where one word of several is wrong, it is compared with the words of those names that hold all others, if they are few.
Else a word with one wrong letter is looked up by what is left of it when a letter is taken away, of the text's and of
ours (symmetric deletion): the two words then have such a rest in common. So it costs some dictionary lookups, however
many names there are. Only where that finds nothing are all words of a like length compared, for two wrong letters.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Way = Callable[[Sequence[str]], Iterator[tuple[int, int, int]]]
    """From words to the numbers of the names that hold words like all of them, the letters that differ, words more."""

_SHORT, _LONG, _LONGEST = 4, 7, 64
"""From how many letters on a word may have one wrong, from how many on two, and of more than how many none."""

_FEW = 64
"""How many names are gone through at most for the sake of one wrong word."""

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
                for rest in set(_rests(word)):
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
        right, distance = frozenset(words).difference(wrong), _distance()
        fewest = min((self._holders[word] for word in right), key=len)
        for number in dict.fromkeys(fewest) if len(fewest) <= _FEW else ():
            own = self._names[number]
            if len(own) <= len(words) and right.issubset(own):
                likely = [word for word in own if len(word) >= _shortest(letters)]
                nearest = min((distance(wrong[0], word, score_cutoff=letters) for word in likely), default=letters + 1)
                if nearest <= letters:
                    yield number, nearest, 0

    def _with_wrong_words(
        self, near: Callable[[str], dict[str, int]], words: Sequence[str]
    ) -> Iterator[tuple[int, int, int]]:
        """Yield the names that hold words near all of those of a text."""
        if not 0 < len(words) <= _MOST_WORDS:
            return
        likes: list[dict[str, int]] = []
        for word in sorted(words, key=self._holders.__contains__):  # what is near no word is found out at once
            likes.append(near(word))
            if not likes[-1]:
                return
        yield from self._holding_like(likes)

    def _holding_like(self, likes: list[dict[str, int]]) -> Iterator[tuple[int, int, int]]:
        """Yield the names that hold one of the words like each of those of a text."""
        fewest = (
            min(likes, key=lambda like: sum(len(self._holders[word]) for word in like)) if len(likes) > 1 else likes[0]
        )
        for number in {number for word in fewest for number in self._holders[word]}:
            own = self._names[number]
            nearest = [min((like[word] for word in own if word in like), default=-1) for like in likes]
            if min(nearest) >= 0 and any(nearest):
                yield number, sum(nearest), max(0, len(own) - len(likes))

    def _one_letter_from(self, word: str) -> dict[str, int]:
        """Give the words that a word may be with one wrong letter, with the letters that differ."""
        known = {word: 0} if word in self._holders else {}
        if _SHORT <= len(word) <= _LONGEST:
            distance, by_rest = _distance(), self._by_rest
            for rest in _rests(word):
                for other in by_rest.get(rest, ()):
                    if other not in known and distance(word, other, score_cutoff=1) <= 1:
                        known[other] = 1
        return known

    def _two_letters_from(self, word: str) -> dict[str, int]:
        """Give the words that a word may be with two wrong letters, or one if it is short."""
        if not _LONG <= len(word) <= _LONGEST:
            return self._one_letter_from(word)
        from rapidfuzz import process  # noqa: PLC0415 - only who has erred needs the library
        from rapidfuzz.distance import Indel  # noqa: PLC0415 - as above

        near: dict[str, int] = {}
        for length in range(max(_LONG, len(word) - 2), len(word) + 3):
            # Two wrong letters are at most four taken out or put in, which is counted faster.
            others = process.extract(
                word, self._by_length.get(length, ()), scorer=Indel.distance, score_cutoff=4, limit=None
            )
            for other, _, _ in others:
                if (letters := _distance()(word, other, score_cutoff=2)) <= 2:  # noqa: PLR2004 - two letters
                    near[other] = letters
        return near


@cache
def _distance() -> Callable[..., int]:
    """Give the function that counts the letters that differ, two that changed places as one."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only who has erred needs the library

    return OSA.distance


def _shortest(letters: int) -> int:
    """Give how many letters a word has at least that may have some wrong."""
    return _SHORT if letters == 1 else _LONG


def _rests(word: str) -> list[str]:
    """Give a word, and what is left of it without a letter."""
    return [word, *[word[:place] + word[place + 1 :] for place in range(len(word))]]
