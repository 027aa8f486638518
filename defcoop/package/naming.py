"""Naming: the record that somebody means by an id, a code or a name."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from operator import index
from typing import TYPE_CHECKING, Any, SupportsIndex

from defcoop.errors import InputError
from defcoop.validation.issues import did_you_mean
from defcoop.values import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from defcoop.models import Record

    Names = str | int | Iterable[str | int]
    """Ids, codes or names: one, several, or a text of them with commas between."""


def record_named(records: Mapping[str, Record], wanted: str | int, what: str = "record") -> str:
    """Give the id of a record that is named by its id, by a code (`TUR`, `640`, `cow:640`) or by a name of its own.

    Records that stand go before withdrawn ones, codes before names; capitals do not matter, nor do vowel signs.

    Args:
        records: those that may be meant, by id.
        wanted: the id, code or name.
        what: what they are called in messages.

    Raises:
        InputError: if none is meant, or several may be; the message has those that are near.
    """
    text = str(wanted)
    if text in records:
        return text
    for holders in (_by_code(records.values(), text), _by_name(records.values(), text)):
        meant = {key: why for key, why in holders.items() if records[key].withdrawn is None} or holders
        if len(meant) == 1:
            return next(iter(meant))
        if meant:
            listed = ", ".join(f"{'/'.join(sorted(why))} of {key}" for key, why in sorted(meant.items()))
            code = any(why != {"name"} for why in meant.values())
            advice = f"name the system of codes too, such as cow:{text}" if code else "name its id"
            msg = f"{text} is {listed}; {advice}"
            raise InputError(msg)
    msg = f"no {what} has the id or code {text}, or that name. {nearest(text, records)}".rstrip()
    raise InputError(msg)


def nearest(wanted: str, records: Mapping[str, Record]) -> str:
    """Suggest the id that somebody may mean by a text that is none: by its code, its name, or its letters."""
    holders = _by_code(records.values(), wanted) or _by_name(records.values(), wanted)
    if holders:
        return f"Did you mean {' or '.join(sorted(holders))}?"
    if hint := did_you_mean(wanted, records):
        return hint
    return did_you_mean(wanted, {name.text for record in records.values() for name in record.names})


def several(wanted: Any) -> tuple[Any, ...]:  # noqa: ANN401 - whatever a caller wrote
    """Give what was asked for one by one: a text or number is one thing, a list or other collection several."""
    if isinstance(wanted, str | bytes) or not hasattr(wanted, "__iter__"):
        return (wanted,)
    return tuple(wanted)


def listed(wanted: Names) -> list[str | int]:
    """Give names one by one, those of a text where commas part them.

    >>> listed("TUR,QAT"), listed(640), listed(["act-tur", 694])
    (['TUR', 'QAT'], [640], ['act-tur', 694])
    """
    if isinstance(wanted, str):
        return [part.strip() for part in wanted.split(",")]
    return list(several(wanted))


def whole_number(what: str, wanted: object) -> int:
    """Give a whole number, also one that another library holds or that is written as a decimal.

    Raises:
        InputError: if it is none.

    >>> whole_number("year", 2017.0)
    2017
    """
    if isinstance(wanted, float) and wanted.is_integer():
        return int(wanted)
    if isinstance(wanted, bool) or not isinstance(wanted, SupportsIndex):
        msg = f"{what}={wanted!r} is no whole number"
        raise InputError(msg)
    return index(wanted)


def check_known(what: str, name: str, known: Collection[str]) -> None:
    """Refuse a name that is none of those known; the message has the nearest, or all.

    Raises:
        InputError: if it is none of them.
    """
    if name not in known:
        hint = did_you_mean(name, known) or f"There are {', '.join(known)}."
        msg = f"there is no {what} {name}. {hint}"
        raise InputError(msg)


def check_terms(what: str, wanted: Iterable[str], terms: Collection[str]) -> None:
    """Refuse what is not among some terms.

    Raises:
        InputError: if one of them is not; the message has the nearest, or all.
    """
    for term in wanted:
        if term not in terms:
            hint = did_you_mean(str(term), terms) or f"There are {', '.join(terms)}."
            msg = f"{term} is no {what}. {hint}"
            raise InputError(msg)


def _key(name: str) -> str:
    """Write a name without what spellings differ in: case, marks on letters, and what is no letter or figure."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", fold(name)) if letter.isalnum())


def _by_code(records: Iterable[Record], wanted: str) -> dict[str, set[str]]:
    scheme, colon, code = wanted.rpartition(":")
    holders: dict[str, set[str]] = defaultdict(set)
    for record in records:
        for held in getattr(record, "codes", ()):
            if held.code.casefold() == code.casefold() and (not colon or held.scheme == scheme.casefold()):
                holders[record.id].add(str(held.scheme))
    return holders


def _by_name(records: Iterable[Record], wanted: str) -> dict[str, set[str]]:
    text = _key(wanted)
    return {record.id: {"name"} for record in records if text in {_key(name.text) for name in record.names}}
