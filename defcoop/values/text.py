"""Texts as records may hold them: one line of visible characters, no edges of white space, composed (NFC)."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticKnownError

_UNSEEN = (
    r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f"
    r"\u2028-\u202e\u2060-\u2069\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
)
_JOINERS = r"\u200c\u200d"
HIDDEN = _UNSEEN + _JOINERS
"""Characters that nobody sees (controls, bidi controls, fillers), as the inside of a regular expression's class.

Among them are the joiners, which inside a word of Arabic, Indic and other scripts are letters: `hidden_in` knows.
"""

TAGS = r"\U000e0000-\U000e007f"
"""Invisible letters beyond the first plane, which the patterns of JSON Schema cannot name everywhere."""

_HIDDEN = re.compile(f"[{HIDDEN}{TAGS}]")
_ZWJ, _FIRST_JOINED = "\u200d", "\u0590"
"""Before the script of Hebrew no letters join: a joiner between them would make two words that look like one."""

_LINE = r"\r\n\t"


def hidden_in(text: str) -> re.Match[str] | None:
    r"""Find the first invisible character; a joiner inside a word is a letter, as in Persian.

    >>> hidden_in("a\u200bb").start(), hidden_in("می\u200cخواهم"), hidden_in("Ank\u200cara").start()
    (1, None, 3)
    """
    return next((match for match in _HIDDEN.finditer(text) if not _joins(text, match.start())), None)


def shown(text: str) -> str:
    """Give what is seen of a text: all but its invisible characters."""
    if text.isascii() or not _HIDDEN.search(text):
        return text
    return _HIDDEN.sub(lambda match: match[0] if _joins(text, match.start()) else "", text)


def composed(text: str) -> str:
    """Give the composed form (NFC) of a text, the same for all that are canonically equivalent."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _joins(text: str, place: int) -> bool:
    """Tell whether a joiner stands between letters of a script that joins; one may also shape the last letter."""
    if text[place] not in "\u200c\u200d" or not place or not _is_joined(text[place - 1]):
        return False
    return _is_joined(text[place + 1 : place + 2]) or (text[place] == _ZWJ and "ARABIC" in _name(text[place - 1]))


def _is_joined(letter: str) -> bool:
    return letter >= _FIRST_JOINED and unicodedata.category(letter)[0] in "LM"


def _name(letter: str) -> str:
    return unicodedata.name(letter, "")


def _pattern() -> str:
    # The joiners have their place inside, of which no pattern that all readers know can tell the rest.
    inner = f"{_LINE}{_UNSEEN}"
    return rf"^[^\s{HIDDEN}](?:[^{inner}]*[^\s{_UNSEEN}])?$"


def _visible(text: str) -> str:
    if not text.isascii() and hidden_in(text):
        raise PydanticKnownError("string_pattern_mismatch", {"pattern": _pattern()})  # noqa: EM101 - its kind
    return text


_VISIBLE = AfterValidator(_visible)
_COMPOSED = AfterValidator(composed)

Text = Annotated[str, Field(pattern=_pattern(), max_length=2000), _VISIBLE, _COMPOSED]
"""A text of one line."""

Label = Annotated[str, Field(pattern=_pattern(), max_length=160), _VISIBLE, _COMPOSED]
"""A short text, such as a place."""

Key = Annotated[str, Field(pattern=_pattern(), max_length=1000), _VISIBLE, _COMPOSED]
"""A name, which may be as long as the title of a treaty; it names an item of a list and stands in brackets in paths."""

Quote = Annotated[str, Field(pattern=_pattern(), max_length=80), _VISIBLE]
"""A phrase of a source, at most 80 characters, as the source has it: neither composed nor decomposed."""
