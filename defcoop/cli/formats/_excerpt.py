"""The offending line with a mark under the value.

A terminal without bidi lays letters out as they are stored; one with bidi turns each right-to-left run round. As every
such run is isolated and the line has no other cause to run from right to left, a run takes the same cells in both:
only which of its letters stands in which of these cells differs. The mark therefore counts cells, not letters (a
combining mark takes none, a wide letter two, an isolate none), and always stands under whole runs: under the value's
first letter alone it would be wrong in one of the two kinds of terminal.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from defcoop.cli.formats._bidi import isolate, runs
from defcoop.cli.formats._visible import visible

_LETTERS_PER_CELL = 4
"""How many letters are looked at for a cell to fill; more only come of heaped combining marks."""

_QUOTED = r"""'(?:[^']|'')*'?|"(?:[^"\\]|\\.)*"?|[\[{]"""
_BLOCK_VALUE = re.compile(rf"{_QUOTED}|.+?(?=\s*$|\s+\#|:(?:\s|$))")
_FLOW_VALUE = re.compile(rf"{_QUOTED}|.+?(?=\s*$|\s+\#|:(?:\s|$)|\s*[,\]}}])")


class Excerpt(NamedTuple):
    """A line, or the part of it that there is room for, and the line of marks to print below."""

    text: str
    mark: str


def excerpt(line: str, column: int, width: int) -> Excerpt:
    """Show the surroundings of a column, counted from 1 in characters, in at most `width` cells."""
    at = min(column - 1, len(line))
    first, last = _window(line, at, width - 2)
    letters = [visible(letter) for letter in line[first:last]]
    start, end = at - first, _end(line, at, width) - first
    for low, high in runs(letters):
        if low < end and start < high:
            start, end = min(start, low), max(end, high)
    before = "…" if first else ""
    after = "…" if last < len(line) else ""
    indent = " " * _cells([before, *letters[:start]])
    return Excerpt(before + isolate(letters) + after, indent + "^" * max(1, _cells(letters[start:end])))


def _window(line: str, at: int, width: int) -> tuple[int, int]:
    """Choose the part to show: a third of the width before the place, and as much as there is room for after it."""
    low, high = max(0, at - width * _LETTERS_PER_CELL), min(len(line), at + width * _LETTERS_PER_CELL)
    sizes = {place: _cells([visible(line[place])]) for place in range(low, high)}
    first = last = at
    used = 0
    while first > low and used + sizes[first - 1] <= width // 3:
        first -= 1
        used += sizes[first]
    while last < high and used + sizes[last] <= width:
        used += sizes[last]
        last += 1
    while first > low and used + sizes[first - 1] <= width:
        first -= 1
        used += sizes[first]
    return first, last


def _end(line: str, at: int, width: int) -> int:
    """Find where the value ends that begins at a place, as far as one line tells."""
    before = line[:at]
    in_flow = before.count("[") + before.count("{") > before.count("]") + before.count("}")
    value = (_FLOW_VALUE if in_flow else _BLOCK_VALUE).match(line[: at + width * _LETTERS_PER_CELL], at)
    return value.end() if value else at


def _cells(letters: list[str]) -> int:
    from rich.cells import cell_len

    return sum(map(cell_len, letters))
