"""Ties: between which states records tell of cooperation, of which kind, in how many records."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from defcoop.analysis._panel.actors import stands
from defcoop.analysis._panel.families import FAMILIES, TRADE
from defcoop.models.actor import ActorKind
from defcoop.models.evidence import Stance
from defcoop.models.meaning import sides

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis._panel.actors import Stand
    from defcoop.analysis._panel.families import Family
    from defcoop.models import Record

KINDS = {family.tie: family for family in (*FAMILIES, TRADE) if family.tie}
"""The kinds of tie, each with the panel's family that says who has a part in a record and on which side."""


class Tie(NamedTuple):
    """Two states, in the order of their ids, with the records of one kind that tie them.

    `done` lists those of the records that are told as done, and not as planned, permitted or alleged alone.
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
    states = sorted(one.id for one in dataset.actors.values() if one.kind is ActorKind.STATE and not one.withdrawn)
    standing = stands(dataset, states, states=True)
    found: list[Tie] = []
    for kind, family in KINDS.items():
        tied: dict[tuple[int, int], list[Record]] = defaultdict(list)
        for record in getattr(dataset, family.folder).values():
            if not record.withdrawn and family.stance(record) is not Stance.DENIED:
                for pair in _pairs(record, family, standing):
                    tied[pair].append(record)
        for (one, other), records in sorted(tied.items()):
            done = tuple(record.id for record in records if family.stance(record) is Stance.ASSERTED)
            found.append(Tie(states[one], states[other], kind, tuple(record.id for record in records), done))
    return found


def _pairs(record: Record, family: Family, standing: Mapping[str, Stand]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of states that a record ties, each once and in order."""
    placed = set()
    for side in sides(record):
        stand = standing.get(side.actor)
        if stand is not None and (side.in_office or not stand.in_office):
            placed.add((stand.place, side.rank))
    yield from sorted(
        {
            (min(one, other), max(one, other))
            for (one, rank), (other, its_rank) in combinations(placed, 2)
            if one != other and not (family.across and rank == its_rank)
        }
    )
