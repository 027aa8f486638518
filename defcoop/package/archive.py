"""The archive: a package as one zip, the same bytes for the same files on any machine and at any time."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from defcoop.io.atomic_file import replacing
from defcoop.package.reader import open_package

if TYPE_CHECKING:
    from pathlib import Path

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can name; it says nothing of when the package was packed."""

_UNIX, _MODE = 3, 0o100644 << 16
_PIECE = 1 << 20


def pack(package: Path, place: Path) -> None:
    """Write the files of a package as a zip.

    They are stored, not compressed: what a compressor makes of them differs from one build of zlib to the next.

    Raises:
        PackageError: if the folder holds no package.
        OSError: if it cannot be read or written; then what was there before stays.
    """
    names = open_package(package).names()
    with replacing(place) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            path = package / name
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system, entry.external_attr, entry.file_size = _UNIX, _MODE, path.stat().st_size
            with path.open("rb") as source, archive.open(entry, "w") as member:
                while piece := source.read(_PIECE):
                    member.write(piece)
