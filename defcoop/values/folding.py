"""Folding of text of any script to a search key: for finding only, never for storing.

The rules are those of Unicode's own data: compatibility decomposition (NFKD), full case folding, and the names of
letters, which say what `ø` is written with. Beyond it stand only the letters of Arabic script that are one letter in
different languages or at the end of a word. `docs/folding/` has the same in JavaScript, and examples that both pass.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u0652"
    r"\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u08ca-\u08e1"
    r"\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
"""Diacritics of Latin, Greek, Cyrillic, Hebrew, Arabic and Syriac, as the inside of a class.

The marks of Indic scripts and of kana are letters.
"""

IGNORED = (
    r"\u00ad\u034f\u0600-\u0605\u061c\u0640\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
"""Invisible characters, and the line that stretches Arabic words."""

ARABIC = {
    "\u0649": "\u064a",  # Alef Maksura as Yeh
    "\u06cc": "\u064a",  # Farsi Yeh as Yeh
    "\u06cd": "\u064a",  # Yeh With Tail as Yeh
    "\u06d2": "\u064a",  # Yeh Barree as Yeh
    "\u06a9": "\u0643",  # Keheh as Kaf
    "\u06aa": "\u0643",  # Swash Kaf as Kaf
    "\u06c1": "\u0647",  # Heh Goal as Heh
    "\u06be": "\u0647",  # Heh Doachashmee as Heh
    "\u06d5": "\u0647",  # Ae as Heh
    "\u06c3": "\u0647",  # Teh Marbuta Goal as Heh
    "\u0629": "\u0647",  # Teh Marbuta as Heh
    "\u0671": "\u0627",  # Alef Wasla as Alef
}
"""Letters of Arabic script that one word has in one language or place, and another letter in another."""

VOWEL_SIGNS = r"\u064b-\u0652\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
"""The vowel signs of Arabic, which are mostly left out, and so go even where diacritics are kept."""

_MARKS, _ARABIC_MARKS, _IGNORED = (re.compile(f"[{inside}]") for inside in (MARKS, VOWEL_SIGNS, IGNORED))
_HAMZA = re.compile("(?<=[\u0627\u0647])[\u0653-\u0655]+")
"""Madda and hamza on alif and ha, where they come and go; on waw and ya they make another letter."""

_DIGIT = re.compile(r"\d")
_LATIN = re.compile(r"LATIN SMALL LETTER (?:DOTLESS )?([A-Z])(?: WITH .*)?\Z")
_LAST_LATIN = 0x250


def fold(text: str, *, diacritics: bool = False) -> str:
    """Reduce text to the key by which spellings of one word meet.

    Compatibility forms, letter case, digits of any script, invisible characters, vowel marks, tatweel, alif with or
    without hamza, final ya and ta marbuta, and the Persian and Urdu forms of ya, kaf and ha are levelled; so are
    diacritics (ö and ø as o, dotless i as i) unless they are kept. White space becomes single spaces.

    Args:
        text: any text, of any script.
        diacritics: whether diacritics count.

    >>> fold("آكار") == fold("أكار"), fold("٢٠١٧"), fold("ایران") == fold("ايران")
    (True, '2017', True)
    >>> fold("GÖKÇEADA"), fold("GÖKÇEADA", diacritics=True)
    ('gokceada', 'gökçeada')
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    text = _ARABIC_MARKS.sub("", _IGNORED.sub("", text)) if diacritics else _MARKS.sub("", _IGNORED.sub("", text))
    text = _HAMZA.sub("", text.translate(_letters()[0]))
    if not diacritics:
        text = text.translate(_letters()[1])
    text = unicodedata.normalize("NFC", _DIGIT.sub(_western, text))
    return " ".join(text.split())


@cache
def _letters() -> tuple[dict[int, str], dict[int, str]]:
    """Give the letters of Arabic that are levelled, and those of Latin that do not decompose and whose names tell."""
    latin = {}
    for code in range(0x80, _LAST_LATIN):
        match = _LATIN.match(unicodedata.name(chr(code), ""))
        if match and not unicodedata.decomposition(chr(code)):
            latin[chr(code)] = match[1].lower()
    return str.maketrans(ARABIC), str.maketrans(latin)


def _western(digit: re.Match[str]) -> str:
    return str(unicodedata.decimal(digit[0]))
