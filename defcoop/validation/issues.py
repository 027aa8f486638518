"""What checks look at and what they report, before it is put at line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from defcoop.lookup.nearest import nearest_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from defcoop.models import SourceCard
    from defcoop.models.leaves import Pointer
    from defcoop.models.own_terms import OwnTerms
    from defcoop.validation.summary import RecordSummary

COVERAGE = 0.9
"""The share of each text that is to be cited or dismissed where a dataset asks for no other."""


class Issue(NamedTuple):
    """One mistake in one file: its code, the value at fault, what was found, and what to do about it.

    `at_key` asks for the place of the key in place of the value's.
    """

    code: str
    pointer: Pointer
    message: str
    hint: str = ""
    at_key: bool = False


class CrossRecordIssue(NamedTuple):
    """One mistake between records, seen from the record `id`: it stands wherever that names `target`.

    With `field` or `fields` only there, with `wanted` only where a record of that type is wanted; without `target` at
    the field itself.
    """

    id: str
    code: str
    message: str
    hint: str = ""
    target: str | None = None
    field: str | None = None
    wanted: str | None = None
    fields: frozenset[str] | None = None


class Sources(NamedTuple):
    """What the check of a single file may look at beyond it.

    The source cards, the seed texts at hand, and of those refused the code, the reason and what to do; all by seed id.
    And the dataset's own terms, and the packages whose checks count for it, None if all do.
    """

    cards: Mapping[str, SourceCard]
    texts: Mapping[str, str]
    refused: Mapping[str, tuple[str, str, str]]
    own_terms: OwnTerms | None = None
    plugins: tuple[str, ...] | None = None


class DatasetIndex(NamedTuple):
    """What a check of the whole dataset looks at.

    `ids` gives the type of every id, also of broken records; `summaries` those of the sound records and cards;
    `coverage` the share of each text that is to be cited or dismissed.
    """

    ids: Mapping[str, str]
    summaries: Mapping[str, RecordSummary]
    coverage: float = COVERAGE


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the known word that is nearest to the one found, or nothing."""
    nearest = nearest_word(word, known)
    return f"Did you mean {nearest}?" if nearest else ""
