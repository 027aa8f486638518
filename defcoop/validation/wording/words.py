"""Words: the tokens of a text as number and name readers take them, folded, without what Arabic writes on to a word."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib.resources import files

from defcoop.values import fold

_REWRITTEN = (
    # Thousands with spaces between; 40k and $40m; C$5; quatre-vingts; half of a million; 15 in a hundred.
    (re.compile(r"(?<![\d.,])\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?!\d)"), lambda match: re.sub(r"\s", "'", match[0])),
    (re.compile(r"(?<=\d)(?:(k)|(m)|bn?)\b", re.IGNORECASE), lambda match: _SHORT[match.lastindex or 0]),
    (re.compile(r"\b(US|CA?|AU?|NZ|HK|S)\$"), lambda match: f"{_DOLLARS[match[1][0]]} "),
    (re.compile(r"\bquatre-vingts?\b", re.IGNORECASE), lambda _: "eighty"),
    (re.compile(r"\b(half|quarter) (?:of )?an? ", re.IGNORECASE), lambda match: f"{match[1]} "),
    (re.compile(r"\b(?:في ال|بال)(?:مئة|مائة|ميه)\b"), lambda _: "%"),
)
"""What is written together, or apart, and read otherwise: a pattern, and what stands for it."""

_SHORT = (" billion", " thousand", " million")
_DOLLARS = {"U": "USD", "C": "CAD", "A": "AUD", "N": "NZD", "H": "HKD", "S": "SGD"}
_TOKEN = re.compile(
    r"\d+(?:[.,'\u2019\u066b\u066c]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)?|[%$\u00a3\u00a5\u20a0-\u20cf/\u2013-]"
)
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
    for pattern, written in _REWRITTEN:
        text = pattern.sub(written, text)
    return tuple(_TOKEN.findall(fold(text.replace("\u2019", "'"))))


def bare(word: str) -> tuple[str, ...]:
    """Give a folded word and what it may be without what is written on to its front, the whole word first.

    >>> bare("وبثلاثه")
    ('وبثلاثه', 'بثلاثه', 'ثلاثه')
    """
    # What Turkish and French set off by an apostrophe is another word.
    forms = [word, *(part for part in word.split("'") if 1 < len(part) < len(word))]
    for form in forms:
        forms += [rest for front in _BEFORE if form.startswith(front) and len(rest := form[len(front) :]) > 1][:1]
    return tuple(dict.fromkeys(forms))
