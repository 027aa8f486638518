"""Marks: how tables of others write numbers and what is missing."""

from __future__ import annotations

import re

_MISSING = re.compile(r"-9+|-1|\.|n/?a|nan|none|null|xx+|-+", re.IGNORECASE)
"""What stands for a value that is missing: `-9` (COW, MME), `.` (Stata), `NA` (R), `xx` (MME)."""


def plain(code: object) -> str:
    """Write a code as text; others' tables hold numbers as floats too, also in CSV files.

    >>> plain(640), plain(640.0), plain("640.0"), plain("640 "), plain("TUR"), plain(None)
    ('640', '640', '640', '640', 'TUR', '')
    """
    if code is None:
        return ""
    text = str(code).strip()
    return text[:-2] if text.endswith(".0") and text[:-2].lstrip("-").isdecimal() else text


def is_missing(code: object) -> bool:
    """Tell whether a cell has a mark for a value that is missing; an empty one has none.

    >>> is_missing("-9"), is_missing(-9.0), is_missing("NA"), is_missing(""), is_missing("640")
    (True, True, True, False, False)
    """
    return _MISSING.fullmatch(plain(code)) is not None


def number_in(cell: object) -> float | None:
    """Read a number of a cell; None if there is none.

    >>> number_in("1,250"), number_in("3.5"), number_in(""), number_in("-9"), number_in("many")
    (1250.0, 3.5, None, None, None)
    """
    text = plain(cell).replace(",", "").replace("\u202f", "")
    if is_missing(text) or not re.fullmatch(r"-?[0-9]*\.?[0-9]+(e[+-]?[0-9]+)?", text, re.ASCII | re.IGNORECASE):
        return None
    return float(text)
