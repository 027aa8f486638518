"""A disk that is full or cannot be written to: one line, nothing lost, and it works once there is room."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from defcoop.cli import main
from defcoop.release import Request, make
from tests.checkouts import GOOD, edit
from tests.release.kills import _LEFT as LEFT
from tests.release.repositories import DATE, LEAGUE, TEXTS, add, git, state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KIB = 1024

Run = "Callable[..., tuple[int, str]]"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Give a small disk."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("this user may not mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command as a user does; give its exit code and what it says in the end."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def run_(*args: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["defcoop", *args])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.err.splitlines()[-1]

    return run_


@contextmanager
def full(disk: Path, left: int) -> Iterator[None]:
    """Fill a disk so that only so much is left."""
    free = shutil.disk_usage(disk).free
    with (disk / "ballast").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(free - left, 1))
    yield
    (disk / "ballast").unlink()


def bytes_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def prepared(place: Path, run: Callable[..., tuple[int, str]]) -> list[str]:
    """Build a package, change a record, and give the command that builds it again."""
    checkout = shutil.copytree(GOOD, place / "checkout")
    command = [
        "build",
        "--dataset",
        str(checkout / "dataset"),
        "--seeds",
        str(TEXTS),
        "--out",
        str(place / "disk/package"),
    ]
    assert run(*command)[0] == 0
    edit(checkout, LEAGUE, ("invented", "made-up"))
    return command


@pytest.mark.parametrize("part", [0, 0.05, 0.5, 0.95])
def test_a_build_on_a_full_disk_leaves_the_old_package(
    part: float, disk: Path, run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    command = prepared(tmp_path, run)
    before = state(disk)
    with full(disk, int(part * bytes_of(disk))):
        assert run(*command) == (2, f"defcoop: {disk}/package: No space left on device")
    assert state(disk) == before
    assert run(*command)[0] == 0
    assert state(disk).keys() == before.keys()
    assert state(disk) != before


def test_a_build_where_nothing_can_be_written_leaves_the_old_package(
    disk: Path, run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    command = prepared(tmp_path, run)
    before = state(disk)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert run(*command) == (2, f"defcoop: {disk}/package: Read-only file system")
    assert state(disk) == before
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert run(*command)[0] == 0
    assert state(disk) != before


def test_a_build_of_files_larger_than_this_user_may_write_leaves_the_old_package(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    (tmp_path / "disk").mkdir()
    command = prepared(tmp_path, run)
    before = state(tmp_path / "disk")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20 * KIB, limits[1]))
    try:
        assert run(*command) == (2, f"defcoop: {tmp_path}/disk/package: File too large")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert state(tmp_path / "disk") == before
    assert run(*command)[0] == 0


@pytest.fixture
def release(disk: Path, released_good: Path) -> list[str]:
    """Have a repository on the disk with something to release, and give the command."""
    shutil.copytree(released_good, disk / "repository", symlinks=True)
    add(disk / "repository")
    return release_in(disk / "repository")


def release_in(folder: Path) -> list[str]:
    where = ["--checkout", str(folder), "--out", str(folder / "dist")]
    return ["release", *where, "--date", DATE, "--seeds", str(TEXTS), "--jobs", "1"]


@pytest.fixture(scope="module")
def undisturbed(released_good: Path, models: Path) -> dict[str, object]:
    """Give what the release comes to when nothing disturbs it."""
    folder = shutil.copytree(released_good, models / "full-disk", symlinks=True)
    add(folder)
    make(Request(folder, DATE, TEXTS), folder / "dist")
    return made(folder)


def made(folder: Path) -> dict[str, object]:
    assert git(folder, "status", "--short") == ""
    git(folder, "fsck", "--strict", "--no-dangling")
    assert not [name for name in state(folder) if LEFT.search(name)]
    return {
        "history": git(folder, "log", "--format=%s %T"),
        "tags": git(folder, "for-each-ref", "--format=%(refname) %(*tree)"),
        "published": state(folder / "dist"),
    }


@pytest.mark.parametrize("left", [0, 300, 600, 900, 1100])
def test_a_release_on_a_full_disk_loses_nothing(
    left: int,
    disk: Path,
    release: list[str],
    run: Callable[..., tuple[int, str]],
    undisturbed: dict[str, object],
) -> None:
    folder = disk / "repository"
    before = state(folder / "dist")
    with full(disk, left * KIB):
        code, said = run(*release)
        assert code == 2
        assert said.startswith("defcoop: ")
        assert "space" in said or "write" in said
    assert before.items() <= state(folder / "dist").items()
    assert git(folder, "status", "--short") == "" or (folder / ".git/refs/worktree/defcoop-release").exists()
    assert run(*release)[0] == 0
    assert made(folder) == undisturbed


def test_a_disk_that_is_full_when_git_commits_loses_nothing(
    disk: Path, release: list[str], run: Callable[..., tuple[int, str]], undisturbed: dict[str, object]
) -> None:
    folder = disk / "repository"
    hook = folder / ".git/hooks/pre-commit"
    hook.write_text(f"#!/bin/sh\ncat /dev/zero 2>/dev/null >{disk}/ballast\nexit 0\n", encoding="utf-8")
    hook.chmod(0o755)
    code, said = run(*release)
    assert code == 2
    assert said.startswith("defcoop: git commit: ")
    assert git(folder, "tag", "--list") == "v0.1.0"
    (disk / "ballast").unlink()
    hook.unlink()
    assert run(*release)[0] == 0
    assert made(folder) == undisturbed


def test_a_release_to_where_nothing_can_be_written_changes_nothing(
    disk: Path, repository: Path, run: Callable[..., tuple[int, str]]
) -> None:
    add(repository)
    before = state(repository)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    command = release_in(repository)
    code, said = run(*[str(disk / "dist") if word.endswith("/dist") else word for word in command])
    assert (code, said) == (2, f"defcoop: {disk}/dist: Read-only file system")
    assert state(repository) == before
    assert run(*command)[0] == 0
