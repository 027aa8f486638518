"""The codebook: every table, field and term with its meaning and how the data use it, in Markdown and in HTML."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from defcoop.docgen.codebook.counts import count
from defcoop.docgen.codebook.document import Versions, chapters, markdown
from defcoop.docgen.codebook.page import page
from defcoop.package import build
from defcoop.version import DATA, RELEASED, SCHEMA

if TYPE_CHECKING:
    from defcoop.dataset import Dataset

__all__ = ["Versions", "codebook"]


def codebook(dataset: Dataset, versions: Versions | None = None) -> dict[str, str]:
    """Give the text of the codebook in each of its forms by its file's name.

    Args:
        dataset: the data that are counted.
        versions: the version numbers to put into it; by default those of this library, and whether the data have
            changed since they were released.
    """
    versions = versions or _versions(dataset)
    written = chapters(dataset, count(dataset), versions)
    return {"codebook.md": markdown(written), "codebook.html": page(written, dataset, versions)}


def _versions(dataset: Dataset) -> Versions:
    """Name the versions. Of changed data no hash is told, for then each record would change this page."""
    return Versions(f"{DATA}, with later changes" if _changed(dataset) else DATA, SCHEMA)


def _changed(dataset: Dataset) -> bool:
    """Tell whether the data differ from those of the last release; before the first there is none to differ from."""
    if not RELEASED:
        return False
    with TemporaryDirectory() as folder:
        return build(dataset, Path(folder) / "package").digest != RELEASED
