"""Plausibility of single records: what is not wrong in form and still asks for a second look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.models import Actor, Agreement
from defcoop.models.agreement import AgreementStatus
from defcoop.models.layout import present
from defcoop.validation.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.models import Record
    from defcoop.models.actor import Office
    from defcoop.validation.issues import Sources
    from defcoop.values import Edtf, Term

_PLANNED = ("status", "period")
"""The fields of what can be planned."""

_AHEAD = frozenset({"discussed", "planned", "agreed_to_sign", "expected", "announced", "permitted"})
"""Statuses of what is still to come."""

_UNSIGNED = frozenset({AgreementStatus.DISCUSSED, AgreementStatus.PLANNED, AgreementStatus.AGREED_TO_SIGN})


def statuses_fit_dates(record: Record, _: Sources) -> Iterator[Issue]:
    """An agreement with a date of signature is signed, one with a date of entry into force has been in force."""
    if not isinstance(record, Agreement):
        return
    if record.signed and record.status in _UNSIGNED:
        yield Issue("DC701", ("status",), f"is {record.status}, but signed is {record.signed}")
    elif record.entry_into_force and record.status in {*_UNSIGNED, AgreementStatus.SIGNED, AgreementStatus.RATIFIED}:
        yield Issue("DC701", ("status",), f"is {record.status}, but entry_into_force is {record.entry_into_force}")


def plans_lie_ahead(record: Record, sources: Sources) -> Iterator[Issue]:
    """What is still to come lies after the text that tells it, if a single text does."""
    if present(type(record), _PLANNED) != _PLANNED:
        return
    status: Term = getattr(record, "status")  # noqa: B009 - not every record has them
    period: Edtf | None = getattr(record, "period")  # noqa: B009 - not every record has one
    if not period or status.value not in _AHEAD:
        return
    seeds = {entry.seed for entry in record.evidence if "status" in entry.supports}
    if len(seeds) != 1:
        return
    card = sources.cards.get(next(iter(seeds)))
    written = card.published.earliest if card and card.published else None
    if written and period.latest and period.latest < written:
        yield Issue("DC702", ("status",), f"is {status}, but {period} lies before {written}, when the text was written")


def one_office_at_a_time(record: Record, _: Sources) -> Iterator[Issue]:
    """A person does not hold two offices at the same time, as far as their dates tell."""
    if not isinstance(record, Actor):
        return
    for number, office in enumerate(record.offices):
        for earlier in record.offices[:number]:
            if _meet(earlier, office):
                yield Issue("DC703", ("offices", number), f"{office.title} is held together with {earlier.title}")
                break


def _meet(one: Office, other: Office) -> bool:
    return not (_before(one.held, other.held) or _before(other.held, one.held))


def _before(one: Edtf | None, other: Edtf | None) -> bool:
    return bool(one and other and one.latest and other.earliest and one.latest < other.earliest)
