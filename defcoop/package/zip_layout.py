"""What a zip that somebody else packed holds beside the files of a package, which nobody who opens it would see."""

from __future__ import annotations

import stat
import struct
import zipfile
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL, _END, _ZIP64_END = 46, 22, 76
"""How many bytes an entry of the directory has without its texts, and the ends of a directory, the second larger."""

_DESCRIBED_LATER = 8
"""The flag of a member whose size stands behind it."""

_DESCRIPTORS = ("<4s3L", "<4sL2Q", "<3L", "<L2Q")
_DESCRIPTOR_MARK = b"PK\7\x08"

_EXTRAS = {0x0001, 0x000A, 0x5455, 0x5855, 0x7855, 0x7875, 0xCAFE}
"""What packers tell of a file beside its content: large sizes, times, owners, and that Java packed it."""


def strange_part(place: Path) -> str | None:
    """Say what a sound zip holds beside its members, or which of its members is told of in two ways; else nothing."""
    with zipfile.ZipFile(place) as archive, place.open("rb") as file:
        if archive.comment:
            return "has a comment"
        offset = 0
        for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
            if info.header_offset != offset:
                return f"has bytes before {info.filename} that belong to no file"
            end = _end_of_member(file, info)
            if end is None:
                return f"tells of {info.filename} in two ways, or of more than a file has"
            offset = end
        directory = sum(_CENTRAL + len(_name(info)) + len(info.extra) for info in archive.infolist())
        file.seek(0, 2)
        if offset != archive.start_dir or file.tell() - offset - directory not in {_END, _END + _ZIP64_END}:
            return "has bytes behind its files that belong to none"
    return None


def _end_of_member(file: IO[bytes], info: zipfile.ZipInfo) -> int | None:
    """Give where a member ends, or nothing if its own header says otherwise than the directory."""
    file.seek(info.header_offset)
    mark, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _LOCAL.unpack(file.read(_LOCAL.size))
    name, extra = file.read(name_length), file.read(extra_length)
    later = bool(flags & _DESCRIBED_LATER)
    told = ((crc, info.CRC), (packed, info.compress_size), (size, info.file_size))
    sound = (
        mark == b"PK\3\4"
        and (name, method, flags) == (_name(info), info.compress_type, info.flag_bits)
        and all(here in {there, 0xFFFFFFFF} or (later and here == 0) for here, there in told)
        and _EXTRAS.issuperset((*_extra_ids(extra), *_extra_ids(info.extra)))
        and not info.comment
        and stat.S_IFMT(info.external_attr >> 16) in {0, stat.S_IFDIR, stat.S_IFREG}
    )
    if not sound:
        return None
    end: int = info.header_offset + _LOCAL.size + name_length + extra_length + info.compress_size
    return end + (_descriptor(file, end, info) if later else 0)


def _name(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")


def _extra_ids(extra: bytes) -> Iterator[int]:
    """Yield what kinds of things stand in an extra field; what is cut off counts as an unknown one."""
    while extra:
        if len(extra) < 4:  # noqa: PLR2004 - kind and length
            yield -1
            return
        kind, length = struct.unpack_from("<2H", extra)
        yield kind if length <= len(extra) - 4 else -1
        extra = extra[4 + length :]


def _descriptor(file: IO[bytes], end: int, info: zipfile.ZipInfo) -> int:
    """Give how many bytes behind a member repeat what it has: its hash and its sizes."""
    told = (info.CRC, info.compress_size, info.file_size)
    for form in map(struct.Struct, _DESCRIPTORS):
        file.seek(end)
        source = file.read(form.size)
        words = form.unpack(source) if len(source) == form.size else ()
        if words[-3:] == told and words[0] in {_DESCRIPTOR_MARK, info.CRC}:
            return form.size
    return 0
