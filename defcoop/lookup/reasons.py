"""Reasons: why a record is taken to be meant by a text."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Reason(IntEnum):
    """Why a record is meant, from the surest on; codes and names are as sure as each other."""

    ID = 0
    CODE = 1
    NAME = 2
    SPELLING = 3
    WORDS = 4
    MISSPELT = 5


_SURE = frozenset({Reason.ID, Reason.CODE, Reason.NAME, Reason.SPELLING})
"""Reasons for which a record is meant and not only near."""


class Hit(NamedTuple):
    """A record that may be meant: its id, why, and by which of its codes or names.

    `letters` counts the letters that differ, `words` the words of the name that the text lacks, or the spellings tried
    before this one; `left_out` is what the text has beyond the name; `outside` says that the code or the state was none
    at the time asked for.
    """

    id: str
    reason: Reason
    matched: str = ""
    left_out: str = ""
    letters: int = 0
    words: int = 0
    outside: bool = False

    @property
    def why(self) -> str:
        """The reason in words."""
        if self.reason is Reason.ID:
            words = "its id"
        elif self.reason is Reason.CODE:
            words = f"{self.matched}"
        elif self.reason is Reason.MISSPELT:
            words = f"{self.letters} {'letter' if self.letters == 1 else 'letters'} from {self.matched}"
        elif self.reason is Reason.WORDS:
            words = f"in the name {self.matched}"
        else:
            words = f"the name {self.matched}" + (f", without {self.left_out}" if self.left_out else "")
        return f"{words}, not at that time" if self.outside else words

    @property
    def is_sure(self) -> bool:
        """Whether the record is meant, and not only near."""
        return self.reason in _SURE

    @property
    def order(self) -> tuple[int, int, int, int]:
        """What hits are ranked by, before their ids: a smaller one is surer."""
        rank = Reason.CODE if self.reason is Reason.NAME else self.reason
        return int(self.outside), int(rank), self.words, self.letters

    def is_as_near_as(self, surest: Hit) -> bool:
        """Tell whether it may be meant as well as the surest: of whole names misspelt, also with a letter more."""
        if self.reason is Reason.MISSPELT:
            return bool(self.words) == bool(surest.words) and self.letters <= surest.letters + 1
        compared = 2 if self.reason is Reason.WORDS else 3
        return self.order[:compared] == surest.order[:compared]
