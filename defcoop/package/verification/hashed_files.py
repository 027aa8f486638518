"""The files of a package, each hashed as it is read."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from typing import IO, TYPE_CHECKING, Self

from defcoop.package.described import Digest
from defcoop.package.opener import PackageError, PackageFiles
from defcoop.package.verification.verdict import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PIECE = 1 << 16
_LONGEST = 10_000_000
"""How many bytes a line may have; a record has some thousand."""


class HashedReader:
    """A file being read; what cannot be read ends it, and its digest is known when it is closed."""

    def __init__(self, files: HashedFiles, path: str, source: IO[bytes] | None) -> None:
        """Read from a source, if it could be opened."""
        self._files, self._path, self._source = files, path, source
        self._hash, self._size = hashlib.sha256(), 0

    def read(self, size: int) -> bytes:
        """Read so many bytes, fewer only at the end."""
        if self._source is None:
            return b""
        try:
            piece = self._source.read(size)
        except (OSError, PackageError) as error:
            self._files.fail(self._path, error)
            piece = b""
        self._hash.update(piece)
        self._size += len(piece)
        return piece

    def lines(self) -> Iterator[bytes]:
        """Yield the lines without their ends; of one that is too long only the start, as the last."""
        rest = b""
        while source := self.read(_PIECE):
            *lines, rest = (rest + source).split(b"\n")
            yield from lines
            if len(rest) > _LONGEST:
                break
        if rest:
            yield rest

    def close(self) -> None:
        """Read the rest for its hash, and close."""
        while self.read(_PIECE):
            pass
        if self._source:
            self._source.close()
        self._source = None
        self._files.digests[self._path] = Digest(self._size, self._hash.hexdigest())

    def __enter__(self) -> Self:
        """Give the reader itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()


class HashedFiles:
    """The files of a package, with their digests once read, and what lies there besides as failures."""

    def __init__(self, place: Path) -> None:
        """Open the package in a folder or a zip.

        Raises:
            FileNotFoundError: if there is nothing.
            PackageError: if it is neither a folder nor a sound zip.
        """
        self._stack = ExitStack()
        self._files = self._stack.enter_context(PackageFiles(place))
        self.names = self._files.names
        self.top, self.aside = self._files.top, self._files.aside
        self.digests: dict[str, Digest] = {}
        self._broken: dict[str, str] = dict(self._files.refused)

    @property
    def failures(self) -> list[Failure]:
        """What cannot be read, and why."""
        return [Failure(path, None, None, why) for path, why in self._broken.items()]

    def fail(self, path: str, error: Exception) -> None:
        """Note that a file cannot be read, and why."""
        self._broken.setdefault(path, f"cannot be read: {getattr(error, 'strerror', None) or error}")

    def open(self, path: str) -> HashedReader:
        """Open one of the files.

        Raises:
            FileNotFoundError: if there is no such file.
        """
        source: IO[bytes] | None = None
        try:
            source = self._files.open(path)
        except (OSError, PackageError) as error:
            if path not in self.names:
                raise
            self.fail(path, error)
        reader = HashedReader(self, path, source)
        self._stack.callback(reader.close)
        return reader

    def digest(self, path: str) -> Digest:
        """Give the digest of a file, which is read for it unless that has been done."""
        if path not in self.digests:
            self.open(path).close()
        return self.digests[path]

    def small(self, path: str, most: int) -> bytes | None:
        """Read a file whole, unless there is none or it has more than so many bytes."""
        if path not in self.names:
            return None
        with self.open(path) as reader:
            source = reader.read(most + 1)
        if len(source) > most:
            self._broken[path] = f"has more than {most:,} bytes"
            return None
        return source

    def __enter__(self) -> Self:
        """Give the files themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close whatever is open."""
        self._stack.close()
