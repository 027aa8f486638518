"""Altair, imported when a chart is made: the other modules use this one as if it were the library."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from defcoop.errors import MissingLibraryError


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever Altair has under the name
    if name.startswith("_"):
        raise AttributeError(name)  # Python asks every module for such names
    try:
        return getattr(import_module("altair"), name)
    except ModuleNotFoundError as error:
        msg = f"plots need {error.name}: pip install 'defcoop[plots]'"
        raise MissingLibraryError(msg) from None
