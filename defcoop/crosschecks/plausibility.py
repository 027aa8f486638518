"""Plausibility between files: sides that are one, speakers out of place, actors out of reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.faults import Tie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.faults import World

_BETWEEN = frozenset({"agreement", "trade_figure"})
"""Types whose sides must be different from each other."""


def sides_are_different(world: World) -> Iterator[Tie]:
    """No side of an agreement or a trade figure is part of another, or of the state of another."""
    for own, traits in world.traits.items():
        if world.ids.get(own) not in _BETWEEN:
            continue
        for side in traits.sides:
            ranks = world.traits[side].ranks if side in world.traits else ()
            for field, above in ranks:
                if above in traits.sides and above != side:
                    yield Tie(own, "DC704", f"{side} and its {field} {above} are both sides", target=side)


def speakers_are_in_the_seed(world: World) -> Iterator[Tie]:
    """Whoever is quoted or relayed has evidence of its own from that seed."""
    for own, traits in world.traits.items():
        for speaker, seed in traits.voices:
            known = world.traits.get(speaker)
            if known and speaker != own and seed not in dict(known.citations):
                message = f"{speaker} speaks in {seed}, but has no evidence from it"
                yield Tie(own, "DC705", message, target=speaker, field="evidence")


def actors_are_reachable(world: World) -> Iterator[Tie]:
    """Every actor is referred to by another record or a source card.

    Nothing is said while a file is broken, for that may be the one that refers to it.
    """
    if len(world.traits) < len(world.ids):
        return
    named = {target for own, traits in world.traits.items() for target, _ in traits.links if target != own}
    for own in world.traits:
        if world.ids[own] == "actor" and own not in named:
            yield Tie(own, "DC804", "no record refers to it", field="id")
