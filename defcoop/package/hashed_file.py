"""A file of a package that is being written, with its size and its hash."""

from __future__ import annotations

import hashlib
import os
from typing import IO, TYPE_CHECKING

from defcoop.package.lines import with_inserted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BETWEEN = b",\n"
"""What stands between the lines of JSON."""


class HashedFile:
    """A file that is written piece by piece, with its size and its hash."""

    def __init__(self, path: Path) -> None:
        """Create the file."""
        self.path, self.size, self.hash = path, 0, hashlib.sha256()
        self._file: IO[bytes] = path.open("wb")
        self.begun = False

    def write(self, piece: bytes) -> None:
        """Write a piece."""
        self._file.write(piece)
        self.size += len(piece)
        self.hash.update(piece)

    def add(self, lines: bytes) -> None:
        """Add lines of JSON, with what stands between lines."""
        if lines:
            self.write(BETWEEN + lines if self.begun else lines)
            self.begun = True

    def _reopened(self) -> Path:
        """Begin the file anew, and give the path of what it held."""
        self._file.close()
        before = self.path.with_name(f"{self.path.name}.before")
        self.path.replace(before)
        self._file, self.size, self.hash = self.path.open("wb"), 0, hashlib.sha256()
        return before

    def rewrite(self, change: Callable[[bytes], bytes]) -> None:
        """Write the file anew, each line changed."""
        before = self._reopened()
        with before.open("rb") as lines:
            for line in lines:
                self.write(change(line))
        before.unlink()

    def insert(self, late: bytes, between: bytes) -> None:
        """Write the file anew with further lines, of other records, each in its place."""
        before = self._reopened()
        with before.open("rb") as lines:
            self.write(next(lines))
            for line in with_inserted(lines, late, between):
                self.write(line)
        self.begun = True
        before.unlink()

    def seal(self) -> None:
        """Let everybody read the file, and wait until it is on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self.path.chmod(0o644)

    def flush(self) -> None:
        """Let what was written be read."""
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()
