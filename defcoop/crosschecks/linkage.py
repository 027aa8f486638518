"""Linkage: references lead to records of the right type, and links between records make sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.faults import Tie, did_you_mean
from defcoop.registry import ANY, SEED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.faults import World


_MOST_HINTS = 200


def references_lead_somewhere(world: World) -> Iterator[Tie]:
    """Every id names an existing record of the type that its field asks for."""
    hints: dict[tuple[str, str], str] = {}
    for own, traits in world.traits.items():
        for target, wanted in traits.links:
            found = world.ids.get(target)
            if found == wanted or (wanted == ANY and found not in {None, SEED}):
                continue
            if found is not None:
                yield Tie(own, "DC302", f"{target} is of type {found}, not {wanted}", target=target)
                continue
            # Each search goes through all ids, so a tree full of broken references gets no more than these.
            if (target, wanted) not in hints and len(hints) < _MOST_HINTS:
                hints[target, wanted] = _nearest(target, wanted, world)
            yield Tie(own, "DC301", _missing(target, wanted), hints.get((target, wanted), ""), target)


def no_circles(world: World) -> Iterator[Tie]:
    """Following a parent link (a field that names a record of the own type) never comes back."""
    for own, traits in world.traits.items():
        for field, parent in traits.parents:
            seen, here = {own}, parent
            while here not in seen and here in world.traits:
                seen.add(here)
                here = dict(world.traits[here].parents).get(field, "")
            if here == own:
                yield Tie(own, "DC303", f"leads back to {own}", field=field)


def duplicates_know_each_other(world: World) -> Iterator[Tie]:
    """A possible duplicate is named on both records."""
    for own, traits in world.traits.items():
        for twin in traits.twins:
            if twin in world.traits and own not in world.traits[twin].twins:
                yield Tie(own, "DC304", f"{twin} does not name {own}", target=twin, field="possibly_same_as")


def _missing(target: str, wanted: str) -> str:
    return f"there is no {'source card' if wanted == SEED else 'record'} {target}"


def _nearest(target: str, wanted: str, world: World) -> str:
    known = (i for i, kind in world.ids.items() if wanted == kind or (wanted == ANY and kind != SEED))
    return did_you_mean(target, known)
