"""Reading a member of a zip in bounded memory, and refusing one of which a byte would be looked at by nobody."""

from __future__ import annotations

import struct
import zlib
from typing import IO, TYPE_CHECKING

from defcoop.errors import DefcoopError

if TYPE_CHECKING:
    from zipfile import ZipInfo

_HEADER = struct.Struct("<4s5H3I2H")
_STORED, _DEFLATED = 0, 8
_PIECE = 1 << 16
_OTHER = "is not what the zip says of it"


class Broken(DefcoopError):  # noqa: N818 - a state of a file
    """A file that cannot be read to its end as what it says it is."""


class Inflating:
    """The content of a member of an open zip."""

    def __init__(self, archive: IO[bytes], info: ZipInfo) -> None:
        """Find the member by its local header.

        Raises:
            Broken: if there is none, or the member is packed in an unusual way.
        """
        archive.seek(info.header_offset)
        header = archive.read(_HEADER.size)
        if len(header) < _HEADER.size or info.flag_bits & 1 or info.compress_type not in {_STORED, _DEFLATED}:
            msg = "is not stored or deflated in the zip"
            raise Broken(msg)
        *_, name, extra = _HEADER.unpack(header)
        self._archive, self._info = archive, info
        self._place, self._left = info.header_offset + _HEADER.size + name + extra, info.compress_size
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS) if info.compress_type == _DEFLATED else None
        self._sum, self._size, self._ended = 0, 0, False

    def read(self, size: int, /) -> bytes:
        """Read at most so many bytes; none at the end.

        Raises:
            Broken: if the content is damaged or is not all there is.
        """
        source = self._unpacked(size)
        if source:
            self._sum = zlib.crc32(source, self._sum)
            self._size += len(source)
            if self._size > self._info.file_size:
                raise Broken(_OTHER)
        elif not self._ended:
            self._ended = True
            self._check()
        return source

    def close(self) -> None:
        """Forget what is held; the zip stays open."""
        self._inflate = None

    def _unpacked(self, size: int) -> bytes:
        inflate = self._inflate
        if inflate is None:
            return self._packed(size)
        try:
            while not inflate.eof:
                packed = inflate.unconsumed_tail or self._packed(_PIECE)
                if source := inflate.decompress(packed, size):
                    return source
                if not packed:
                    break
        except zlib.error as error:
            msg = f"is damaged: {error}"
            raise Broken(msg) from None
        return b""

    def _packed(self, size: int) -> bytes:
        self._archive.seek(self._place)
        source = self._archive.read(min(size, self._left))
        self._place += len(source)
        self._left -= len(source)
        return source

    def _check(self) -> None:
        inflate = self._inflate
        whole = inflate is None or (inflate.eof and not inflate.unused_data)
        if not whole or self._left or self._size != self._info.file_size or self._sum != self._info.CRC:
            raise Broken(_OTHER)
