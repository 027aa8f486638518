"""Findings for people to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.cli.formats._bidi import isolate
from defcoop.cli.formats._excerpt import excerpt
from defcoop.cli.formats._groups import groups
from defcoop.cli.formats._screen import screen
from defcoop.cli.formats._source import SourceLines
from defcoop.cli.formats._visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from defcoop.cli.formats._screen import Span
    from defcoop.validation.findings import Finding, Report

_STYLES = {"error": "bold red", "warning": "bold yellow"}

_OF_THE_FILE = frozenset({"DC001", "DC002", "DC014"})
"""Codes of files that are not there to be read; none of their lines is at fault."""


def render(report: Report, checkout: Path | None = None) -> str:
    """Write each finding with the line it points at and what to do about it.

    Args:
        report: what was found.
        checkout: the folder to which the paths of the findings are relative; without it no lines are shown.
    """
    shown, source = screen(), SourceLines(checkout)
    return shown.paint(
        span
        for number, group in enumerate(groups(report.findings))
        for span in _separated(number, _group(group, source, shown.width))
    )


def _separated(number: int, spans: Iterator[Span]) -> Iterator[Span]:
    if number:
        yield "\n", ""
    yield from spans


def _group(group: list[Finding], source: SourceLines, width: int) -> Iterator[Span]:
    found, *others = group
    yield from _finding(found)
    if found.code not in _OF_THE_FILE:
        yield from _line(found, source, width)
    if found.hint:
        yield f"\n    {_safe(found.hint)}", ""
    if others:
        yield f"\n    The same in {len(others)} more places:", ""
        for other in others:
            yield f"\n      {_place(other)}", "bold"


def _finding(found: Finding) -> Iterator[Span]:
    yield _place(found), "bold"
    yield ": ", ""
    yield found.severity, _STYLES[found.severity]
    yield f" {found.code} ", "bold"
    yield _safe(found.message), ""


def _line(found: Finding, source: SourceLines, width: int) -> Iterator[Span]:
    line = source.line(found.path, found.line)
    if line is None:
        return
    number = f"{found.line:>5}"
    margin = f"{number} | "
    part = excerpt(line, found.column, width - len(margin))
    yield f"\n{margin}", "blue"
    yield part.text, ""
    yield f"\n{' ' * len(number)} | ", "blue"
    yield part.mark, _STYLES[found.severity]


def _place(found: Finding) -> str:
    return f"{_safe(found.path)}:{found.line}:{found.column}"


def _safe(text: str) -> str:
    return isolate(visible(text))
