"""Lookup: who or what is meant by an id, a code or a name, and why; never a silent guess between two."""

from defcoop.lookup.index import Entry, Index, Period, entries
from defcoop.lookup.matches import AmbiguousNameError, Match, Matches
from defcoop.lookup.nearest import nearest_word
from defcoop.lookup.reasons import Hit, Reason

__all__ = [
    "AmbiguousNameError",
    "Entry",
    "Hit",
    "Index",
    "Match",
    "Matches",
    "Period",
    "Reason",
    "entries",
    "nearest_word",
]
