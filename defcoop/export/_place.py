"""Where an export goes: what may be replaced there, where it is written, and how it takes its place."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from defcoop.package import _swap
from defcoop.package._replacing import PART, naming
from defcoop.package._swap import sync

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = ".defcoop-export"
"""A file in an exported folder that names its format and its files; a folder is replaced if it holds nothing else."""


def check(place: Path, name: str, *, folder: bool) -> None:
    """Refuse a place where writing an export of a format would lose something else.

    Raises:
        FileExistsError: if it is neither free, nor an empty folder, nor an export that can be replaced.
    """
    if not place.exists():
        return
    if place.is_dir():
        if folder and _is_replaceable(place, name):
            return
        msg = f"{place} is a folder and holds something else than a {name} export of defcoop"
        raise FileExistsError(msg)
    if folder or not place.is_file():
        msg = f"{place} is there and is no {'folder' if folder else 'file'}"
        raise FileExistsError(msg)


@contextmanager
def room(place: Path) -> Iterator[Path]:
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


def put(fresh: Path, place: Path, name: str) -> None:
    """Bring a finished file or folder to the disk and put it in its place in one step.

    Raises:
        OSError: if the system refuses; then what was there stays.
    """
    if not fresh.is_dir():
        _settle(fresh)
        fresh.replace(place)
        sync(place.parent)
        return
    (fresh / _MARK).write_text("\n".join([name, *_files(fresh), ""]), encoding="utf-8")
    for path in (*fresh.rglob("*"), fresh):
        _settle(path)
    _swap.put(fresh, place)


def _settle(path: Path) -> None:
    """Give a file or folder the same mode under every umask, and its content a safe place on the disk."""
    path.chmod(0o755 if path.is_dir() else 0o644)
    sync(path)


def _is_replaceable(place: Path, name: str) -> bool:
    """Tell whether a folder is empty, or holds an export of a format and nothing beside it."""
    try:
        form, *files = (place / _MARK).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return not any(place.iterdir())
    return form == name and {*_files(place)} <= {_MARK, *files}


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def _made(place: Path) -> tuple[Path, int]:
    left = re.compile(rf"\.{re.escape(place.name)}\.\w{{8}}{re.escape(PART)}")
    above = os.open(place.parent, os.O_RDONLY)
    try:
        # One run at a time, so that no folder is taken for left behind between its making and its holding.
        fcntl.flock(above, fcntl.LOCK_EX)
        for path in [one for one in place.parent.iterdir() if left.fullmatch(one.name)]:
            with suppress(OSError):  # another run is at it
                os.close(_held(path))
                _clear(path, place)
        made = Path(tempfile.mkdtemp(prefix=f".{place.name}.", suffix=PART, dir=place.parent))
        return made, _held(made)
    finally:
        os.close(above)


def _held(folder: Path) -> int:
    """Open a folder and hold it for as long as this process lives, so that no other takes it for left behind."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def _clear(left: Path, place: Path) -> None:
    """Remove what a killed run left; an export that it had moved aside and not yet replaced goes back to its place."""
    aside = left / f"{place.name}.old"
    if aside.exists() and not place.exists():
        aside.rename(place)
    shutil.rmtree(left, ignore_errors=True)
