"""Index: records by their ids, codes and folded names, made when it is first asked and never changed."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, partial
from typing import TYPE_CHECKING

from defcoop.lookup.reasons import Hit, Reason
from defcoop.lookup.spelling import Query, bare_words, folded_names, key
from defcoop.lookup.words import WordIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from defcoop.lookup.entries import Entry, HeldCode, Period
    from defcoop.lookup.words import Way

    _Stage = Callable[[Query, Period | None], Iterator[Hit]]

_LONGEST = 1000
"""How long a text may be: as long as a name."""

_SOUND = 3
"""How many of the stages look for what is not misspelt."""

_STATEHOOD = ("cow", "gw")
"""The schemes whose codes say from when to when a state was one."""

_ONLY_NAMED = "iso_numeric"
"""The scheme whose codes are meant only where it is named: its numbers are those of other states elsewhere."""

_LIVING = ("iso2", "iso3", "iso_numeric")
"""The schemes whose codes of today are meant when no time is given: some were those of another state before."""


class Index:
    """Records by id, code and name.

    >>> from defcoop.lookup.entries import Entry
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

    def ids(self, types: Collection[str] = ()) -> list[str]:
        """Give the ids of all records, or of those of some types."""
        return [own for own, kind in self._types.items() if not types or kind in types]

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
            query = Query(text)
            for stage in self._stages():
                if not (hits := list(stage(query, at))) or not (hits := self._best(hits, types)):
                    continue
                within = [hit for hit in hits if not hit.outside]
                if within:
                    return within
                outside += hits
                if any(hit.is_sure for hit in outside):  # what it means is known, and was not then
                    break
        return outside

    def search(self, text: str, *, types: Collection[str] = ()) -> list[Hit]:
        """Give all records of which an id, a code or a name answers to a text, or a name holds all of its words.

        Args:
            text: what to look for.
            types: the types of record; all by default.
        """
        text = text.strip()
        if not 0 < len(text) <= _LONGEST:
            return []
        query = Query(text)
        sound, misspelt = list(self._stages())[:_SOUND], list(self._stages())[_SOUND:]
        if hits := [hit for stage in sound for hit in stage(query, None)]:
            return self._best(hits, types)
        return next(filter(None, (self._best(stage(query, None), types) for stage in misspelt)), [])

    def _stages(self) -> Iterator[_Stage]:
        """Yield the ways of looking for a text, the surest first: those for misspelt names need an index of words."""
        yield from (self._exact, self._spelt, self._holding)
        yield from (partial(self._misspelt, way) for way in self._words.ways)

    def _best(self, hits: Iterable[Hit], types: Collection[str]) -> list[Hit]:
        """Give the surest hit of each record, in order; withdrawn records only where there is no other."""
        best: dict[str, Hit] = {}
        for hit in hits:
            if (not types or self._types[hit.id] in types) and (
                hit.id not in best or (hit.order, hit.matched) < (best[hit.id].order, best[hit.id].matched)
            ):
                best[hit.id] = hit
        standing = [hit for hit in best.values() if hit.id not in self._withdrawn] or list(best.values())
        return sorted(standing, key=lambda hit: (hit.order, hit.id)) if len(standing) > 1 else standing

    def _exact(self, query: Query, at: Period | None) -> Iterator[Hit]:
        text = query.text
        if (own := text.casefold()) in self._types:
            yield Hit(own, Reason.ID, own)
            return
        for holder, held in self._codes(text, at):
            outside = at is not None and (not held.holds(at) or self._is_outside(holder, at))
            yield Hit(holder, Reason.CODE, f"{held.scheme} {held.code}", outside=outside)
        for number in self._by_key.get(key(query.folded), ()):
            yield self._hit(number, at, Reason.NAME)

    def _codes(self, text: str, at: Period | None) -> list[tuple[str, HeldCode]]:
        """Give the holders of a code, which may be preceded by its scheme."""
        scheme, _, code = text.casefold().replace(" ", ":").rpartition(":")
        if code not in self._by_code:
            return []
        found = [
            (holder, held)
            for holder, held in self._by_code[code]
            if (held.scheme == scheme.rstrip(":") if scheme else held.scheme != _ONLY_NAMED)
        ]
        if at is None:
            living = {held.scheme for _, held in found if held.scheme in _LIVING and not held.ended}
            found = [(holder, held) for holder, held in found if held.scheme not in living or not held.ended]
        return found

    def _spelt(self, query: Query, at: Period | None) -> Iterator[Hit]:
        for rank, (words, left_out) in enumerate(query.spellings):
            for number in self._by_bare_key.get("".join(words), ()):
                yield self._hit(number, at, Reason.SPELLING, left_out, words=rank)

    def _holding(self, query: Query, at: Period | None) -> Iterator[Hit]:
        for words, left_out in query.spellings:
            for number, more in self._words.holding(words):
                yield self._hit(number, at, Reason.WORDS, left_out, words=more)

    def _misspelt(self, way: Way, query: Query, at: Period | None) -> Iterator[Hit]:
        for words, left_out in query.spellings:
            for number, letters, more in way(words):
                yield self._hit(number, at, Reason.MISSPELT, left_out, letters=letters, words=more)

    def _hit(self, number: int, at: Period | None, reason: Reason, left_out: str = "", **more: int) -> Hit:
        """Give the hit of the name of a number."""
        holder, name = self._names[number]
        return Hit(holder, reason, name, left_out, outside=at is not None and self._is_outside(holder, at), **more)

    def _is_outside(self, holder: str, at: Period) -> bool:
        """Tell whether a state was none at a time; others are at any time."""
        spans = self._spans.get(holder)
        return spans is not None and not any(code.holds(at) for code in spans)

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
    def _by_code(self) -> Mapping[str, list[tuple[str, HeldCode]]]:
        """The holders of each code; a state that comes with us has none that a record of the data has for it."""
        own, ours = _holders(self._known, is_reference=False), _holders(self._known, is_reference=True)
        for code, holders in ours.items():
            taken = own.get(code, ())
            free = [
                (holder, held)
                for holder, held in holders
                if not any(other != holder and held.is_same_as(its) for other, its in taken)
            ]
            own[code] = [*taken, *free]
        return own

    @cached_property
    def _spans(self) -> Mapping[str, list[HeldCode]]:
        spans: dict[str, list[HeldCode]] = defaultdict(list)
        for entry in self._known:
            for code in entry.codes:
                if code.scheme in _STATEHOOD:
                    spans[entry.id].append(code)
        return dict(spans)


def _holders(known: Iterable[Entry], *, is_reference: bool) -> dict[str, list[tuple[str, HeldCode]]]:
    """Give the holders of each code among the records of the data, or among those that come with us."""
    holders: dict[str, list[tuple[str, HeldCode]]] = defaultdict(list)
    for entry in known:
        if entry.is_reference is is_reference:
            for code in entry.codes:
                holders[code.code.casefold()].append((entry.id, code))
    return dict(holders)


def _numbered(keys: Iterable[str]) -> Mapping[str, list[int]]:
    """Give the numbers of the names of each key, in order."""
    numbered: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(keys):
        if each:
            numbered[each].append(number)
    return dict(numbered)
