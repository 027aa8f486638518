"""This checkout is released: the same bytes everywhere, and what it says of itself afterwards is true."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.checkouts import edit
from tests.release.repositories import DATE, GIT, git, of_this_checkout

if TYPE_CHECKING:
    from pathlib import Path


IN_TURN = """
import sys
from defcoop.cli import main
for command in sys.argv[1:]:
    sys.argv = ["defcoop", *command.split()]
    try:
        main()
    except SystemExit as ended:
        print(f"{command}: {ended.code or 0}", flush=True)
"""
"""Runs commands one after the other in one process, for much of their time goes into imports."""


def defcoop(folder: Path, *args: str, umask: int = -1, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the library of a checkout in it."""
    return python(folder, "-m", "defcoop", *args, umask=umask, **environment)


def in_turn(folder: Path, *commands: str) -> tuple[str, str]:
    """Run commands of the library of a checkout in it; give what they write, each with its exit code, and errors."""
    run = python(folder, "-c", IN_TURN, *commands)
    assert run.returncode == 0, run.stderr
    return run.stdout, run.stderr


def python(folder: Path, *args: str, umask: int = -1, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "DEFCOOP_SEEDS"}}
    own = {"XDG_CACHE_HOME": str(folder.parent / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *args],
        cwd=folder,
        env=kept | GIT | own | environment,
        umask=umask,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )


@pytest.fixture(scope="module")
def unreleased(models: Path) -> Path:
    return of_this_checkout(models / "here")


@pytest.fixture(scope="module")
def first(unreleased: Path, models: Path) -> Path:
    """Release a clone."""
    folder = models / "one"
    git(models, "clone", "--quiet", str(unreleased), str(folder))
    run = defcoop(folder, "release", "--date", DATE, umask=0o022, TZ="UTC", LC_ALL="C", PYTHONHASHSEED="0")
    assert (run.returncode, run.stdout.splitlines()) == (
        0, ["dist/defcoop-data-9.0.0.zip", "dist/release-notes-9.0.0.md", "dist/SHA256SUMS"]
    ), run.stderr  # fmt: skip
    assert re.search(r"\nReleased 9\.0\.0 as commit [0-9a-f]{12}\. To publish it: git push --follow-tags\n", run.stderr)
    return folder


@pytest.fixture
def after(first: Path, tmp_path: Path) -> Path:
    return shutil.copytree(first, tmp_path / "after", symlinks=True)


def test_two_clones_make_the_same_release(first: Path, unreleased: Path, models: Path) -> None:
    folder = models / "\u0639\u0645\u0644 two" / "a clone"
    git(models, "clone", "--quiet", str(unreleased), str(folder))
    for number, path in enumerate(sorted(folder.rglob("*"))):
        os.utime(path, (number * 10_000_000, number * 10_000_000))
    elsewhere = {"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "ar", "PYTHONHASHSEED": "4242"}
    day = {"SOURCE_DATE_EPOCH": "1933113600"}  # noon of the same day
    run = defcoop(folder, "release", "--jobs", "1", umask=0o077, **elsewhere, **day)
    assert run.returncode == 0, run.stderr
    for path in (first / "dist").iterdir():
        other = folder / "dist" / path.name
        assert path.read_bytes() == other.read_bytes(), path.name
        assert path.stat().st_mode == other.stat().st_mode
    assert git(first, "rev-parse", "HEAD^{tree}") == git(folder, "rev-parse", "HEAD^{tree}")


def test_what_is_built_checked_and_verified_after_it(after: Path) -> None:
    commands = ("build", "schema --check", "codebook --check", "--version", "verify dist/defcoop-data-9.0.0.zip")
    said, errors = in_turn(after, *commands)
    generated = "schema --check: 0\ncodebook --check: 0\ndefcoop 9.0.0, schema 9.0.0, data 9.0.0\n--version: 0\n"
    assert f"build: 0\n{generated}" in said, errors
    assert said.endswith("verify dist/defcoop-data-9.0.0.zip: 0\n"), said
    package = after / "build/package"
    with zipfile.ZipFile(after / "dist/defcoop-data-9.0.0.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert packed == {
        path.relative_to(package).as_posix(): path.read_bytes() for path in package.rglob("*") if path.is_file()
    }
    assert b'\n  "version": "9.0.0",\n' in packed["datapackage.json"]


def test_its_fragments_are_gone_and_the_page_about_them_stays(first: Path) -> None:
    assert [path.name for path in (first / "changelog.d").iterdir()] == ["README.md"]
    assert "\n- A thing.\n" in (first / "dist/release-notes-9.0.0.md").read_text(encoding="utf-8")


def test_other_data_do_not_bear_the_version_and_the_next_release_follows(after: Path) -> None:
    edit(after, "dataset/actors/act-qat.yaml", ("summary: ", "summary: Or so it is told, "))
    git(after, "commit", "--quiet", "--all", "--message=A correction")
    said, errors = in_turn(after, "build", "release --dry-run --date 2031-05-06", "release 9.0.0")
    descriptor = (after / "build/package/datapackage.json").read_text(encoding="utf-8")
    assert re.search(r'\n  "version": "9\.0\.0\+[0-9a-f]{8}",\n', descriptor)
    built, _, planned = said.partition("build: 0\n")
    assert planned, (built, errors)
    assert planned.startswith("Version 9.0.1, after 9.0.0, on 2031-05-06; data ")
    assert "\n  patch: 1 record corrected\n  writes defcoop/version.py\n" in planned
    assert "  writes schema/actor.schema.json\n" not in planned
    ends = "release --dry-run --date 2031-05-06: 0\nrelease 9.0.0: 1\n"
    assert planned.endswith(f"### Data\n\n- Revised: `act-qat`: `summary`.\n\n{ends}")
    assert "refused: 9.0.0 is not later than 9.0.0\n" in errors
