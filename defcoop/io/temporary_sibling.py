"""Temporary sibling folders: where something is written before it takes its place, and what killed runs left there."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from defcoop.io.atomic_file import PART, naming

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def temporary_sibling(place: Path) -> Iterator[Path]:
    """Give a folder beside a place to write in, which goes away afterwards; those that killed runs left go too.

    Raises:
        OSError: if it cannot be made or written to.
    """
    with naming(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        made, handle = _made(place)
        try:
            yield made
        finally:
            shutil.rmtree(made, ignore_errors=True)
            os.close(handle)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs from making, sweeping or moving anything in a folder meanwhile."""
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _made(place: Path) -> tuple[Path, int]:
    left = re.compile(rf"\.{re.escape(place.name)}\.\w{{8}}{re.escape(PART)}")
    # One run at a time, so that no folder is taken for left behind between its making and its locking.
    with locked(place.parent):
        for path in [path for path in place.parent.iterdir() if left.fullmatch(path.name)]:
            with suppress(OSError):  # another run is at it
                os.close(_lock(path))
                _remove_leftover(path, place)
        made = Path(tempfile.mkdtemp(prefix=f".{place.name}.", suffix=PART, dir=place.parent))
        return made, _lock(made)


def _lock(folder: Path) -> int:
    """Open a folder and lock it for as long as this process lives, so that no other takes it for left behind."""
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def _remove_leftover(left: Path, place: Path) -> None:
    """Remove what a killed run left; what it had moved aside and not yet replaced goes back to its place."""
    aside = left / f"{place.name}.old"
    if aside.exists() and not place.exists():
        aside.rename(place)
    shutil.rmtree(left, ignore_errors=True)
