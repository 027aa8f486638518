"""Plausibility of single records: what is not wrong in form and still asks for a second look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.models import Actor
from defcoop.models.meaning import status_field, time_fields
from defcoop.validation.issues import Issue
from defcoop.values import Phase, Time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.models import Record
    from defcoop.models.actor import Office
    from defcoop.validation.issues import Sources
    from defcoop.values import Edtf, Status


def statuses_fit_dates(record: Record, _: Sources) -> Iterator[Issue]:
    """What is made first and has effect later has been made if that is dated, and has had effect if that is."""
    field, dated = status_field(type(record)), time_fields(type(record))
    if not field or Time.MADE not in dated:
        return
    status: Status = getattr(record, field.attribute)
    for time in (Time.MADE, Time.BEGINS) if status.phase.is_ahead else (Time.BEGINS,) if _is_made(status) else ():
        day = getattr(record, dated[time].attribute) if time in dated else None
        if day:
            name = dated[time].name
            further = [term for term in type(status) if _has_reached(term, time)]
            hint = (
                f"Write {field.name}: {' or '.join(further)}; or take {name} out, with a reason in `absent`, "
                "if the text does not tell it as done."
            )
            yield Issue("DC701", (field.name,), f"is {status}, but {name} is {day}", hint)
            return


def plans_lie_ahead(record: Record, sources: Sources) -> Iterator[Issue]:
    """What is still to come lies after the text that tells it, if a single text does."""
    field, when = status_field(type(record)), time_fields(type(record)).get(Time.COVERS)
    if not field or not when:
        return
    status: Status = getattr(record, field.attribute)
    period: Edtf | None = getattr(record, when.attribute)
    if not period or not status.phase.is_ahead:
        return
    seeds = {entry.seed for entry in record.evidence if field.name in entry.supports}
    if len(seeds) != 1:
        return
    card = sources.cards.get(next(iter(seeds)))
    written = card.published.earliest if card and card.published else None
    if written and period.latest and period.latest < written:
        yield Issue(
            "DC702", (field.name,), f"is {status}, but {period} lies before {written}, when the text was written"
        )


def _has_reached(status: Status, time: Time) -> bool:
    """Tell whether a stage has come as far as a date tells, and is not yet over."""
    begun = {Phase.BEGUN, Phase.ONGOING}
    return status.phase in (begun if time is Time.BEGINS else begun | {Phase.MADE})


def _is_made(status: Status) -> bool:
    return status.phase is Phase.MADE


def one_office_at_a_time(record: Record, _: Sources) -> Iterator[Issue]:
    """A person does not hold two offices at the same time, as far as their dates tell."""
    if not isinstance(record, Actor):
        return
    for number, office in enumerate(record.offices):
        for earlier in record.offices[:number]:
            if _meet(earlier, office):
                yield Issue("DC703", ("offices", number), f"{office.title} is held together with {earlier.title}")
                break


def _meet(first: Office, second: Office) -> bool:
    return not (_before(first.held, second.held) or _before(second.held, first.held))


def _before(first: Edtf | None, second: Edtf | None) -> bool:
    return bool(first and second and first.latest and second.earliest and first.latest < second.earliest)
