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


SURE = frozenset({Reason.ID, Reason.CODE, Reason.NAME, Reason.SPELLING})
"""Reasons for which a record is meant and not only near."""


class Hit(NamedTuple):
    """A record that may be meant: its id, why, and by which of its codes or names.

    `letters` counts the letters that differ, `words` those of the name that the text lacks, `left_out` is what the text
    has beyond the name; `outside` says that the code or the state was none at the time asked for.
    """

    id: str
    reason: Reason
    matched: str
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
    def order(self) -> tuple[int, int, int, int]:
        """What hits are ranked by, before their ids: a smaller one is surer."""
        rank = Reason.CODE if self.reason is Reason.NAME else self.reason
        return int(self.outside), int(rank), self.letters + self.words, self.letters

    def is_as_near_as(self, surest: Hit) -> bool:
        """Tell whether it may be meant as well as the surest: a letter more is as near, and so is any part of names."""
        if self.reason is Reason.MISSPELT:
            return self.letters + self.words <= surest.letters + surest.words + 1
        return self.order[:2] == surest.order[:2]

    @property
    def is_number(self) -> bool:
        """Whether it was met by a code of figures, which others may have in another scheme."""
        return self.reason is Reason.CODE and self.matched[-1].isdecimal()
