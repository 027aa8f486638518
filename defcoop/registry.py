"""The one list of record types; folders, tables, schemas, id prefixes and documents follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from defcoop.models import Actor, Agreement, Deployment, Engagement, Exercise, Facility, TradeFigure

if TYPE_CHECKING:
    from defcoop.models import Record


@dataclass(frozen=True, slots=True)
class RecordType:
    """A type of record: its name, its folder (and table), its id prefix and its model."""

    name: str
    folder: str
    prefix: str
    model: type[Record]


TYPES = (
    RecordType("actor", "actors", "act", Actor),
    RecordType("agreement", "agreements", "agr", Agreement),
    RecordType("deployment", "deployments", "dep", Deployment),
    RecordType("exercise", "exercises", "exe", Exercise),
    RecordType("trade_figure", "trade_figures", "trd", TradeFigure),
    RecordType("engagement", "engagements", "eng", Engagement),
    RecordType("facility", "facilities", "fac", Facility),
)

BY_NAME = {kind.name: kind for kind in TYPES}
BY_FOLDER = {kind.folder: kind for kind in TYPES}
BY_PREFIX = {kind.prefix: kind for kind in TYPES}
BY_MODEL = {kind.model: kind for kind in TYPES}
