"""Units: the numbers that words count persons, things, time or money by."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from defcoop.validation.wording.currencies import currency_nouns
from defcoop.validation.wording.numbers import number_after, numbers_before
from defcoop.validation.wording.words import INITIALS, bare, tokens
from defcoop.values import fold

if TYPE_CHECKING:
    from decimal import Decimal


def numbers_of(text: str, units: tuple[str, ...] = ()) -> set[Decimal]:
    """Give the numbers that a text tells of some units, or of any.

    >>> numbers_of("أرسلت 40 جنديا لمدة عامين", ("persons",)), numbers_of("two Turkish soldiers", ("vessels",))
    ({Decimal('40')}, set())
    """
    return _counted(text, _nouns(units))


def amounts_of_money(text: str) -> set[Decimal]:
    """Give the numbers that a text tells of a currency, whichever it is.

    >>> amounts_of_money("more than $2 billion in 2017")
    {Decimal('2000000000')}
    """
    return _counted(text, currency_nouns())


@cache
def _units() -> dict[str, frozenset[str]]:
    table = json.loads((files("defcoop.validation.wording") / "data" / "units.json").read_text(encoding="utf-8"))
    return {unit: frozenset(fold(words).split()) for unit, words in table.items()}


@cache
def _nouns(units: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(_units().get(unit, frozenset()) for unit in units or _units()))


def _counted(text: str, counted: frozenset[str]) -> set[Decimal]:
    words = tokens(text)
    numbers: set[Decimal] = set()
    for place, word in enumerate(words):
        if word in counted or (word[0] in INITIALS and not counted.isdisjoint(bare(word))):
            numbers |= numbers_before(words, place)
            if not word.isalpha():  # a sign stands before its number too
                numbers |= number_after(words, place)
    return numbers
