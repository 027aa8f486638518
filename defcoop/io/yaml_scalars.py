"""Plain scalars: which are numbers, truth values or nulls, and which other readers take for something else."""

from __future__ import annotations

import re
from decimal import Decimal

WHOLE = re.compile(r"(?:0|-?[1-9][0-9]{0,17})\Z")
DECIMAL = re.compile(r"(?!-0\.0*\Z)-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}\Z")
# What some YAML reader would take for a number, but not in plain decimal digits.
ODD_NUMBER = re.compile(
    r"[-+]?(?:[0-9][0-9_]*|0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|0b[01_]+|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
    r"|(?:[0-9][0-9_]*)?\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+|\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z"
)
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_WORDS = ("yes", "no", "true", "false", "on", "off", "y", "n")
OTHERWISE = frozenset({word for plain in _WORDS for word in (plain, plain.capitalize(), plain.upper())}) - {
    "true",
    "false",
}
"""Words that YAML 1.1 takes for true and false."""
_DAY = re.compile(r"[0-9]{4}-(?:[0-9]{2}-[0-9]{2}|[0-9]{1,2}-[0-9]{1,2}[Tt ].+)\Z")
TYPED = frozenset({"", *"+-.0123456789=", *"~nNtTfFyYoO"})
"""What a plain scalar begins with that some reader takes for a number, null, boolean or date; anything else is text."""

_EXPONENT_LIMIT = 15
_SIMPLE = re.compile(r"[-+]?[0-9_]*\.?[0-9_]*(?:[eE][-+]?[0-9]{1,2})?\Z")


def reads_as_text(plain: str) -> bool:
    """Tell whether a plain scalar of these characters is read as the same text, by us and by any YAML reader."""
    return not (
        plain in NULLS | {"true", "false"}
        or WHOLE.match(plain)
        or DECIMAL.match(plain)
        or ODD_NUMBER.match(plain)
        or is_read_otherwise(plain)
    )


def is_read_otherwise(plain: str) -> bool:
    """Tell whether a plain scalar is text to us and something else to YAML 1.1, as in PyYAML's own loader."""
    return plain in OTHERWISE or plain in {"=", "-"} or _DAY.match(plain) is not None


def in_plain_digits(odd: str) -> str:
    """Write a number that is not in plain decimal digits in such; nothing if it has none that all agree on.

    >>> in_plain_digits("1_000"), in_plain_digits("4e1"), in_plain_digits("017"), in_plain_digits("0x1F")
    ('1000', '40', '17', '')
    """
    if not _SIMPLE.match(odd) or not any(map(str.isdigit, odd)):
        return ""
    number = Decimal(odd.replace("_", ""))
    exponent = number.as_tuple().exponent
    if number.adjusted() > _EXPONENT_LIMIT or not isinstance(exponent, int) or exponent < -_EXPONENT_LIMIT:
        return ""
    return f"{abs(number) if number == 0 else number.normalize():f}"
