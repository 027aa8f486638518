"""The release of a dataset that keeps no library: its version stands in dataset.yaml, and it bears its own name."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from defcoop.dataset.loading import load
from defcoop.release import Request, make
from tests.checkouts import GOOD
from tests.release.repositories import TEXTS, commit, of_the_good

if TYPE_CHECKING:
    from pathlib import Path


def test_a_dataset_is_released_under_its_own_name(tmp_path: Path) -> None:
    folder = of_the_good(tmp_path / "coast")
    shutil.rmtree(folder / "defcoop")
    shutil.rmtree(folder / "schema")
    shutil.copyfile(GOOD / "dataset.yaml", folder / "dataset.yaml")
    commit(folder, "A card")
    made = make(Request(folder, "2031-01-02", TEXTS, 1, "1.5.0"), tmp_path / "dist")
    assert [file.name for file in made.files] == ["coast-data-1.5.0.zip", "release-notes-1.5.0.md", "SHA256SUMS"]
    assert "version: 1.5.0\nreleased: " in (folder / "dataset.yaml").read_text(encoding="utf-8")
    released = load(made.files[0])
    assert (released.version, released.card.title) == ("1.5.0", "Defence cooperation on an invented coast")
    assert released.cite() == (
        "Ada Holm, The coast team: Defence cooperation on an invented coast. Version 1.5.0. CC0-1.0. "
        "https://coast.example/data"
    )
    for name in ("CITATION.cff", ".zenodo.json"):
        text = (folder / name).read_text(encoding="utf-8")
        assert "Holm" in text
        assert "defcoop" not in text
