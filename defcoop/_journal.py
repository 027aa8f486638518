"""A journal: a file of blocks under one stamp, to which blocks are added; whatever is damaged is taken for missing."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

_HASH = 32
_LENGTH = 8
_HEAD = 2 * _HASH + _LENGTH


def read(path: Path, stamp: bytes) -> list[bytes]:
    """Give the bodies of the blocks, or none if one of them is damaged or has another stamp.

    Raises:
        OSError: if the file cannot be read.
    """
    source = memoryview(path.read_bytes())
    bodies: list[bytes] = []
    while source:
        checksum, written, length = source[:_HASH], source[_HASH : 2 * _HASH], source[2 * _HASH : _HEAD]
        end = _HEAD + int.from_bytes(length, "big")
        body = source[_HEAD:end]
        if written != stamp or hashlib.sha256(b"".join((stamp, length, body))).digest() != checksum:
            return []
        bodies.append(bytes(body))
        source = source[end:]
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
    length = len(body).to_bytes(_LENGTH, "big")
    return b"".join((hashlib.sha256(stamp + length + body).digest(), stamp, length, body))
