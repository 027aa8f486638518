"""The table of checks. A check is a function of a record and its context that yields faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.checks._fault import Context, Fault
from defcoop.checks.chronology import dates_in_order
from defcoop.checks.codes import codes_are_the_tables, sides_are_counted
from defcoop.checks.completeness import nothing_twice, value_or_reason
from defcoop.checks.evidence import (
    conflicts_contradict,
    entries_are_coherent,
    stage_fits_stance,
    values_have_evidence,
)
from defcoop.checks.identity import prefix_fits
from defcoop.checks.linkage import duplicates_know_each_other, no_circles, references_lead_somewhere
from defcoop.checks.passages import dismissals_hold, names_are_attested, passages_hold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from defcoop.models import Record, SourceCard

RECORD_CHECKS: tuple[Callable[[Record, Context], Iterator[Fault]], ...] = (
    prefix_fits,
    nothing_twice,
    value_or_reason,
    references_lead_somewhere,
    no_circles,
    duplicates_know_each_other,
    values_have_evidence,
    entries_are_coherent,
    stage_fits_stance,
    conflicts_contradict,
    passages_hold,
    names_are_attested,
    dates_in_order,
    codes_are_the_tables,
    sides_are_counted,
)

CARD_CHECKS: tuple[Callable[[SourceCard, Context], Iterator[Fault]], ...] = (
    references_lead_somewhere,
    dismissals_hold,
)

__all__ = ["CARD_CHECKS", "RECORD_CHECKS", "Context", "Fault"]
