"""Ties: between which states records tell of cooperation, of which kind, in how many records."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from defcoop.analysis._pairs import lifted_to, pairs
from defcoop.analysis._panel.families import FAMILIES, TRADE
from defcoop.models.certainty import Certainty
from defcoop.models.evidence import Stance

if TYPE_CHECKING:
    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis._panel.families import Family
    from defcoop.models import Record

KINDS = {family.tie: family for family in (*FAMILIES, TRADE) if family.tie}
"""The kinds of tie, each with the panel's family that says who has a part in a record and on which side."""


class Tie(NamedTuple):
    """Two states, in the order of their ids, with the records of one kind that tie them.

    `done` lists those of the records that are told as done, and not as planned, permitted, alleged or disputed.
    """

    one: str
    other: str
    kind: str
    records: tuple[str, ...]
    done: tuple[str, ...]


def ties(dataset: DatasetLike) -> list[Tie]:
    """List the ties of states, by kind and then by state.

    Ministries, forces, agencies and people in an office stand for their state, as in the panel. Of a deployment only
    sender and host are tied, not two hosts. What is told as denied is left out, and so are withdrawn records.

    >>> import defcoop
    >>> [(tie.one, tie.other, len(tie.records)) for tie in ties(defcoop.load()) if tie.kind == "exercised"]
    [('act-qat', 'act-tur', 2)]
    """
    states = set(lifted_to(dataset, states=True).states)
    every: list[Tie] = []
    for kind, family in KINDS.items():
        tied: dict[tuple[str, ...], dict[str, Record]] = defaultdict(dict)
        for pair in pairs(dataset, [family.folder], states=True):
            record, ends = pair.act.record, (pair.source, pair.target)
            if states.issuperset(ends) and record.certainty is not Certainty.DENIED:
                tied[tuple(sorted(ends))][record.id] = record
        for (one, other), records in sorted(tied.items()):
            done = tuple(name for name, record in records.items() if _is_done(family, record))
            every.append(Tie(one, other, kind, tuple(records), done))
    return every


def _is_done(family: Family, record: Record) -> bool:
    return family.stance(record) is Stance.ASSERTED and record.certainty in {Certainty.ASSERTED, None}
