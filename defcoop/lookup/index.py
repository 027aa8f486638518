"""Index: records by their ids, codes and folded names, made when it is first asked and never changed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from defcoop.lookup.reasons import SURE, Hit, Reason
from defcoop.lookup.spelling import bare_words, folded_name, folded_names, key, other_spellings
from defcoop.lookup.words import WordIndex
from defcoop.models.registry import type_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from defcoop.models import Record
    from defcoop.models.actor import Code

_LONGEST = 1000
"""How long a text may be: as long as a name."""

_STATEHOOD = ("cow", "gw")
"""The schemes whose codes say from when to when a state was one."""

_NAMED_ALWAYS = frozenset({"iso_numeric"})
"""Schemes whose codes are meant only where the scheme is named: their numbers are those of other states elsewhere."""


class Entry(NamedTuple):
    """What a record is looked up by: its id, type, names and codes, and whether it was withdrawn."""

    id: str
    type: str
    names: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    withdrawn: bool = False


class Period(NamedTuple):
    """A time asked for: its first and last day."""

    first: date
    last: date


def entries(records: Iterable[Record]) -> Iterator[Entry]:
    """Yield what each of some records is looked up by."""
    for record in records:
        names = tuple([name.text for name in record.names])
        withdrawn = record.withdrawn is not None
        yield Entry(record.id, type_of(record).name, names, getattr(record, "codes", ()), withdrawn)


class Index:
    """Records by id, code and name.

    >>> index = Index([Entry("act-tur", "actor", ("Turkey", "Türkiye"))])
    >>> [(hit.id, hit.why) for hit in index.find("TURKIYE")]
    [('act-tur', 'the name Türkiye')]
    """

    def __init__(self, known: Iterable[Entry]) -> None:
        """Take what is known; of an id that stands several times all names and codes count.

        Args:
            known: the entries.
        """
        self._known = tuple(known)
        self._types = {entry.id: entry.type for entry in self._known}

    def __contains__(self, record_id: object) -> bool:
        """Tell whether there is a record of that id."""
        return record_id in self._types

    def find(self, text: str, *, at: Period | None = None, types: Collection[str] = ()) -> list[Hit]:
        """Give the records that may be meant by a text, the surest first; those that are less sure only if none is.

        Args:
            text: an id, a code, which may be preceded by its scheme (`cow:640`), or a name in any language.
            at: the time at which the code or the state was one; at any time by default.
            types: the types of record that may be meant; all by default.
        """
        text = text.strip()
        outside: list[Hit] = []
        if 0 < len(text) <= _LONGEST:
            for stage in (self._exact, self._spelt, self._holding, self._misspelt):
                hits = self._best(stage(text, at), types)
                within = [hit for hit in hits if not hit.outside]
                if within:
                    return within
                outside += hits
        return [hit for hit in outside if hit.reason in SURE]

    def search(self, text: str, *, types: Collection[str] = ()) -> list[Hit]:
        """Give all records of which an id, a code or a name answers to a text, or a name holds all of its words.

        Args:
            text: what to look for.
            types: the types of record; all by default.
        """
        text = text.strip()
        if not 0 < len(text) <= _LONGEST:
            return []
        hits = [hit for stage in (self._exact, self._spelt, self._holding) for hit in stage(text, None)]
        return self._best(hits or self._misspelt(text, None), types)

    def _best(self, hits: Iterable[Hit], types: Collection[str]) -> list[Hit]:
        """Give the surest hit of each record, in order; withdrawn records only where there is no other."""
        best: dict[str, Hit] = {}
        for hit in hits:
            if (not types or self._types[hit.id] in types) and (
                hit.id not in best or (hit.order, hit.matched) < (best[hit.id].order, best[hit.id].matched)
            ):
                best[hit.id] = hit
        standing = [hit for hit in best.values() if hit.id not in self._withdrawn] or best.values()
        return sorted(standing, key=lambda hit: (hit.order, hit.id))

    def _exact(self, text: str, at: Period | None) -> Iterator[Hit]:
        if (own := text.casefold()) in self._types:
            yield Hit(own, Reason.ID, own)
            return
        scheme, colon, code = text.casefold().rpartition(":")
        for holder, held in self._by_code.get(code.strip(), ()):
            asked = held.scheme == scheme if colon else held.scheme not in _NAMED_ALWAYS
            if asked:
                outside = at is not None and not _holds(held, at)
                yield Hit(holder, Reason.CODE, f"{held.scheme} {held.code}", outside=outside)
        yield from self._named(Reason.NAME, self._by_key.get(key(folded_name(text)), ()), at)

    def _spelt(self, text: str, at: Period | None) -> Iterator[Hit]:
        for words, left_out in other_spellings(folded_name(text)):
            yield from self._named(Reason.SPELLING, self._by_bare_key.get("".join(words), ()), at, left_out)

    def _holding(self, text: str, at: Period | None) -> Iterator[Hit]:
        for words, left_out in other_spellings(folded_name(text)):
            for number, more in self._words.holding(words):
                yield from self._named(Reason.WORDS, (number,), at, left_out, words=more)

    def _misspelt(self, text: str, at: Period | None) -> Iterator[Hit]:
        for words, left_out in other_spellings(folded_name(text)):
            for number, letters, more in self._words.misspelt(words):
                yield from self._named(Reason.MISSPELT, (number,), at, left_out, letters, more)

    def _named(
        self,
        reason: Reason,
        numbers: Iterable[int],
        at: Period | None,
        left_out: str = "",
        letters: int = 0,
        words: int = 0,
    ) -> Iterator[Hit]:
        for number in numbers:
            holder, name = self._names[number]
            outside = at is not None and self._is_outside(holder, at)
            yield Hit(holder, reason, name, left_out, letters, words, outside)

    def _is_outside(self, holder: str, at: Period) -> bool:
        """Tell whether a state was none at a time; others are at any time."""
        spans = self._spans.get(holder)
        return spans is not None and not any(_holds(code, at) for code in spans)

    @cached_property
    def _withdrawn(self) -> frozenset[str]:
        return frozenset(entry.id for entry in self._known if entry.withdrawn)

    @cached_property
    def _names(self) -> tuple[tuple[str, str], ...]:
        """All names, each with the id of its holder."""
        return tuple(dict.fromkeys((entry.id, name) for entry in self._known for name in entry.names))

    @cached_property
    def _folded(self) -> list[str]:
        return folded_names(name for _, name in self._names)

    @cached_property
    def _by_key(self) -> Mapping[str, list[int]]:
        return _numbered(map(key, self._folded))

    @cached_property
    def _bare(self) -> list[tuple[str, ...]]:
        return list(map(bare_words, self._folded))

    @cached_property
    def _by_bare_key(self) -> Mapping[str, list[int]]:
        return _numbered(map("".join, self._bare))

    @cached_property
    def _words(self) -> WordIndex:
        return WordIndex(self._bare)

    @cached_property
    def _by_code(self) -> Mapping[str, set[tuple[str, Code]]]:
        by_code: dict[str, set[tuple[str, Code]]] = defaultdict(set)
        for entry in self._known:
            for code in entry.codes:
                by_code[code.code.casefold()].add((entry.id, code))
        by_code.default_factory = None
        return by_code

    @cached_property
    def _spans(self) -> Mapping[str, list[Code]]:
        spans: dict[str, list[Code]] = defaultdict(list)
        for entry in self._known:
            for code in entry.codes:
                if code.scheme in _STATEHOOD:
                    spans[entry.id].append(code)
        return dict(spans)


def _numbered(keys: Iterable[str]) -> Mapping[str, list[int]]:
    """Give the numbers of the names of each key, in order."""
    numbered: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(keys):
        if each:
            numbered[each].append(number)
    numbered.default_factory = None
    return numbered


def _holds(code: Code, at: Period) -> bool:
    """Tell whether a code may have held at some time of a period."""
    first, last = code.valid.earliest, code.valid.latest
    return (first or date.min) <= at.last and (last or date.max) >= at.first
