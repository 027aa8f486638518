"""Matches: the records that may be meant by a text, ranked, each with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar, overload

from defcoop.errors import InputError
from defcoop.io.html_table import table
from defcoop.lookup.reasons import Reason
from defcoop.models import Record, SourceCard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from defcoop.lookup.reasons import Hit

_Kind = TypeVar("_Kind", bound=Record | SourceCard)

_LISTED = 5
"""How many candidates a message names."""


class AmbiguousNameError(InputError):
    """A text that may mean several records; `candidates` has their ids."""

    def __init__(self, message: str, candidates: Iterable[str] = ()) -> None:
        """Keep the candidates."""
        super().__init__(message)
        self.candidates = tuple(candidates)


class Match(NamedTuple, Generic[_Kind]):
    """A record that may be meant by a text.

    Attributes:
        record: the record.
        reason: the kind of reason: `id`, `code`, `name`, `spelling` (a name written otherwise), `words` (of a name), or
            `misspelt`.
        why: the reason in words, with the code or name that was met.
    """

    record: _Kind
    reason: str
    why: str


class Matches(Sequence[Match[_Kind]]):
    """The records that may be meant by a text, the surest first.

    Attributes:
        text: what was looked for.
        hits: what was found of each record.
    """

    __slots__ = ("_matches", "_names", "hits", "text")

    def __init__(self, text: str, hits: Iterable[Hit], records: Mapping[str, _Kind]) -> None:
        """Make matches of hits.

        Args:
            text: what was looked for.
            hits: what was found, in order.
            records: the records of the hits by id.
        """
        self.text, self.hits = text, tuple(hits)
        self._names = {hit.id: getattr(records[hit.id], "name", "") for hit in self.hits}
        self._matches = tuple(Match(records[hit.id], hit.reason.name.lower(), hit.why) for hit in self.hits)

    @overload
    def __getitem__(self, place: int) -> Match[_Kind]: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Match[_Kind], ...]: ...

    def __getitem__(self, place: int | slice) -> Match[_Kind] | tuple[Match[_Kind], ...]:
        """Give a match by its place."""
        return self._matches[place]

    def __len__(self) -> int:
        """Count the matches."""
        return len(self._matches)

    def single(self) -> _Kind:
        """Give the one record that is meant.

        Raises:
            AmbiguousNameError: if the text may mean several; the message has them, each with the reason.
            InputError: if it means none.

        >>> import defcoop
        >>> defcoop.load().find("Türkiye").single().id
        'act-tur'
        """
        sought = single_hit(self.text, self.hits, self._names)
        return next(match.record for match in self if match.record.id == sought)

    @property
    def is_sure(self) -> bool:
        """Whether the first is met by an id, a code or a name as it is, and not by words of names or likeness."""
        return bool(self.hits) and self.hits[0].is_sure

    def sure(self, what: str, near: str = "") -> str:
        """Give the id of the one record that is meant and not only near, as `sure_hit` does."""
        return sure_hit(self.text, self.hits, self._names, what, near)

    def hint(self) -> str:
        """Ask whether one of the nearest is meant; nothing if there is none."""
        return meant((hit for hit in self.hits if hit.is_as_near_as(self.hits[0])), self._names)

    def __repr__(self) -> str:
        """Name the records, each with the reason."""
        listed = ", ".join(f"{match.record.id} ({match.why})" for match in self)
        return f"<{len(self)} {'match' if len(self) == 1 else 'matches'} of {self.text!r}: {listed or 'none'}>"

    def _repr_html_(self) -> str:
        """Show the records as a table, for notebooks."""
        rows = ((match.record.id, self._names[match.record.id], match.why) for match in self)
        return table(f"Matches of {self.text}", ("id", "name", "why"), rows)


def single_hit(text: str, hits: Iterable[Hit], names: Mapping[str, str], what: str = "record") -> str:
    """Give the id of the one record that is meant: the surest, if no other is as sure or, misspelt, almost as near.

    Args:
        text: what was looked for.
        hits: what was found, in order.
        names: the names of the records by id, for messages.
        what: what the records are called in messages.

    Raises:
        AmbiguousNameError: if several may be meant.
        InputError: if none is, or none was at the time asked for.
    """
    found = tuple(hits)
    if not found:
        msg = f"no {what} has the id or code {text}, or that name"
        raise InputError(msg)
    first, *others = found
    if first.reason is Reason.MISSPELT and first.words:  # a word of a name, misspelt, is no name
        return sure_hit(text, found, names, what)
    if first.outside:
        msg = f"{text} is {first.why}, of {shown(first.id, names)}"
        raise InputError(msg)
    as_near = [hit for hit in others if hit.is_as_near_as(first)]
    if as_near:
        raise AmbiguousNameError(ambiguity(text, [first, *as_near], names), (first.id, *(hit.id for hit in as_near)))
    return first.id


def ambiguity(text: str, hits: Iterable[Hit], names: Mapping[str, str]) -> str:
    """Say which records a text may mean, each with the reason, and how to say which."""
    found = tuple(hits)
    listed = ", ".join(f"{hit.why} of {shown(hit.id, names)}" for hit in found[:_LISTED])
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    advice = "name its id"
    if all(hit.reason is Reason.CODE for hit in found):
        advice = "name the time, or its id"
        if text.isdecimal():
            advice = f"name the system of codes too, such as cow:{text}, the time, or its id"
    return f"{text} is {listed}{more}; {advice}"


def shown(record_id: str, names: Mapping[str, str]) -> str:
    """Write an id with a name, as messages have it.

    >>> shown("act-mrt", {"act-mrt": "Mauritania"})
    'act-mrt (Mauritania)'
    """
    return f"{record_id} ({names[record_id]})" if names.get(record_id) else record_id


def sure_hit(text: str, hits: Iterable[Hit], names: Mapping[str, str], what: str, near: str = "") -> str:
    """Give the id of the one record that is meant and not only near, for whoever must not guess.

    Args:
        text: what was looked for.
        hits: what was found, in order.
        names: the names of the records by id, for messages.
        what: what the records are called in messages.
        near: what to say of records that are near where no name is.

    Raises:
        AmbiguousNameError: if several may be meant.
        InputError: if none is; the message has those that are near.
    """
    found = tuple(hits)
    if found and found[0].is_sure:
        return single_hit(text, found, names, what)
    near = near or meant((hit for hit in found if hit.is_as_near_as(found[0])), names)
    msg = f"no {what} has the id or code {text}, or that name. {near}".rstrip()
    raise InputError(msg)


def meant(hits: Iterable[Hit], names: Mapping[str, str]) -> str:
    """Ask whether what was found is meant; nothing if nothing was."""
    listed = [shown(hit.id, names) for hit in hits][:_LISTED]
    return f"Did you mean {' or '.join(listed)}?" if listed else ""
