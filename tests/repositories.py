"""Git repositories of the good checkout, in which nothing of the machine's own git or seeds has a say."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

from tests.checkouts import copy_of_the_good

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def git(*args: str) -> None:
    subprocess.run(["git", *args], check=True, capture_output=True)


def commit(message: str = "A change") -> None:
    git("add", "--all")
    git("commit", "--quiet", f"--message={message}")


def good_repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository of the good checkout, with one commit, and go there."""
    copy_of_the_good(folder)
    monkeypatch.chdir(folder)
    for name in [*filter(re.compile("GIT_|PRE_COMMIT|DEFCOOP_SEEDS").match, os.environ)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A Tester")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "tester@example.org")
    git("init", "--quiet", "--initial-branch=main")
    commit("Good")
    return folder
