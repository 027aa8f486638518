"""The checks between files. A check is a function of the index, the summaries of all files, that yields issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.validation.dataset_checks.actor_names import actors_are_named
from defcoop.validation.dataset_checks.coding import texts_are_coded
from defcoop.validation.dataset_checks.likeness import no_passage_is_coded_twice, no_two_are_alike
from defcoop.validation.dataset_checks.linkage import duplicates_know_each_other, no_circles, references_name_records
from defcoop.validation.dataset_checks.plausibility import (
    actors_are_reachable,
    sides_are_different,
    sides_can_act,
    speakers_are_in_the_seed,
)
from defcoop.validation.dataset_checks.relative_dates import dates_follow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from defcoop.validation.issues import CrossRecordIssue, DatasetIndex

DATASET_CHECKS: tuple[Callable[[DatasetIndex], Iterator[CrossRecordIssue]], ...] = (
    references_name_records,
    no_circles,
    duplicates_know_each_other,
    sides_are_different,
    sides_can_act,
    speakers_are_in_the_seed,
    actors_are_reachable,
    no_two_are_alike,
    no_passage_is_coded_twice,
    dates_follow,
    actors_are_named,
    texts_are_coded,
)

__all__ = ["DATASET_CHECKS"]
