"""Certainty: whether what a record tells is asserted, alleged, denied or disputed, as its evidence stands to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.models.evidence import Stance
from defcoop.values import Term

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

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
