"""Findable: what has records that are looked up by id, code and name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from defcoop.dataset._lookup import Lookup
    from defcoop.lookup.matches import Matches
    from defcoop.models import Record


class Findable:
    """What has records that can be looked up."""

    __slots__ = ("_lookup",)

    _lookup: Lookup

    def find(
        self,
        text: str | int,
        *,
        at: date | str | int | None = None,
        type: str | None = None,  # noqa: A002 - the word for it
    ) -> Matches[Record]:
        """Look up records by an id, a code or a name in any language; states of the world are found too.

        A text is an id; a code, alone (`TUR`, `640`) or after its scheme (`cow:640`); a name in any spelling (capitals,
        diacritics, vowel signs, punctuation, the article and what Arabic or Turkish writes together with a name do not
        matter); words of a name; or a name misspelt. What is less sure is looked for only where nothing surer is found.

        Args:
            text: an id, a code or a name.
            at: the day, year or EDTF date at which the code held, or the state was one; at any time by default.
            type: the type of the records, such as `actor` or `agreements`; all by default.

        Returns:
            The records that may be meant, the surest first, each with the reason; `single()` gives the one that is
            meant and refuses to guess between several.

        Raises:
            InputError: if the time is no date, or there is no such type.

        >>> import defcoop
        >>> ds = defcoop.load()
        >>> [(match.record.id, match.why) for match in ds.find("بتركيا")]
        [('act-tur', 'the name تركيا, without ب')]
        """
        return self._lookup.find(text, at, type)

    def search(self, text: str, *, type: str | None = None) -> Matches[Record]:  # noqa: A002 - as above
        """List every record of which an id, a code or words of a name are those of a text, or else are like them.

        Args:
            text: what to look for.
            type: the type of the records; all by default.

        Raises:
            InputError: if there is no such type.

        >>> import defcoop
        >>> [match.record.id for match in defcoop.load().search("Barzan", type="actor")]
        ['act-qat-barzan']
        """
        return self._lookup.search(text, type)

    def nearest(self, text: str) -> str:
        """Ask whether a record is meant that is near to an id, code or name; nothing if none is.

        Args:
            text: the id, code or name.

        >>> import defcoop
        >>> defcoop.load().nearest("act-katar")
        'Did you mean act-qat?'
        """
        return self._lookup.hint(text)
