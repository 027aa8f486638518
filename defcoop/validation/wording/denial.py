"""Denial: whether words say no."""

from __future__ import annotations

from defcoop.validation.wording.words import bare, tokens, word_list


def says_no(text: str) -> bool:
    """Tell whether a text has a word that denies or negates.

    >>> says_no("نفى المتحدث ذلك"), says_no("أكد المتحدث ذلك"), says_no("It isn't so")
    (True, False, True)
    """
    denials = word_list("denials")
    return any(not denials.isdisjoint(bare(word)) or word.endswith("n't") for word in tokens(text))
