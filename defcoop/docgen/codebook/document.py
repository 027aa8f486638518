"""The codebook as a document: its chapters in order, and their Markdown."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from defcoop.docgen.codebook import _sources, _tables, _vocabularies
from defcoop.docgen.codebook._markdown import link, tally, text
from defcoop.docgen.coverage import coverage
from defcoop.package import about

if TYPE_CHECKING:
    from collections.abc import Iterable

    from defcoop.dataset import Dataset
    from defcoop.docgen.codebook.counts import UsageCounts
    from defcoop.docgen.coverage import Coverage
    from defcoop.models import DatasetCard

TITLE = "Codebook"
"""The heading of the whole."""


class Versions(NamedTuple):
    """The version numbers that the codebook names; an empty one is not named."""

    data: str
    schema: str


class Chapter(NamedTuple):
    """A chapter: its heading, or none for the words before the first, and its Markdown."""

    heading: str
    body: str


def chapters(dataset: Dataset, counts: UsageCounts, versions: Versions) -> list[Chapter]:
    """Write the chapters."""
    return [
        Chapter("", _opening(dataset, counts, versions)),
        Chapter("How to read it", prose("reading.md")),
        Chapter("Limits", _limits(dataset.card, _measured(dataset, counts))),
        Chapter("Sources", _sources.chapter(dataset, counts)),
        Chapter("How to cite", _citing(dataset.card, versions)),
        Chapter("Tables", _tables.chapter(counts)),
        Chapter("Vocabularies", _vocabularies.vocabularies(counts, dataset.card.terms)),
        Chapter("Scales", _vocabularies.scales(counts)),
        Chapter("Source terms", _vocabularies.origins()),
    ]


def markdown(written: Iterable[Chapter]) -> str:
    """Join chapters to one Markdown file, with a list of contents."""
    opening, *rest = written
    contents = "".join(f"- {link(chapter.heading)}\n" for chapter in rest)
    body = "".join(f"\n## {chapter.heading}\n\n{chapter.body}" for chapter in rest)
    return f"# {TITLE}\n\n{opening.body}\n{contents}{body}"


def _opening(dataset: Dataset, counts: UsageCounts, versions: Versions) -> str:
    held = (
        f": {len(dataset)} records from {len(dataset.seeds)} texts, {counts.values} coded values, "
        f"{counts.rows['claims']} claims.\n\n{_covered(coverage(dataset))}"
        if counts.rows
        else "."
        if dataset.seeds
        else ". `defcoop codebook --dataset dataset` adds the sources, and how many rows and values the data have."
    )
    schema = f", schema version {text(versions.schema)}" if versions.schema else ""
    return (
        f"**{text(dataset.card.title)}.** {text(dataset.card.description)}\n\n"
        f"Data version {text(versions.data)}{schema}{held}\n\n"
        "Generated from the models and the data by `defcoop codebook`; do not edit.\n"
    )


def _covered(where: Coverage) -> str:
    years = "It has no dates" if where.years is None else f"Its dates lie between {where.first} and {where.last}"
    return f"{years}; the states in which something is placed or hosted are {text(', '.join(where.states)) or 'none'}."


def _measured(dataset: Dataset, counts: UsageCounts) -> str:
    """Say in figures how thin the ground is."""
    if not counts.rows:
        return ""
    cards = dataset.seeds.values()
    languages = sorted({card.language for card in cards})
    grades = tally(Counter(sorted(card.reliability.value for card in cards)).items())
    named = sum(card.publisher is not None for card in cards)
    entries = counts.rows["evidence"]
    unjudged = counts.used("evidence", "credibility").get("6", 0)
    return (
        f"\n- Texts: {len(cards)}; languages: {', '.join(languages) or 'none'}; their publisher is known for {named}; "
        f"reliability: {grades or 'none'}.\n"
        f"- Of {counts.values} coded values, {counts.single} rest on one text alone.\n"
        f"- Of {entries} entries of evidence, {unjudged} have a credibility of 6: nothing in the texts lets it be "
        "judged.\n"
    )


def _limits(card: DatasetCard, measured: str) -> str:
    """Write what a dataset covers, how it was coded, and what follows from both, as its card has it."""
    return prose(
        "limits.md",
        measured=measured,
        covers=_paragraphs([*card.covers, *card.excludes]),
        coding=_paragraphs(card.coding or ["Its makers do not say how it was coded."]),
        limits=_paragraphs(card.limits or ["Its makers name no limits."]),
    )


def _paragraphs(texts: Iterable[str]) -> str:
    return "\n\n".join(map(text, texts))


def _citing(card: DatasetCard, versions: Versions) -> str:
    licence = about.licence(card.licence)
    code = f"; the program is under the {about.licence(card.code_licence).title}" if card.code_licence else ""
    return prose(
        "citing.md",
        creators=text("; ".join(who.name for who in about.creators(card))),
        title=text(card.title),
        version=text(versions.data),
        licence=text(licence.spdx.replace("-", " ") if licence.spdx.startswith("CC") else licence.spdx),
        terms=text(f"The data may be used under the licence {licence.title}{code}."),
    )


def prose(file: str, **given: str) -> str:
    """Read a page that is written by hand, and put into it what is given."""
    return (files("defcoop.docgen.codebook") / "prose" / file).read_text(encoding="utf-8").format(**given)
