"""Markdown, as GitHub and markdown-it read it: tables, links, and texts that stay texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_NUMBER = re.compile(r"[0-9]*")


def text(value: str) -> str:
    """Write a text from the data so that nothing in it is taken for Markdown, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(value.split()))


def cell(words: str) -> str:
    """Write Markdown of ours so that it stays in its cell."""
    return " ".join(words.replace("|", r"\|").split())


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; a column in which every cell is empty is left out, one of numbers is set to the right."""
    body = list(rows)
    kept = [place for place in range(len(head)) if place == 0 or any(row[place] for row in body)]
    rules = ["---:" if all(_NUMBER.fullmatch(row[place]) for row in body) else "---" for place in kept]
    lines = [[head[place] for place in kept], rules, *([row[place] for place in kept] for row in body)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def anchor(heading: str) -> str:
    """Give the anchor that GitHub makes of a heading.

    >>> anchor("How to read it"), anchor("milcon (ATOP)")
    ('how-to-read-it', 'milcon-atop')
    """
    return re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")


def link(heading: str) -> str:
    """Link to a heading by its words."""
    return f"[{heading}](#{anchor(heading)})"


def tally(counted: Iterable[tuple[str, int]]) -> str:
    """Write counts by word.

    >>> tally([("unknown", 2), ("not_reported", 7)])
    'unknown 2, not_reported 7'
    """
    return ", ".join(f"{word} {number}" for word, number in counted)
