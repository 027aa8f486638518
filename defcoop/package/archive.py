"""The archive: a package as one zip, the same bytes for the same files on any machine and at any time."""

from __future__ import annotations

import os
import tempfile
import zipfile
from pathlib import Path

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can name; it says nothing of when the package was packed."""


def pack(package: Path, place: Path) -> None:
    """Write the files of a package as a zip.

    They are stored, not compressed: what a compressor makes of them differs from one build of zlib to the next.

    Raises:
        OSError: if it cannot be written; then what was there before stays.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                for path in sorted(path for path in package.rglob("*") if path.is_file()):
                    entry = zipfile.ZipInfo(path.relative_to(package).as_posix(), _FIRST_DAY)
                    entry.create_system, entry.external_attr, entry.file_size = 3, 0o100644 << 16, path.stat().st_size
                    with path.open("rb") as source, archive.open(entry, "w") as member:
                        while piece := source.read(1 << 20):
                            member.write(piece)
            file.flush()
            os.fsync(file.fileno())
        Path(fresh).chmod(0o644)
        Path(fresh).replace(place)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise
