"""The languages of the texts that a package is read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from defcoop.package import Package


def languages(package: Package) -> dict[str, str]:
    """Give the BCP 47 language of each seed by its id; a quote is in the language of its seed."""
    header = package.header("seeds")
    spot, name = header.index("language"), header.index("id")
    return {row[name]: row[spot] for row in package.rows("seeds")}
