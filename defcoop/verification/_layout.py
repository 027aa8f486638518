"""The layout of a release's zip: every byte between the members' contents is as it must be."""

from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DATE = (1980, 1, 1, 0, 0, 0)


def entry(name: str) -> zipfile.ZipInfo:
    """Give the entry of a file as a release's zip has it, with nothing of the machine or the time in it."""
    info = zipfile.ZipInfo(name, _DATE)
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    return info


def is_canonical(place: Path, make: Callable[[str], zipfile.ZipInfo] = entry) -> bool:
    """Tell whether a zip has its members sorted, one behind the other, and no byte that says anything else."""
    with zipfile.ZipFile(place) as archive, place.open("rb") as file:
        offset, central = 0, b""
        infos = archive.infolist()
        for found in infos:
            info = make(found.filename)
            info.compress_type, info.CRC = found.compress_type, found.CRC
            info.compress_size, info.file_size = found.compress_size, found.file_size
            header = info.FileHeader(zip64=False)
            file.seek(offset)
            if found.header_offset != offset or file.read(len(header)) != header:
                return False
            name, flags = info.filename.encode(), struct.unpack_from("<H", header, 6)[0]
            central += _CENTRAL.pack(
                b"PK\1\2",
                info.create_version,
                info.create_system,
                info.extract_version,
                0,
                flags,
                info.compress_type,
                *struct.unpack_from("<2H", header, 10),
                info.CRC,
                info.compress_size,
                info.file_size,
                len(name),
                0,
                0,
                0,
                info.internal_attr,
                info.external_attr,
                offset,
            )
            central += name
            offset += len(header) + info.compress_size
        file.seek(offset)
        end = _END.pack(b"PK\5\6", 0, 0, len(infos), len(infos), len(central), offset, 0)
        names = [info.filename for info in infos]
        return names == sorted(names) and file.read(len(central) + len(end) + 1) == central + end
