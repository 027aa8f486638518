"""The files of a package, in a folder or a zip that somebody else made, of which nothing is trusted.

Links, pipes and paths that lead out are refused, zips that unfold to too much too, and what is read whole is bounded.
A zip may hold the package in one folder, and what a file manager adds to it is left aside.
"""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import zipfile
import zlib
from contextlib import contextmanager
from errno import ENOENT
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from defcoop.errors import DefcoopError
from defcoop.package.descriptor import DESCRIPTOR

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 2**30
"""How many bytes a file that is read whole may have: six times those of the largest one of 100,000 records."""

_MAX_RATIO = 300
"""How many times its size a zip may unfold to; CSV and JSON of records reach about thirty."""

_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OverflowError, RuntimeError, OSError, ValueError)
"""What zipfile raises: it has as many errors as there are ways to be broken."""

_ASIDE = re.compile(r"^__MACOSX/|(^|/)(\.DS_Store|Thumbs\.db|desktop\.ini)$")
"""What file managers put into a zip beside the files chosen."""

_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class PackageError(DefcoopError, ValueError):
    """A folder or file that is no sound package; the message says what is wrong."""


class PackageFiles:
    """The regular files of a package by path; a context to be closed.

    `refused` says by path what else lies there and why it is not read; `top` is the folder of a zip that holds the
    package, with its slash, empty if none; `aside` names what file managers added to a zip.
    """

    def __init__(self, place: Path) -> None:
        """List the files of a folder or a zip.

        Raises:
            FileNotFoundError: if there is nothing.
            PackageError: if it is neither a folder nor a sound zip.
        """
        self.place = place
        self.refused: dict[str, str] = {}
        self.top = ""
        self.aside: list[str] = []
        self._archive: zipfile.ZipFile | None = None
        self._members: dict[str, zipfile.ZipInfo | Path] = {}
        if place.is_dir():
            self._list_folder()
        elif place.is_file():
            with _unzipping(place):
                self._archive = zipfile.ZipFile(place)
            self._list_archive(self._archive.infolist())
        elif not place.exists():
            raise FileNotFoundError(ENOENT, "no such file or folder", str(place))
        else:
            msg = f"{place} is neither a folder nor a zip"
            raise PackageError(msg)

    @property
    def names(self) -> list[str]:
        """The paths of the files, sorted."""
        return sorted(self._members)

    def open(self, path: str) -> IO[bytes]:
        """Open one of the files; of a zip, reading raises PackageError where it is damaged.

        Raises:
            FileNotFoundError: if there is no such file.
            PackageError: if it is refused.
        """
        member = self._members.get(path)
        if isinstance(member, Path):
            # NOFOLLOW and NONBLOCK are for what was put in the file's place since it was listed.
            handle = os.open(member, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            return os.fdopen(handle, "rb")
        if self._archive and member:
            with _unzipping(self.place):
                raw: io.RawIOBase = _ZipMember(self.place, self._archive.open(member))
                return io.BufferedReader(raw, 1 << 16)
        if why := self.refused.get(path) or self.refused.get(self.place.name):
            sound = "" if self._archive is None else f"{self.place} is neither a folder nor a sound zip: "
            msg = f"{sound}{self.place / path} {why}"
            raise PackageError(msg)
        raise FileNotFoundError(ENOENT, "no such file in the package", f"{self.place}/{path}")

    def read(self, path: str) -> bytes:
        """Read one of the files whole.

        Raises:
            FileNotFoundError: if there is no such file.
            PackageError: if it is refused, damaged, or too large.
        """
        with self.open(path) as file:
            source = file.read(MAX_BYTES + 1)
        if len(source) > MAX_BYTES:
            msg = f"{path} has more than {MAX_BYTES:,} bytes"
            raise PackageError(msg)
        return source

    def __enter__(self) -> Self:
        """Give the files themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the zip."""
        if self._archive:
            self._archive.close()

    def _list_folder(self) -> None:
        for folder, folders, files in os.walk(self.place):  # links to folders are listed, not followed
            here = Path(folder)
            for name in (*files, *(name for name in folders if (here / name).is_symlink())):
                path = here / name
                relative_path = path.relative_to(self.place).as_posix()
                if stat.S_ISREG(path.lstat().st_mode):
                    self._members[relative_path] = path
                else:
                    self.refused[relative_path] = "is a link" if path.is_symlink() else "is not a regular file"

    def _list_archive(self, infos: list[zipfile.ZipInfo]) -> None:
        # Members may overlap, so that it is the whole file that counts.
        if sum(info.file_size for info in infos) > _MAX_RATIO * self.place.stat().st_size:
            self.refused[self.place.name] = f"unfolds to more than {_MAX_RATIO} times its size; nothing in it was read"
            return
        self.aside = sorted(info.filename for info in infos if _ASIDE.search(info.filename))
        infos = [info for info in infos if not _ASIDE.search(info.filename)]
        names = [info.filename for info in infos]
        self.top = _top_folder(names)
        for info in infos:
            name = info.filename.removeprefix(self.top)
            if name in self._members:
                self.refused[name] = "is in the zip twice"
            elif _is_folder_of(info, names):
                continue
            elif info.is_dir() or ".." in name.split("/") or name.startswith("/"):
                self.refused[name] = "is no path of a file in the package"
            elif info.flag_bits & 1:
                self.refused[name] = "is encrypted"
            elif info.compress_type not in _METHODS:
                self.refused[name] = "has a compression that is neither stored nor deflated"
            else:
                self._members[name] = info


def _top_folder(names: list[str]) -> str:
    """Give the one folder in which all files of a zip lie, if the package does."""
    tops = {name.partition("/")[0] + "/" for name in names}
    top = tops.pop() if len(tops) == 1 else ""
    return top if f"{top}{DESCRIPTOR}" in names else ""


def _is_folder_of(info: zipfile.ZipInfo, names: list[str]) -> bool:
    """Tell whether a member is nothing but a folder in which files lie."""
    name = info.filename
    return (
        name.endswith("/") and not info.file_size and any(other != name and other.startswith(name) for other in names)
    )


class _ZipMember(io.RawIOBase):
    """A file in a zip, of which damage is a PackageError."""

    def __init__(self, place: Path, member: IO[bytes]) -> None:
        self._place, self._member = place, member

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        with _unzipping(self._place):
            source = self._member.read(len(buffer))
        buffer[: len(source)] = source
        return len(source)

    def close(self) -> None:
        self._member.close()
        super().close()


@contextmanager
def _unzipping(place: Path) -> Iterator[None]:
    """Say of whatever is wrong with a zip that it is so."""
    try:
        yield
    except _ZIP_ERRORS as error:
        msg = f"{place} is neither a folder nor a sound zip: {error}"
        raise PackageError(msg) from None
