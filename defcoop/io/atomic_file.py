"""Writing a file in the place of an old one, so that one of the two is always whole."""

from __future__ import annotations

import errno
import fcntl
import os
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

from defcoop.io.atomic_folder import sync

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PART = ".defcoop-part"
"""How the names of files and folders end that are not finished."""


def part_of(place: Path) -> Path:
    """Name the file beside a place in which its new content is written."""
    return place.with_name(f".{place.name}{PART}")


@contextmanager
def replacing(place: Path) -> Iterator[IO[bytes]]:
    """Give a file to write, which takes its place when all of it is on the disk; else nothing is left of it.

    What a killed run wrote is written over, for it has the same name.

    Raises:
        BlockingIOError: if another run is writing it.
        OSError: if it cannot be written; then what was there before stays.
    """
    part = part_of(place)
    with naming(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600), "r+b") as file:
            _lock(file.fileno(), part)
            try:
                file.truncate()
                yield file
                file.flush()
                os.fchmod(file.fileno(), 0o644)
                os.fsync(file.fileno())
                part.replace(place)
            except BaseException:
                with suppress(OSError):
                    part.unlink()
                raise
        sync(place.parent)


@contextmanager
def naming(place: Path) -> Iterator[None]:
    """Say of an error of writing which file it is about: of a full disk the system names none, or the unfinished one.

    Raises:
        OSError: the error, with the place in it.
    """
    try:
        yield
    except OSError as error:
        if error.errno and (error.filename is None or PART in str(error.filename)):
            error.filename = str(place)
        raise


def _lock(handle: int, part: Path) -> None:
    """Keep others from writing the same, for as long as the file is open."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # If its name is another's by now, a run has finished in between, and this is what that one wrote.
        is_free = os.fstat(handle).st_ino == part.stat().st_ino
    except (BlockingIOError, FileNotFoundError):
        is_free = False
    if not is_free:
        raise BlockingIOError(errno.EWOULDBLOCK, "another run is writing it", str(part))
