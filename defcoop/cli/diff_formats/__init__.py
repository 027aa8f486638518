"""The formats in which a difference is shown; one small renderer each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.cli.diff_formats import json, markdown, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from defcoop.difference import Difference

FORMATS: dict[str, Callable[[Difference], str]] = {
    "text": text.render,
    "markdown": markdown.render,
    "json": json.render,
}
"""Renderers by the format's name."""
