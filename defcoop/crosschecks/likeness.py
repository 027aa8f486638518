"""Likeness: records that may be about one thing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from defcoop.faults import Tie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.faults import World

_Span = tuple[str, str, str]


def no_two_are_alike(world: World) -> Iterator[Tie]:
    """No two records of a type have the same sides, kind and overlapping dates, and no two actors the same name.

    Records of which one refers to the other, in `possibly_same_as` or elsewhere, are known to be two.
    """
    yield from _same_names(world)
    spans: dict[tuple[str, ...], list[_Span]] = defaultdict(list)
    for own, traits in world.traits.items():
        for field, earliest, latest in traits.dates if traits.sides else ():
            spans[world.ids[own], field, traits.what, *traits.sides].append((earliest, latest, own))
    for group in spans.values():
        if len(group) > 1:
            yield from _overlapping(world, sorted(group))


def no_passage_is_coded_twice(world: World) -> Iterator[Tie]:
    """No passage is cited by two records of one type.

    Actors are left aside, for one sentence may name many, and records of which one refers to the other.
    """
    first: dict[tuple[object, ...], str] = {}
    told: set[str] = set()
    for own, traits in world.traits.items():
        for passage in traits.passages:
            other = first.setdefault((world.ids[own], *passage), own)
            if other != own and own not in told and not _acquainted(world, own, other):
                told.add(own)
                seed, start, end = passage
                yield Tie(own, "DC803", f"{other} cites [{start}, {end}) of {seed} too", field="evidence")


def _acquainted(world: World, one: str, other: str) -> bool:
    """Tell whether one of two records refers to the other, so that its coder knew them to be two."""
    return any(target == other for target, _ in world.traits[one].links) or any(
        target == one for target, _ in world.traits[other].links
    )


def _same_names(world: World) -> Iterator[Tie]:
    first: dict[tuple[str, str], str] = {}
    for own, traits in world.traits.items():
        for name in traits.names:
            other = first.setdefault((world.traits[own].what, name), own)
            if other != own and not _acquainted(world, own, other):
                yield Tie(own, "DC802", f"{other} has the same name, {name}", field="names")
                break


def _overlapping(world: World, group: list[_Span]) -> Iterator[Tie]:
    """Compare each record with that before it which reaches farthest, so that many alike cost no more than few."""
    (_, reach, farthest), *rest = group
    for earliest, latest, own in rest:
        if earliest <= reach and not _acquainted(world, own, farthest):
            yield Tie(own, "DC802", f"{farthest} has the same sides and kind at an overlapping time")
        if latest > reach:
            reach, farthest = latest, own
