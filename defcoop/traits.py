"""Traits: the little of a file that checks of the whole dataset need, so that records need not be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from defcoop.findings import Finding


class Traits(NamedTuple):
    """What other files may ask of a record or source card.

    `links` holds each (target, type of record wanted) once; `parents` the (field, target) of links to the own type
    that may not run in a circle; `twins` the records that may be about the same thing; `citations` counts the
    passages cited, by seed; `accepts` holds the codes of warnings that were looked at and stand; `text` says of a
    source card whether its text is at hand.
    """

    links: tuple[tuple[str, str], ...]
    parents: tuple[tuple[str, str], ...] = ()
    twins: tuple[str, ...] = ()
    citations: tuple[tuple[str, int], ...] = ()
    accepts: tuple[str, ...] = ()
    text: bool = False


class Inspected(NamedTuple):
    """What came of a file: the hash of its bytes, its findings, and its traits if it is sound enough to have any."""

    sha256: str
    findings: tuple[Finding, ...]
    traits: Traits | None
