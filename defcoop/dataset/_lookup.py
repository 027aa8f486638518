"""Lookup in a dataset: its records, and the states of the world, by id, code and name; indexed when first asked."""

from __future__ import annotations

import re
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from defcoop.errors import InputError
from defcoop.lookup.entries import Period, entries, state_entries
from defcoop.lookup.index import Index
from defcoop.lookup.matches import Matches
from defcoop.lookup.nearest import nearest_word
from defcoop.models.own_terms import NO_TERMS
from defcoop.models.registry import BY_FOLDER, BY_NAME, type_of
from defcoop.reference.states import state
from defcoop.values import Edtf

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from defcoop.lookup.reasons import Hit
    from defcoop.models import Record, SourceCard
    from defcoop.models.own_terms import OwnTerms

_LIKE_AN_ID = re.compile(r"[a-z]{3}-")


class Lookup:
    """All records and source cards of a dataset by id, among which what is named is looked up."""

    __slots__ = ("_index", "cards", "own_terms", "records")

    def __init__(
        self, records: Mapping[str, Record], cards: Mapping[str, SourceCard], own_terms: OwnTerms = NO_TERMS
    ) -> None:
        """Take records and source cards, which nobody may change, and the dataset's own terms."""
        self.records, self.cards, self.own_terms = records, cards, own_terms
        self._index: Index | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by content."""
        return type(self), (dict(self.records), dict(self.cards), self.own_terms)

    @property
    def index(self) -> Index:
        """The index, made when it is first asked for."""
        if self._index is None:
            self._index = Index(chain(entries(self.records.values()), state_entries()))
        return self._index

    def find(self, text: str | int, at: date | str | int | None = None, kind: str | None = None) -> Matches[Any]:
        """Give what may be meant by a text, of any type or of one."""
        hits = self.index.find(str(text), at=period_of(at), types=type_names(kind))
        return self._matches(str(text), hits)

    def search(self, text: str | int, kind: str | None = None) -> Matches[Any]:
        """Give everything of which an id, a code or words of a name are those of a text."""
        return self._matches(str(text), self.index.search(str(text), types=type_names(kind)))

    def sure(self, text: str | int, what: str, kind: str | None = None) -> str:
        """Give the id of the record that is meant and not only near.

        Raises:
            InputError: if there is none, or several may be meant; the message has them.
        """
        if text in self.records and kind in {None, type_of(self.records[str(text)]).name}:
            return str(text)
        return self.find(text, kind=kind).sure(what, self._near_id(str(text), kind))

    def hint(self, text: str | int, among: Container[str] | None = None) -> str:
        """Ask whether a record, or one of some, is meant; nothing if none is near."""
        if near := self._near_id(str(text), None):
            return near
        matches = self.find(text)
        if among is None:
            return matches.hint()
        return self._matches(matches.text, [hit for hit in matches.hits if hit.id in among]).hint()

    def _matches(self, text: str, hits: Sequence[Hit]) -> Matches[Any]:
        """Give the records of hits: those of the dataset, else those of states."""
        found = {hit.id: self.records.get(hit.id) or state(hit.id) for hit in hits}
        return Matches(text, hits, found)

    def _near_id(self, text: str, kind: str | None) -> str:
        if not _LIKE_AN_ID.match(text):
            return ""
        known = self.index.ids(type_names(kind))
        own = [record_id for record_id in known if record_id in self.records]
        near = nearest_word(text, own) or nearest_word(text, known)
        return f"Did you mean {near}?" if near else ""


def type_names(kind: str | None) -> tuple[str, ...]:
    """Give the name of a record type that is named in one number or the other; nothing for all types.

    Raises:
        InputError: if there is no such type.
    """
    if kind is None:
        return ()
    if kind in BY_NAME:
        return (kind,)
    if kind in BY_FOLDER:
        return (BY_FOLDER[kind].name,)
    near = nearest_word(str(kind), [*BY_NAME, *BY_FOLDER])
    hint = f"Did you mean {near}?" if near else f"There are {', '.join(BY_NAME)}."
    msg = f"{kind} is no type of record. {hint}"
    raise InputError(msg)


def period_of(at: date | str | int | None) -> Period | None:
    """Give the first and the last day of a day, a year or an EDTF date.

    Raises:
        InputError: if it is no date.
    """
    if at is None:
        return None
    from defcoop.dataset._wanted import day_or_date  # noqa: PLC0415 - which needs this module

    day = Edtf(day_or_date("at", at))
    return Period(day.earliest or date.min, day.latest or date.max)
