"""Lookup: who or what is meant by an id, a code or a name, and why; never a silent guess between two."""

from defcoop.lookup.index import Entry, Index, Period, entries, state_entries
from defcoop.lookup.matches import AmbiguousNameError, Match, Matches, meant
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
    "meant",
    "nearest_word",
    "state_entries",
]
