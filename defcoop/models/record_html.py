"""A record as HTML for notebooks: its values, each with links to the evidence below them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from defcoop.models.leaves import covers, leaves, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from defcoop.models.evidence import Evidence
    from defcoop.models.record import Record


def record_html(record: Record) -> str:
    """Write a record as two tables, in which every text stays text and Arabic reads from right to left."""
    anchors = [f"{escape(record.id)}-evidence-{number}" for number, _ in enumerate(record.evidence, 1)]
    values = (
        _row((escape(leaf.path), escape(text_of(leaf.value)), _links(leaf.path, record.evidence, anchors)))
        for leaf in leaves(record)
    )
    entries = (
        _row(_cells(number, entry), anchor)
        for number, (entry, anchor) in enumerate(zip(record.evidence, anchors, strict=True), 1)
    )
    return (
        f'<div><p dir="auto"><b>{escape(record.name)}</b> <code>{escape(record.id)}</code></p>'
        f'<p dir="auto">{escape(record.summary or "")}</p>'
        f"{_table(('value of', 'value', 'evidence'), ''.join(values))}"
        f"{_table(('', 'seed', 'passage', 'quote', 'voice', 'stance', 'basis'), ''.join(entries))}</div>"
    )


def _links(path: str, evidence: Sequence[Evidence], anchors: Sequence[str]) -> str:
    return " ".join(
        f'<a href="#{anchor}">{number}</a>'
        for number, (entry, anchor) in enumerate(zip(evidence, anchors, strict=True), 1)
        if any(covers(support, path) for support in entry.supports)
    )


def _cells(number: int, entry: Evidence) -> tuple[str, ...]:
    start, end = entry.passage
    voice = " ".join(filter(None, (entry.voice.value, entry.speaker or entry.outlet)))
    texts = (str(number), entry.seed, f"{start}-{end}", entry.quote, voice, entry.stance.value, entry.basis.value)
    return tuple(map(escape, texts))


def _table(header: Sequence[str], body: str) -> str:
    head = "".join(f"<th>{name}</th>" for name in header)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(cells: Sequence[str], anchor: str = "") -> str:
    mark = f' id="{anchor}"' if anchor else ""
    body = "".join(f'<td dir="auto">{cell}</td>' for cell in cells)
    return f"<tr{mark}>{body}</tr>"
