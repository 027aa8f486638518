"""What was meant by a number: hints for the forms in which people write numbers, scales, spans and bounds."""

from __future__ import annotations

import re
from decimal import Decimal

from defcoop.values import plain

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬–—", "01234567890123456789.,--")  # noqa: RUF001 - digits of other scripts
_SCALES = {
    3: ("k", "thousand", "thousands", "ألف", "آلاف", "bin"),
    6: ("m", "mn", "mio", "million", "millions", "مليون", "ملايين", "milyon"),
    9: ("bn", "billion", "billions", "milliard", "مليار", "مليارات", "milyar"),
    12: ("tn", "trillion", "trillions", "تريليون", "trilyon"),
}
_SCALE_OF = {word: zeros for zeros, words in _SCALES.items() for word in words}
_NUMBER = r"[0-9]+(?:[.,'’_\s][0-9]+)*"  # noqa: RUF001 - signs between thousands
_COUNT = re.compile(rf"({_NUMBER})\s*([^\W\d_]*)")
_SPAN = re.compile(rf"({_NUMBER}\s*[^\W\d_]*?)\s*(?:-|to|and|الى|إلى)\s*({_NUMBER}\s*[^\W\d_]*)\Z")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,'’_\s])[0-9]{3})(?:\1[0-9]{3})*\Z")  # noqa: RUF001 - as above
_BOUNDS = {
    ">": ("low", "more_than"),
    "≥": ("low", "at_least"),
    ">=": ("low", "at_least"),
    "<": ("high", "less_than"),
    "≤": ("high", "at_most"),
    "<=": ("high", "at_most"),
    "~": ("best", "about"),
    "≈": ("best", "about"),
    "c.": ("best", "about"),
}
_FIGURES = frozenset({"low", "best", "high"})
_IN_DIGITS = "Write it in digits, such as 40."


def number_hint(text: str, name: str) -> str:
    """Say how a number is written that stands there as text, in a field of a name.

    >>> number_hint("15 million", "best"), number_hint("40-50", "best")
    ('Write 15000000.', 'Write low: 40, high: 50.')
    """
    plainly = with_plain_digits(text)
    if span := _SPAN.match(plainly):
        low, high = _count(span[1]), _count(span[2])
        scale = re.sub(r"[\d\W_]", "", span[2])
        low = _count(f"{span[1]} {scale}") or low if not re.search(r"[^\W\d_]", span[1]) and scale in _SCALE_OF else low
        if not (low and high):
            return _IN_DIGITS
        return f"Write low: {low}, high: {high}." if name in _FIGURES else f"Write {low}."
    sign, rest = _sign(plainly)
    number = _count(rest)
    if not number:
        return _IN_DIGITS
    if sign and name in _FIGURES:
        field, bound = _BOUNDS[sign]
        return f"Write {field}: {number}, bound: {bound}."
    return f"Write {number}."


def _sign(text: str) -> tuple[str, str]:
    if text.endswith("+"):
        return ">=", text[:-1]
    sign = next((sign for sign in sorted(_BOUNDS, key=len, reverse=True) if text.startswith(sign)), "")
    return sign, text.removeprefix(sign).strip(" $€£¥%+")


def _count(text: str) -> str:
    """Give the number with which a text begins in plain digits, its scale word counted in; nothing if there is none."""
    match = _COUNT.match(text.strip())
    if not match:
        return ""
    digits, scale = match[1].strip(), match[2].casefold()
    if scale and scale not in _SCALE_OF and match.end(1) == match.start(2):
        return ""  # 5O may be fifty or five
    if _GROUPED.match(digits):
        digits = re.sub(r"\D", "", digits)
    digits = re.sub(r"['’_\s]", "", digits).replace(",", ".")  # noqa: RUF001 - signs between thousands
    if digits.count(".") > 1:
        return ""
    number = Decimal(digits) * 10 ** _SCALE_OF.get(scale, 0)
    return plain(int(number)) if number == int(number) else plain(number.normalize())


def with_plain_digits(text: str) -> str:
    """Give a text without the space around it, its digits, separators and dashes those of ASCII."""
    return text.strip().translate(_DIGITS)
