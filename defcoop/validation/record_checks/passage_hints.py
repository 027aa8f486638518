"""Hints for passages: where the one that was meant lies, and how a quote or a digest should read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from defcoop.io.seed_texts import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.models.leaves import Pointer
    from defcoop.validation.issues import Sources

_MOST_CHARACTERS = 50_000
"""A text longer than this is not searched for a digest, which takes a hash for each place."""

_ALIKE = 80


def meant_passage(text: str, passage: tuple[int, int], wanted: str) -> str:
    """Say where a passage lies that has a digest: at another start, at another end, or both moved alike."""
    for start, end in _places(*passage, len(text)) if len(text) <= _MOST_CHARACTERS else ():
        if digest(text[start:end]) == wanted:
            return f"Write passage: [{start}, {end}], which has this digest."
    return ""


def _places(start: int, end: int, length: int) -> Iterator[tuple[int, int]]:
    if start > end:
        yield end, start
    if start < length:
        yield from ((start, other) for other in range(start + 1, length + 1))
    if 0 < end <= length:
        yield from ((other, end) for other in range(end))
    if 0 < (size := abs(end - start)) <= length:
        yield from ((other, other + size) for other in range(length - size + 1))


def passage_of_quote(text: str, quote: str) -> str:
    """Say where a quote stands, as a passage with its digest; nothing if it is not in the text."""
    start = text.find(quote)
    return f"The quote is [{start}, {start + len(quote)}), of digest {digest(quote)}." if start >= 0 else ""


def wider_passage(text: str, passage: tuple[int, int], quote: str) -> str:
    """Give the passage that spans one and a quote beside it, with its digest; nothing if there is no such quote."""
    places = [match.start() for match in re.finditer(re.escape(quote), text)]
    if not places:
        return ""
    start, end = passage
    at = min(places, key=lambda place: abs(place - start))
    low, high = min(start, at), max(end, at + len(quote))
    return f"Write passage: [{low}, {high}] and digest: {digest(text[low:high])}, or a quote that is in it."


def like_phrase(phrase: str, text: str) -> str:
    """Suggest the words of a text that are most like a phrase; nothing if none are."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - only who has erred needs a hint

    if not phrase or len(text) > _MOST_CHARACTERS:
        return ""
    alike = fuzz.partial_ratio_alignment(phrase, text, score_cutoff=_ALIKE)
    if alike is None or not text[alike.dest_start : alike.dest_end].strip():
        return ""
    start, end = alike.dest_start, alike.dest_end
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    words = text[start:end].strip(" .,،؛:\"'()")
    return f"Did you mean {words}?"


def missing_digest(data: Any, pointer: Pointer, own: str, sources: Sources) -> str:  # noqa: ANN401 - a YAML document
    """Give the digest that a passage lacks, where its text is at hand.

    Args:
        data: the document, which may be broken.
        pointer: the way to the digest.
        own: the id of the file, which for a source card is that of the text.
        sources: the texts.
    """
    for step in pointer[:-1]:
        data = data[step]
    text = sources.texts.get(data.get("seed", own)) if isinstance(data, dict) else None
    passage = data.get("passage") if text else None
    match passage:
        case [int(start), int(end)] if text and 0 <= start < end <= len(text):
            return f"Write digest: {digest(text[start:end])}, that of [{start}, {end})."
    return ""
