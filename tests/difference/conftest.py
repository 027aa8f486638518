"""A good checkout in a git repository, and a package of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from defcoop.dataset import load
from defcoop.package import build
from tests.checkouts import copy_of_the_good
from tests.repositories import good_repository

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository of the good checkout, with one commit, and go there."""
    return good_repository(tmp_path / "repository", monkeypatch)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the package of the good checkout."""
    folder = tmp_path_factory.mktemp("good")
    build(load(copy_of_the_good(folder / "checkout")), folder / "package")
    return folder / "package"
