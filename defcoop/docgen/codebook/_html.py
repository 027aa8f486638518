"""Markdown to HTML by markdown-it, with what Markdown cannot say: anchors, captions, heads of rows, languages."""

from __future__ import annotations

import re
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from defcoop.docgen.codebook._markdown import anchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LETTERS = r"[\u0600-\u06ff\u0750-\u077f]+"
_ARABIC = re.compile(rf"{_LETTERS}(?:\s+{_LETTERS})*")


class DocumentHeading(NamedTuple):
    """A heading: its level, its anchor and its words."""

    level: int
    anchor: str
    words: str


def render(markdown: str) -> tuple[str, list[DocumentHeading]]:
    """Render Markdown; HTML in it stays text. Give the headings too."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("text", _text)
    tokens = reader.parse(markdown)
    headings = list(_anchored(tokens))
    return reader.renderer.render(list(_framed(tokens)), reader.options, {}), headings


def _text(_: object, tokens: Sequence[Token], place: int, *__: object) -> str:
    """Escape a text, and say of what is Arabic in it that it is."""
    source = escape(tokens[place].content, quote=False)
    return _ARABIC.sub(lambda match: f'<bdi lang="ar" dir="rtl">{match[0]}</bdi>', source)


def _anchored(tokens: Sequence[Token]) -> Iterator[DocumentHeading]:
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", anchor(inline.content))
            yield DocumentHeading(int(token.tag[1:]), anchor(inline.content), inline.content)


def _framed(tokens: Sequence[Token]) -> Iterator[Token]:
    """Give every table a caption and a frame that scrolls, and heads to its columns and rows."""
    heading, first = "", False
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[place + 1].content
        elif token.type == "table_open":
            name = f"table-{anchor(heading)}"
            yield _raw(f'<div class="table" role="region" aria-labelledby="{name}" tabindex="0">\n')
            yield token
            head = next(token.content for token in tokens[place:] if token.type == "inline")
            yield _raw(f'<caption id="{name}">{escape(heading)}, by {escape(head)}</caption>\n')
            continue
        elif token.type == "tr_open":
            first = True
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.type == "td_open" and first:
            token.tag = "th"
            token.attrSet("scope", "row")
        elif token.type == "td_close" and first:
            token.tag, first = "th", False
        yield token
        if token.type == "table_close":
            yield _raw("</div>\n")


def _raw(source: str) -> Token:
    return Token("html_block", "", 0, content=source)
