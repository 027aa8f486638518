"""Numbers in words and digits: `340 مليون`, `three thousand`, `ألفين`, `ثلاثة آلاف و500`, `2,5 milyar`.

Digits of any script are read with either mark for thousands and decimals; words in Arabic, English and Turkish, with
words of scale in French too. Ordinals, fractions other than a half and vague words (`dozens`, `مئات`) are no numbers.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from defcoop.validation.wording.words import bare, tokens
from defcoop.values import fold

_DIGITS = re.compile(r"\d")
_GROUPED_BY_DOT = re.compile(r"\d{1,3}(?:\.\d{3})+\Z")
_GROUPED = re.compile(r"\d{1,3}(?:[,'\u2019\u066c]\d{3})+(?:[.\u066b]\d+)?\Z")
_GROUPED_ABROAD = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+\Z")
_MARKS = str.maketrans({",": None, "'": None, "\u2019": None, "\u066c": None, "\u066b": "."})
_HUNDRED, _TEN = Decimal(100), Decimal(10)
_HALF = Decimal("0.5")


class _Words(NamedTuple):
    """What words mean: numbers, scales, scales that are two of it, halves; and what joins them."""

    numbers: dict[str, Decimal]
    scales: dict[str, Decimal]
    duals: dict[str, Decimal]
    halves: frozenset[str]
    joints: frozenset[str]


@cache
def _words() -> _Words:
    table = json.loads((files("defcoop.validation.wording") / "data" / "numbers.json").read_text(encoding="utf-8"))
    by_word = {
        name: {word: Decimal(number) for number, forms in table[name].items() for word in fold(forms).split()}
        for name in ("numbers", "scales", "duals")
    }
    return _Words(
        **by_word, halves=frozenset(fold(table["halves"]).split()), joints=frozenset(fold(table["joints"]).split())
    )


def says_number(text: str, number: Decimal) -> bool:
    """Tell whether a text says a number.

    >>> says_number("نحو 340 مليون دولار", Decimal(340000000)), says_number("340 million", Decimal(340))
    (True, False)
    """
    return number in numbers_in(text)


@lru_cache(maxsize=4096)
def numbers_in(text: str) -> frozenset[Decimal]:
    """Give every number that a text may say, in any reading.

    >>> sorted(map(int, numbers_in("ثلاثة آلاف و500 جندي في 2017")))
    [2017, 3500]
    """
    words = tokens(text)
    found = _read(words, dot_groups=False)
    if any(_GROUPED_BY_DOT.match(word) for word in words):
        found |= _read(words, dot_groups=True)
    return frozenset(found)


class _Phrase:
    """A number as it is put together, word by word."""

    def __init__(self) -> None:
        self.found: set[Decimal] = set()
        self._forget()

    def _forget(self) -> None:
        self.total = Decimal(0)
        self.scale: Decimal | None = None
        self.current: Decimal | None = None
        self.in_digits = False
        self.joined = False

    def end(self) -> None:
        """Note the number, if there is one."""
        if self.scale is not None or self.current is not None:
            self.found.add(self.total + (self.current or 0))
        self._forget()

    def add(self, number: Decimal, *, in_digits: bool) -> None:
        """Add a number below the scales: to what there is if it goes on with it, else as the next one."""
        if self.current is not None and not self._goes_on(number, in_digits=in_digits):
            self.end()
        elif self.scale is not None and self.current is None:
            if number >= self.scale:
                self.end()
            elif in_digits and not self.joined:
                self.found.add(self.total)  # what follows may be another number
        self.current = number + (self.current or 0)
        self.in_digits, self.joined = in_digits, False

    def _goes_on(self, number: Decimal, *, in_digits: bool) -> bool:
        current = self.current or Decimal(0)
        if in_digits or self.in_digits:
            return False
        if current < _TEN:
            return number == _TEN or (self.joined and _TEN < number < _HUNDRED)  # teens; ones before tens
        if current % _HUNDRED == 0:
            return number < _HUNDRED
        if current % _HUNDRED < _TEN and current > _HUNDRED:
            return number == _TEN or (self.joined and _TEN < number < _HUNDRED)
        return current % _TEN == 0 and number < _TEN

    def multiply(self, scale: Decimal, times: Decimal | None = None) -> None:
        """Multiply what stands before a word of scale; alone it is one of it."""
        if scale == _HUNDRED:
            if self.current is not None and (self.in_digits or not 0 < self.current < _TEN):
                self.end()
            self.current, self.in_digits = (times or self.current or 1) * scale, False
            return
        if times is not None and self.current is not None:
            self.end()
        if self.scale is not None and scale >= self.scale:
            self.end()
        self.total += (times or self.current or 1) * scale
        self.scale, self.current, self.joined = scale, None, False

    def halve(self) -> None:
        """Add a half: of the scale before it, or of the one to come."""
        if self.scale is not None and self.current is None:
            self.total += self.scale * _HALF
        else:
            self.current = (self.current or 0) + _HALF


def _read(words: tuple[str, ...], *, dot_groups: bool) -> set[Decimal]:
    table, phrase = _words(), _Phrase()
    for word in words:
        if _DIGITS.match(word):
            phrase.add(_of_digits(word, dot_groups=dot_groups), in_digits=True)
            continue
        form = next((form for form in bare(word) if _is_of(form, table)), None)
        if form is None:
            joins = word in table.joints
            if not joins:
                phrase.end()
                if len(word) > 4 and word.endswith(("تان", "تين")):  # noqa: PLR2004 - a dual has a stem
                    phrase.found.add(Decimal(2))
            phrase.joined = phrase.joined or joins
            continue
        phrase.joined = phrase.joined or (form != word and word.startswith("و"))
        if form in table.numbers:
            phrase.add(table.numbers[form], in_digits=False)
        elif form in table.duals:
            phrase.multiply(table.duals[form], Decimal(2))
        elif form in table.scales:
            phrase.multiply(table.scales[form])
        else:
            phrase.halve()
    phrase.end()
    return phrase.found


def _is_of(form: str, table: _Words) -> bool:
    return form in table.numbers or form in table.scales or form in table.duals or form in table.halves


def _of_digits(word: str, *, dot_groups: bool) -> Decimal:
    if _GROUPED_ABROAD.match(word):
        return Decimal(word.replace(".", "").replace(",", "."))
    if _GROUPED.match(word) or word.count(",") > 1:
        return Decimal(_plain(word.translate(_MARKS)))
    if dot_groups and _GROUPED_BY_DOT.match(word):
        return Decimal(word.replace(".", ""))
    return Decimal(_plain(word.replace("\u066b", ".").replace(",", ".").translate(_MARKS)))


def _plain(word: str) -> str:
    """Keep one decimal mark: more of them stand in dates and versions, of which the first number counts."""
    first, *rest = word.split(".")
    return f"{first}.{rest[0]}" if len(rest) == 1 else first
