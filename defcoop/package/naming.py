"""Naming: what a caller wrote, as single values: ids, codes, names, numbers and terms."""

from __future__ import annotations

from operator import index
from typing import TYPE_CHECKING, Any, SupportsIndex

from defcoop.errors import InputError
from defcoop.validation.issues import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    Names = str | int | Iterable[str | int]
    """Ids, codes or names: one, several, or a text of them with commas between."""


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
