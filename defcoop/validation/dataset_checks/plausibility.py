"""Plausibility between files: sides that are one, speakers out of place, actors out of reach."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from defcoop.models.registry import BY_NAME
from defcoop.validation.issues import CrossRecordIssue, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.validation.issues import DatasetIndex

_PERSON, _MEDIA = "person", "media"
_MOST_UNKNOWN = 200
"""Ids that lead nowhere and are compared with actors: where all is broken, more say no more."""


def sides_are_different(index: DatasetIndex) -> Iterator[CrossRecordIssue]:
    """No party or partner is part of another, or of the state of another."""
    for own, summary in index.summaries.items():
        for side in summary.sides:
            ranks = index.summaries[side].ranks if side in index.summaries else ()
            for field, above in ranks:
                if above in summary.sides and above != side and _are_apart(index.ids[own]):
                    yield CrossRecordIssue(own, "DC704", f"{side} and its {field} {above} are both sides", target=side)


def _are_apart(type_name: str) -> bool:
    # Seldom asked, so that who remembers all files needs no models.
    from defcoop.models.meaning import sides_are_apart  # noqa: PLC0415

    return sides_are_apart(BY_NAME[type_name].model)


def sides_can_act(index: DatasetIndex) -> Iterator[CrossRecordIssue]:
    """No person and no outlet is a side of what states, their organs and companies do, nor what an actor is part of."""
    for own, summary in index.summaries.items():
        for side in summary.sides:
            kind = _kind(side, index)
            if fields := _fields_without(kind, index.ids[own]):
                yield CrossRecordIssue(own, "DC707", f"{side} is of kind {kind}", target=side, fields=fields)
        for field, above in summary.ranks if index.ids[own] == "actor" else ():
            if (kind := _kind(above, index)) in {_PERSON, _MEDIA} and (kind == _PERSON or field == "country"):
                yield CrossRecordIssue(own, "DC707", f"{above} is of kind {kind}", target=above, field=field)


def _kind(actor: str, index: DatasetIndex) -> str:
    """Give the kind of an actor; nothing if there is none of that id."""
    return index.summaries[actor].what if index.ids.get(actor) == "actor" and actor in index.summaries else ""


@cache
def _fields_without(kind: str, type_name: str) -> frozenset[str]:
    """Name the fields with the sides of a type in which no actor of a kind has a place."""
    # As above, who remembers all files needs no models.
    from defcoop.models.actor import ActorKind  # noqa: PLC0415
    from defcoop.models.meaning import side_names  # noqa: PLC0415

    model = BY_NAME[type_name].model
    return (
        frozenset()
        if not kind or model.PEOPLE_TAKE_PART or {term.value: term for term in ActorKind}[kind].nature.is_side
        else side_names(model)
    )


def speakers_are_in_the_seed(index: DatasetIndex) -> Iterator[CrossRecordIssue]:
    """Whoever is quoted or relayed has evidence of its own from that seed."""
    for own, summary in index.summaries.items():
        for speaker, seed in summary.voices:
            known = index.summaries.get(speaker)
            if known and speaker != own and seed not in dict(known.citations):
                message = f"{speaker} speaks in {seed}, but has no evidence from it"
                yield CrossRecordIssue(own, "DC705", message, target=speaker, field="evidence")


def actors_are_reachable(index: DatasetIndex) -> Iterator[CrossRecordIssue]:
    """Every actor is referred to by another record or a source card.

    Nothing is said while a file is broken, for that may be the one that refers to it.
    """
    if len(index.summaries) < len(index.ids):
        return
    named = {target for own, summary in index.summaries.items() for target, _ in summary.links if target != own}
    unknown = sorted(named - index.ids.keys())[:_MOST_UNKNOWN]
    for own, summary in index.summaries.items():
        # An id that is misspelt where an actor is named is a finding of its own.
        if (
            index.ids[own] == "actor"
            and own not in named
            and not summary.withdrawn
            and not any(did_you_mean(target, [own]) for target in unknown)
        ):
            yield CrossRecordIssue(own, "DC804", "no record refers to it", field="id")
