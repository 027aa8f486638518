"""JSON that is safe to print."""

from __future__ import annotations

import json

from defcoop.cli.formats._visible import acts


def dump(value: object) -> str:
    """Write a value as readable JSON, with whatever could act on a terminal as an escape of JSON's own."""
    lines = json.dumps(value, ensure_ascii=False, indent=2).split("\n")
    return "\n".join(line if line.isprintable() else "".join(map(_escaped, line)) for line in lines)


def _escaped(letter: str) -> str:
    return json.dumps(letter)[1:-1] if acts(letter) else letter
