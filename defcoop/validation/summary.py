"""RecordSummary: the little of a file that checks of the whole dataset need, so that records need not be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from defcoop.validation.findings import Finding


class RecordSummary(NamedTuple):
    """What other files may ask of a record or source card.

    `links` holds each (target, type of record wanted) once; `ranks` the (field, target) of links to the own type
    that may not run in a circle; `twins` the records that may be about the same thing; `citations` counts the
    passages cited, by seed; `accepts` holds the codes of warnings that were looked at and stand; `text` says of a
    source card whether its text is at hand; `withdrawn` that of a record only the tombstone is left, of
    which nothing is kept for likeness; `dated` holds the (field, text) of its dates, `counted` the (field, anchor,
    field of the anchor, offset) of those that are told from another date.

    For likeness: `names` are folded; `sides` the actors that it is between; `what` its kind; `dates` the (field,
    earliest, latest) of its dates that are known to a year or better, in ISO form; `passages` those cited with
    their seeds, or dismissed by a card; `sentences` those of a card's text, where it is at hand; `voices` the (actor,
    seed) that it quotes or relays.

    `named` holds the (path, actor, passage) of explicit values that name an actor, where the text is at hand;
    `called` the folded names by which a text may name an actor.
    """

    links: tuple[tuple[str, str], ...]
    ranks: tuple[tuple[str, str], ...] = ()
    twins: tuple[str, ...] = ()
    citations: tuple[tuple[str, int], ...] = ()
    accepts: tuple[str, ...] = ()
    text: bool = False
    withdrawn: bool = False
    dated: tuple[tuple[str, str], ...] = ()
    counted: tuple[tuple[str, str, str, str], ...] = ()
    names: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    what: str = ""
    dates: tuple[tuple[str, str, str], ...] = ()
    passages: tuple[tuple[str, int, int], ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    voices: tuple[tuple[str, str], ...] = ()
    named: tuple[tuple[str, str, str], ...] = ()
    called: tuple[str, ...] = ()


class CardSummary(NamedTuple):
    """What validation asks of the dataset's own card, and what is wrong with the card.

    `coverage` is the share of each text that is to be cited or dismissed, None where the card does not say; `own_terms`
    holds, as JSON, what the dataset adds to vocabularies, and is empty if it adds nothing; `plugins` names the packages
    whose record types and checks count, None if all do.
    """

    coverage: float | None
    findings: tuple[Finding, ...]
    own_terms: str = ""
    plugins: tuple[str, ...] | None = None


class Inspected(NamedTuple):
    """What came of a file: its findings, its summary if it is sound enough to have one, and its hash where wanted."""

    findings: tuple[Finding, ...]
    summary: RecordSummary | None
    sha256: str = ""
