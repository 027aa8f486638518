"""Publishing a dataset that is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.package import build
from defcoop.publishing.documents import documents

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.package.writer import RecordSet, Written


def publish(dataset: RecordSet, out: Path, version: str | None = None) -> Written:
    """Write the package of a dataset to a folder with its documents, replacing the package that is there.

    Args:
        dataset: the dataset.
        out: the folder.
        version: the version of a release that is being made; else the data tell which it is.

    Raises:
        ValueError, FileExistsError, OSError: as `defcoop.package.build` does.
    """
    return build(dataset, out, version, documents)
