"""Reading files of which nothing is trusted."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from defcoop.errors import DefcoopError

if TYPE_CHECKING:
    from pathlib import Path


class FileError(DefcoopError):
    """A path that is not one regular file of a bearable size."""


def read_regular(path: Path | str, limit: int) -> bytes:
    """Read a regular file, following no link and waiting on no pipe.

    Raises:
        FileError: if it is something else, is larger than `limit` bytes, or cannot be read.
    """
    try:
        # NONBLOCK keeps the opening of a FIFO from waiting for its writer.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        reason = "is a symbolic link" if os.path.islink(path) else f"cannot be opened: {error.strerror}"  # noqa: PTH114 - the path is text
        raise FileError(reason) from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            msg = "is not a regular file"
            raise FileError(msg)
        if status.st_size > limit:
            msg = f"has {status.st_size:,} bytes, more than {limit:,}"
            raise FileError(msg)
        return _read(handle, status.st_size)
    except OSError as error:
        msg = f"cannot be read: {error.strerror}"
        raise FileError(msg) from None
    finally:
        os.close(handle)


def _read(handle: int, size: int) -> bytes:
    source = os.read(handle, size + 1)
    while len(source) < size and (more := os.read(handle, size - len(source))):
        source += more
    return source


def read_text(path: Path) -> str:
    """Read a text with the line ends that it has in git, whatever git's settings made of them in the checkout.

    Raises:
        OSError: if it cannot be read.
        ValueError: if it is not UTF-8.
    """
    return path.read_bytes().decode().replace("\r\n", "\n")


def holds_text(path: Path, text: str) -> bool:
    """Tell whether a file is there and holds a text, whatever its line ends."""
    return path.is_file() and path.read_bytes().replace(b"\r\n", b"\n") == text.encode()
