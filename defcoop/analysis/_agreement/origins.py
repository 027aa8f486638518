"""Origins: who says what a claim tells, and what carries it; and how many of several depend on none of the others."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.actor import ActorKind
from defcoop.models.evidence import Voice
from defcoop.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.package.claims import Claim


class Source(NamedTuple):
    """Who says something, and what carries it.

    Attributes:
        voice: the id of the speaker who is quoted or of the outlet that is relayed, else the carrier itself.
        carrier: what stands for the text: the id of the outlet that its card names as its source, else its publisher
            (the id, if it is an actor of kind `media`), else the text's own id.

    >>> import defcoop
    >>> [sender] = defcoop.load().support("dep-tur-qat-world-cup-police", "sender")
    >>> sender.sources
    (Source(voice='act-suleyman-soylu', carrier='seed-004'),)
    """

    voice: str
    carrier: str


class Origins:
    """Where the claims of a dataset come from."""

    def __init__(self, dataset: DatasetLike) -> None:
        """Look up what carries each text."""
        names = {
            fold(name.text): actor.id
            for actor in dataset.actors.values()
            if actor.kind.known is ActorKind.MEDIA
            for name in actor.names
        }
        self._carriers = {
            card.id: card.outlet or (names.get(fold(card.publisher), card.publisher) if card.publisher else card.id)
            for card in dataset.seeds.values()
        }

    def source(self, claim: Claim) -> Source:
        """Give the source of a claim; somebody whom a text does not name is the text's own voice."""
        carrier = self._carriers.get(claim.seed_id, claim.seed_id)
        named = {Voice.QUOTED.value: claim.speaker_id, Voice.RELAYED.value: claim.outlet_id}.get(claim.voice)
        return Source(named or carrier, carrier)


def independent(sources: Iterable[Source]) -> int:
    """Count the most sources of which no two share a voice or a carrier: a largest matching of voices to carriers.

    >>> independent([Source("act-minister", "seed-1"), Source("act-minister", "seed-2"), Source("seed-2", "seed-2")])
    2
    """
    carriers: dict[str, list[str]] = defaultdict(list)
    for source in dict.fromkeys(sources):
        carriers[source.voice].append(source.carrier)
    heard: dict[str, str] = {}
    return sum(_placed(voice, carriers, heard) for voice in carriers)


def _placed(voice: str, carriers: Mapping[str, list[str]], heard: dict[str, str]) -> bool:
    """Find a carrier for a voice, moving others to other carriers of theirs where that makes room."""
    came: dict[str, str] = {}
    waiting = deque([voice])
    while waiting:
        one = waiting.popleft()
        for carrier in carriers[one]:
            if carrier in came:
                continue
            came[carrier] = one
            if carrier not in heard:
                _move(carrier, came, heard)
                return True
            waiting.append(heard[carrier])
    return False


def _move(carrier: str, came: Mapping[str, str], heard: dict[str, str]) -> None:
    """Give a free carrier to the voice from which it was reached, the one that this had to the next, and so on."""
    had = {voice: of for of, voice in heard.items()}
    free: str | None = carrier
    while free is not None:
        voice = came[free]
        heard[free] = voice
        free = had.get(voice)
