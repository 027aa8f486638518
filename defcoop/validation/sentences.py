"""Sentences: where those of a text begin and end, in any script that ends them with a sign."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSING = r"[\"'\u00bb\u201d\u2019)\]]*"
_END = re.compile(rf"\n|[.!?\u061f\u06d4\u2026]+{_CLOSING}(?=\s)|\u3002")
"""A line's end, or a sign that ends a sentence, with the marks that close what it ends; some scripts put no space."""

_SHORTENED = re.compile(
    r"(?:^|[\W\d_])(?:[^\W\d_]|Adm|Alb|Av|Capt|Col|Doç|Dr|Gen|Gn|Kor|Ltd?|Maj|Mrs?|Ms|Mt|No|Org|Prof|St|Tuğ|Tüm|vb|vs|Yrd)\Z",
    re.IGNORECASE,
)
"""A letter by itself, a title or the like, after which a full stop ends no sentence."""

_WORD = re.compile(r"\w")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence that has a word, in code points; a line ends one too.

    >>> [text[slice(*span)] for text in ["Maj. A. Kaya left.  Why? At 3.5 km."] for span in sentences(text)]
    ['Maj. A. Kaya left.', 'Why?', 'At 3.5 km.']
    """
    start = 0
    for sign in [*_END.finditer(text), None]:
        end = sign.end() if sign else len(text)
        part = text[start:end]
        if sign and sign.group() == "." and _SHORTENED.search(text[max(start, sign.start() - 10) : sign.start()]):
            continue
        if _WORD.search(part):
            yield start + len(part) - len(part.lstrip()), start + len(part.rstrip())
        start = end
