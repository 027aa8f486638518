"""The codebook as one HTML file that needs nothing else: no script, no font, no picture, no network."""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from defcoop.docgen.codebook._html import render
from defcoop.docgen.codebook.document import TITLE, prose
from defcoop.docgen.coverage import coverage
from defcoop.docgen.schema_org import schema_org
from defcoop.package import about
from defcoop.package.descriptor import schema
from defcoop.package.tables import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from defcoop.dataset import Dataset
    from defcoop.docgen.codebook._html import DocumentHeading
    from defcoop.docgen.codebook.document import Chapter, Versions

_CHAPTER = 2


def page(written: Sequence[Chapter], dataset: Dataset, versions: Versions) -> str:
    """Write chapters as an HTML page with contents and, for search engines, a description of the data in JSON-LD."""
    opening, *rest = written
    head, _ = render(opening.body)
    main, headings = render("".join(f"\n## {chapter.heading}\n\n{chapter.body}" for chapter in rest))
    return prose(
        "page.html",
        name=escape(f"{TITLE} of {dataset.card.name}, data version {versions.data}"),
        description=escape(about.description(dataset.card)),
        described=_described(dataset, versions),
        style=(files("defcoop.docgen.codebook") / "prose" / "page.css").read_text(encoding="utf-8"),
        title=TITLE,
        head=head,
        contents=_contents(headings),
        main=main,
    )


def _contents(headings: Sequence[DocumentHeading]) -> str:
    """List the chapters, each with its sections folded beneath it."""
    items: list[tuple[DocumentHeading, list[str]]] = []
    for heading in headings:
        if heading.level == _CHAPTER:
            items.append((heading, []))
        else:
            items[-1][1].append(f"<li>{_link(heading)}</li>\n")
    return f"<ul>\n{''.join(_item(chapter, sections) for chapter, sections in items)}</ul>\n"


def _item(chapter: DocumentHeading, sections: Sequence[str]) -> str:
    if not sections:
        return f"<li>{_link(chapter)}</li>\n"
    folded = f"<summary>{len(sections)} sections</summary>\n<ul>\n{''.join(sections)}</ul>\n"
    return f"<li>{_link(chapter)}\n<details>{folded}</details>\n</li>\n"


def _link(heading: DocumentHeading) -> str:
    return f'<a href="#{heading.anchor}">{escape(heading.words)}</a>'


def _described(dataset: Dataset, versions: Versions) -> str:
    """Describe the dataset for search engines; nothing in it can end the element that it stands in."""
    described = {
        "version": versions.data,
        "sources": [{"title": f"{card.id}: {card.description}"} for card in dataset.seeds.values()],
        "resources": [{"name": table.name, "schema": schema(table)} for table in tables()],
    }
    linked = schema_org(described, {}, coverage(dataset), dataset.card)
    return json.dumps(linked, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
