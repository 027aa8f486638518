"""Readability: the quote of an explicit value says it, and what is coded as not reported does not stand there.

Numbers, dates, currencies and denials are judged by the quote alone, which is at hand even where the text is not.
Actors are judged between files, since their names stand in other records. Terms, titles and codes are not judged.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from defcoop.models.evidence import Basis, Stance
from defcoop.models.field_layout import Shape, is_empty
from defcoop.models.leaves import coded_fields, field_of, leaves, text_of, without_items
from defcoop.validation.issues import Issue
from defcoop.validation.record_checks.evidence import citations
from defcoop.validation.wording import (
    is_currency_known,
    is_date_judged,
    says_another_currency,
    says_currency,
    says_date,
    says_no,
    says_number,
)
from defcoop.values import Edtf, Money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from defcoop.models import Citation, Record
    from defcoop.validation.issues import Sources
    from defcoop.values import Frozen

    Judge = Callable[[str, str], bool]

# Asking an Enum for a member takes longer than comparing it.
_EXPLICIT, _DENIED = Basis.EXPLICIT, Stance.DENIED


def values_are_readable(record: Record, sources: Sources) -> Iterator[Issue]:
    """The quote of every explicit number, date and currency says it; it stands at the value."""
    judges, values = judges_of(type(record)), vars(record)
    filled = [name for name, attribute in _judged(type(record)) if not is_empty(values[attribute])]
    if not filled:
        return
    judged = [leaf for leaf in leaves(record, filled) if without_items(leaf.path) in judges]
    for number, entry in enumerate(record.evidence):
        supports = frozenset(entry.supports)
        supported = [leaf for leaf in judged if not supports.isdisjoint(leaf.steps)]
        for leaf in supported if supported and _is_sound(entry, sources) else ():
            # A date is a text already, and to read it anew takes long.
            value = leaf.value if isinstance(leaf.value, Edtf) else text_of(leaf.value)
            judge = judges[without_items(leaf.path)]
            is_said = judge(entry.quote, value) if entry.basis is _EXPLICIT else _may_follow(judge, entry.quote, value)
            if not is_said:
                yield Issue("DC413", leaf.pointer, f"{value} is not said by evidence[{number}].quote")


@cache
def _judged(model: type[Record]) -> tuple[tuple[str, str], ...]:
    """Give the names and the attributes of the fields that hold what is judged."""
    fields = {field_of(path) for path in judges_of(model)}
    return tuple((field.name, field.attribute) for field in coded_fields(model) if field.name in fields)


def other_values_are_readable(record: Record, sources: Sources) -> Iterator[Issue]:
    """The quote of every explicit number, date and currency that is set beside the record's own says it."""
    judges = judges_of(type(record))
    for pointer, other in record.set_beside:
        judge = judges.get(without_items(other.field))
        if judge is None or other.value is None:
            continue
        for number, entry in enumerate(other.evidence):
            is_judged = entry.basis is _EXPLICIT and _is_sound(entry, sources)
            if is_judged and not judge(entry.quote, other.value):
                message = f"{other.value} is not said by evidence[{number}].quote"
                yield Issue("DC413", (*pointer, "value"), message)


def denials_say_no(record: Record, _: Sources) -> Iterator[Issue]:
    """The quote of what is denied has a word that says no."""
    for pointer, entry in citations(record):
        if entry.stance is _DENIED and not says_no(entry.quote):
            hint = "Lengthen the quote to the word that denies it, or give the stance that the words have."
            yield Issue("DC413", (*pointer, "stance"), "is denied, but the quote has no word that denies", hint)


def _is_sound(entry: Citation, sources: Sources) -> bool:
    """Tell whether the quote stands in its passage, as far as is known; else that is the mistake."""
    text = sources.texts.get(entry.seed)
    return text is None or entry.quote in text[slice(*entry.passage)]


@cache
def judges_of(model: type[Frozen]) -> Mapping[str, Judge]:
    """Give for each path, without the names of items, of a number, date or currency how to look for it in words."""
    judges: dict[str, Judge] = {}
    for field in coded_fields(model):
        if field.shape in {Shape.PART, Shape.PARTS}:
            part: type[Frozen] = field.type
            judges |= {f"{field.name}.{path}": judge for path, judge in judges_of(part).items()}
        elif field.type is Edtf:
            judges[field.name] = _date
        elif field.type is Decimal:
            judges[field.name] = _number
        elif model is Money and field.type is str:
            judges[field.name] = _currency
    return judges


def _date(quote: str, value: str) -> bool:
    try:
        day = value if isinstance(value, Edtf) else Edtf(value)
    except ValueError:
        return True  # that it is none is told elsewhere
    return not is_date_judged(day) or says_date(quote, day)


def _number(quote: str, value: str) -> bool:
    try:
        return says_number(quote, Decimal(value))
    except ArithmeticError:
        return True  # as above


def _may_follow(judge: Judge, quote: str, value: str) -> bool:
    """Tell whether a value may be inferred: whose dollar it is may be, but not euros from dollars."""
    return judge is not _currency or not says_another_currency(quote, value)


def _currency(quote: str, value: str) -> bool:
    return not is_currency_known(value) or says_currency(quote, value)
