"""A table of HTML for notebooks, in which every text stays text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[object]], linked: Container[object] = ()) -> str:
    """Write a table; a cell in Arabic reads from right to left, and one that is None is empty.

    Args:
        caption: what the table holds.
        header: the names of the columns.
        rows: the cells, row by row.
        linked: cells that are a link to the part of the page which has their text as its id.
    """
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    body = "".join(f"<tr>{''.join(_cell(cell, linked) for cell in row)}</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(cell: object, linked: Container[object]) -> str:
    text = "" if cell is None else escape(str(cell))
    return f'<td dir="auto">{f"""<a href="#{text}">{text}</a>""" if text and cell in linked else text}</td>'
