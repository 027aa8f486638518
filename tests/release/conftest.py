"""Repositories to release from, each test with its own copy."""

from __future__ import annotations

import os
import pickle
import shutil
import tempfile
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from defcoop.docgen import codebook, schemas
from defcoop.release import Request, make
from tests.release.repositories import DATE, GIT, TEXTS, of_the_good

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAY = "2031-01-02"
"""The day of the release before the one that a test makes."""


def remembered(work: Callable[..., dict[str, str]]) -> Callable[..., dict[str, str]]:
    known: dict[bytes, dict[str, str]] = {}

    def work_once(*given: object, **named: object) -> dict[str, str]:
        key = pickle.dumps((given, named))
        if key not in known:
            known[key] = work(*given, **named)
        return known[key]

    return work_once


@pytest.fixture(scope="session")
def _settings() -> Iterator[None]:
    """Let nothing of the machine's settings count, no test wait for a disk, and write what is slow to write once."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "SOURCE_DATE_EPOCH", "DEFCOOP_SEEDS"):
            patch.delenv(name, raising=False)
        for name, value in GIT.items():
            patch.setenv(name, value)
        patch.setattr(os, "fsync", lambda _: None)
        patch.setattr(schemas, "files", remembered(schemas.files))
        patch.setattr(import_module("defcoop.release.plan"), "codebook", remembered(codebook.codebook))
        yield


def memory() -> str | None:
    """Name a folder in memory, where files come and go quickly, if there is one with room."""
    folder = Path("/dev/shm")  # noqa: S108 - what is made there is made by tempfile
    return str(folder) if os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > 500_000_000 else None


@pytest.fixture(scope="session")
def models(_settings: None) -> Iterator[Path]:
    """Give a folder for the repositories that others are copies of."""
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        yield Path(folder)


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Give a folder to a test."""
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def good(models: Path) -> Path:
    """Make a repository of the good checkout."""
    return of_the_good(models / "good")


@pytest.fixture(scope="session")
def released_good(good: Path, models: Path) -> Path:
    """Make its first release."""
    folder = shutil.copytree(good, models / "released", symlinks=True)
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
