"""The codebook: every table, field and term with its meaning, and how data use it, in Markdown and in HTML."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from defcoop.dataset import Dataset
from defcoop.dataset.loading import shipped_card
from defcoop.docgen.codebook.counts import UNCOUNTED, count
from defcoop.docgen.codebook.document import Versions, chapters, markdown
from defcoop.docgen.codebook.page import page
from defcoop.package import build
from defcoop.version import SCHEMA

if TYPE_CHECKING:
    from defcoop.models import DatasetCard

__all__ = ["Versions", "codebook", "codebook_page"]


def codebook(
    dataset: Dataset | None = None, versions: Versions | None = None, card: DatasetCard | None = None
) -> dict[str, str]:
    """Give the text of the codebook in each of its forms by its file's name.

    Args:
        dataset: the data that are counted; by default none, so that no new record changes the text.
        versions: the version numbers to put into it; by default those of the card and of this library, and whether
            the data have changed since they were released.
        card: what the dataset says of itself; by default that of the data, else of those that came with the
            library.
    """
    counts = UNCOUNTED if dataset is None else count(dataset)
    card = card or (dataset.card if dataset else shipped_card())
    versions = versions or (Versions(card.version, SCHEMA) if dataset is None else _versions(dataset))
    dataset = dataset or Dataset([], [], card=card)
    written = chapters(dataset, counts, versions)
    return {"codebook.md": markdown(written), "codebook.html": page(written, dataset, versions)}


def codebook_page(dataset: Dataset, versions: Versions) -> str:
    """Give the codebook in HTML without counts, which needs no records but the card and the source cards."""
    return page(chapters(dataset, UNCOUNTED, versions), dataset, versions)


def _versions(dataset: Dataset) -> Versions:
    """Name the versions. Of changed data no hash is told, for then each record would change this page."""
    version = dataset.card.version
    return Versions(f"{version}, with later changes" if _changed(dataset) else version, SCHEMA)


def _changed(dataset: Dataset) -> bool:
    """Tell whether the data differ from those of the last release; before the first there is none to differ from."""
    released = dataset.card.released
    if not released:
        return False
    with TemporaryDirectory() as folder:
        return build(dataset, Path(folder) / "package").digest != released
