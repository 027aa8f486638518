"""Pairs: who stands to whom in the acts that records tell, act by act, for networks and for keys to merge by."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.analysis._panel.actors import pairs_of, place_of, stands
from defcoop.analysis._panel.families import BY_FOLDER
from defcoop.analysis._panel.order import days_in_order
from defcoop.analysis.readings import Readings
from defcoop.models.actor import ActorKind
from defcoop.models.certainty import Certainty
from defcoop.models.evidence import Stance
from defcoop.models.leaves import steps
from defcoop.models.meaning import kind_attribute, sides, status_of
from defcoop.package.naming import check_known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis._panel.actors import Stand
    from defcoop.models import Record
    from defcoop.models.meaning import Side
    from defcoop.values import Edtf

LAYERS = BY_FOLDER
"""The layers, named as the collections of their records; in each, who has a part in an act, and what dates it."""

_FIRM_TO_WEAK = {stance: place for place, stance in enumerate(Stance)}


class RecordedAct(NamedTuple):
    """A record as something that actors do together.

    Attributes:
        record: the record.
        layer: the collection that it is in.
        kind: its instrument, mission, kind, class or measure; empty if none is told.
        status: the furthest stage told; empty for trade figures, which have none.
        stance: the firmest stance of the evidence for that stage, or for the amount; empty if there is none.
        date: when it was signed or entered into force, took place, was opened, or the time that an amount covers.
        earliest: the first day that its date allows in any of its readings; None if open or unknown in one.
        latest: likewise the last day.
        contested: the fields of which there is more than one reading.
    """

    record: Record
    layer: str
    kind: str
    status: str
    stance: str
    date: Edtf | None
    earliest: dt.date | None
    latest: dt.date | None
    contested: tuple[str, ...]


class Pair(NamedTuple):
    """Two actors in an act, in an order that means something only if it is directed.

    Attributes:
        act: the act.
        source: who sends, visits, provides or uses the ground of the other, or just the one.
        target: the other.
        directed: whether the order means something in every reading; else the pair comes in both orders.
        settled: whether every reading of the record has the pair; no reading of one that is disputed is sure.
        source_actors: those named in the record for whom the source stands, sorted.
        target_actors: likewise for the target.
    """

    act: RecordedAct
    source: str
    target: str
    directed: bool
    settled: bool
    source_actors: tuple[str, ...]
    target_actors: tuple[str, ...]


def pairs(dataset: DatasetLike, layers: Iterable[str] | None, *, states: bool) -> Iterator[Pair]:
    """Yield every pair of actors in every act, each once for an act and order, in the order of the records' ids.

    Raises:
        ValueError: if there is no such layer.
    """
    chosen = layers_named(layers)
    lifted = lifted_to(dataset, states=states)
    readings = Readings((record for record in dataset if record.withdrawn is None), dataset)
    for layer in chosen:
        collection: Mapping[str, Any] = getattr(dataset, layer)
        for record in collection.values():
            if record.withdrawn is None:
                yield from _pairs(record, layer, readings, lifted)


def layers_named(layers: Iterable[str] | None) -> tuple[str, ...]:
    """Give the layers that are asked for, in their usual order; all by default.

    Raises:
        ValueError: if there is no such layer.
    """
    if layers is None:
        return tuple(LAYERS)
    asked = {layers} if isinstance(layers, str) else set(map(str, layers))
    for layer in sorted(asked):
        check_known("layer", layer, LAYERS)
    return tuple(layer for layer in LAYERS if layer in asked)


class Lifted(NamedTuple):
    """Who stands for which state."""

    states: list[str]
    stands: Mapping[str, Stand]

    def above(self, side: Side) -> str:
        """Give the state for which somebody acts, or else that actor."""
        place = place_of(side, self.stands)
        return side.actor if place is None else self.states[place]

    def is_hidden(self, actor: str) -> bool:
        """Tell whether an actor never acts for itself."""
        stand = self.stands.get(actor)
        return stand is not None and not stand.in_office and self.states[stand.place] != actor


def lifted_to(dataset: DatasetLike, *, states: bool) -> Lifted:
    """Say who stands for which state, as panels have it; if that is not asked for, nobody for anybody."""
    if not states:
        return Lifted([], {})
    every = [
        actor.id for actor in dataset.actors.values() if actor.kind.known is ActorKind.STATE and not actor.withdrawn
    ]
    return Lifted(every, stands(dataset, every, states=True))


def _pairs(record: Record, layer: str, readings: Readings, lifted: Lifted) -> Iterator[Pair]:
    """Yield the pairs that any reading of a record has."""
    each = readings.of(record)
    act = _act(record, layer, each, readings.contested(record) if len(each) > 1 else ())
    told = [_pairs_of(reading, act, lifted) if reading else {} for reading in each]
    is_sure = record.certainty is not Certainty.DISPUTED
    for ends in dict.fromkeys(ends for pairs in told for ends in pairs):
        there = [pairs[ends] for pairs in told if ends in pairs]
        pair = reduce(_joined, there)
        settled = is_sure and len(there) == len(each)
        yield pair._replace(directed=all(one.directed for one in there), settled=settled)


def _pairs_of(record: Record, act: RecordedAct, lifted: Lifted) -> dict[tuple[str, str], Pair]:
    """Give the pairs of one reading by their ends."""
    family = LAYERS[act.layer][0]
    behind: dict[tuple[str, int], set[str]] = {}
    for side in sides(record):
        behind.setdefault((lifted.above(side), side.rank), set()).add(side.actor)
    by_ends: dict[tuple[str, str], Pair] = {}
    for source, target in pairs_of(behind, across=family.across):
        key, actors = (source[0], target[0]), [tuple(sorted(behind[end])) for end in (source, target)]
        pair = Pair(act, *key, source[1] > target[1], True, *actors)
        # A state that is there twice, as host and beside it, say, has one pair, directed if either is.
        by_ends[key] = _joined(by_ends[key], pair) if key in by_ends else pair
    return by_ends


def _joined(one: Pair, other: Pair) -> Pair:
    return one._replace(
        directed=one.directed or other.directed,
        source_actors=tuple(sorted({*one.source_actors, *other.source_actors})),
        target_actors=tuple(sorted({*one.target_actors, *other.target_actors})),
    )


def _act(record: Record, layer: str, readings: Sequence[Record | None], contested: tuple[str, ...]) -> RecordedAct:
    kind, status = getattr(record, kind_attribute(type(record))), status_of(record)
    family = next((family for family in LAYERS[layer] if getattr(record, family.dated, None)), LAYERS[layer][0])
    days = [_days(reading, layer) if reading else (None, None) for reading in readings]
    first, last = zip(*days, strict=True)
    return RecordedAct(
        record,
        layer,
        str(kind or ""),
        str(status or ""),
        _stance(record, LAYERS[layer][0].told_by),
        getattr(record, family.dated, None),
        None if None in first else min(first),
        None if None in last else max(last),
        contested,
    )


def _days(record: Record, layer: str) -> tuple[dt.date | None, dt.date | None]:
    """Give the first and the last day that the date of a record allows, and its other dates leave it."""
    for family in LAYERS[layer]:
        date: Edtf | None = getattr(record, family.dated, None)
        if date is not None:
            left = days_in_order(record).get(family.dated)
            return (
                (dt.date.fromordinal(left[0][0]), dt.date.fromordinal(left[-1][1]))
                if left
                else (date.earliest, date.latest)
            )
    return None, None


def _stance(record: Record, field: str) -> str:
    """Give the firmest stance of the evidence for a field or for something in it."""
    stances = [
        entry.stance
        for entry in record.evidence
        if any(path in steps(field) or path.startswith(f"{field}.") for path in entry.supports)
    ]
    return min(stances, key=_FIRM_TO_WEAK.__getitem__).value if stances else ""
