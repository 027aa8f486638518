"""Mistakes to plant in a sound file: how each is made, and the finding that it is to bring."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Planted(NamedTuple):
    """A mistake that was made: the file and the code that is to be reported there."""

    path: str
    code: str


def _swap(pattern: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text, count=1, flags=re.MULTILINE)


FAULTS: dict[str, Callable[[str], str]] = {
    "DC006": _swap(r"^summary: .*", r"\g<0>\n\g<0>"),
    "DC007": _swap(r"^summary: ", "summary: &a "),
    "DC102": _swap(r"^summary:", "summry: x\nsummary:"),
    "DC104": _swap(r"stance: asserted", "stance: asertd"),
    "DC105": _swap(r"digest: [0-9a-f]", "digest: z"),
    "DC301": _swap(r"speaker: act-", "speaker: act-nobody-"),
    "DC402": _swap(r"supports: \[", "supports: [nothing, "),
    "DC403": _swap(r"passage: \[(\d+), \d+\]", r"passage: [\1, 99999999]"),
    "DC404": _swap(r"quote: ", "quote: zzz "),
    "DC405": _swap(r"digest: [0-9a-f]{8}", "digest: 00000000"),
}
"""For each code a change that makes a record of any type wrong in this way alone."""
