"""Linkage: references lead to records of the right type, and links between records make sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.checks._fault import Fault, did_you_mean
from defcoop.models._fields import ANY
from defcoop.models.layout import Shape, layout
from defcoop.models.references import references
from defcoop.registry import BY_MODEL
from defcoop.tree import SEED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.checks._fault import Context
    from defcoop.models import Record, SourceCard


def references_lead_somewhere(record: Record | SourceCard, context: Context) -> Iterator[Fault]:
    """Every id names an existing record of the type that its field asks for."""
    for target, wanted, pointer in references(record):
        found = context.ids.get(target)
        if found is None:
            known = (i for i, kind in context.ids.items() if (wanted in {ANY, kind} and kind != SEED) or wanted == kind)
            what = "source card" if wanted == SEED else "record"
            yield Fault("DC301", pointer, f"there is no {what} {target}", did_you_mean(target, known))
        elif wanted != found and (wanted != ANY or found == SEED):
            yield Fault("DC302", pointer, f"{target} is of type {found}, not {wanted}")


def no_circles(record: Record, context: Context) -> Iterator[Fault]:
    """Following a parent link (a field that names a record of the own type) never comes back."""
    own = BY_MODEL[type(record)].name
    for field in layout(type(record)):
        if field.reference != own or field.shape is not Shape.SCALAR:
            continue
        seen, here = {record.id}, getattr(record, field.attribute)
        while here in context.records and here not in seen:
            seen.add(here)
            here = getattr(context.records[here], field.attribute, None)
        if here == record.id:
            yield Fault("DC303", (field.name,), f"leads back to {record.id}")


def duplicates_know_each_other(record: Record, context: Context) -> Iterator[Fault]:
    """A possible duplicate is named on both records."""
    for position, other in enumerate(record.possibly_same_as):
        twin = context.records.get(other.record)
        if twin and record.id not in {back.record for back in twin.possibly_same_as}:
            yield Fault("DC304", ("possibly_same_as", position, "record"), f"{other.record} does not name {record.id}")
