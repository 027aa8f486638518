"""The nearest of some words by their letters, as for a misspelt id, field or term."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALIKE = 0.7


def nearest_word(word: str, known: Iterable[str]) -> str | None:
    """Give the known word that is nearest to one, if any is near.

    >>> nearest_word("act-turr", ["act-qat", "act-tur"])
    'act-tur'
    """
    from rapidfuzz import process  # noqa: PLC0415 - only who has erred needs the library
    from rapidfuzz.distance import Indel  # noqa: PLC0415 - as above

    match = process.extractOne(word, sorted(known), scorer=Indel.normalized_similarity, score_cutoff=_ALIKE)
    return match[0] if match else None
