"""Repositories to release from, each test with its own copy."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from defcoop.release import Request, make
from tests.release.repositories import DATE, GIT, TEXTS, of_the_good

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = "2031-01-02"
"""The day of the release before the one that a test makes."""


@pytest.fixture(scope="session")
def _settings() -> Iterator[None]:
    """Let nothing of the machine's settings count, and no test wait for a disk."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "SOURCE_DATE_EPOCH", "DEFCOOP_SEEDS"):
            patch.delenv(name, raising=False)
        for name, value in GIT.items():
            patch.setenv(name, value)
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session")
def good(_settings: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository of the good checkout."""
    return of_the_good(tmp_path_factory.mktemp("good") / "repository")


@pytest.fixture(scope="session")
def released_good(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make its first release."""
    folder = shutil.copytree(good, tmp_path_factory.mktemp("released") / "repository", symlinks=True)
    make(Request(folder, DAY, TEXTS), folder / "dist")
    return folder


@pytest.fixture
def unreleased(good: Path, tmp_path: Path) -> Path:
    """Give a copy of the good repository, without a release."""
    return shutil.copytree(good, tmp_path / "repository", symlinks=True)


@pytest.fixture
def repository(released_good: Path, tmp_path: Path) -> Path:
    """Give a copy of it with its first release, 0.1.0."""
    return shutil.copytree(released_good, tmp_path / "repository", symlinks=True)


@pytest.fixture
def request_(repository: Path) -> Request:
    """Ask for a release after the first."""
    return Request(repository, DATE, TEXTS)
