"""The one list of record types; folders, tables, schemas, id prefixes and documents follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from defcoop.models import Record


SEED = "seed"
"""The type name of source cards, beside those of records."""

ANY = "*"
"""The type name in references that may lead to a record of any type."""


@dataclass(frozen=True, slots=True)
class RecordType:
    """A type of record: its name, its folder (and table) and its id prefix.

    The model of `trade_figure` is the class `TradeFigure` in `defcoop.models.trade_figure`, imported when it is used.
    """

    name: str
    folder: str
    prefix: str

    @property
    def model(self) -> type[Record]:
        """The model of the type's records."""
        return _model(self.name, self.class_name)

    @property
    def class_name(self) -> str:
        """The name of the model."""
        return self.name.title().replace("_", "")


@cache
def _model(name: str, class_name: str) -> type[Record]:
    found: type[Record] = getattr(import_module(f"defcoop.models.{name}"), class_name)
    return found


TYPES = (
    RecordType("actor", "actors", "act"),
    RecordType("agreement", "agreements", "agr"),
    RecordType("deployment", "deployments", "dep"),
    RecordType("exercise", "exercises", "exe"),
    RecordType("trade_figure", "trade_figures", "trd"),
    RecordType("engagement", "engagements", "eng"),
    RecordType("facility", "facilities", "fac"),
)

BY_NAME = {kind.name: kind for kind in TYPES}
BY_FOLDER = {kind.folder: kind for kind in TYPES}
_BY_CLASS = {kind.class_name: kind for kind in TYPES}


def type_of(record: Record) -> RecordType:
    """Give the type of a record."""
    return _BY_CLASS[type(record).__name__]
