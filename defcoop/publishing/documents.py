"""What people read beside the tables of a package: its README, its codebook, and the text of its licence."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from defcoop.dataset import Dataset
from defcoop.docgen.codebook import Versions, codebook_page
from defcoop.package import about
from defcoop.package.descriptor import CODEBOOK, LICENCE, README
from defcoop.package.views import views

if TYPE_CHECKING:
    from collections.abc import Iterable

    from defcoop.models import DatasetCard
    from defcoop.package.writer import Published


def documents(published: Published) -> dict[str, str]:
    """Write the documents of a package, by the names of their files."""
    dataset = Dataset([], published.seeds, card=published.card)
    return {
        README: _readme(published.card, published.version),
        CODEBOOK: codebook_page(
            dataset, Versions(published.version, "")
        ),  # a release changes that of the schema, too late for this process
        LICENCE: licence_text(published.card.licence),
    }


def licence_text(spdx: str) -> str:
    """Give the text of a licence; of one that is not at hand, where it stands."""
    known = files(__package__).joinpath("licences", f"{spdx}.txt")
    if known.is_file():
        return known.read_bytes().decode()
    licence = about.licence(spdx)
    return f"{licence.title}\n\nThe text of this licence stands at {licence.url}\n"


def _readme(card: DatasetCard, version: str) -> str:
    page = files(__package__).joinpath("readme.md").read_text(encoding="utf-8")
    return page.format(
        title=card.title,
        description=card.description,
        version=version,
        homepage=f"\n\nIt is found at <{card.homepage}>." if card.homepage else "",
        views="\n".join(f"| `{path}` | {table.description} |" for path, table in views(card).items()),
        covers=_section("What it covers", [*card.covers, *card.excludes]),
        coding=_section("How it was coded", card.coding),
        limits=_section("Limits", card.limits),
        cited=about.cited(card, version),
        licence=about.licence(card.licence).title,
    )


def _section(heading: str, paragraphs: Iterable[str]) -> str:
    """Write a section, or nothing if there is nothing to say."""
    body = "\n\n".join(paragraphs)
    return f"## {heading}\n\n{body}\n\n" if body else ""
