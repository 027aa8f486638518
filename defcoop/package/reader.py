"""The reader: a built package back to records and source cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from defcoop.models import Record, SourceCard
from defcoop.package.columns import SEEDS
from defcoop.registry import TYPES

if TYPE_CHECKING:
    from pathlib import Path


def read_package(folder: Path) -> tuple[list[Record], list[SourceCard]]:
    """Read the records and source cards of a package from its JSON files.

    Raises:
        OSError: if a file is missing.
        pydantic.ValidationError: if a file does not hold what it should.
    """
    records: list[Record] = []
    for kind in TYPES:
        source = (folder / "data" / f"{kind.folder}.json").read_bytes()
        records += TypeAdapter(list[kind.model]).validate_json(source)  # type: ignore[name-defined]
    cards = TypeAdapter(list[SourceCard]).validate_json((folder / "data" / f"{SEEDS}.json").read_bytes())
    return records, cards
