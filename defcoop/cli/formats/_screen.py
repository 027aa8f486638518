"""What the output is printed on: a terminal or a pipe."""

from __future__ import annotations

import io
import os
import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Span = tuple[str, str]
"""A piece of text and its style, in rich's words."""

_WIDTH_OF_A_PIPE = 100


class Screen(NamedTuple):
    """How many cells a line has, and whether colour is welcome."""

    width: int
    colour: bool

    def paint(self, spans: Iterable[Span]) -> str:
        """Join pieces of text, in colour or plain."""
        if not self.colour:
            return "".join(text for text, _ in spans)
        from rich.console import Console
        from rich.text import Text

        console = Console(file=io.StringIO(), force_terminal=True, color_system="standard")
        with console.capture() as painted:
            console.print(Text.assemble(*spans), soft_wrap=True, end="")
        return painted.get()


def screen() -> Screen:
    """Look at standard output. A pipe has a width of its own, so that what goes through it is always the same."""
    if not sys.stdout.isatty():
        return Screen(_WIDTH_OF_A_PIPE, colour=False)
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return Screen(max(40, shutil.get_terminal_size().columns), colour=not plain)


def show_markdown(page: str) -> None:
    """Print a page of Markdown: rendered on a terminal, as it is in a pipe."""
    if not sys.stdout.isatty():
        sys.stdout.write(page.rstrip("\n") + "\n")
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(page))
