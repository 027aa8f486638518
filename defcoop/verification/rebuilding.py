"""The deep check: the package is built again from its own records, and comes out the same."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from defcoop.dataset import Dataset
from defcoop.package import build, open_package
from defcoop.package.descriptor import DESCRIPTOR
from defcoop.verification.verdict import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.verification.members import Members

_PIECE = 1 << 18
_LETTERS = 300


def rebuilt(place: Path, members: Members, paths: Iterable[str]) -> Iterator[Failure]:
    """Build a package again from its JSON and tell which of some files come out otherwise.

    Raises:
        OSError: if there is no room for it.
    """
    with tempfile.TemporaryDirectory(prefix="defcoop-verify-") as room:
        fresh = Path(room) / "package"
        try:
            build(Dataset(*open_package(place).contents()), fresh)
        except (ValueError, KeyError) as error:
            yield Failure(DESCRIPTOR, None, None, f"the package cannot be built again: {str(error)[:_LETTERS]}")
            return
        for path in paths:
            line = _first_difference(fresh / path, members, path)
            if line:
                yield Failure(path, line, None, "is not what the package's records give")


def _first_difference(fresh: Path, members: Members, path: str) -> int | None:
    """Give the first line in which two files differ."""
    if not fresh.is_file():
        return 1
    line = 1
    with fresh.open("rb") as one, members.open(path) as other:
        while True:
            expected, found = one.read(_PIECE), other.read(_PIECE)
            if expected != found:
                spot = next((spot for spot, pair in enumerate(zip(expected, found, strict=False)) if len({*pair}) > 1), 0)
                return line + expected.count(b"\n", 0, spot)
            if not expected:
                return None
            line += expected.count(b"\n")
