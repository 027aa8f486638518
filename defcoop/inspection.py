"""Inspection: all that can be said of one file by itself, small enough to send between processes and to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.checks import CARD_CHECKS, RECORD_CHECKS
from defcoop.faults import Fault
from defcoop.models import SourceCard
from defcoop.models.references import references
from defcoop.reading import place, read_leaflet
from defcoop.sketch import sketch
from defcoop.traits import Inspected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.faults import Sources, Tie
    from defcoop.findings import Finding
    from defcoop.models import Record
    from defcoop.models.references import Link
    from defcoop.reading import Read
    from defcoop.traits import Traits
    from defcoop.tree import Leaflet


def inspect(read: Read, sources: Sources) -> Inspected:
    """Run the checks of its kind on a file that was read, and take its traits."""
    if read.model is None:
        return Inspected(read.sha256, read.findings, None)
    findings = place(read.leaflet, _faults(read.leaflet, read.model, sources))
    return Inspected(read.sha256, tuple(findings), _traits(read, sources))


def outline(read: Read, sources: Sources) -> Inspected:
    """Take only the traits of a file that was read, for others to refer to."""
    return Inspected(read.sha256, (), _traits(read, sources))


def place_ties(leaflet: Leaflet, ties: Iterable[Tie]) -> list[Finding]:
    """Turn the ties of one file into findings, one wherever the file names the target.

    A sound file is not kept, so it is read again.
    """
    model = read_leaflet(leaflet).model
    # A file that has changed since names nothing any more; its ties then stand at its head.
    links = list(references(model)) if model else []
    faults: list[Fault] = []
    for tie in ties:
        spots = [link.pointer for link in links if _meant(tie, link)]
        spots = spots or [(tie.field,) if tie.field else ()]
        faults += [Fault(tie.code, spot, tie.message, tie.hint) for spot in spots]
    return place(leaflet, faults)


def _meant(tie: Tie, link: Link) -> bool:
    return link.target == tie.target and tie.field in {None, link.pointer[0]} and tie.wanted in {None, link.type}


def _traits(read: Read, sources: Sources) -> Traits | None:
    """Take the traits of a file, but none of a card under another's id: it must not stand for that other."""
    card_of_another = isinstance(read.model, SourceCard) and read.model.id != read.leaflet.stem
    return None if read.model is None or card_of_another else sketch(read.model, sources)


def _faults(leaflet: Leaflet, model: Record | SourceCard, sources: Sources) -> Iterator[Fault]:
    if model.id != leaflet.stem:
        yield Fault("DC201", ("id",), f"is {model.id}, but the file is {leaflet.stem}.yaml")
    if isinstance(model, SourceCard):
        # The text and the passages of a card are looked up by its id, so they would be another's.
        for look in CARD_CHECKS if model.id == leaflet.stem else ():
            yield from look(model, sources)
    else:
        for check in RECORD_CHECKS:
            yield from check(model, sources)
