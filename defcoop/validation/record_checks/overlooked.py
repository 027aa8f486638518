"""Overlooked values: what the passages of a record say and `absent` calls not reported, and quotes that carry too much.

Candidates are numbers with a word for what the field counts, amounts with a currency, lengths with a unit of time, and
years. What any value of the record holds already is none.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from defcoop.models.evidence import Basis
from defcoop.models.field_layout import Shape, layout
from defcoop.models.leaves import field_of, leaves, text_of
from defcoop.models.parts import Duration, TimeUnit
from defcoop.models.record import AbsenceReason
from defcoop.validation.issues import Issue
from defcoop.validation.wording import amounts_of_money, numbers_of, years_in
from defcoop.values import Amount, Edtf, Money, plain
from defcoop.values.meaning import Role, Time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from defcoop.models import Citation, Record
    from defcoop.models.field_layout import FieldLayout
    from defcoop.validation.issues import Sources
    from defcoop.values import Frozen

    Finder = Callable[[str], set[Decimal]]

_EXPLICIT, _NOT_REPORTED = Basis.EXPLICIT, AbsenceReason.NOT_REPORTED
_MOST = 3
"""More questions than this are not answered by one quote."""

_YEAR = re.compile(r"\d{4}")


def absent_values_are_absent(record: Record, sources: Sources) -> Iterator[Issue]:
    """No passage of a record holds a candidate for what is not reported."""
    finders = _finders(type(record)) if record.absent else {}
    seen: set[Finder] = set()
    for name, reason in record.absent.items():
        finder = finders.get(name)
        if finder is None or finder in seen or reason is not _NOT_REPORTED:
            continue
        for number, entry in enumerate(record.evidence):
            candidates = finder(_said(entry, sources))
            if candidates and (candidates := candidates - _held(record)):
                seen.add(finder)  # one date is one mistake, however many dates are not reported
                told = " or ".join(map(plain, sorted(candidates)))
                yield Issue("DC415", ("absent", name), f"is not reported, but evidence[{number}] says {told}")
                break


def quotes_carry_few_values(record: Record, _: Sources) -> Iterator[Issue]:
    """No quote answers by itself who, what, where, when, how many and with which other record."""
    if max(len(entry.supports) for entry in record.evidence) <= _MOST and len(
        {entry.quote for entry in record.evidence}
    ) == len(record.evidence):
        return
    questions = _questions(type(record))
    carried: dict[tuple[str, str], set[str]] = {}
    for number, entry in enumerate(record.evidence):
        if entry.basis is not _EXPLICIT:
            continue
        asked = carried.setdefault((entry.seed, entry.quote), set())
        few = len(asked) <= _MOST
        asked.update([questions[field] for path in entry.supports if (field := field_of(path)) in questions])
        if few and len(asked) > _MOST:
            yield Issue("DC416", ("evidence", number, "quote"), f"carries {', '.join(sorted(asked))}")


@cache
def _finders(model: type[Record]) -> Mapping[str, Finder]:
    """Give for each field of a number, an amount, a duration or a date how to find candidates in words."""
    return {field.name: finder for field in layout(model) if (finder := _finder(field))}


def _finder(field: FieldLayout) -> Finder | None:
    if field.type is Edtf and field.time is not None:
        return _years
    if field.shape is not Shape.PART:
        return None
    if issubclass(field.type, Money):
        return amounts_of_money
    if issubclass(field.type, Duration):
        return _counter(TimeUnit)
    return _counter(field.units) if issubclass(field.type, Amount) else None


def _counter(units: Iterable[str]) -> Finder:
    names = tuple(map(str, units))  # an Enum takes longer to look up
    return lambda text: numbers_of(text, names)


def _years(text: str) -> set[Decimal]:
    years = years_in(text)
    return {Decimal(year) for year in years} - numbers_of(text) if years else set()


def _held(record: Record) -> set[Decimal]:
    """Give the numbers and the years that a record holds, beside its own values too."""
    values = [text_of(leaf.value) for leaf in leaves(record)] + [other.text for _, other in record.set_beside]
    held: set[Decimal] = set()
    for value in values:
        years = [int(year) for year in _YEAR.findall(value)]
        held.update(map(Decimal, range(min(years), max(years) + 1)) if years else ())
        if value.replace(".", "", 1).isdecimal():
            held.add(Decimal(value))
    return held


def _said(entry: Citation, sources: Sources) -> str:
    """Give the words of a passage, or of its quote where the text is not at hand or has other words there."""
    text = sources.texts.get(entry.seed, "")
    passage = text[slice(*entry.passage)]
    return passage if entry.quote in passage else entry.quote


@cache
def _questions(model: type[Record]) -> Mapping[str, str]:
    """Give the question that each field answers; each date, number and link is one of its own."""
    return {field.name: _question(field) for field in layout(model) if field.coded or field.shape is Shape.PARTS}


def _question(field: FieldLayout) -> str:
    part: type[Frozen] = field.type
    inner = [field, *(layout(part) if field.shape in {Shape.PART, Shape.PARTS} else ())]
    roles = [each.role for each in inner if isinstance(each.role, Role)]
    if Role.GROUND in roles:
        return "where"
    if roles:
        return "who"
    has_time = any(isinstance(each.time, Time) for each in inner)
    if has_time or issubclass(field.type, Amount) or any(each.reference for each in inner):
        return field.name
    return "what"
