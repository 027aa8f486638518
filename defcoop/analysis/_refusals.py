"""Refusals that several analyses share: a name that is not known, a library that is not installed."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from defcoop.errors import InputError, MissingLibraryError
from defcoop.validation.issues import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection


def check_known(what: str, name: str, known: Collection[str]) -> None:
    """Refuse a name that is none of those known; the message has the nearest, or all.

    Raises:
        InputError: if it is none of them.
    """
    if name not in known:
        hint = did_you_mean(name, known) or f"There are {', '.join(known)}."
        msg = f"there is no {what} {name}. {hint}"
        raise InputError(msg)


def need(library: str, purpose: str, extra: str) -> None:
    """Refuse to go on without a library.

    Raises:
        MissingLibraryError: if it is not installed.
    """
    if find_spec(library) is None:
        msg = f"{purpose} {library}: pip install 'defcoop[{extra}]'"
        raise MissingLibraryError(msg)
