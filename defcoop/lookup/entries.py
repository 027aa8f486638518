"""Entries: what a record, or a state of the world, is looked up by: its names, and its codes while they hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.registry import type_of
from defcoop.reference.states import state_codes, state_names
from defcoop.values import Edtf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.models import Record

_FIRST_ISO_DAY = date(1974, 12, 15)
"""The day of the first edition of ISO 3166; codes of it are used of earlier years too."""


class HeldCode(NamedTuple):
    """A code with its scheme and the EDTF interval in which it holds."""

    scheme: str
    code: str
    valid: str

    def is_same_as(self, other: HeldCode) -> bool:
        """Tell whether it is the code of the same state as another: both hold still, or ended in the same year."""
        own, its = (Edtf(code.valid).latest for code in (self, other))
        return (self.scheme, self.code) == (other.scheme, other.code) and (own and own.year) == (its and its.year)

    @property
    def ended(self) -> bool:
        """Whether it holds no longer."""
        return Edtf(self.valid).latest is not None

    def holds(self, at: Period) -> bool:
        """Tell whether it may have held at some time of a period."""
        valid = Edtf(self.valid)
        first = valid.earliest if valid.earliest != _FIRST_ISO_DAY else None
        return (first or date.min) <= at.last and (valid.latest or date.max) >= at.first


class Entry(NamedTuple):
    """What a record is looked up by: its id, type, names and codes, and whether it was withdrawn or comes with us."""

    id: str
    type: str
    names: tuple[str, ...] = ()
    codes: tuple[HeldCode, ...] = ()
    withdrawn: bool = False
    is_reference: bool = False


class Period(NamedTuple):
    """A time asked for: its first and last day."""

    first: date
    last: date


def entries(records: Iterable[Record]) -> Iterator[Entry]:
    """Yield what each of some records is looked up by."""
    for record in records:
        names = tuple([name.text for name in record.names])
        codes = tuple(
            [HeldCode(code.scheme.value, code.code, str(code.valid)) for code in getattr(record, "codes", ())]
        )
        yield Entry(record.id, type_of(record).name, names, codes, record.withdrawn is not None)


def state_entries() -> Iterator[Entry]:
    """Yield what the states of the world are looked up by."""
    codes = state_codes()
    for actor, names in state_names().items():
        held = tuple(HeldCode(*code) for code in sorted(codes.get(actor, ())))
        yield Entry(actor, "actor", tuple([name.text for name in names]), held, is_reference=True)
