"""Misspelt words: what is found by way of an index is what a comparison with every name finds nearest."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from defcoop.lookup.words import WordIndex

WORDS = st.text("abc", min_size=4, max_size=9)
NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=3, unique=True).map(tuple), min_size=1, max_size=12)


def allowed(word: str) -> int:
    """Give how many letters of a word may be wrong."""
    return 1 if len(word) < 7 else 2


def wrong(text: list[str], name: tuple[str, ...], most: int) -> int | None:
    """Count the wrong letters of a text that means a name; None if some word is like none of the name's."""
    letters = []
    for word in text:
        limit = min(most, allowed(word))
        near = [
            distance
            for other in name
            if (distance := OSA.distance(word, other)) <= (limit if len(other) >= 7 or distance < 2 else 1)
        ]
        letters.append(min(near, default=None))
    return None if None in letters else sum(count for count in letters if count)


@given(NAMES, st.lists(WORDS, min_size=2, max_size=3, unique=True))
def test_no_way_leaves_out_a_name_that_is_as_near_as_what_it_finds(
    names: list[tuple[str, ...]], text: list[str]
) -> None:
    index = WordIndex(names)
    found = next((hits for way in index.ways if (hits := list(way(text)))), [])
    whole = [(number, letters) for number, letters, more in found if not more]
    nearest = min((letters for _, letters in whole), default=None)
    if nearest is not None:
        every = {number: wrong(text, name, 2) for number, name in enumerate(names) if len(name) <= len(text)}
        assert {number for number, count in every.items() if count == nearest} <= {
            number for number, letters in whole if letters == nearest
        }


@pytest.mark.parametrize("count", [50, 100])
def test_a_name_is_found_by_its_other_word_however_many_share_that(count: int) -> None:
    """Where many names share the right word, the wrong one is looked up, with the same result."""
    chance = Random(1)  # noqa: S311 - no secret depends on it
    others = ["".join(chance.sample("abcdefghijklm", 8)) for _ in range(count)]
    index = WordIndex([("ministry", other) for other in others])
    mistyped = others[7][:3] + others[7][4:]
    assert next(list(hits) for way in index.ways if (hits := list(way(["ministry", mistyped])))) == [(7, 1, 0)]
