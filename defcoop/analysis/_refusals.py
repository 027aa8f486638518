"""A refusal that several analyses share: a library that is not installed."""

from __future__ import annotations

from importlib.util import find_spec

from defcoop.errors import MissingLibraryError


def need(library: str, purpose: str, extra: str) -> None:
    """Refuse to go on without a library.

    Raises:
        MissingLibraryError: if it is not installed.
    """
    if find_spec(library) is None:
        msg = f"{purpose} {library}: pip install 'defcoop[{extra}]'"
        raise MissingLibraryError(msg)
