"""Codes: those of states are the table's, currencies were in use then, and sets have the sides that they claim."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from defcoop.models import Actor, Agreement
from defcoop.models.actor import ActorKind, CodeScheme
from defcoop.models.meaning import number_field, time_of
from defcoop.reference.states import is_state, state_codes
from defcoop.validation.issues import Issue
from defcoop.values import Money, Time
from defcoop.values.currency import currency_spans
from defcoop.values.readings import YEARS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.models import Record
    from defcoop.validation.issues import Sources

_FIRST_DAY = date(YEARS[0], 1, 1)
"""The first day that a date may have; some currencies are older."""


def codes_are_the_tables(record: Record, _: Sources) -> Iterator[Issue]:
    """A state has exactly the codes of the table, but for those that follow from others; nobody else has a state's.

    A tombstone keeps what it had.
    """
    if isinstance(record, Actor) and record.withdrawn is None:
        yield from _state(record) if record.kind.known is ActorKind.STATE else _no_state(record)


def _state(actor: Actor) -> Iterator[Issue]:
    known = state_codes()[actor.id] if is_state(actor.id) else None
    if known is None:
        hint = "Write the kind that it is, such as igo; a state has the id of the table, such as act-qat."
        yield Issue("DC603", ("id",), f"{actor.id} is not in the table of states", hint)
        return
    given = {(code.scheme.value, code.code, str(code.valid)) for code in actor.codes}
    for number, code in enumerate(actor.codes):
        if (code.scheme.value, code.code, str(code.valid)) not in known:
            message = f"{code.scheme} {code.code} {code.valid} is not in the table for {actor.id}"
            right = [_as_yaml(known_code) for known_code in sorted(known) if known_code[0] == code.scheme.value]
            hint = f"Write {' and '.join(right)}." if right else "Take it out."
            yield Issue("DC603", ("codes", number), message, hint)
    # A wrong code is one mistake: the right one of its scheme is not reported missing too.
    wrong = {scheme for scheme, _, _ in given - known}
    left_out = wrong | {scheme.value for scheme in CodeScheme if scheme.is_derived}
    missing = [code for code in sorted(known - given) if code[0] not in left_out]
    if missing:
        message = f"{', '.join(map(' '.join, missing))} {'is' if len(missing) == 1 else 'are'} missing"
        yield Issue("DC603", ("codes",), message, f"Add to codes: {', '.join(map(_as_yaml, missing))}.")


def _as_yaml(code: tuple[str, str, str]) -> str:
    scheme, text, valid = code
    return f'{{scheme: {scheme}, code: "{text}", valid: "{valid}"}}'


def _no_state(actor: Actor) -> Iterator[Issue]:
    numbers = [number for number, code in enumerate(actor.codes) if code.scheme is not CodeScheme.WIKIDATA]
    if numbers:
        message = f"holds a state's code, but the actor is of kind {actor.kind}"
        hint = "Take out the codes of other schemes than wikidata"
        hint += ", or write kind: state." if is_state(actor.id) else "."
        yield Issue("DC603", ("codes", numbers[0], "scheme"), message, hint)


def currencies_were_in_use(record: Record, _: Sources) -> Iterator[Issue]:
    """The currency of an amount was in use at some time that the amount may cover."""
    field, period = number_field(type(record)), time_of(record, Time.COVERS)
    money = getattr(record, field.attribute) if field else None
    if field and period and isinstance(money, Money):
        first, last = currency_spans()[money.currency]
        if (last and period.after(last)) or period.before(max(first, _FIRST_DAY)):
            span = f"from {first} to {last}" if last else f"since {first}"
            yield Issue("DC605", (field.name, "currency"), f"{money.currency} is in use {span}, not in {period}")


def sides_are_counted(record: Record, _: Sources) -> Iterator[Issue]:
    """A bilateral agreement has two parties, a multilateral one three or more, a unilateral one a single one."""
    if isinstance(record, Agreement):
        number = len(record.parties)
        # Of a party that stands twice nobody knows whom it stands for: it is told as that and nothing else.
        if number == len(set(record.parties)) and number not in record.laterality.parties:
            count = f"{number} {'party' if number == 1 else 'parties'}"
            fitting = [term.value for term in type(record.laterality) if number in term.parties]
            hint = f"Write laterality: {' or '.join(fitting)}; or name the parties that the text has."
            yield Issue("DC604", ("laterality",), f"is {record.laterality} with {count}", hint)
