"""Showing which lines of a file change, as `diff -u` does."""

from __future__ import annotations

from difflib import unified_diff
from io import StringIO
from typing import TYPE_CHECKING

from defcoop.cli.formats._visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.cli.formats._screen import Span

_STYLES = {"-": "red", "+": "green"}


def changed_lines(path: str, old: str, new: str) -> Iterator[Span]:
    """Show the lines in which two texts of a file differ."""
    path = visible(path)
    for number, line in enumerate(unified_diff(_lines(old), _lines(new), path, path)):
        style = "bold" if line.startswith(("---", "+++")) else _STYLES.get(line[0], "")
        shown = line.removesuffix("\n").removesuffix("\r")
        yield "\n" if number else "", ""
        yield visible(shown, "\t") + "\r" * line.endswith("\r\n"), style
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file", ""


def _lines(text: str) -> list[str]:
    return StringIO(text, newline="\n").readlines()
