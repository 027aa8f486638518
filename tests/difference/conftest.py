"""A good checkout in a git repository, and a package of it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from defcoop.dataset import load
from defcoop.package import build
from tests.checkouts import copy_of_the_good

if TYPE_CHECKING:
    from pathlib import Path


def git(*args: str) -> None:
    subprocess.run(["git", *args], check=True, capture_output=True)


def commit(message: str = "A change") -> None:
    git("add", "--all")
    git("commit", "--quiet", f"--message={message}")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository of the good checkout, with one commit, and go there."""
    folder = copy_of_the_good(tmp_path / "repository")
    monkeypatch.chdir(folder)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A Tester")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "tester@example.org")
    git("init", "--quiet", "--initial-branch=main")
    commit("Good")
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the package of the good checkout."""
    folder = tmp_path_factory.mktemp("good")
    build(load(copy_of_the_good(folder / "checkout")), folder / "package")
    return folder / "package"
