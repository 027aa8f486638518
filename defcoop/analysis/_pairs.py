"""Pairs: who stands to whom in the acts that records tell, act by act, for networks and for keys to merge by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.analysis._panel.actors import pairs_of, place_of, stands
from defcoop.analysis._panel.families import BY_FOLDER
from defcoop.analysis._refusals import check_known
from defcoop.models.actor import ActorKind
from defcoop.models.evidence import Stance
from defcoop.models.leaves import steps
from defcoop.models.meaning import kind_attribute, sides, status_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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
    """

    record: Record
    layer: str
    kind: str
    status: str
    stance: str
    date: Edtf | None


class Pair(NamedTuple):
    """Two actors in an act, in an order that means something only if it is directed.

    Attributes:
        act: the act.
        source: who sends, visits, provides or uses the ground of the other, or just the one.
        target: the other.
        directed: whether the order means something; else the pair comes in both orders.
        source_actors: those named in the record for whom the source stands, sorted.
        target_actors: likewise for the target.
    """

    act: RecordedAct
    source: str
    target: str
    directed: bool
    source_actors: tuple[str, ...]
    target_actors: tuple[str, ...]


def pairs(dataset: DatasetLike, layers: Iterable[str] | None, *, states: bool) -> Iterator[Pair]:
    """Yield every pair of actors in every act, each once for an act and order, in the order of the records' ids.

    Raises:
        ValueError: if there is no such layer.
    """
    chosen = layers_named(layers)
    lifted = lifted_to(dataset, states=states)
    for layer in chosen:
        collection: Mapping[str, Any] = getattr(dataset, layer)
        for record in collection.values():
            if record.withdrawn is None:
                yield from _pairs(_act(record, layer), lifted)


def layers_named(layers: Iterable[str] | None) -> tuple[str, ...]:
    """Give the layers that are asked for, in their usual order; all by default.

    Raises:
        ValueError: if there is no such layer.
    """
    if layers is None:
        return tuple(LAYERS)
    asked = {layers} if isinstance(layers, str) else set(layers)
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
    every = [actor.id for actor in dataset.actors.values() if actor.kind is ActorKind.STATE and not actor.withdrawn]
    return Lifted(every, stands(dataset, every, states=True))


def _pairs(act: RecordedAct, lifted: Lifted) -> Iterator[Pair]:
    family = LAYERS[act.layer][0]
    behind: dict[tuple[str, int], set[str]] = {}
    for side in sides(act.record):
        behind.setdefault((lifted.above(side), side.rank), set()).add(side.actor)
    by_ends: dict[tuple[str, str], Pair] = {}
    for source, target in pairs_of(behind, across=family.across):
        key, actors = (source[0], target[0]), [tuple(sorted(behind[end])) for end in (source, target)]
        pair = Pair(act, *key, source[1] > target[1], *actors)
        # A state that is there twice, as host and beside it, say, has one pair, directed if either is.
        by_ends[key] = _joined(by_ends[key], pair) if key in by_ends else pair
    yield from by_ends.values()


def _joined(one: Pair, other: Pair) -> Pair:
    return one._replace(
        directed=one.directed or other.directed,
        source_actors=tuple(sorted({*one.source_actors, *other.source_actors})),
        target_actors=tuple(sorted({*one.target_actors, *other.target_actors})),
    )


def _act(record: Record, layer: str) -> RecordedAct:
    kind, status = getattr(record, kind_attribute(type(record))), status_of(record)
    dates = (getattr(record, family.dated, None) for family in LAYERS[layer])
    return RecordedAct(
        record,
        layer,
        str(kind or ""),
        str(status or ""),
        _stance(record, LAYERS[layer][0].told_by),
        next((date for date in dates if date is not None), None),
    )


def _stance(record: Record, field: str) -> str:
    """Give the firmest stance of the evidence for a field or for something in it."""
    stances = [
        entry.stance
        for entry in record.evidence
        if any(path in steps(field) or path.startswith(f"{field}.") for path in entry.supports)
    ]
    return min(stances, key=_FIRM_TO_WEAK.__getitem__).value if stances else ""
