"""The checks of single files. A check is a function of a record or card and the sources that yields issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.validation.record_checks.chronology import dates_in_order
from defcoop.validation.record_checks.codes import codes_are_the_tables, currencies_were_in_use, sides_are_counted
from defcoop.validation.record_checks.completeness import nothing_twice, value_or_reason
from defcoop.validation.record_checks.evidence import (
    entries_are_coherent,
    opinion_carries_nothing,
    other_values_differ,
    stage_fits_stance,
    values_have_evidence,
)
from defcoop.validation.record_checks.improbable import (
    enough_take_part,
    names_are_in_their_language,
    numbers_are_possible,
    sides_are_others,
    things_are_counted_whole,
)
from defcoop.validation.record_checks.overlooked import absent_values_are_absent, quotes_carry_few_values
from defcoop.validation.record_checks.passages import (
    dismissals_hold,
    names_are_attested,
    passages_hold,
    text_is_the_cards,
)
from defcoop.validation.record_checks.plausibility import one_office_at_a_time, plans_lie_ahead, statuses_fit_dates
from defcoop.validation.record_checks.readability import (
    denials_say_no,
    other_values_are_readable,
    values_are_readable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from defcoop.models import Record, SourceCard
    from defcoop.validation.issues import Issue, Sources

RECORD_CHECKS: tuple[Callable[[Record, Sources], Iterator[Issue]], ...] = (
    nothing_twice,
    value_or_reason,
    values_have_evidence,
    entries_are_coherent,
    stage_fits_stance,
    opinion_carries_nothing,
    other_values_differ,
    passages_hold,
    names_are_attested,
    dates_in_order,
    codes_are_the_tables,
    sides_are_counted,
    currencies_were_in_use,
    statuses_fit_dates,
    plans_lie_ahead,
    one_office_at_a_time,
    sides_are_others,
    enough_take_part,
    numbers_are_possible,
    things_are_counted_whole,
    names_are_in_their_language,
)

READABILITY_CHECKS: tuple[Callable[[Record, Sources], Iterator[Issue]], ...] = (
    values_are_readable,
    other_values_are_readable,
    denials_say_no,
    absent_values_are_absent,
    quotes_carry_few_values,
)
"""Those made last, of values of which nothing else is wrong: a slip in a date is one mistake and not two."""

CARD_CHECKS: tuple[Callable[[SourceCard, Sources], Iterator[Issue]], ...] = (
    text_is_the_cards,
    dismissals_hold,
    nothing_twice,
)

__all__ = ["CARD_CHECKS", "READABILITY_CHECKS", "RECORD_CHECKS"]
