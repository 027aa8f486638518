"""Fuzz the YAML reader; see README.md beside this file."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import atheris

with atheris.instrument_imports(include=["defcoop", "yaml"]):
    import yaml

    from defcoop.io.yaml_reader import Position, Positions, YamlError, read


def one_input(source: bytes) -> None:
    """Read once plainly and once with places, and compare with PyYAML's own loaders.

    Only YamlError may escape.
    """
    try:
        document = read(source)
    except YamlError as error:
        _refuses_alike(source, error)
        return
    positions = Positions({}, {})
    assert repr(read(source, positions)) == repr(document), "reads otherwise with places"
    _places_are_in_the_text(source.decode(), positions)
    # One loader on the same parser, and one that is written in Python and follows the specification by itself.
    assert _as_text(document, _base(source, yaml.CBaseLoader)), "the C loader reads something else"
    _agrees_with_python(source, document)


def _refuses_alike(source: bytes, error: YamlError) -> None:
    assert error.code.startswith("DC0"), error.code
    assert error.line >= 1, error.line
    assert error.column >= 1, error.column
    assert error.message, "no message"
    again = None
    try:
        read(source, Positions({}, {}))
    except YamlError as refusal:
        again = refusal.code, refusal.line, refusal.column
    assert again == (error.code, error.line, error.column), "is refused otherwise with places"


def _places_are_in_the_text(text: str, positions: Positions) -> None:
    # YAML's other line breaks are refused as hidden characters, so that lines are what editors count.
    lines = text.replace("\r\n", "\n").split("\n")
    for line, column in [*positions.values.values(), *positions.keys.values()]:
        assert 1 <= line <= len(lines), Position(line, column)
        assert 1 <= column <= len(lines[line - 1]) + 1, Position(line, column)


def _agrees_with_python(source: bytes, document: object) -> None:
    """Compare with PyYAML's Python half, where that reads the source at all: it refuses some that libyaml takes."""
    try:
        theirs = _base(source, yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return
    assert _as_text(document, theirs), f"PyYAML reads {theirs!r}, we {document!r}"


def _base(source: bytes, loader: Any) -> object:
    return yaml.load(source, loader)  # noqa: S506 - the base loaders build nothing but text, lists and mappings


def _as_text(ours: object, theirs: object) -> bool:
    """Tell whether a document is another of which every scalar is text."""
    if isinstance(ours, dict):
        return (
            isinstance(theirs, dict) and [*ours] == [*theirs] and all(_as_text(ours[key], theirs[key]) for key in ours)
        )
    if isinstance(ours, list):
        return isinstance(theirs, list) and len(ours) == len(theirs) and all(map(_as_text, ours, theirs))
    if isinstance(ours, bool):
        return theirs == str(ours).lower()
    if isinstance(ours, Decimal):
        return theirs == f"{ours:f}"
    return theirs == str(ours)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
