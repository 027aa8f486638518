"""The shipped dataset with one agreement changed, for the formats that political scientists merge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import defcoop
from defcoop.models.parts import Duration

if TYPE_CHECKING:
    from decimal import Decimal

AGREEMENT = "agr-qat-tur-defence-industry-2007"

BARE = {"signed": None, "entry_into_force": None, "term": None, "ends": None}


def changed(shipped: defcoop.Dataset, **changes: Any) -> defcoop.Dataset:
    """Give the dataset with an agreement that has the values given, and no dates but them."""
    told = shipped.agreements[AGREEMENT]
    other = told.model_validate(told.model_dump() | BARE | {k: _plain(v) for k, v in changes.items()})
    return defcoop.Dataset([other if one.id == AGREEMENT else one for one in shipped], shipped.seeds.values())


def term(length: int | Decimal, unit: str) -> Duration:
    return Duration.model_validate({"length": length, "unit": unit})


def _plain(value: Any) -> Any:
    return value.model_dump() if hasattr(value, "model_dump") else value
