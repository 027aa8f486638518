"""Numbers in words and digits: `340 مليون`, `three thousand`, `ألفين`, `ثلاثة آلاف و500`, `2,5 milyar`.

Digits of any script are read with either mark for thousands and decimals; words in Arabic, English and Turkish, with
French where its words are single. Ordinals, fractions other than halves and quarters and vague words (`dozens`,
`مئات`) are no numbers.
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
_GROUPED = re.compile(r"\d{1,3}(?:[,' \u2019\u066c]\d{3})+(?:[.\u066b]\d+)?\Z")
_GROUPED_ABROAD = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+\Z")
_MARKS = str.maketrans({",": None, " ": None, "'": None, "\u2019": None, "\u066c": None, "\u066b": "."})
_TEN, _HUNDRED, _THOUSAND = Decimal(10), Decimal(100), Decimal(1000)
_FRENCH_TENS = {Decimal(60), Decimal(80)}
"""On which a number of ten to nineteen may go on: soixante-dix, quatre-vingt-dix."""
_SHORT = {"k": _THOUSAND, "m": _THOUSAND**2, "b": _THOUSAND**3}


class _Words(NamedTuple):
    """What words mean: numbers, scales, scales that are two of it, parts; and what joins them, or ends a range.

    `joined` matches a word of several that are written together, `joined_part` each of them.
    """

    numbers: dict[str, Decimal]
    scales: dict[str, Decimal]
    duals: dict[str, Decimal]
    fractions: dict[str, Decimal]
    joints: frozenset[str]
    ranges: frozenset[str]
    joined: re.Pattern[str]
    joined_part: re.Pattern[str]


class _Addend(NamedTuple):
    """What a word adds to a number: its kind, the number that it has, and whether it is joined to the word before."""

    kind: str
    number: Decimal
    joins: bool = False


@cache
def _words() -> _Words:
    table = json.loads((files("defcoop.validation.wording") / "data" / "numbers.json").read_text(encoding="utf-8"))
    by_word = {
        name: {word: Decimal(number) for number, forms in table[name].items() for word in fold(forms).split()}
        for name in ("numbers", "scales", "duals", "fractions")
    }
    part = "|".join(sorted(fold(table["joined"]).split(), key=len, reverse=True))
    return _Words(
        **by_word,
        joints=frozenset(fold(table["joints"]).split()),
        ranges=frozenset(fold(table["ranges"]).split()),
        joined=re.compile(f"(?:{part}){{2,}}"),
        joined_part=re.compile(part),
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
    numbers = _read(words, dot_groups=False)
    if "." in text and any(_GROUPED_BY_DOT.match(word) for word in words):
        numbers |= _read(words, dot_groups=True)
    return frozenset(numbers)


class _Phrase:
    """A number as it is put together, word by word."""

    def __init__(self) -> None:
        self.said: set[Decimal] = set()
        self.before: Decimal | None = None
        """A number after which only a word of ranges has come: the scale of the next one may be its own."""
        self._forget()

    def _forget(self) -> None:
        self.total = Decimal(0)
        self.scale: Decimal | None = None
        self.current: Decimal | None = None
        self.in_digits = False
        self.joined = False

    def end(self) -> None:
        """Note the number, if there is one."""
        self.before = self.current if self.scale is None else None
        if self.scale is not None or self.current is not None:
            self.said.add(self.total + (self.current or 0))
            self._forget()

    @property
    def is_fraction(self) -> bool:
        """Whether a half or a quarter stands there, of which what follows is told."""
        return self.current is not None and not self.in_digits and self.current < 1

    def add(self, number: Decimal, *, in_digits: bool) -> None:
        """Add a number below the scales: to what there is if it goes on with it, else as the next one."""
        if self.current is not None and not self._goes_on(number, in_digits=in_digits):
            self.end()
        elif self.scale is not None and self.current is None:
            if number >= self.scale:
                self.end()
            elif in_digits and not self.joined and number >= _THOUSAND:
                self.said.add(self.total)  # what follows may be a year
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
        if current % _HUNDRED in _FRENCH_TENS and _TEN <= number < _TEN + _TEN:
            return True
        return current % _TEN == 0 and number < _TEN

    def multiply(self, scale: Decimal, times: Decimal | None = None, *, most: Decimal = _TEN) -> None:
        """Multiply what stands before a word of scale; alone it is one of it.

        Args:
            scale: what the word means.
            times: how many of it the word means itself.
            most: what may stand before a hundred is less than this.
        """
        if scale == _HUNDRED:
            if self.current is not None and (self.in_digits or not 0 < self.current < most):
                self.end()
            self.current, self.in_digits = (times or self.current or 1) * scale, False
            return
        if times is not None and self.current is not None:
            self.end()
        if self.scale is not None and scale >= self.scale:
            self.end()
        if self.before is not None and self.current is not None and self.before < self.current:
            self.said.add(self.before * scale)  # three to five million
        self.total += (times or self.current or 1) * scale
        self.scale, self.current, self.joined = scale, None, False

    def go_on(self, part: _Addend) -> None:
        """Take what a word adds."""
        self.joined = self.joined or part.joins
        match part.kind:
            case "numbers" | "digits":
                self.add(part.number, in_digits=part.kind == "digits")
            case "two":
                self.end()
                self.said.add(part.number)
            case "duals":
                self.multiply(part.number, Decimal(2))
            case "fractions":
                self.take(part.number)
            case "hundred":
                self.multiply(part.number, most=_HUNDRED)
            case _:
                if part.kind == "either" and self.current is None:
                    self.said.add(self.total + 2 * part.number)
                self.multiply(part.number)

    def go_beyond(self, word: str) -> None:
        """Take a word that has no part in a number: it joins two, or the number ends there."""
        if word in _words().joints or (word == "of" and self.is_fraction):
            self.joined = True
        elif self.current is not None or self.scale is not None:
            self.end()
        else:
            self.joined = False
        if word not in _words().ranges:
            self.before = None

    def take(self, fraction: Decimal) -> None:
        """Add a half or a quarter: of the scale before it, or of the one to come."""
        if self.scale is not None and self.current is None:
            self.total += self.scale * fraction
        else:
            self.current = (self.current or 0) + fraction


def _read(words: tuple[str, ...], *, dot_groups: bool) -> set[Decimal]:
    phrase = _Phrase()
    for word in words:
        parts = _meaning(word, dot_groups=dot_groups)
        if parts is None:
            phrase.go_beyond(word)
            continue
        for part in parts:
            phrase.go_on(part)
    phrase.end()
    return phrase.said


def numbers_before(words: tuple[str, ...], place: int) -> set[Decimal]:
    """Give the number that stands before a word, or before one more that describes it; two, if the word is a dual."""
    if _is_number(words[place]):
        return _read(words[place : place + 1], dot_groups=False)
    last = place if place and _is_number(words[place - 1]) else place - 1
    first = last
    while first > 0 and (_is_number(words[first - 1]) or words[first - 1] in _words().joints):
        first -= 1
    return _read(words[first:last], dot_groups=False) if first < last else set()


def number_after(words: tuple[str, ...], place: int) -> set[Decimal]:
    """Give the number that stands after a sign."""
    last = place + 1
    while last < len(words) and _is_number(words[last]):
        last += 1
    return _read(words[place + 1 : last], dot_groups=False)


def _is_number(word: str) -> bool:
    return _meaning(word, dot_groups=False) is not None


@lru_cache(maxsize=1 << 15)
def _meaning(word: str, *, dot_groups: bool) -> tuple[_Addend, ...] | None:
    """Give what a word adds to a number; None if it has no part in one."""
    if _DIGITS.match(word):
        digits = word.rstrip("kmbn")
        short = () if digits == word else (_Addend("scales", _SHORT[word[len(digits)]]),)
        return (_Addend("digits", _of_digits(digits, dot_groups=dot_groups)), *short)
    for form in bare(word):
        part = _part(form, joins=form != word and word.startswith("و"))
        if part:
            return (part,)
        if _words().joined.fullmatch(form):
            return tuple(part for each in _words().joined_part.findall(form) if (part := _part(each)))
    if len(word) > 4 and word.endswith(("تان", "تين")):  # noqa: PLR2004 - a dual has a stem
        return (_Addend("two", Decimal(2)),)
    return None


def _part(form: str, *, joins: bool = False) -> _Addend | None:
    table = _words()
    if form == "hundred":
        return _Addend(form, _HUNDRED)
    if form in table.scales and form in table.duals:
        return _Addend("either", table.scales[form], joins)
    kinds = {"numbers": table.numbers, "duals": table.duals, "scales": table.scales, "fractions": table.fractions}
    return next((_Addend(kind, words[form], joins) for kind, words in kinds.items() if form in words), None)


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
