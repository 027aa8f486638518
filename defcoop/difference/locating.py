"""Finding the snapshot that a name means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from defcoop import version
from defcoop.dataset import DataError, load
from defcoop.difference.checkouts import read_checkout, read_revision
from defcoop.difference.packages import read_package
from defcoop.difference.snapshot import Snapshot
from defcoop.io.git import GitError, commit_of
from defcoop.io.places import Checkout, place_at

if TYPE_CHECKING:
    from defcoop.difference.checkouts import ParsedFiles

INSTALLED: Final = "installed"
"""The name of the data that come with the library."""

_HASH = 12


def find(name: str, dataset: Path = Path("dataset"), parsed: ParsedFiles | None = None) -> Snapshot:
    """Find a snapshot: a path if there is such a path, else `installed`, else a git revision.

    Args:
        name: a package's folder, descriptor or zip, a checkout or its folder of records, `installed`, or a
            revision.
        dataset: the folder of records of the checkout to which a revision belongs.
        parsed: what was read before of other snapshots.

    Raises:
        ValueError: if the name means nothing, or nothing that can be read.
        OSError: if a file cannot be read.
    """
    parsed = {} if parsed is None else parsed
    if name and Path(name).exists():
        place = place_at(name)
        if isinstance(place, Checkout):
            return read_checkout(place.dataset.absolute().parent, name, parsed)
        return read_package(place, name)
    if name == INSTALLED:
        return Snapshot.of(load(), name, INSTALLED, version.DATA)
    try:
        commit = commit_of(dataset.absolute().parent, name)
        return read_revision(dataset, commit, f"{name} ({commit[:_HASH]})", parsed)
    except GitError as error:
        msg = f"{name!r} is no path here, and no revision: {error}"
        raise DataError(msg) from None


def find_both(old: str, new: str, dataset: Path = Path("dataset")) -> tuple[Snapshot, Snapshot]:
    """Find two snapshots, reading what they share once.

    Raises:
        ValueError: if a name means nothing, or nothing that can be read.
        OSError: if a file cannot be read.
    """
    parsed: ParsedFiles = {}
    return find(old, dataset, parsed), find(new, dataset, parsed)
