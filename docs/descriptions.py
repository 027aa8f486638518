"""Write the docstrings of models and vocabularies into a file, for python -OO strips them and they are published."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

from defcoop.package.tables import tables
from defcoop.values import Frozen, Term
from defcoop.values._described import FILE

_PUBLISHED = ("defcoop.models.", "defcoop.values.", "defcoop.package.")
"""Where the classes stand of which the descriptions are published."""

PLACE = Path(__file__).parents[1] / "defcoop" / "values" / FILE


def descriptions() -> str:
    """Give the text of the file."""
    tables()  # loads all that is published but the card of a dataset
    import_module("defcoop.models.dataset_card")
    classes = sorted(_below(Frozen) | _below(Term), key=_name)
    return (
        json.dumps({_name(known): known.__doc__ for known in classes if known.__doc__}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _below(base: type) -> set[type]:
    ours = {below for below in base.__subclasses__() if below.__module__.startswith(_PUBLISHED)}
    return {deeper for below in ours for deeper in (below, *_below(below))}


def _name(described: type) -> str:
    return f"{described.__module__}.{described.__qualname__}"


if __name__ == "__main__":
    PLACE.write_text(descriptions(), encoding="utf-8")
