"""The guard of cells that a spreadsheet would take for a formula: in CSV an apostrophe stands before them.

A cell that begins with `=`, `+`, `-` or `@` gets one, and so does one that begins with apostrophes and then one of
these, so that taking one away always gives the cell as it was.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SIGNS = r"=+\-@"
_GUARDED = re.compile(f"'+[{_SIGNS}]")
_GUARDED_BYTES = re.compile(f"'+[{_SIGNS}]".encode())
_TO_GUARD = re.compile(f"'*[{_SIGNS}]")
MARKS = frozenset("=+-@'")
"""What a cell that needs a guard begins with."""

GUARD = "^'('*[=+@-])"
"""A guarded cell to readers with regular expressions of their own, who keep its group in the place of the whole."""


def guarded(row: Sequence[str]) -> Sequence[str]:
    """Give the cells of a row as they are written.

    >>> guarded(["=1+1", "'-x", "it's", "3"])
    ["'=1+1", "''-x", "it's", '3']
    """
    return [f"'{cell}" if _TO_GUARD.match(cell) else cell for cell in row]


def plain(row: list[str]) -> list[str]:
    """Give the cells of a row as they are meant.

    >>> plain(["'=1+1", "''-x", "it's"])
    ['=1+1', "'-x", "it's"]
    """
    return [cell[1:] if cell[:1] == "'" and _GUARDED.match(cell) else cell for cell in row]


def plain_bytes(cells: Iterable[bytes]) -> list[bytes]:
    """Give cells of bytes as they are meant."""
    return [cell[1:] if cell[:1] == b"'" and _GUARDED_BYTES.match(cell) else cell for cell in cells]
