"""Words: the tokens of a text as number and name readers take them, folded, without what Arabic writes on to a word."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib.resources import files

from defcoop.values import fold
from defcoop.values.folding import IGNORED, MARKS

_LETTERS = rf"(?:[^\W\d_]+[{MARKS}{IGNORED}\u0653-\u0655]*)+"
_TOKEN = re.compile(
    # Words, with what an apostrophe sets off, the sign of dollars that are not American, and the French 80; thousands
    # with spaces between; other numbers, 40k and 5bn too; signs.
    rf"{_LETTERS}(?:['\u2019]{_LETTERS}|\$|-vingts?\b)?"
    r"|\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?!\d)"
    r"|\d+(?:[.,'\u2019\u066b\u066c]\d+)*(?:(?:[kKmM]|[bB][nN]?)(?!\w))?"
    r"|[%$\u00a3\u00a5\u20a0-\u20cf\ufdfc/\u2013-]"
)
_BEFORE = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف", "ك")
"""What Arabic writes on to the front of a word: and, the, in, for, as, so; the longest first."""
INITIALS = frozenset(front[0] for front in _BEFORE)
"""With which a word begins that has any of them."""


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
    # A lengthening stroke that stands alone is no word.
    return tuple([folded for word in _TOKEN.findall(text) if (folded := _folded(word))])


@lru_cache(maxsize=1 << 15)
def _folded(word: str) -> str:
    return fold(word.replace("\u2019", "'"))


@lru_cache(maxsize=1 << 15)
def bare(word: str) -> tuple[str, ...]:
    """Give a folded word and what it may be without what is written on to its front, the whole word first.

    >>> bare("وبثلاثه")
    ('وبثلاثه', 'بثلاثه', 'ثلاثه')
    """
    if word[:1] not in INITIALS and "'" not in word:
        return (word,)
    # What Turkish and French set off by an apostrophe is another word.
    forms = [word, *(part for part in word.split("'") if 1 < len(part) < len(word))]
    for form in forms:
        forms += [rest for front in _BEFORE if form.startswith(front) and len(rest := form[len(front) :]) > 1][:1]
    return tuple(dict.fromkeys(forms))
