"""The one list of record types; folders, tables, schemas, id prefixes and documents follow from it.

An installed package adds a type by an entry point in the group `defcoop.types` that leads to a `RecordType`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from defcoop._imports import entry_points, in_one_line, normal, offers, package_of
from defcoop.errors import DefcoopError
from defcoop.models.record_type import ANY, SEED, RecordType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from defcoop.models import Record

__all__ = [
    "ANY",
    "BY_FOLDER",
    "BY_NAME",
    "OWN_TYPES",
    "PLUGIN_OF",
    "REFUSED",
    "SEED",
    "TYPES",
    "RecordType",
    "type_of",
    "types_with",
]

OWN_TYPES = (
    RecordType("actor", "actors", "act"),
    RecordType("agreement", "agreements", "agr"),
    RecordType("deployment", "deployments", "dep"),
    RecordType("exercise", "exercises", "exe"),
    RecordType("trade_figure", "trade_figures", "trd"),
    RecordType("engagement", "engagements", "eng"),
    RecordType("facility", "facilities", "fac"),
    RecordType("transfer", "transfers", "trf"),
)
"""The library's own types."""

_SHAPE = re.compile(r"([a-z]+(?:_[a-z]+)*) ([a-z]+(?:_[a-z]+)*) [a-z]{3}")
"""Name, folder and prefix of a type that may be added."""


def _with_installed(own: Iterable[RecordType]) -> tuple[tuple[RecordType, ...], tuple[str, ...], dict[str, str]]:
    """Add the types of installed packages to our own, and say why some cannot be: that must not break the others."""
    types, refused, plugins = list(own), [], {}
    for name, offer in offers("types", RecordType, "record type"):
        if isinstance(offer, DefcoopError):
            refused.append(str(offer))
        elif reason := _clash(offer, types) or _flaw(offer):
            refused.append(f"the record type {name} cannot be added: {reason}")
        else:
            types.append(offer)
            plugins[offer.name] = package_of(entry_points("types")[name])
    return tuple(types), tuple(refused), plugins


def _clash(kind: RecordType, types: Iterable[RecordType]) -> str:
    """Say what keeps a type from standing beside others."""
    if not _SHAPE.fullmatch(f"{kind.name} {kind.folder} {kind.prefix}"):
        return "its name and folder are not words of small letters joined by _, or its prefix not three small letters"
    for other in types:
        for trait in ("name", "folder", "prefix"):
            if getattr(kind, trait) == getattr(other, trait):
                return f"its {trait} {getattr(kind, trait)} is that of the type {other.name}"
    return ""


def _flaw(kind: RecordType) -> str:
    """Say what is wrong with the model of a type: here, and not in each command that would use it."""
    from defcoop.models.record import Record  # noqa: PLC0415 - most have no such type, and start without models

    try:
        return "" if issubclass(kind.model, Record) else "its model is no Record"
    except Exception as error:  # noqa: BLE001 - whatever the module of another package raises
        return in_one_line(error)


TYPES, REFUSED, PLUGIN_OF = _with_installed(OWN_TYPES)
"""All types, ours first; of those that could not be added the reason; and the package of each that was, by name."""

BY_NAME = {kind.name: kind for kind in TYPES}
BY_FOLDER = {kind.folder: kind for kind in TYPES}
_BY_CLASS = {kind.class_name: kind for kind in TYPES}


def types_with(plugins: Iterable[str] | None) -> tuple[RecordType, ...]:
    """Give the types of a dataset that names the packages which it needs; all if it does not say, which is None."""
    if plugins is None:
        return TYPES
    named = {"", *map(normal, plugins)}
    return tuple(kind for kind in TYPES if PLUGIN_OF.get(kind.name, "") in named)


def type_of(record: Record) -> RecordType:
    """Give the type of a record."""
    return _BY_CLASS[type(record).__name__]
