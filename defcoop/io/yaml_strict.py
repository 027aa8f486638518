"""What YAML forbids and libyaml lets pass, or reads otherwise than others: refused where it stands.

Hardly any file holds what could be such a thing, so a quick look at the bytes goes before the careful one.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_Event = Any

_GLUED_COMMENT = re.compile(rb"#(?<=[^\s]#)")
_GLUED_QUESTION = re.compile(rb"\?(?<=[\s\[{,]\?)")
_TAB = re.compile(r"^ *(\t)[ \t]*[^ \t\r\n]", re.MULTILINE)
_BEFORE_KEY = re.compile(r"\A *(?:- +)*")
_HEADER = re.compile(r"[|>][-+1-9]{0,2}[ \t]*(?:(?<=[ \t])#.*)?\r?$")


class Doubt(NamedTuple):
    """What is refused: the offset in characters, what it is, and what to do."""

    offset: int
    message: str
    hint: str


def may_hold_doubts(source: bytes, unusual: bytes) -> bool:
    """Tell whether a closer look is needed, by the unusual bytes of a file; what spans lines needs one besides."""
    # Most files hold one comment, that which names the schema at their start.
    if unusual == b"#" and source.startswith(b"#"):
        return source.endswith(b" ")
    return bool(
        source.endswith(b" ")
        or b"\t" in unusual
        or b"|" in unusual
        or b">" in unusual
        or _GLUED_COMMENT.search(source)
        or (b"?" in unusual and _GLUED_QUESTION.search(source))
    )


def may_be_shallow(source: bytes, spanning: Sequence[tuple[_Event, _Event]]) -> bool:
    """Tell whether a value that spans lines, given by its events, may have one that is not indented as it should be.

    Every line deeper than the key on the first one is deep enough; else a closer look tells.
    """
    lines = source.decode().split("\n")
    for first, last in spanning:
        depth = len(lines[first.start_mark.line]) - len(_BEFORE_KEY.sub("", lines[first.start_mark.line], count=1))
        for line in lines[first.start_mark.line + 1 : last.end_mark.line + 1]:
            if len(line) - len(line.lstrip(" ")) <= depth and line.strip():
                return True
    return False


def first_doubt(text: str, events: Sequence[_Event]) -> Doubt | None:
    """Give the first thing that is refused in a document that libyaml reads, from its text and its events."""
    return min(_doubts(text, events), default=None)


def _doubts(text: str, events: Sequence[_Event]) -> Iterator[Doubt]:
    if tab := _TAB.search(text):
        yield Doubt(tab.start(1), "a tab stands where spaces indent", "Indent with spaces.")
    if not text.endswith("\n") and not text[text.rfind("\n") + 1 :].strip(" "):
        yield Doubt(text.rfind("\n") + 1, "the last line holds nothing but spaces", "Take the spaces away.")
    for before, after in pairwise(events):
        yield from _between(text, before.end_mark.index, after.start_mark.index)
    yield from _shallow(text, events)
    for event in events:
        if isinstance(event, ScalarEvent):
            yield from _scalar(text, event)


def _between(text: str, start: int, end: int) -> Iterator[Doubt]:
    """Look at what stands between two values, where each # begins a comment and each ? a key."""
    for line in re.finditer(r"([^#\n]*)(#?).*", text[start:end]):
        comment = start + line.start(2)
        if line[2] and comment and not text[comment - 1].isspace():
            yield Doubt(comment, "a # without a space before it is no comment", "Put a space before it.")
        offset = start + line.start() + line[1].find("?")
        if "?" in line[1] and not text[offset + 1].isspace():
            yield Doubt(offset, "a text that begins with ? is read without it by some", "Quote the text.")


def _shallow(text: str, events: Sequence[_Event]) -> Iterator[Doubt]:
    """Find lines of bracketed and quoted values that are not indented deeper than what holds these."""
    # The collections that are open, each with the indentation of the innermost block that it lies in.
    held: list[tuple[_Event, int]] = []
    for event in events:
        indent = held[-1][1] if held else -1
        if isinstance(event, SequenceEndEvent | MappingEndEvent):
            start, _ = held.pop()
            if start.flow_style and not (held and held[-1][0].flow_style):
                yield from _lines(text, start, event, held[-1][1] if held else -1)
        elif isinstance(event, SequenceStartEvent | MappingStartEvent):
            begun: _Event = event
            held.append((begun, indent if begun.flow_style else begun.start_mark.column))
        elif isinstance(event, ScalarEvent) and event.style in {"'", '"'} and not (held and held[-1][0].flow_style):
            yield from _lines(text, event, event, indent)


def _lines(text: str, first: _Event, last: _Event, indent: int) -> Iterator[Doubt]:
    start = first.start_mark.index
    for line in re.finditer(r"\n( *)(?=[^ \r\n])", text[start : last.end_mark.index]):
        if len(line[1]) <= indent:
            message = "this line is not indented deeper than the field to which it belongs"
            yield Doubt(start + line.end(), message, "Indent it by two spaces more, or write the value on one line.")
            return


def _scalar(text: str, event: _Event) -> Iterator[Doubt]:
    start = event.start_mark.index
    if event.style not in {"|", ">"}:
        return
    header, *lines = text[start : event.end_mark.index].split("\n")
    if not _HEADER.match(header):
        yield Doubt(
            start, "after | or > the text begins on the next line", "Quote the text, or begin it on the next line."
        )
    elif not re.search(r"[1-9]", header):
        blank = next((n for n, line in enumerate(lines) if line.strip(" ")), len(lines))
        depth = len(lines[blank]) - len(lines[blank].lstrip(" ")) if blank < len(lines) else 0
        if any(len(line) > depth for line in lines[:blank]):
            yield Doubt(
                start, "a line of spaces before the text is longer than its indentation", "Take the spaces away."
            )
