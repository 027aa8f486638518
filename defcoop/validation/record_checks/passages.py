"""Passages: they lie in their text, hold their quotes and names, and have their digests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.io.seed_texts import digest
from defcoop.validation.issues import Issue
from defcoop.validation.record_checks.evidence import citations
from defcoop.validation.record_checks.passage_hints import like_phrase, meant_passage, passage_of_quote, wider_passage
from defcoop.values.text import composed, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.models import Citation, Record, SourceCard
    from defcoop.models.leaves import Pointer
    from defcoop.models.source_card import Dismissed
    from defcoop.validation.issues import Sources

_OTHER = "the text at [{}, {}) has another digest"


def passages_hold(record: Record, sources: Sources) -> Iterator[Issue]:
    """Every cited passage is in bounds and, with the text at hand, has its digest and its quote."""
    for pointer, cited in citations(record):
        text, (start, end) = sources.texts.get(cited.seed), cited.passage
        if issue := _out_of_bounds(cited.seed, cited, (*pointer, "passage"), sources):
            yield issue
        elif text is not None:
            passage = text[start:end]
            actual = digest(passage)
            if actual != cited.digest:
                yield _other_digest(text, cited, pointer, actual)
            elif cited.quote not in passage and cited.quote not in shown(passage):
                hint = like_phrase(cited.quote, passage) or wider_passage(text, cited.passage, cited.quote)
                yield Issue("DC404", (*pointer, "quote"), f"{cited.quote} is not in the passage", hint)


def names_are_attested(record: Record, sources: Sources) -> Iterator[Issue]:
    """A name read from a text stands, letter for letter, in a passage that supports it."""
    for number, name in enumerate(record.names):
        if not name.needs_evidence:
            continue
        paths = {"names", "names.text", f"names[{name.text}]", f"names[{name.text}].text"}
        entries = [entry for entry in record.evidence if not paths.isdisjoint(entry.supports)]
        if not entries or any(entry.seed not in sources.texts for entry in entries):
            continue
        passages = [sources.texts[entry.seed][slice(*entry.passage)] for entry in entries]
        is_attested = any(name.text in composed(shown(passage)) for passage in passages)
        # Of a wrong passage, the digest says so.
        if not is_attested and [*map(digest, passages)] == [entry.digest for entry in entries]:
            yield Issue("DC408", ("names", number, "text"), f"{name.text} is in none of the passages that support it")


def text_is_the_cards(card: SourceCard, sources: Sources) -> Iterator[Issue]:
    """The text that lies there is the one that the card describes."""
    if card.id in sources.refused:
        code, reason, hint = sources.refused[card.id]
        yield Issue(code, ("file" if code == "DC902" else "sha256",), reason, hint)
    text = sources.texts.get(card.id)
    if text is not None:
        measured = {"bytes": len(text.encode()), "code_points": len(text)}
        for field, number in measured.items():
            if getattr(card, field) != number:
                hint = f"Write {field}: {number}."  # the text has the digest of the card
                yield Issue("DC901", (field,), f"is {getattr(card, field)}, but the text has {number}", hint)


def dismissals_hold(card: SourceCard, sources: Sources) -> Iterator[Issue]:
    """Every dismissed passage is in bounds and, with the text at hand, has its digest."""
    text = sources.texts.get(card.id)
    for number, dismissed in enumerate(card.dismissed):
        pointer, (start, end) = ("dismissed", number, "passage"), dismissed.passage
        if issue := _out_of_bounds(card.id, dismissed, pointer, sources):
            yield issue
        elif text is not None and (actual := digest(text[start:end])) != dismissed.digest:
            hint = meant_passage(text, dismissed.passage, dismissed.digest)
            fallback = f"If it is the passage meant, its digest is {actual}."
            yield Issue("DC405", pointer, _OTHER.format(start, end), hint or fallback)


def _out_of_bounds(seed: str, cited: Citation | Dismissed, pointer: Pointer, sources: Sources) -> Issue | None:
    card, text, (start, end) = sources.cards.get(seed), sources.texts.get(seed), cited.passage
    if start >= end:
        message = f"[{start}, {end}) is empty or reversed"
    elif card and end > card.code_points:
        message = f"[{start}, {end}) goes beyond the {card.code_points} characters of {seed}"
    else:
        return None
    return Issue("DC403", pointer, message, meant_passage(text, cited.passage, cited.digest) if text else "")


def _other_digest(text: str, cited: Citation, pointer: Pointer, actual: str) -> Issue:
    start, end = cited.passage
    message = _OTHER.format(start, end)
    elsewhere = meant_passage(text, cited.passage, cited.digest)
    if cited.quote in text[start:end] and not elsewhere:
        hint = f"The quote is in it; if it is the passage meant, its digest is {actual}."
        return Issue("DC405", (*pointer, "digest"), message, hint)
    return Issue("DC405", (*pointer, "passage"), message, elsewhere or passage_of_quote(text, cited.quote))
