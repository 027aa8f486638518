"""What a type of record is; apart from the list of them, so that a model may be defined without it."""

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
    """A type of record: its name, its folder (and table), its id prefix of three letters and the module of its model.

    The model of `trade_figure` is the class `TradeFigure`, by default in `defcoop.models.trade_figure`, imported when
    it is used.
    """

    name: str
    folder: str
    prefix: str
    module: str = ""

    @property
    def model(self) -> type[Record]:
        """The model of the type's records."""
        return _model(self.module or f"defcoop.models.{self.name}", self.class_name)

    @property
    def class_name(self) -> str:
        """The name of the model."""
        return self.name.title().replace("_", "")


@cache
def _model(module: str, class_name: str) -> type[Record]:
    model: type[Record] = getattr(import_module(module), class_name)
    return model
