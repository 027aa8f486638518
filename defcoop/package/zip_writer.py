"""The archive: a package as one zip, the same bytes for the same files on any machine and at any time."""

from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING

from defcoop.io.atomic_file import replacing
from defcoop.package.reader import open_package

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can name; it says nothing of when the package was packed."""

_UNIX, _MODE = 3, 0o100644 << 16
_PIECE = 1 << 20

_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL = 30
"""How many bytes stand before the name in a member's own header."""


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
            info = entry(name)
            info.file_size = path.stat().st_size
            with path.open("rb") as source, archive.open(info, "w") as member:
                while piece := source.read(_PIECE):
                    member.write(piece)


def entry(name: str) -> zipfile.ZipInfo:
    """Give the entry of a file that is stored, with nothing of a machine or a time in it."""
    info = zipfile.ZipInfo(name, _FIRST_DAY)
    info.create_system, info.external_attr = _UNIX, _MODE
    return info


def is_canonical(place: Path) -> bool:
    """Tell whether a sound zip is as `pack` writes it: members sorted, one behind the other, no byte beside them."""
    with zipfile.ZipFile(place) as archive:
        members = archive.infolist()
    try:
        infos = [_expected(info) for info in members]
        headers = [info.FileHeader(zip64=False) for info in infos]
    except (zipfile.LargeZipFile, struct.error, ValueError):
        return False
    names = [info.filename for info in infos]
    offset = 0
    with place.open("rb") as file:
        for info, header in zip(infos, headers, strict=True):
            file.seek(offset)
            if file.read(len(header)) != header:
                return False
            info.header_offset = offset
            offset += len(header) + info.file_size
        file.seek(offset)
        end = _directory(infos, headers, offset)
        return names == sorted(names) and file.read(len(end) + 1) == end


def _expected(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    info = entry(member.filename)
    info.CRC, info.file_size, info.compress_size = member.CRC, member.file_size, member.file_size
    return info


def _directory(infos: Sequence[zipfile.ZipInfo], headers: Sequence[bytes], offset: int) -> bytes:
    """Write the directory at the end of a zip."""
    entries = b"".join(
        _CENTRAL.pack(
            b"PK\1\2",
            info.create_version,
            info.create_system,
            info.extract_version,
            0,
            *struct.unpack_from("<4H", header, 6),  # flags, method, time and date as in the member's own header
            info.CRC,
            info.compress_size,
            info.file_size,
            len(header) - _LOCAL,
            0,
            0,
            0,
            info.internal_attr,
            info.external_attr,
            info.header_offset,
        )
        + header[_LOCAL:]
        for info, header in zip(infos, headers, strict=True)
    )
    return entries + _END.pack(b"PK\5\6", 0, 0, len(infos), len(infos), len(entries), offset, 0)
