"""Validation of a checkout: every file read, every check run, every finding placed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from defcoop.checks import CARD_CHECKS, RECORD_CHECKS, Context, Fault
from defcoop.checks.evidence import citations
from defcoop.findings import Finding, Report
from defcoop.models import Record, SourceCard
from defcoop.reading import Read, place, read_leaflet
from defcoop.seeds import read_texts
from defcoop.tree import walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Checked(NamedTuple):
    """The report of a validation and the sound records and cards, by id."""

    report: Report
    records: dict[str, Record]
    cards: dict[str, SourceCard]


def validate(dataset: Path, cards: Path | None = None, texts: Path | None = None) -> Report:
    """Check a folder of records with its source cards and, where there is one, the folder of seed texts.

    Args:
        dataset: the folder of records.
        cards: the folder of source cards; by default `seeds` beside the dataset.
        texts: the folder of seed texts; without it passages are counted as unchecked.

    Raises:
        OSError: if a folder cannot be listed.
    """
    return check(dataset, cards, texts).report


def check(dataset: Path, cards: Path | None = None, texts: Path | None = None) -> Checked:
    """Validate, and keep what was read. See `validate`."""
    reads, findings = _read_all(dataset, cards or dataset.parent / "seeds")
    records = {read.leaflet.stem: read.model for read in reads if isinstance(read.model, Record)}
    sources = {read.leaflet.stem: read.model for read in reads if isinstance(read.model, SourceCard)}
    at_hand = read_texts(sources.values(), texts)
    ids = {read.leaflet.stem: read.leaflet.type for read in reads}
    context = Context(ids, records, sources, at_hand.texts)
    for read in reads:
        faults = list(_faults(read, context))
        if read.leaflet.stem in at_hand.refused:
            code, reason = at_hand.refused[read.leaflet.stem]
            faults.append(Fault(code, ("file" if code == "DC902" else "sha256",), reason))
        findings += place(read.leaflet, faults)
    checked, unchecked = _count_passages(records, sources, context)
    findings.sort(key=lambda finding: (finding.path, finding.line, finding.column, finding.code))
    return Checked(Report(tuple(findings), len(records), len(sources), checked, unchecked), records, sources)


def _read_all(dataset: Path, cards: Path) -> tuple[list[Read], list[Finding]]:
    reads: list[Read] = []
    findings: list[Finding] = []
    for found in walk(dataset, cards):
        if isinstance(found, Finding):
            findings.append(found)
        else:
            reads.append(read_leaflet(found))
            findings += reads[-1].findings
    return reads, findings


def _faults(read: Read, context: Context) -> Iterator[Fault]:
    if read.model is None:
        return
    if read.model.id != read.leaflet.stem:
        yield Fault("DC201", ("id",), f"is {read.model.id}, but the file is {read.leaflet.stem}.yaml")
    if isinstance(read.model, Record):
        for look in RECORD_CHECKS:
            yield from look(read.model, context)
    else:
        for inspect in CARD_CHECKS:
            yield from inspect(read.model, context)


def _count_passages(records: dict[str, Record], cards: dict[str, SourceCard], context: Context) -> tuple[int, int]:
    seeds = [cited.seed for record in records.values() for _, cited in citations(record)]
    seeds += [card.id for card in cards.values() for _ in card.dismissed]
    checked = sum(seed in context.texts for seed in seeds)
    return checked, len(seeds) - checked
