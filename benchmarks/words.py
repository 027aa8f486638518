"""Invented words: Arabic-looking ones for synthetic texts, and their Latin spelling for ids and names."""

from __future__ import annotations

LIMIT = 1 << 20
"""How many unlike words there are."""

# Letters that folding leaves alone, so that unlike words have unlike search keys.
_LETTERS = tuple("بتجحدرزسشفقكلمنه")
_LATIN = ("b", "t", "j", "h", "d", "r", "z", "s", "sh", "f", "q", "k", "l", "m", "n", "w")
_LONG = ("ا", "و", "ي", "", "")
_VOWELS = ("a", "u", "i", "a", "")
_SPREAD = 0x9E375  # odd, so that it maps the numbers below LIMIT onto each other
_DIGITS = 5


def arabic(number: int) -> str:
    """Give the word of a number below LIMIT; no two numbers share one."""
    return "".join(_LETTERS[digit] + long for digit, long in zip(_digits(number), _LONG, strict=True))


def latin(number: int) -> str:
    """Give the same word in Latin letters.

    >>> latin(1), latin(2)
    ('ruhazishaw', 'juduqinahu')
    """
    return "".join(_LATIN[digit] + vowel for digit, vowel in zip(_digits(number), _VOWELS, strict=True))


def _digits(number: int) -> list[int]:
    mixed = number * _SPREAD % LIMIT
    return [mixed >> 4 * place & 15 for place in range(_DIGITS)]


COMMON = tuple(arabic(LIMIT - 1 - number)[: 3 + number % 5] for number in range(700))
"""The words that texts are made of, beside names."""
