"""Identity: the id of a file is its name, with the prefix of its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.faults import Fault
from defcoop.registry import type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.faults import Sources
    from defcoop.models import Record


def prefix_fits(record: Record, _: Sources) -> Iterator[Fault]:
    """The id begins with the prefix of the record's type."""
    prefix = type_of(record).prefix
    if not record.id.startswith(f"{prefix}-"):
        yield Fault("DC202", ("id",), f"{record.id} does not begin with {prefix}-")
