"""Findings as workflow commands, which GitHub shows as annotations beside the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.cli.formats._repository import prefix
from defcoop.cli.formats._visible import visible

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.validation.findings import Finding, Report

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(report: Report, checkout: Path) -> str:
    """Write one command to a line, paths relative to the root of the repository."""
    root = prefix(checkout)
    return "\n".join(_command(found, root) for found in report.findings)


def _command(found: Finding, root: str) -> str:
    file = _escaped(root + found.path, _PROPERTY)
    text = _escaped("\n".join(filter(None, (found.message, found.hint))), _DATA)
    return f"::{found.severity} file={file},line={found.line},col={found.column},title={found.code}::{text}"


def _escaped(text: str, table: dict[int, str]) -> str:
    return visible(text, keep="\r\n").translate(table)
