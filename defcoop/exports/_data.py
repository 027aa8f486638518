"""What formats have of other projects as files: their contexts, codes and columns, and the words on them."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


def text(name: str) -> str:
    """Read a file as text."""
    return (files("defcoop.exports") / "data" / name).read_text(encoding="utf-8")


@cache
def pairs(name: str) -> dict[str, str]:
    """Read a CSV file of two columns as a mapping, without its header."""
    _, *rows = csv.reader(text(name).splitlines())
    return dict(rows)
