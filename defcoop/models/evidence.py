"""Evidence: which characters of which text carry a value, who says it, and how firmly."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from defcoop.models.ids import ActorId, Digest, Passage, SeedId
from defcoop.values import Frozen, Quote, Term, Text, uncoded


class Voice(Term):
    """Who speaks in the passage."""

    SEED = "seed", "The article itself, in its own words."
    QUOTED = "quoted", "A named speaker, quoted or reported; `speaker` says who."
    RELAYED = "relayed", "Another outlet that the article cites; `outlet` says which."
    ANONYMOUS = "anonymous", "A speaker whom the article does not name."


class Stance(Term):
    """How firmly the voice says it."""

    ASSERTED = "asserted", "Said as a fact."
    ALLEGED = "alleged", "Said to be so, on hearsay that the text does not vouch for."
    PLANNED = "planned", "Said as an intention, a decision or a commitment for the future."
    POSSIBLE = "possible", "Said as something that may be or is expected."
    DENIED = "denied", "Said not to be so."
    OPINION = "opinion", "Said as a judgement, which is no fact about the world."


class Basis(Term):
    """Whether the words say the value or the coder concluded it."""

    EXPLICIT = "explicit", "The words of the passage say it."
    INFERRED = "inferred", "The coder concluded it; `reasoning` says how."


class Reliability(Term):
    """How far a source is to be trusted in general (Admiralty code)."""

    A = "A", "Completely reliable."
    B = "B", "Usually reliable."
    C = "C", "Fairly reliable."
    D = "D", "Not usually reliable."
    E = "E", "Unreliable."
    F = "F", "Reliability cannot be judged."


CREDIBILITY = {
    1: "Confirmed by other sources.",
    2: "Probably true.",
    3: "Possibly true.",
    4: "Doubtful.",
    5: "Improbable.",
    6: "Truth cannot be judged.",
}
"""How far one piece of information is to be believed (Admiralty code)."""


class Citation(Frozen):
    """A passage of a seed text with its voice, stance and basis."""

    seed: Annotated[SeedId, uncoded("The source card of the text.")]
    passage: Annotated[
        Passage,
        uncoded(
            "First and last-plus-one code point of the passage in the text as stored.",
            source="W3C TextPositionSelector",
        ),
    ]
    quote: Annotated[
        Quote,
        uncoded("A key phrase inside the passage, at most 80 characters.", source="W3C TextQuoteSelector exact"),
    ]
    digest: Annotated[Digest, uncoded("SHA-256 of the passage's UTF-8 bytes.")]
    voice: Annotated[Voice, uncoded("Who speaks in the passage.")]
    speaker: Annotated[ActorId | None, uncoded("The speaker of a `quoted` passage.", role=None)] = None
    outlet: Annotated[ActorId | None, uncoded("The outlet of a `relayed` passage.", role=None)] = None
    stance: Annotated[Stance, uncoded("How firmly the voice says it.")]
    basis: Annotated[Basis, uncoded("Whether the words say the value or the coder concluded it.")]
    reasoning: Annotated[Text | None, uncoded("How an `inferred` value follows from the passage.")] = None
    credibility: Annotated[
        int,
        Field(strict=True, ge=1, le=6),
        uncoded("How far the information is to be believed, 1 to 6.", source="Admiralty credibility"),
    ] = 6


class Evidence(Citation):
    """A citation with the fields of the record that it carries."""

    supports: Annotated[
        tuple[Text, ...],
        uncoded("Paths of the fields that the passage carries.", item="path", min_length=1),
    ]
