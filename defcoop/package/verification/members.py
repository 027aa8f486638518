"""The files of a package, in a folder or a zip, of which nothing is trusted; each is hashed as it is read."""

from __future__ import annotations

import hashlib
import os
import stat
import struct
import zipfile
from contextlib import ExitStack
from errno import ENOENT
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

from defcoop.package import PackageError
from defcoop.package.verification._inflating import Broken, Inflating
from defcoop.package.verification.verdict import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PIECE = 1 << 16
_LONGEST = 10_000_000
"""How many bytes a line may have; a record has some thousand."""

_MOST_TIMES = 300
"""How many times its size a zip may unfold to; CSV and JSON of records reach about thirty."""


class Digest(NamedTuple):
    """The size of a file in bytes and its SHA-256."""

    size: int
    sha256: str


class _Source(Protocol):
    def read(self, size: int, /) -> bytes: ...
    def close(self) -> None: ...


class Reading:
    """A file being read: what cannot be read ends it, and is told when it is closed."""

    def __init__(self, source: _Source, done: Callable[[Digest, str], None]) -> None:
        """Read from a source and tell the digest of the whole, or what went wrong, at the end."""
        self._source, self._done = source, done
        self._hash, self._size, self._broken = hashlib.sha256(), 0, ""
        self._open = True

    def read(self, size: int) -> bytes:
        """Read so many bytes, fewer only at the end."""
        source = b""
        while len(source) < size and (piece := self._piece(size - len(source))):
            source = source + piece if source else piece
        return source

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

    def _piece(self, size: int) -> bytes:
        try:
            piece = b"" if self._broken else self._source.read(size)
        except (OSError, Broken) as error:
            self._broken = f"cannot be read: {getattr(error, 'strerror', None) or error}"
            return b""
        self._hash.update(piece)
        self._size += len(piece)
        return piece

    def close(self) -> None:
        """Read the rest for its hash, and close."""
        if self._open:
            self._open = False
            while self._piece(_PIECE):
                pass
            self._source.close()
            self._done(Digest(self._size, self._hash.hexdigest()), self._broken)

    def __enter__(self) -> Self:
        """Give the reading itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()


class Members:
    """The regular files of a package by path, with what else lies there as failures; a context to be closed."""

    def __init__(self, place: Path, archive: zipfile.ZipFile | None) -> None:
        """List the files of a folder, or of an open zip."""
        self.failures: list[Failure] = []
        self.digests: dict[str, Digest] = {}
        self._stack = ExitStack()
        self._opener: dict[str, Callable[[], _Source]] = {}
        if archive:
            self._stack.callback(archive.close)
            self._list_archive(place, archive)
        else:
            self._list_folder(place)

    @property
    def names(self) -> list[str]:
        """The paths of the files, sorted."""
        return sorted(self._opener)

    def open(self, path: str) -> Reading:
        """Open one of the files.

        Raises:
            KeyError: if there is no such file.
        """
        opener = self._opener[path]

        def done(digest: Digest, broken: str) -> None:
            if broken:
                self.failures.append(Failure(path, None, None, broken))
            self.digests[path] = digest

        try:
            source = opener()
        except (OSError, Broken) as error:
            reading = Reading(_Nothing(getattr(error, "strerror", None) or str(error)), done)
        else:
            reading = Reading(source, done)
        self._stack.callback(reading.close)
        return reading

    def digest(self, path: str) -> Digest:
        """Give the digest of a file, which is read for it unless that has been done."""
        if path not in self.digests:
            self.open(path).close()
        return self.digests[path]

    def small(self, path: str, most: int) -> bytes | None:
        """Read a file whole, unless there is none or it has more than so many bytes."""
        if path not in self._opener:
            return None
        source = b""
        with self.open(path) as reading:
            while len(source) <= most and (piece := reading.read(_PIECE)):
                source += piece
        if len(source) > most:
            self.failures.append(Failure(path, None, None, f"has more than {most:,} bytes"))
            return None
        return source

    def __enter__(self) -> Self:
        """Give the members themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close whatever is open."""
        self._stack.close()

    def _list_folder(self, place: Path) -> None:
        for folder, folders, files in os.walk(place):  # links to folders are listed, not followed
            here = Path(folder)
            for name in (*files, *(name for name in folders if (here / name).is_symlink())):
                path = here / name
                shown = path.relative_to(place).as_posix()
                if stat.S_ISREG(path.lstat().st_mode):
                    self._opener[shown] = _file_opener(path)
                else:
                    kind = "a link" if path.is_symlink() else "no regular file"
                    self.failures.append(Failure(shown, None, None, f"is {kind}"))

    def _list_archive(self, place: Path, archive: zipfile.ZipFile) -> None:
        infos = archive.infolist()
        # Members may overlap, so that it is the whole file that counts.
        if sum(info.file_size for info in infos) > _MOST_TIMES * place.stat().st_size:
            message = f"unfolds to more than {_MOST_TIMES} times its size; nothing in it was read"
            self.failures.append(Failure(place.name, None, None, message))
            return
        for info in infos:
            if info.filename in self._opener:
                self.failures.append(Failure(info.filename, None, None, "is in the zip twice"))
            elif info.is_dir() or ".." in info.filename.split("/") or info.filename.startswith("/"):
                self.failures.append(Failure(info.filename, None, None, "is no path of a file in the package"))
            else:
                self._opener[info.filename] = _member_opener(archive, info)


def open_members(place: Path) -> Members:
    """Open the package in a folder or a zip.

    Raises:
        FileNotFoundError: if there is nothing.
        PackageError: if it is neither a folder nor a sound zip.
    """
    if place.is_dir():
        return Members(place, None)
    if not place.exists():
        raise FileNotFoundError(ENOENT, "no such file or folder", str(place))
    if not place.is_file():
        msg = f"{place} is neither a folder nor a zip"
        raise PackageError(msg)
    try:
        return Members(place, zipfile.ZipFile(place))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OverflowError) as error:
        msg = f"{place} is neither a folder nor a sound zip: {error}"
        raise PackageError(msg) from None


class _Nothing:
    """What stands for a file that cannot be opened."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def read(self, _: int, /) -> bytes:
        raise Broken(self._reason)

    def close(self) -> None: ...


def _file_opener(path: Path) -> Callable[[], _Source]:
    def opener() -> _Source:
        # NOFOLLOW and NONBLOCK are for what was put in the file's place since it was listed.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        return os.fdopen(handle, "rb", buffering=0)

    return opener


def _member_opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], _Source]:
    def opener() -> _Source:
        if archive.fp is None:
            msg = "the zip is closed"
            raise Broken(msg)
        return Inflating(archive.fp, info)

    return opener
