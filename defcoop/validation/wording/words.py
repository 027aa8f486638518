"""Words: the tokens of a text as number and name readers take them, folded, without what Arabic writes on to a word."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib.resources import files

from defcoop.values import fold

_SPACED_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?!\d)")
_TOKEN = re.compile(r"\d+(?:[.,'\u2019\u066b\u066c]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)?|[%$€£¥₺﷼/\u2013-]")
_BEFORE = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف", "ك")
"""What Arabic writes on to the front of a word: and, the, in, for, as, so; the longest first."""


@cache
def word_list(name: str) -> frozenset[str]:
    """Read a list of folded words: `denials`, `small` ones in names, endings of adjectives and of countries."""
    table = json.loads((files("defcoop.validation.wording") / "data" / "words.json").read_text(encoding="utf-8"))
    return frozenset(fold(table[name]).split())


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """Split a text into folded words, numbers in digits, and signs.

    >>> tokens("نحو ٣٤٠ مليون دولار")
    ('نحو', '340', 'مليون', 'دولار')
    """
    joined = _SPACED_GROUPS.sub(lambda match: re.sub(r"\s", "'", match[0]), text)  # thousands with spaces between
    return tuple(_TOKEN.findall(fold(joined.replace("\u2019", "'"))))


def bare(word: str) -> tuple[str, ...]:
    """Give a folded word and what it may be without what is written on to its front, the whole word first.

    >>> bare("وبثلاثه")
    ('وبثلاثه', 'بثلاثه', 'ثلاثه')
    """
    forms = [word]
    for form in forms:
        forms += [rest for front in _BEFORE if form.startswith(front) and len(rest := form[len(front) :]) > 1][:1]
    return tuple(dict.fromkeys(forms))
