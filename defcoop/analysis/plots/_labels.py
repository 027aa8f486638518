"""Labels: names of records in a language, lines that are short enough, and text that reads in its own direction."""

from __future__ import annotations

import re
from textwrap import shorten, wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from defcoop.analysis.plots._words import Lang
    from defcoop.models import Record

RTL, END = "\u2067", "\u2069"
"""Between these a text reads from right to left, whatever stands around it (RLI and PDI of Unicode's UAX 9).

Renderers of SVG differ in what they make of its `direction` attribute (vl-convert's ignores it); all know these.
"""

_ARABIC = re.compile(r"[\u0600-\u06ff]")


def name_of(record: Record, lang: Lang) -> str:
    """Give the first Arabic name of a record if that is wanted and there is one, else its name."""
    if lang == "ar":
        return next((name.text for name in record.names if name.lang.split("-")[0] == "ar"), record.name)
    return record.name


def lines(text: str, width: int, most: int = 2) -> list[str]:
    """Break a text into lines of so many characters at most; what does not fit into the last is left out.

    >>> lines("one two three four five", 9)
    ['one two', 'three […]']
    """
    return [wrap(line, width)[0] for line in wrap(text, width, max_lines=most, placeholder=" […]")] or [""]


def cut(text: str, width: int) -> str:
    """Shorten a text to one line.

    >>> cut("one two three", 9)
    'one two …'
    """
    return shorten(text, width, placeholder=" …") if len(text) > width else text


def directed(text: str) -> str:
    """Mark a text with Arabic letters in it as one that reads from right to left.

    >>> directed("Qatar"), directed("قطر") == RTL + "قطر" + END
    ('Qatar', True)
    """
    return f"{RTL}{text}{END}" if _ARABIC.search(text) else text
