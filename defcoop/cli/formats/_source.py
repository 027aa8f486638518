"""The lines that findings point at, read again from files of which nothing is trusted."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from defcoop.io.files import FileError, read_regular

if TYPE_CHECKING:
    from pathlib import Path

_BREAK = re.compile(r"\r\n|[\n\r]")
_MAX_BYTES = 1_000_000


class SourceLines:
    """The files of a checkout, line by line. Findings come file by file, so that the last one is kept."""

    def __init__(self, checkout: Path | None) -> None:
        self._checkout = checkout
        self._path = ""
        self._lines: list[str] = []

    def line(self, path: str, number: int) -> str | None:
        """Give a line, counted from 1, or nothing if there is no such file or line or it is not text."""
        if path != self._path:
            self._path, self._lines = path, self._read(path)
        return self._lines[number - 1] if 1 <= number <= len(self._lines) else None

    def _read(self, path: str) -> list[str]:
        if self._checkout is None or PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            return []
        try:
            return _BREAK.split(read_regular(self._checkout / path, _MAX_BYTES).decode())
        except (FileError, ValueError):  # not there; or not UTF-8, or no name that a file can have
            return []
