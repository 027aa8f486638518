"""Scales: columns whose numbers have a meaning each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.agreement import BASE, MILAID, MILCON
from defcoop.models.evidence import CREDIBILITY
from defcoop.models.parts import WHERE_PREC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from defcoop.package.columns import Column


class Scale(NamedTuple):
    """A scale: its name, which ends the names of its columns, what it tells, whose it is, and its numbers."""

    name: str
    meaning: str
    origin: str
    numbers: Mapping[int, str]


SCALES = (
    Scale("where_prec", "How finely a place is told.", "UCDP", WHERE_PREC),
    Scale("credibility", "How credible a piece of information is in itself.", "Admiralty", CREDIBILITY),
    Scale("milcon", "How far military contact goes.", "ATOP", MILCON),
    Scale("milaid", "What military aid is promised.", "ATOP", MILAID),
    Scale("base", "Whose forces may be stationed where.", "ATOP", BASE),
)
"""All scales."""


def scale_of(column: Column) -> Scale | None:
    """Give the scale of a column, if it has one."""
    if column.kind != "integer":
        return None
    return next((scale for scale in SCALES if f"_{column.name}".endswith(f"_{scale.name}")), None)
