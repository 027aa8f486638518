"""The generated files in `schema/`, with the schema version in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.docgen import schemas

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOLDER = "schema"


def files(codebook: Mapping[str, str], version: str) -> dict[str, str]:
    """Give all of them by their paths in the checkout."""
    return {f"{FOLDER}/{name}": text for name, text in (schemas.files(version) | dict(codebook)).items()}


def stale(checkout: Path, version: str) -> list[str]:
    """Tell which of them are not what this library's models say, the codebook aside.

    Then the checkout is out of date, or another's library is running than its own.
    """
    return [
        f"{name} is not what this library's models say; run `defcoop schema`, with the library of this checkout"
        for name, text in files({}, version).items()
        if not (checkout / name).is_file() or (checkout / name).read_bytes() != text.encode()
    ]
