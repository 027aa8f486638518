"""A difference for programs to read and to apply; docs/difference.schema.json says what stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.cli.formats._dump import dump

if TYPE_CHECKING:
    from defcoop.difference import Difference


def render(difference: Difference) -> str:
    """Write the difference as one JSON object."""
    return dump(difference.to_json())
