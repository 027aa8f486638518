"""Linkage: references lead to records of the right type, and links between records make sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.faults import Tie, did_you_mean
from defcoop.registry import ANY, SEED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

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
                yield Tie(own, "DC302", f"{target} is of type {found}, not {wanted}", target=target, wanted=wanted)
                continue
            # Each search goes through all ids, so a tree full of broken references gets no more than these.
            if (target, wanted) not in hints and len(hints) < _MOST_HINTS:
                hints[target, wanted] = _nearest(target, wanted, world)
            hint = hints.get((target, wanted), "")
            yield Tie(own, "DC301", _missing(target, wanted), hint, target, wanted=wanted)


def no_circles(world: World) -> Iterator[Tie]:
    """Links that lead upward (a parent, a wider facility, an agreement amended) never come back."""
    fields = {field for traits in world.traits.values() for field, _ in traits.ranks}
    for field in sorted(fields):
        above = {own: {up for name, up in traits.ranks if name == field} for own, traits in world.traits.items()}
        links = {own: ups for own, ups in above.items() if ups}
        told: set[str] = set()
        for own in sorted(_in_circles(links)):
            if own not in told:
                told |= _reached(own, links)
                yield Tie(own, "DC303", f"leads back to {own}", field=field)


def _in_circles(above: dict[str, set[str]]) -> AbstractSet[str]:
    """Give the nodes that lie on a circle: take away, layer by layer, those from or to which nothing leads.

    Every node and link is looked at a bounded number of times, so a long chain costs no more than many short ones.
    """
    return _without_ends(_reversed(_without_ends(above))).keys()


def _reached(start: str, links: dict[str, set[str]]) -> set[str]:
    """Give all that can be reached from a node, so that a circle is told once and not on each of its records."""
    reached: set[str] = set()
    ahead = [start]
    while ahead:
        node = ahead.pop()
        if node not in reached:
            reached.add(node)
            ahead += links.get(node, ())
    return reached


def _without_ends(links: dict[str, set[str]]) -> dict[str, set[str]]:
    kept = {node: {far for far in fars if far in links} for node, fars in links.items()}
    back = _reversed(kept)
    ends = [node for node, fars in kept.items() if not fars]
    while ends:
        end = ends.pop()
        del kept[end]
        for node in back.get(end, ()):
            kept[node].discard(end)
            if not kept[node]:
                ends.append(node)
    return kept


def _reversed(links: dict[str, set[str]]) -> dict[str, set[str]]:
    back: dict[str, set[str]] = {}
    for node, fars in links.items():
        for far in fars:
            back.setdefault(far, set()).add(node)
    return back


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
