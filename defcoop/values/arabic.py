"""Folding of Arabic text to a search key: for finding only, never for storing."""

from __future__ import annotations

import re
import unicodedata

_FOLDS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
_DIGIT = re.compile(r"\d")
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c]")


def fold(text: str) -> str:
    """Reduce text to the key by which spellings of one Arabic word meet.

    Compatibility forms, vowel marks, tatweel, bidi controls, the carriers of hamza, final ya and ta marbuta,
    digits of either script and letter case are levelled; white space becomes single spaces.

    Args:
        text: any text, of any script.

    >>> fold("آكار") == fold("أكار"), fold("٢٠١٧")
    (True, '2017')
    """
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKC", text)).translate(_FOLDS)
        text = _DIGIT.sub(_western, text)
    return " ".join(text.casefold().split())


def _western(digit: re.Match[str]) -> str:
    return str(unicodedata.decimal(digit[0]))
