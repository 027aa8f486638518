"""Currencies in words: the code, the sign, or the noun, with the state whose it is where other states have it too."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from defcoop.validation.wording.words import bare, tokens
from defcoop.values import fold


class _Currency(NamedTuple):
    """The nouns and signs of a currency, the words that say whose it is, and whether the noun will do alone."""

    nouns: frozenset[str]
    whose: tuple[str, ...]
    alone: bool


@cache
def _currencies() -> dict[str, _Currency]:
    table = json.loads((files("defcoop.validation.wording") / "data" / "currencies.json").read_text(encoding="utf-8"))
    return {
        code: _Currency(
            frozenset(fold(" ".join([row.get("signs", ""), *map(table["nouns"].get, row["noun"].split())])).split()),
            tuple(fold(row.get("whose", "")).split()),
            bool(row.get("alone")),
        )
        for code, row in table["currencies"].items()
    }


@cache
def currency_nouns() -> frozenset[str]:
    """Give the nouns and signs of all currencies."""
    return frozenset().union(*(currency.nouns for currency in _currencies().values()))


def is_currency_known(code: str) -> bool:
    """Tell whether the words for a currency are known, so that it can be looked for."""
    return code in _currencies()


def says_currency(text: str, code: str) -> bool:
    """Tell whether a text names a currency; a dollar or a pound of which no state is told is the best known one.

    >>> says_currency("340 مليون دولار", "USD"), says_currency("340 مليون دولار", "CAD")
    (True, False)
    """
    words = [bare(word) for word in tokens(text)]
    if any(code.lower() in forms for forms in words):
        return True
    currency = _currencies()[code]
    places = [place for place, forms in enumerate(words) if not currency.nouns.isdisjoint(forms)]
    if currency.alone:
        return any(not _is_of(_rivals(code), words[max(place - 1, 0) : place + 2]) for place in places)
    return bool(places) and _is_of(currency.whose, words)


@cache
def _rivals(code: str) -> tuple[str, ...]:
    """Give the words that say of a noun of a currency that it is another one's: Canadian dollars."""
    nouns = _currencies()[code].nouns
    others = (other for name, other in _currencies().items() if name != code and not nouns.isdisjoint(other.nouns))
    return tuple(word for other in others for word in other.whose)


def _is_of(whose: tuple[str, ...], words: list[tuple[str, ...]]) -> bool:
    return any(form.startswith(whose) for forms in words for form in forms)


def says_another_currency(text: str, code: str) -> bool:
    """Tell whether a text names currencies, but none by the noun or the sign of this one.

    >>> says_another_currency("340 مليون دولار", "EUR"), says_another_currency("340 مليون دولار", "CAD")
    (True, False)
    """
    words = {form for word in tokens(text) for form in bare(word)}
    named = {
        other for other, currency in _currencies().items() if not words.isdisjoint({*currency.nouns, other.lower()})
    }
    return bool(named) and code not in named
