"""Codes: the codes of states are those of the table, and sets have the sides that they claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.checks._fault import Fault
from defcoop.models import Actor, Agreement
from defcoop.models.actor import ActorKind, CodeScheme
from defcoop.models.agreement import Laterality
from defcoop.values.states import state_codes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.checks._fault import Context
    from defcoop.models import Record

_SIDES = {Laterality.UNILATERAL: (1, 1), Laterality.BILATERAL: (2, 2), Laterality.MULTILATERAL: (3, 1000)}


def codes_are_the_tables(record: Record, _: Context) -> Iterator[Fault]:
    """A state has exactly the codes of the table; nobody else has a state's code."""
    if not isinstance(record, Actor):
        return
    if record.kind is not ActorKind.STATE:
        for number, code in enumerate(record.codes):
            if code.scheme is not CodeScheme.WIKIDATA:
                yield Fault("DC603", ("codes", number, "scheme"), f"{code.scheme} is for states, not for a {record.kind}")
        return
    known = state_codes().get(record.id, frozenset())
    for number, code in enumerate(record.codes):
        if (code.scheme.value, code.code, str(code.valid)) not in known:
            yield Fault("DC603", ("codes", number), f"{code.scheme} {code.code} {code.valid} is not in the table for {record.id}")
    told = {(code.scheme.value, code.code) for code in record.codes}
    for scheme, code, valid in sorted(known):
        if (scheme, code) not in told:
            yield Fault("DC603", ("codes",), f"{scheme} {code} {valid} is missing")
    if not known:
        yield Fault("DC603", ("id",), f"{record.id} is not in the table of states")


def sides_are_counted(record: Record, _: Context) -> Iterator[Fault]:
    """A bilateral agreement has two parties, a multilateral one three or more, a unilateral one a single one."""
    if isinstance(record, Agreement):
        least, most = _SIDES[record.laterality]
        if not least <= len(record.parties) <= most:
            yield Fault("DC604", ("laterality",), f"is {record.laterality} with {len(record.parties)} parties")
