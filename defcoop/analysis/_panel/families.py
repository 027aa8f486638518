"""The families of acts that a panel counts: which records, told at which stage, dated by what, between whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.evidence import Stance
from defcoop.models.meaning import (
    Counted,
    number_field,
    ranks_of_roles,
    side_names,
    status_field,
    time_fields,
)
from defcoop.models.registry import BY_NAME as TYPE_NAMED
from defcoop.models.registry import TYPES
from defcoop.values.meaning import SOURCE, TARGET, Phase, Time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from defcoop.models import Record
    from defcoop.models.registry import RecordType

_STANCES = {stance.value: stance for stance in Stance}
_DATING = (Time.MADE, Time.COVERS, Time.BEGINS)
"""What a date tells that dates a record; the first that its type has."""


class Family(NamedTuple):
    """Acts of one kind.

    Attributes:
        name: the name of its columns.
        folder: the collection of its records.
        stages: the stance that each phase of a status stands for; one that is not in it is never counted.
        dated: the field that dates it; empty if none does.
        lasts: whether it goes on after its first day until it is told to have ended.
        across: whether only a source and a target make a dyad, and not two sources or two targets.
        told_by: the field whose evidence tells of it.
        numbered: the field that holds the number of acts, or of those in them; empty if there is none.
        kinds: the terms of the field that tells two records apart for which it counts; all if it is empty.
        tie: what two states are told to have done, in charts; empty if it is not drawn there.
        what: what is counted, for people.
        source: where its definition comes from.
    """

    name: str
    folder: str
    stages: Mapping[Phase, Stance]
    dated: str
    lasts: bool
    across: bool
    told_by: str
    numbered: str
    kinds: tuple[str, ...]
    tie: str
    what: str
    source: str

    def stance(self, record: Record) -> Stance | None:
        """Give the stance that a record's status stands for; what has no status is told as done."""
        return self.stages.get(getattr(record, self.told_by).phase) if self.stages else Stance.ASSERTED

    def counts(self, record: Record, stances: AbstractSet[str]) -> bool:
        """Tell whether a record's status counts: what is done does, what lies ahead if its stance is asked for."""
        stance = self.stance(record)
        return stance is Stance.ASSERTED or stance in stances


def _families(kind: RecordType) -> Iterator[Family]:
    model, words = kind.model, kind.folder.replace("_", " ")
    times, status, number = time_fields(model), status_field(model), number_field(model)
    for counted in (model.COUNTED or (Counted(words, "defcoop", words),)) if side_names(model) else ():
        time = counted.time or next((time for time in _DATING if time in times), None)
        dated = times[time].name if time else ""
        # What is made first has no effect before it begins.
        idle = {phase for phase in Phase if phase.is_ahead or phase is Phase.MADE}
        never = idle if time is Time.BEGINS and Time.MADE in times else ()
        phases = [phase for phase in Phase if status and phase not in never]
        yield Family(
            counted.name or kind.folder,
            kind.folder,
            {phase: _STANCES[phase.stance] for phase in phases if phase.stance},
            dated,
            lasts=counted.lasts or time is Time.BEGINS,
            across={SOURCE, TARGET} <= ranks_of_roles(model),
            told_by=next((field.name for field in (status, number) if field), dated) or min(side_names(model)),
            numbered=number.name if number else "",
            kinds=counted.kinds,
            tie=counted.tie,
            what=counted.what,
            source=counted.source,
        )


FAMILIES = tuple(family for kind in TYPES if kind.name != "trade_figure" for family in _families(kind))
"""The families, in the order of their columns."""

[TRADE] = _families(TYPE_NAMED["trade_figure"])
"""Trade figures, of which none has a stage and each kind has columns of its own."""

BY_NAME = {family.name: family for family in FAMILIES}

BY_FOLDER: dict[str, tuple[Family, ...]] = {
    folder: tuple(family for family in (*FAMILIES, TRADE) if family.folder == folder)
    for folder in dict.fromkeys(family.folder for family in (*FAMILIES, TRADE))
}
"""The families of the records of each collection."""
