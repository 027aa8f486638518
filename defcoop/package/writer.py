"""The writer: a dataset to a folder of CSV, JSON and descriptor, the same bytes everywhere, whole or not at all."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from defcoop.package.draft import drafting
from defcoop.package.pages import pages

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.dataset import Dataset
    from defcoop.package.draft import Written


def build(dataset: Dataset, out: Path, version: str | None = None) -> Written:
    """Write the package of a dataset to a folder, replacing the package that is there.

    Args:
        dataset: the dataset.
        out: the folder.
        version: the version of a release that is being made; else the data tell which it is.

    Raises:
        ValueError: if a cell would begin a spreadsheet formula.
        FileExistsError: if `out` is something else than a package or an empty folder.
        OSError: if it cannot be written; then what was there before is untouched.
    """
    with drafting(out) as draft:
        for page in pages(chain(dataset, dataset.seeds.values()), dataset.seeds):
            draft.add(page)
        return draft.finish(version)
