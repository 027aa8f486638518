"""The deep check: the package is built again from its own records, and comes out the same."""

from __future__ import annotations

import json
import tempfile
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from defcoop.dataset import Dataset
from defcoop.package import build, open_package
from defcoop.package.descriptor import DESCRIPTOR
from defcoop.package.verification.verdict import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.package.verification.members import Members

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
    """Give the first line in which two files differ, for JSON in what it says."""
    if not fresh.is_file():
        return 1
    read = _value if path.endswith(".json") else bytes
    with fresh.open("rb") as expected, members.open(path) as found:
        lines = (line.removesuffix(b"\n") for line in expected)
        for number, (one, other) in enumerate(zip_longest(lines, found.lines()), start=1):
            if one != other and (one is None or other is None or read(one) != read(other)):
                return number
    return None


def _value(line: bytes) -> object:
    """Read an entry, which other versions may have written with other spaces."""
    try:
        return json.loads(line.removesuffix(b","))
    except (ValueError, RecursionError):
        return line
