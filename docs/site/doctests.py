"""Examples in pages and docstrings: shown as sessions, without what only the tests need."""

from __future__ import annotations

import re
from typing import Any

import griffe

_FLAG = re.compile(r" *# doctest: \+.*$", re.MULTILINE)
_FENCE = re.compile(r"^```python\n(?=>>> )", re.MULTILINE)
_EXAMPLE = re.compile(r"^>>> .*(?:\n.+)*", re.MULTILINE)


def on_page_markdown(markdown: str, **_: object) -> str:
    """Show the examples of a page as sessions."""
    return _FENCE.sub("```pycon\n", _FLAG.sub("", markdown))


def fenced(docstring: str) -> str:
    """Fence the examples in a docstring, which Markdown takes for quotations otherwise."""
    return _EXAMPLE.sub(lambda example: f"```pycon\n{_FLAG.sub('', example[0])}\n```", docstring)


class Doctests(griffe.Extension):
    """Shows the examples of every docstring as sessions."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:  # noqa: ANN401 - griffe's signature
        """Fence the examples of one thing."""
        if obj.docstring:
            obj.docstring.value = fenced(obj.docstring.value)
