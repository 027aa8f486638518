"""Labels: names of records in a language, lines that are short enough, and text that reads in its own direction."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING

from defcoop.analysis.plots._words import say
from defcoop.values.edtf import ranges
from defcoop.values.readings import SEASONS, is_season

if TYPE_CHECKING:
    from defcoop.analysis.plots._words import Lang
    from defcoop.models import Record
    from defcoop.values import Edtf

RTL, END = "\u2067", "\u2069"
"""Between these a text reads from right to left, whatever stands around it (RLI and PDI of Unicode's UAX 9).

Renderers of SVG differ in what they make of its `direction` attribute (vl-convert's ignores it); all know these.
"""

DASH = "\u2013"
"""What stands between two ends or two names."""

_ARABIC = re.compile(r"[\u0600-\u06ff]")


def name_of(record: Record, lang: Lang) -> str:
    """Give the first Arabic name of a record if that is wanted and there is one, else its name."""
    if lang == "ar":
        return next((name.text for name in record.names if name.lang.split("-")[0] == "ar"), record.name)
    return record.name


def lines(text: str, width: int, most: int = 2) -> list[str]:
    """Break a text into lines of so many letters at most, as even as can be; what does not fit is left out.

    >>> lines("one two three four", 15), lines("one two three four five", 9)
    (['one two', 'three four'], ['one two', 'three …'])
    """
    widest = wrap(text, width, max_lines=most, placeholder=" …")
    if not widest or widest[-1].endswith(" …"):
        return widest or [""]
    return next(even for narrow in range(1, width + 1) if len(even := wrap(text, narrow)) <= len(widest))


def directed(text: str) -> str:
    """Mark a text with Arabic letters in it as one that reads from right to left.

    >>> directed("Qatar"), directed("قطر") == RTL + "قطر" + END
    ('Qatar', True)
    """
    return f"{RTL}{text}{END}" if is_arabic(text) else text


def is_arabic(text: str) -> bool:
    """Tell whether there are Arabic letters in a text."""
    return _ARABIC.search(text) is not None


def short_date(when: Edtf, lang: Lang = "en") -> str:
    """Write a date for people: a single one as it is, of others the first and the last.

    >>> from defcoop.values import Edtf
    >>> short_date(Edtf("[2018-12,2019-12,2020-12]")), short_date(Edtf("2017-06/..")), short_date(Edtf("2020?"))
    ('2018-12 … 2020-12', '2017-06 …', '2020?')
    >>> short_date(Edtf("2022-24?"))
    'winter 2022?'
    """
    parts = ranges(when)
    if len(parts) == 1 and not parts[0].sign:
        return _season_named(parts[0].start, lang)
    first, last = (_season_named(end, lang) for end in (parts[0].start, parts[-1].end))
    return f"{first} … {last}".strip()


def _season_named(date: str, lang: Lang) -> str:
    """Write a single date with its season in words; nothing of an end that is open or unknown."""
    if not is_season(date):
        return date.strip(".")
    season = say(SEASONS[int(date[5:7])], lang)
    return directed(f"{season} {date[:4]}{date[7:]}")
