"""What a check reports, before it is put at line and column."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from defcoop.models import Record, SourceCard
    from defcoop.models.leaves import Pointer


class Fault(NamedTuple):
    """One mistake in one file: its code, the value at fault, what was found, and what to do about it.

    `at_key` asks for the place of the key in place of the value's.
    """

    code: str
    pointer: Pointer
    message: str
    hint: str = ""
    at_key: bool = False


class Context(NamedTuple):
    """What a check may look at beyond its own record.

    `ids` gives the type of every id, also of broken records; `texts` the seed texts at hand.
    """

    ids: Mapping[str, str]
    records: Mapping[str, Record]
    cards: Mapping[str, SourceCard]
    texts: Mapping[str, str]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the known word that is nearest to the one found, or nothing."""
    match = get_close_matches(word, list(known), n=1, cutoff=0.7)
    return f"Did you mean {match[0]}?" if match else ""
