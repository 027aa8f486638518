"""The formats in which findings are shown; one small renderer each, loaded when it is used."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from defcoop.validation.findings import Report


def _render(name: str, report: Report, checkout: Path) -> str:
    text: str = import_module(f"defcoop.cli.formats.{name}").render(report, checkout)
    return text


FORMATS: dict[str, Callable[[Report, Path], str]] = {
    name: partial(_render, name) for name in ("text", "json", "github", "sarif", "junit")
}
"""Renderers by the format's name; each turns a report, and the folder to which its paths are relative, into a text."""
