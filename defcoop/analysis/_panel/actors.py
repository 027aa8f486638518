"""The actors of a panel: which are chosen, and who stands for which of them."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from defcoop.alignment.order import ranks
from defcoop.errors import InputError
from defcoop.models.actor import ActorKind
from defcoop.package.naming import listed
from defcoop.reference.states import state

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from defcoop.alignment.order import Order
    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.models import Actor
    from defcoop.models.meaning import Side
    from defcoop.package.naming import Names

    _Ranked = TypeVar("_Ranked", bound=tuple[str | int, int])

LIFTED = frozenset(
    {ActorKind.STATE, ActorKind.PERSON, *(kind for kind in ActorKind if kind.nature.is_organ)},
)
"""Who stands for a state: the state, its organs, and people while they hold an office.

Companies, media, non-state groups, joint bodies and organisations of states act for themselves.
"""


class Stand(NamedTuple):
    """For which of the chosen actors somebody stands, by its place among them; `in_office` if only in an office."""

    place: int
    in_office: bool


def chosen(dataset: DatasetLike, wanted: Names | None, *, states: bool, order: Order = "cow") -> list[str]:
    """Give the ids of the actors of a panel, those with lower codes first.

    Args:
        dataset: the dataset.
        wanted: ids, codes or names (`act-tur`, `TUR`, `640`, `cow:640`, `Qatar`), or a text of them with commas; by
            default all states, or all actors that are not withdrawn.
        states: whether an actor has to be a state.
        order: the system whose codes decide the order.

    Raises:
        ValueError: if one of them is neither in the dataset nor a state of the world, is no state, or is a code of
            several actors; or if they are fewer than two.
    """
    if wanted is None:
        ids = {
            actor.id for actor in dataset.actors.values() if not actor.withdrawn and (not states or _is_state(actor))
        }
    else:
        ids = {actor_of(dataset, name) for name in listed(wanted)}
        if states and (others := sorted(actor for actor in ids if not _is_state(record_of(dataset, actor)))):
            msg = f"{others[0]} is no state; with states=False, actors stand for themselves"
            raise InputError(msg)
    if len(ids) < 2:  # noqa: PLR2004 - it takes two
        msg = f"a panel of dyads needs two actors or more, and here is {', '.join(ids) or 'none'}"
        raise InputError(msg)
    return sorted(ids, key=ranks(dataset, order))


def actor_of(dataset: DatasetLike, wanted: str | int) -> str:
    """Give the id of an actor that is named by its id, by a code of now or of any time, or by a name.

    A state of the world is one also where the dataset has nothing of it: nothing is told of it, which is no mistake.

    Raises:
        ValueError: if there is none, or the code is that of several.
    """
    text = str(wanted)
    return text if text in dataset.actors else dataset.find(text, type="actor").sure("actor")


def record_of(dataset: DatasetLike, actor: str) -> Actor:
    """Give the record of an actor: that of the dataset, else the one of a state of the world that comes with us."""
    return dataset.actors[actor] if actor in dataset.actors else state(actor)


def stands(dataset: DatasetLike, actors: list[str], *, states: bool) -> Mapping[str, Stand]:
    """Say who stands for which of the chosen actors: each for itself, and organs and office-holders for their state.

    The state of an actor is its `country`, else that of its `parent`, and so on upwards.
    """
    places = {actor: place for place, actor in enumerate(actors)}
    standing = {actor: Stand(place, in_office=False) for actor, place in places.items()}
    if not states:
        return standing
    for actor in dataset.actors.values():
        if actor.kind.known in LIFTED and actor.id not in standing:
            place = places.get(_state_of(dataset, actor) or "")
            if place is not None:
                standing[actor.id] = Stand(place, in_office=actor.kind.known is ActorKind.PERSON and not actor.offices)
    return standing


def place_of(side: Side, standing: Mapping[str, Stand]) -> int | None:
    """Give the place of the actor for which a side of an act stands, if it stands for any."""
    stand = standing.get(side.actor)
    return stand.place if stand and (side.in_office or not stand.in_office) else None


def pairs_of(placed: Iterable[_Ranked], *, across: bool) -> Iterator[tuple[_Ranked, _Ranked]]:
    """Pair the actors of an act, each given with its rank: sources before targets, those of one rank in both orders.

    Args:
        placed: the actors with their ranks, each once.
        across: whether those of one rank make no pair.

    >>> list(pairs_of([("act-host", -1), ("act-sender", 1)], across=True))
    [(('act-sender', 1), ('act-host', -1))]
    """
    for one, other in permutations(placed, 2):
        if one[0] != other[0] and (one[1] > other[1] or (one[1] == other[1] and not across)):
            yield one, other


def _state_of(dataset: DatasetLike, actor: Actor) -> str | None:
    seen: set[str] = set()
    nearest: Actor | None = actor
    while nearest and not _is_state(nearest) and nearest.id not in seen:
        seen.add(nearest.id)
        above = nearest.country or nearest.parent
        nearest = dataset.actors[above] if above and above in dataset.actors else None
    return nearest.id if nearest and _is_state(nearest) else None


def _is_state(actor: Actor) -> bool:
    return actor.kind.known is ActorKind.STATE
