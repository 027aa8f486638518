"""The layout of a release's zip: what lies between the contents of its members is as `package.archive` packs it."""

from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL = 30
"""How many bytes stand before the name in a member's own header."""


def entry(name: str) -> zipfile.ZipInfo:
    """Give the entry of a file that is stored, with nothing of a machine or a time in it."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr = 3, 0o100644 << 16
    return info


def is_canonical(place: Path, make: Callable[[str], zipfile.ZipInfo] = entry) -> bool:
    """Tell whether a sound zip has its members sorted, one behind the other, and no byte beside them that may differ.

    Args:
        place: the zip.
        make: gives the entry of a file by its name, but for its sizes and its checksum.
    """
    with zipfile.ZipFile(place) as archive:
        found = archive.infolist()
    try:
        infos = [_expected(info, make) for info in found]
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


def _expected(found: zipfile.ZipInfo, make: Callable[[str], zipfile.ZipInfo]) -> zipfile.ZipInfo:
    info = make(found.filename)
    info.CRC, info.file_size, info.compress_size = found.CRC, found.file_size, found.file_size
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
