"""The checks between files. A check is a function of the world, the traits of all files, that yields ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.crosschecks.linkage import duplicates_know_each_other, no_circles, references_lead_somewhere

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from defcoop.faults import Tie, World

CROSS_CHECKS: tuple[Callable[[World], Iterator[Tie]], ...] = (
    references_lead_somewhere,
    no_circles,
    duplicates_know_each_other,
)

__all__ = ["CROSS_CHECKS"]
