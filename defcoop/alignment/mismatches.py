"""Mismatches: why something in a table of others has no partner among the states that we know."""

from __future__ import annotations

from typing import NamedTuple

from defcoop.values import Term


class Mismatch(Term):
    """Why there is no partner."""

    EMPTY = "empty", "Nothing stands there."
    MISSING = "missing", "A mark for a value that is missing, such as -9."
    NO_STATE = "no_state", "The file itself marks it as something else than a state."
    UNKNOWN = "unknown", "No state has this code or name."
    AMBIGUOUS = "ambiguous", "Several states may be meant."
    NOT_THEN = "not_then", "A state has this code or name, but not at that time."
    LIST_CLOSED = "list_closed", "No state had this code when the list of codes closed, and the time lies after that."
    NO_CODE = "no_code", "The actor has no code in this list."
    NO_TIME = "no_time", "The code was that of several states, and the time cannot be read."


class Partner(NamedTuple):
    """The actor that something stands for, or why there is none; `detail` says in words what is known of it.

    A name leads to its actor also where that was no state at the time, and the reason says so.
    """

    actor: str | None
    reason: Mismatch | None = None
    detail: str = ""
