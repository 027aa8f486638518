"""The deep check: the package is built again from its own records, and comes out the same."""

from __future__ import annotations

import json
import tempfile
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from defcoop.package.descriptor import DESCRIPTOR
from defcoop.package.reader import open_package
from defcoop.package.verification.verdict import Failure
from defcoop.package.writer import write_package

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.package.verification.hashed_files import HashedFiles

_LETTERS = 300


def rebuilding_failures(place: Path, files: HashedFiles, paths: Iterable[str]) -> Iterator[Failure]:
    """Build a package again from its JSON and give those of some files that come out otherwise.

    Raises:
        OSError: if it cannot be written to the temporary files of the machine.
    """
    with tempfile.TemporaryDirectory(prefix="defcoop-verify-") as folder:
        fresh = Path(folder) / "package"
        try:
            package = open_package(place)
            write_package(*package.contents(), package.card, fresh)
        except (ValueError, KeyError) as error:
            yield Failure(DESCRIPTOR, None, None, f"the package cannot be built again: {str(error)[:_LETTERS]}")
            return
        for path in paths:
            line = _first_difference(fresh / path, files, path)
            if line:
                yield Failure(path, line, None, "is not what the package's records give")


def _first_difference(fresh: Path, files: HashedFiles, path: str) -> int | None:
    """Give the first line in which two files differ, for JSON in what it says."""
    if not fresh.is_file():
        return 1
    read = _value if path.endswith(".json") else bytes
    with fresh.open("rb") as expected, files.open(path) as reader:
        lines = (line.removesuffix(b"\n") for line in expected)
        for number, (ours, theirs) in enumerate(zip_longest(lines, reader.lines()), start=1):
            if ours != theirs and (ours is None or theirs is None or read(ours) != read(theirs)):
                return number
    return None


def _value(line: bytes) -> object:
    """Read an entry, which other versions may have written with other spaces."""
    try:
        return json.loads(line.removesuffix(b","))
    except (ValueError, RecursionError):
        return line
