"""Descriptions of models and vocabularies, which python -OO strips from the code and which are published."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

FILE = "descriptions.json"
"""What `docs/descriptions.py` writes from the docstrings; a test compares the two."""


def restore_description(described: type) -> None:
    """Give a class of ours its docstring back where python -OO has taken it."""
    name = f"{described.__module__}.{described.__qualname__}"
    if described.__dict__.get("__doc__") is None and (text := _descriptions().get(name)):
        described.__doc__ = text


@cache
def _descriptions() -> dict[str, str]:
    known: dict[str, str] = json.loads(files("defcoop.values").joinpath(FILE).read_text(encoding="utf-8"))
    return known
