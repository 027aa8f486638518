"""Passages: they lie in their text, hold their quotes and names, and have their digests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.io.seed_texts import digest
from defcoop.validation.issues import Issue
from defcoop.validation.record_checks.evidence import citations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.models import Citation, Record, SourceCard
    from defcoop.models.leaves import Pointer
    from defcoop.validation.issues import Sources


def passages_hold(record: Record, sources: Sources) -> Iterator[Issue]:
    """Every cited passage is in bounds and, with the text at hand, has its digest and its quote."""
    for pointer, cited in citations(record):
        where = (*pointer, "passage")
        yield from _bounds(cited.seed, cited.passage, where, sources) or _content(cited, pointer, sources)


def names_are_attested(record: Record, sources: Sources) -> Iterator[Issue]:
    """A name read from a text stands, letter for letter, in a passage that supports it."""
    for number, name in enumerate(record.names):
        if not name.needs_evidence:
            continue
        paths = {"names", "names.text", f"names[{name.text}]", f"names[{name.text}].text"}
        entries = [entry for entry in record.evidence if not paths.isdisjoint(entry.supports)]
        if not entries or any(entry.seed not in sources.texts for entry in entries):
            continue
        found = any(name.text in sources.texts[entry.seed][slice(*entry.passage)] for entry in entries)
        # A wrong passage is told by its digest.
        if not found and all(digest(sources.texts[entry.seed], *entry.passage) == entry.digest for entry in entries):
            yield Issue("DC408", ("names", number, "text"), f"{name.text} is in none of the passages that support it")


def text_is_the_cards(card: SourceCard, sources: Sources) -> Iterator[Issue]:
    """The text that lies there is the one that the card describes."""
    if card.id in sources.refused:
        code, reason = sources.refused[card.id]
        yield Issue(code, ("file" if code == "DC902" else "sha256",), reason)
    text = sources.texts.get(card.id)
    if text is not None:
        found = {"bytes": len(text.encode()), "code_points": len(text)}
        for field, number in found.items():
            if getattr(card, field) != number:
                yield Issue("DC901", (field,), f"is {getattr(card, field)}, but the text has {number}")


def dismissals_hold(card: SourceCard, sources: Sources) -> Iterator[Issue]:
    """Every dismissed passage is in bounds and, with the text at hand, has its digest."""
    for number, dismissed in enumerate(card.dismissed):
        pointer = ("dismissed", number)
        issues = _bounds(card.id, dismissed.passage, (*pointer, "passage"), sources)
        text = sources.texts.get(card.id)
        if not issues and text is not None and digest(text, *dismissed.passage) != dismissed.digest:
            issues = [Issue("DC405", (*pointer, "passage"), _other_digest(dismissed.passage))]
        yield from issues


def _bounds(seed: str, passage: tuple[int, int], pointer: Pointer, sources: Sources) -> list[Issue]:
    start, end = passage
    card = sources.cards.get(seed)
    if start >= end:
        return [Issue("DC403", pointer, f"[{start}, {end}) is empty or reversed")]
    if card and end > card.code_points:
        return [Issue("DC403", pointer, f"[{start}, {end}) goes beyond the {card.code_points} characters of {seed}")]
    return []


def _content(cited: Citation, pointer: Pointer, sources: Sources) -> list[Issue]:
    text = sources.texts.get(cited.seed)
    if text is None:
        return []
    actual = digest(text, *cited.passage)
    if actual != cited.digest:
        at = text.find(cited.quote)
        hint = f"The quote stands at [{at}, {at + len(cited.quote)})." if at >= 0 else ""
        if cited.quote in text[slice(*cited.passage)]:
            hint = f"The quote is in it; if it is the passage meant, its digest is {actual}."
        return [Issue("DC405", (*pointer, "passage"), _other_digest(cited.passage), hint)]
    if cited.quote not in text[slice(*cited.passage)]:
        return [Issue("DC404", (*pointer, "quote"), f"{cited.quote} is not in the passage")]
    return []


def _other_digest(passage: tuple[int, int]) -> str:
    return f"the text at [{passage[0]}, {passage[1]}) has another digest"
