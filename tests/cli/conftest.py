"""A checkout to damage and a way to run the command line in it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

import pytest

from defcoop.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Result(NamedTuple):
    """What a command gave back and wrote."""

    code: int
    out: str
    err: str


@pytest.fixture
def copied(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the shipped dataset, without texts, and go there."""
    for folder in ("dataset", "seeds"):
        shutil.copytree(checkout / folder, tmp_path / folder, ignore=shutil.ignore_patterns("text"))
    shutil.copy(checkout / "dataset.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DEFCOOP_SEEDS", raising=False)
    return tmp_path


@pytest.fixture
def cache_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the user's own cache out of the test, and the test out of it."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture
def defcoop(
    cache_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Result]:
    """Run a command as a user does, in this process."""
    assert cache_home.is_dir()

    def run(*args: str) -> Result:
        monkeypatch.setattr("sys.argv", ["defcoop", *args])
        with pytest.raises(SystemExit) as exit_:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Result(int(exit_.value.code or 0), out, err)

    return run
