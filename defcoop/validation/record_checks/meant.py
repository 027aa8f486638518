"""What was meant: hints for values in the forms in which people write dates, ids and lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from defcoop.errors import InputError
from defcoop.models.field_layout import Shape, layout
from defcoop.validation.issues import did_you_mean
from defcoop.validation.record_checks.meant_number import number_hint, with_plain_digits
from defcoop.values import Edtf

if TYPE_CHECKING:
    from collections.abc import Callable

    from defcoop.models.field_layout import FieldLayout
    from defcoop.values import Frozen

_MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905 - twelve words
_MONTH = "|".join(name[:3] for name in _MONTHS)
_DATES = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?(?:T.*| \d\d:.*)?\Z"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})\Z"),
    re.compile(r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})\Z"),
    re.compile(rf"(?:(?P<d>\d{{1,2}})\s+)?(?P<name>{_MONTH})\w*\.?,?\s+(?P<y>\d{{4}})\Z", re.IGNORECASE),
    re.compile(rf"(?P<name>{_MONTH})\w*\.?\s+(?P<d>\d{{1,2}}),?\s+(?P<y>\d{{4}})\Z", re.IGNORECASE),
)
_DAY_OR_MONTH = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\Z")
_INTERVAL = re.compile(r"(.+?)\s*(?:\bto\b|–|—| - |/|\.\.|-(?=\d{4}\Z))\s*(.+)\Z")  # noqa: RUF001 - dashes
_YEAR = re.compile(r"-?\d{1,4}\Z")
_HIJRI = range(1215, 1530)


def date_hint(text: str) -> str:
    """Say how a date is written that is not in the subset; nothing if that cannot be told.

    >>> date_hint("April 2031"), date_hint("05/13/2031")
    ('Write "2031-04".', 'Write "2031-05-13".')
    """
    plainly = with_plain_digits(text)
    if either := _DAY_OR_MONTH.match(plainly):
        first, second, year = either.groups()
        days = dict.fromkeys(_sound(f"{year}-{m:0>2}-{d:0>2}") for d, m in ((first, second), (second, first)))
        return _written([day for day in days if day], " or ")
    if _YEAR.match(plainly) and int(plainly) in _HIJRI:
        first_year = int(int(plainly) * 0.970224 + 621.57)
        return f'If it is a Hijri year, write "{first_year}/{first_year + 1}", inferred; else check the digits.'
    if _YEAR.match(plainly) and not _sound(plainly):
        return "Check the digits; a time so far off is told in the summary."
    if day := _single(plainly):
        return _written([day])
    if (parts := _INTERVAL.match(plainly)) and (start := _single(parts[1])) and (end := _single(parts[2])):
        return _written([sound] if (sound := _sound(f"{start}/{end}") or _sound(f"{end}/{start}")) else [])
    return ""


def _single(text: str) -> str:
    for pattern in _DATES:
        if match := pattern.match(text):
            parts = match.groupdict()
            month = parts.get("m") or _month(parts.get("name") or "")
            return _sound("-".join([parts["y"], *(f"{int(part):02}" for part in (month, parts.get("d")) if part)]))
    return _sound(text)


def _month(name: str) -> str:
    return next((str(number) for number, full in enumerate(_MONTHS, 1) if full[:3] == name.casefold()), "")


def _sound(text: str) -> str:
    try:
        return Edtf(text)
    except InputError:
        return ""


def _written(values: list[str], between: str = ", ") -> str:
    quoted = [f'"{value}"' for value in values]
    return f"Write {between.join(quoted)}." if quoted else ""


def type_hint(value: object, field: FieldLayout | None, kind: str) -> str:
    """Say how a value of the wrong type is written, by what pydantic calls the kind of its error."""
    if kind == "tuple_type":
        return _list_hint(value, field)
    if kind in {"model_type", "model_attributes_type", "dict_type", "mapping_type"}:
        names = ", ".join(_names(field))
        return f"Write its fields, of {names}." if names else "Write a field and its value on every line."
    if isinstance(value, list | dict):
        alone = f"Write {value[0]}" if isinstance(value, list) and len(value) == 1 else "Give one value"
        return f"{alone}, without brackets."
    if kind == "bool_type":
        return _truth_hint(value)
    if kind not in {"int_type", "is_instance_of"}:
        return ""
    return number_hint(value, field.name if field else "") if isinstance(value, str) else "Give a whole number."


def _names(field: FieldLayout | None) -> list[str]:
    if field is None or field.shape not in {Shape.PART, Shape.PARTS}:
        return []
    part: type[Frozen] = field.type
    return [inner.name for inner in layout(part)]


def _list_hint(value: object, field: FieldLayout | None) -> str:
    if field and field.shape is Shape.SPAN:
        ends = list(value.values()) if isinstance(value, dict) else re.findall(r"[0-9]+", str(value))
        return f"Write [{ends[0]}, {ends[1]}]." if len(ends) == 2 else "Write [start, end]."  # noqa: PLR2004 - two ends
    if isinstance(value, dict):
        return "Put a hyphen and a space before it, and indent its other lines by two more."
    return f"Write [{value}]."


def _truth_hint(value: object) -> str:
    word = str(value).casefold()
    truth = word in {"yes", "y", "on", "true", "1", "نعم"}
    if truth or word in {"no", "n", "off", "false", "0", "لا"}:
        return f"Write {str(truth).lower()}, without quotes."
    return "Write true or false."


def shape_hint(value: object, wanted: str) -> str:
    """Say how a text of the wrong shape is written; `wanted` is what its field holds.

    That is `seed`, `id`, `digest`, `language`, `currency`, `offset`, `line`, `length`, or what a dataset's card has:
    `version`, `name`, `licence`, `address`, `orcid`, `prefix`, `file` or `package`,
    or files of terms: `term` or `vocabulary`.
    """
    if wanted in _FIXED_HINTS:
        return _FIXED_HINTS[wanted]
    hints: dict[str, Callable[[str], str]] = {
        "seed": _seed_hint,
        "id": _id_hint,
        "language": _language_hint,
        "currency": _currency_hint,
        "line": _line_hint,
        "version": _version_hint,
        "name": _name_hint,
        "orcid": _orcid_hint,
        "term": _term_hint,
    }
    return hints[wanted](str(value)) if wanted in hints else ""


_FIXED_HINTS = {
    "digest": "Give the SHA-256 of the passage's UTF-8 bytes: 64 digits of 0-9 and a-f.",
    "offset": "Write last-03 or next-12, last-year, this-year or next-year, or P and a number such as P-3M.",
    "licence": "Write its short name as spdx.org/licenses has it.",
    "address": "Write the whole address, from https:// on.",
    "prefix": "Write seed, or seed- and a word of small letters; the ids end in a number.",
    "file": "Put the file into the folder vocabularies, and write vocabularies/ before its name.",
    "vocabulary": "Write its name as the codebook has it, such as Mission.",
    "package": "Write the name under which pip installs it.",
}


def _seed_hint(text: str) -> str:
    number = re.search(r"[0-9]+", text)
    return f"Write seed-{int(number[0]):03}." if number and int(number[0]) < 10**6 else ""


def _term_hint(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return f"Write {'_'.join(words)}." if words and words[0][0].isalpha() else ""


def _version_hint(text: str) -> str:
    numbers = re.findall(r"[0-9]+", text)
    return f"Write {'.'.join(str(int(number)) for number in (*numbers, 0, 0)[:3])}." if numbers else "Write 0.1.0."


def _name_hint(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", text.casefold())
    return f"Write {'-'.join(words)}." if words else "Write words of a-z and 0-9 joined by hyphens."


def _orcid_hint(text: str) -> str:
    digits = re.sub(r"[^0-9X]", "", text.upper().rpartition("/")[2])
    parts = re.fullmatch(r"(\d{4})(\d{4})(\d{4})(\d{3}[\dX])", digits)
    return f"Write {'-'.join(parts.groups())}." if parts else "Write 16 digits in groups of four, joined by hyphens."


def _id_hint(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", text.casefold())
    if len(words) > 1 and len(words[0]) == 3 and text.isascii():  # noqa: PLR2004 - a prefix
        return f"Write {'-'.join(words)}."
    return "Name the record by its id, which is the name of its file without .yaml."


_LANGUAGES = {
    "arabic": "ar", "العربية": "ar", "ara": "ar", "english": "en", "eng": "en", "french": "fr", "turkish": "tr",
    "persian": "fa", "farsi": "fa", "urdu": "ur", "hebrew": "he", "german": "de", "norwegian": "nb",
}  # fmt: skip


def _language_hint(text: str) -> str:
    if known := _LANGUAGES.get(text.casefold()):
        return f"Write {known}."
    parts = re.split(r"[-_]", text)
    tag = "-".join([parts[0].lower(), *parts[1:]])
    return (
        f"Write {tag}." if re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", tag) else "Write a BCP 47 tag, such as en."
    )


_CURRENCIES = {"us$": "USD", "us dollar": "USD", "€": "EUR", "euro": "EUR", "£": "GBP"}


def _currency_hint(text: str) -> str:
    known = _CURRENCIES.get(text.casefold().removesuffix("s")) or (
        text.upper() if re.fullmatch("[A-Za-z]{3}", text) else ""
    )
    if text.startswith(("$", "dollar")):
        return "Write USD if US dollars are meant, with currency_stated: false."
    return f"Write {known}." if known else "Write the three capital letters of ISO 4217, such as USD."


def _line_hint(text: str) -> str:
    stripped = " ".join(text.split())
    if not stripped:
        return "Give a text, or leave the field out."
    if stripped[0] in "=+-@":
        return f"Begin it with another sign than {stripped[0]}."
    return "Take the white space at its ends away, and write it on one line." if stripped != text else ""


def nearest_or_all(word: str, known: list[str]) -> str:
    """Suggest the nearest of some words, or all of them."""
    return did_you_mean(word, known) or (f"Use one of: {', '.join(known)}." if known else "")
