"""The formats in which findings are shown; one small renderer each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.cli.formats import github, json, junit, sarif, text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from defcoop.validation.findings import Report

FORMATS: dict[str, Callable[[Report, Path], str]] = {
    "text": text.render,
    "json": json.render,
    "github": github.render,
    "sarif": sarif.render,
    "junit": junit.render,
}
"""Renderers by the format's name; each turns a report, and the folder to which its paths are relative, into a text."""
