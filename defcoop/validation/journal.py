"""A journal: a file of blocks under one stamp, to which blocks are added; whatever is damaged is taken for missing."""

from __future__ import annotations

import os
import tempfile
import zlib
from pathlib import Path

_STAMP, _NUMBER = 32, 8
_HEAD = _STAMP + 2 * _NUMBER


def read(path: Path, stamp: bytes) -> list[bytes]:
    """Give the bodies of the blocks, or none if one of them is damaged or has another stamp.

    Raises:
        OSError: if the file cannot be read.
    """
    source = memoryview(path.read_bytes())
    bodies: list[bytes] = []
    while source:
        length = int.from_bytes(source[_STAMP : _STAMP + _NUMBER], "big")
        body = source[_HEAD : _HEAD + length]
        if source[:_HEAD] != _head(stamp, body) or len(body) != length:
            return []
        bodies.append(bytes(body))
        source = source[_HEAD + length :]
    return bodies


def add(path: Path, stamp: bytes, body: bytes) -> None:
    """Add a block at the end, in one write, so that two programs that add do not mix.

    Raises:
        OSError: if it cannot be written; half a block is damage, which whoever reads it notices.
    """
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
    try:
        os.write(handle, _block(stamp, body))
    finally:
        os.close(handle)


def begin(path: Path, stamp: bytes, body: bytes) -> None:
    """Put a journal of one block in the place of what is there.

    Raises:
        OSError: if it cannot be written; then what was there stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_block(stamp, body))
        Path(fresh).replace(path)
    except OSError:
        Path(fresh).unlink(missing_ok=True)
        raise


def _block(stamp: bytes, body: bytes) -> bytes:
    return _head(stamp, body) + body


def _head(stamp: bytes, body: bytes | memoryview) -> bytes:
    """Give the stamp, the length of the body, and a checksum of it against damage; nobody else writes here."""
    return stamp + len(body).to_bytes(_NUMBER, "big") + zlib.crc32(body).to_bytes(_NUMBER, "big")
