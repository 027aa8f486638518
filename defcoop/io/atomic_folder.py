"""Putting a finished folder in the place of an old one, so that one of the two is always whole."""

from __future__ import annotations

import ctypes
import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def replace_folder(fresh: Path, place: Path) -> None:
    """Move a folder to its place and remove what was there.

    Raises:
        OSError: if the system refuses; then what was there stays.
    """
    if not place.exists():
        fresh.rename(place)
    elif _exchange(fresh, place):
        shutil.rmtree(fresh)
    else:
        # Without an exchange in one step there is a moment with the new name missing, never one with both lost.
        aside = fresh.with_name(f"{fresh.name}.old")
        place.rename(aside)
        try:
            fresh.rename(place)
        except OSError:
            aside.rename(place)
            raise
        shutil.rmtree(aside)
    sync(place.parent)


def sync(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two names in one step where the system can (Linux); tell whether it was done."""
    rename: Callable[..., int] | None = getattr(ctypes.CDLL(None), "renameat2", None)
    return (
        rename is not None
        and rename(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE) == 0
    )
