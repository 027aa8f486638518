"""Controlled terms: values that carry their own definition."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from defcoop.values._described import restore_description


class Term(StrEnum):
    """One term of a closed vocabulary; `definition` says what it means, in one sentence.

    >>> class Colour(Term):
    ...     RED = "red", "The colour of a stop light."
    >>> Colour.RED == "red", Colour("red").definition
    (True, 'The colour of a stop light.')
    """

    definition: str

    def __init_subclass__(cls) -> None:
        """Keep the description."""
        super().__init_subclass__()
        restore_description(cls)

    # A term equals its text, so the two hash alike; and the hash of an Enum is slow.
    __hash__ = str.__hash__

    def __new__(cls, value: str, definition: str, *_: object) -> Self:
        """Make a term from its text and its definition; what else a vocabulary's terms say, its `__init__` keeps."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.definition = definition
        return term
