"""Times as tables of others write them: years, days, days of which a part is not known; never a guess at a century."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from defcoop.alignment.marks import plain


class TimeSpan(NamedTuple):
    """The first and the last day that a time stands for."""

    first: date
    last: date


_YEAR = r"(?P<year>[12][0-9]{3})"
_UNKNOWN = r"[0-9x?]{1,2}"
_FORMS = [
    # 2017, (2017), 2017?, 2017.0
    re.compile(rf"\(?{_YEAR}\)?\??", re.ASCII),
    # 2017-05, 1980-01-xx, 2017/5/16: a day or month of which a part is not known stands for its year
    re.compile(rf"{_YEAR}[-/.]{_UNKNOWN}([-/.]{_UNKNOWN})?", re.ASCII | re.IGNORECASE),
    # 5/16/1980 and 16/5/1980 cannot be told apart, so they stand for their year
    re.compile(rf"{_UNKNOWN}[-/.]{_UNKNOWN}[-/.]{_YEAR}", re.ASCII | re.IGNORECASE),
]
_RUN = re.compile(rf"{_YEAR}(\s*[;,-]\s*[12][0-9]{{3}})+", re.ASCII)


@lru_cache(maxsize=65536)
def span_of(when: object) -> TimeSpan | None:
    """Give the days that a time stands for; None if it says none, or a year without its century.

    A list of years (`2017; 2019`) stands for all from its first to its last. Where the order of day and month, or a
    part of them, is not clear, the whole year is meant.

    >>> span_of(2017).last, span_of("(2025)").first, span_of("2017-06-05").first, span_of("1980-01-xx").last
    (datetime.date(2017, 12, 31), datetime.date(2025, 1, 1), datetime.date(2017, 6, 5), datetime.date(1980, 12, 31))
    >>> span_of(None), span_of("5/16/80"), span_of(80), span_of("-9")
    (None, None, None, None)
    """
    if isinstance(when, datetime):
        when = when.date()
    if isinstance(when, date):
        return TimeSpan(when, when)
    text = plain(when)
    try:
        day = date.fromisoformat(text[:10]) if text[4:5] == "-" else None
    except ValueError:
        day = None
    if day:
        return TimeSpan(day, day)
    if any((match := form.fullmatch(text)) for form in _FORMS) and match:
        year = int(match["year"])
        return TimeSpan(date(year, 1, 1), date(year, 12, 31))
    if _RUN.fullmatch(text):
        years = [int(year) for year in re.findall("[12][0-9]{3}", text)]
        return TimeSpan(date(min(years), 1, 1), date(max(years), 12, 31))
    return None
