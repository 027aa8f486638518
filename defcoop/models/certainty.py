"""Certainty: whether what a record tells is asserted, alleged, denied or disputed, as its evidence stands to it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from defcoop.models.evidence import Stance
from defcoop.models.field_layout import FieldLayout, Shape
from defcoop.models.meaning import number_field, status_field
from defcoop.values import Term

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from defcoop.models.record import Record

_FIRM = frozenset({Stance.ASSERTED, Stance.PLANNED, Stance.POSSIBLE})


class Certainty(Term):
    """How firmly the texts stand to what a record tells; derived from the stances of its evidence."""

    ASSERTED = "asserted", "At least one voice tells it as its own; none denies it."
    ALLEGED = "alleged", "It rests on hearsay alone."
    DENIED = "denied", "It is only denied."
    DISPUTED = "disputed", "One voice denies what another tells."


def certainty_of(stances: AbstractSet[Stance]) -> Certainty | None:
    """Give the certainty that follows from stances; None if there is none but opinion, which says nothing of the world.

    >>> certainty_of({Stance.ALLEGED, Stance.DENIED}), certainty_of({Stance.PLANNED, Stance.ALLEGED})
    (<Certainty.DISPUTED: 'disputed'>, <Certainty.ASSERTED: 'asserted'>)
    """
    stances = stances - {Stance.OPINION}
    if Stance.DENIED in stances:
        return Certainty.DENIED if stances == {Stance.DENIED} else Certainty.DISPUTED
    if not stances:
        return None
    return Certainty.ALLEGED if stances.isdisjoint(_FIRM) else Certainty.ASSERTED


@cache
def telling_field(model: type[Record]) -> FieldLayout | None:
    """Give the field that tells of the thing itself: its status, else its number; None if its type has neither."""
    return status_field(model) or number_field(model)


@cache
def certainty_field(model: type[Record]) -> FieldLayout | None:
    """Give the field of certainty, which no file holds, if records of a type have it."""
    if telling_field(model) is None:
        return None
    return FieldLayout(
        name="certainty",
        attribute="certainty",
        shape=Shape.SCALAR,
        type=Certainty,
        reference=None,
        required=False,
        description="How firmly its evidence stands to it, derived from the stances.",
    )


def certainty(record: Record) -> Certainty | None:
    """Give how firmly the evidence stands to what a record tells; None if its type has no field that tells of it."""
    field = telling_field(type(record))
    if field is None:
        return None
    return certainty_of({entry.stance for entry in record.evidence if _supports(entry.supports, field.name)})


def _supports(paths: tuple[str, ...], name: str) -> bool:
    return name in paths or any(path.startswith(f"{name}.") for path in paths)
