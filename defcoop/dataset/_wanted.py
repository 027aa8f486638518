"""What is wanted: values as a caller writes them, brought into the form in which records hold them, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from defcoop.dataset._matching import is_allowed, route, texts_at
from defcoop.errors import InputError, UnknownIdError
from defcoop.models.field_layout import Shape, layout
from defcoop.models.own_terms import NO_TERMS
from defcoop.models.record_type import ANY, SEED
from defcoop.models.registry import BY_NAME
from defcoop.package.naming import several
from defcoop.validation.issues import did_you_mean
from defcoop.values import CURRENCIES, Edtf, Frozen, Term

if TYPE_CHECKING:
    from defcoop.dataset._lookup import Lookup
    from defcoop.models.field_layout import FieldLayout
    from defcoop.models.own_terms import OwnTerms

    Steps = tuple[FieldLayout, ...]

_PARTS = (Shape.PART, Shape.PARTS)


def wanted_values(
    model: type[Frozen], steps: Steps, wanted: object, lookup: Lookup | None
) -> tuple[Steps, tuple[object, ...]]:
    """Give the way to a value, and the values there of which one is wanted, as records hold them.

    A part that is known by one of its fields is asked for by that field: `participants` by `participants__actor`.

    Args:
        model: that of the records.
        steps: the fields that lead to the value.
        wanted: a value or several of them; None stands for no value.
        lookup: the records that ids, codes and names may mean; without it ids are taken as they are.

    Raises:
        InputError: if a value is none that the field could have.
        UnknownIdError: if there is no such record.
    """
    last = steps[-1]
    path = "__".join(step.name for step in steps)
    values = (wanted,) if last.shape is Shape.SPAN or isinstance(wanted, Frozen | Mapping) else several(wanted)
    if last.shape in _PARTS and any(not isinstance(value, Frozen | None) for value in values):
        part: type[Frozen] = last.type
        inner = {field.name: field for field in layout(part)}
        if len(part.KEY) != 1:
            msg = f"{path} has parts of its own: ask for {', '.join(f'{path}__{name}' for name in inner)}"
            raise InputError(msg)
        return wanted_values(model, (*steps, inner[part.KEY[0]]), wanted, lookup)
    if last.shape is Shape.MAPPING:
        return steps, tuple(value if value is None else _field(model, value) for value in values)
    given = [value if value is None else _value(last, path, value, lookup) for value in values]
    if last.reference is None and last.shape is not Shape.SPAN and last.type is str and last.name != "id" and lookup:
        given = [_text(model, steps, path, value, lookup) if isinstance(value, str) else value for value in given]
    return steps, tuple(given)


def _text(model: type[Frozen], steps: Steps, path: str, value: str, lookup: Lookup) -> str:
    """Give the text that is meant: as some record has it, capitals aside, or else one that the field could have.

    Raises:
        InputError: if the field could never have it, or no record has it and some have one that is near.
    """
    things = (*lookup.records.values(), *lookup.cards.values())
    held = {text for thing in things if isinstance(thing, model) for text in texts_at(thing, steps)}
    if value in held:
        return value
    if alike := [text for text in held if text.casefold() == value.casefold()]:
        return alike[0]
    owner: type[Frozen] = steps[-2].type if len(steps) > 1 else model
    if not is_allowed(owner, steps[-1], value):
        hint = did_you_mean(value, held) or did_you_mean(value.upper(), CURRENCIES)
        msg = f"{path} is never {value!r}. {hint}".rstrip()
        raise InputError(msg)
    if hint := did_you_mean(value, held):
        msg = f"no record has {path} {value!r}. {hint}"
        raise InputError(msg)
    return value


def day_or_date(path: str, value: object) -> str:
    """Write a day, a year or a text as an EDTF date.

    Raises:
        InputError: if it is none.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        value = f"{value:04d}"
    if not isinstance(value, str):
        msg = f"{path}={value!r} is no date: write a year, an EDTF text such as '2017-06', or a datetime.date"
        raise InputError(msg)
    try:
        return Edtf(value)
    except ValueError as error:
        msg = f"{path}={value!r} is no date: {error}"
        raise InputError(msg) from None


def term_of(vocabulary: type[Term], path: str, value: object, own: OwnTerms = NO_TERMS) -> str:
    """Give the term that is meant, of the library's or of the dataset's: capitals, spaces and hyphens do not matter.

    Raises:
        InputError: if there is none in the vocabulary; the message has the nearest, or all.
    """
    terms = {term.value: term for term in own.all_of(vocabulary)}
    plain = value.value if isinstance(value, Term) else str(value)
    for spelling in (plain, "_".join(plain.replace("-", " ").split()).casefold()):
        if spelling in terms:
            return terms[spelling]
    hint = did_you_mean(plain, terms) or f"Use one of: {', '.join(terms)}."
    msg = f"{path} {plain!r} is not in the vocabulary. {hint}"
    raise InputError(msg)


def _value(field: FieldLayout, path: str, value: Any, lookup: Lookup | None) -> object:  # noqa: ANN401 - whatever is asked
    if field.reference is not None:
        return _id(field.reference, path, value, lookup)
    kind = field.type
    if field.shape is Shape.SPAN:
        return tuple(value)
    if issubclass(kind, Term):
        return term_of(kind, path, value, lookup.own_terms if lookup else NO_TERMS)
    if issubclass(kind, Edtf):
        return day_or_date(path, value)
    if kind is bool or issubclass(kind, str) or isinstance(value, Frozen):
        if not isinstance(value, kind):
            msg = f"{path}={value!r} is no {'text' if issubclass(kind, str) else kind.__name__}"
            raise InputError(msg)
        return value
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite():
        msg = f"{path}={value!r} is no number"
        raise InputError(msg)
    return number


def _id(kind: str, path: str, value: Any, lookup: Lookup | None) -> str:  # noqa: ANN401 - as above
    if isinstance(value, Frozen):
        value = getattr(value, "id", value)
    if lookup is None:
        return str(value)
    if kind == SEED:
        if value in lookup.cards:
            return str(value)
        msg = f"{path} is never {value!r}: there is no such seed. {did_you_mean(str(value), lookup.cards)}".rstrip()
        raise UnknownIdError(msg)
    if kind == ANY:
        return lookup.sure(value, "record")
    if value in lookup.records and not isinstance(lookup.records[value], BY_NAME[kind].model):
        msg = f"{path} is the id of a record of the type {kind}, which {value} is not"
        raise InputError(msg)
    return lookup.sure(value, kind, kind)


def _field(model: type[Frozen], name: object) -> str:
    """Give the path of a field that may be absent, as records write it."""
    return ".".join(step.name for step in route(model, str(name).replace(".", "__")))
