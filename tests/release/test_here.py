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


def defcoop(folder: Path, *args: str, umask: int = -1, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the library of a checkout in it."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "DEFCOOP_SEEDS"}}
    own = {"XDG_CACHE_HOME": str(folder.parent / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-m", "defcoop", *args],
        cwd=folder,
        env=kept | GIT | own | environment,
        umask=umask,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
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


def test_a_build_after_it_gives_the_bytes_of_the_archive(after: Path) -> None:
    run = defcoop(after, "build")
    assert run.returncode == 0, run.stderr
    package = after / "build/package"
    with zipfile.ZipFile(after / "dist/defcoop-data-9.0.0.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert packed == {
        path.relative_to(package).as_posix(): path.read_bytes() for path in package.rglob("*") if path.is_file()
    }
    assert b'\n  "version": "9.0.0",\n' in packed["datapackage.json"]


def test_a_build_of_other_data_does_not_bear_the_version(after: Path) -> None:
    edit(after, "dataset/actors/act-qat.yaml", ("summary: ", "summary: Or so it is told, "))
    assert defcoop(after, "build").returncode == 0
    told = (after / "build/package/datapackage.json").read_text(encoding="utf-8")
    assert re.search(r'\n  "version": "9\.0\.0\+[0-9a-f]{8}",\n', told)


def test_the_generated_files_are_up_to_date_after_it(after: Path) -> None:
    for command in ("schema", "codebook"):
        run = defcoop(after, command, "--check")
        assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert defcoop(after, "--version").stdout == "defcoop 9.0.0, schema 9.0.0, data 9.0.0\n"


def test_the_archive_verifies(after: Path) -> None:
    run = defcoop(after, "verify", "dist/defcoop-data-9.0.0.zip")
    assert run.returncode == 0, run.stdout


def test_its_fragments_are_gone_and_the_page_about_them_stays(after: Path) -> None:
    assert [path.name for path in (after / "changelog.d").iterdir()] == ["README.md"]
    assert "\n- A thing.\n" in (after / "dist/release-notes-9.0.0.md").read_text(encoding="utf-8")


def test_the_next_release_follows_it(after: Path) -> None:
    edit(after, "dataset/actors/act-qat.yaml", ("summary: ", "summary: Or so it is told, "))
    git(after, "commit", "--quiet", "--all", "--message=A correction")
    run = defcoop(after, "release", "--dry-run", "--date", "2031-05-06")
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("Version 9.0.1, after 9.0.0, on 2031-05-06; data ")
    assert "\n  patch: 1 record corrected\n  writes defcoop/version.py\n" in run.stdout
    assert "  writes schema/actor.schema.json\n" not in run.stdout
    assert run.stdout.endswith("### Data\n\n- Revised: `act-qat`: `summary`.\n\n")
    wrong = defcoop(after, "release", "9.0.0")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "refused: 9.0.0 is not later than 9.0.0\n" in wrong.stderr
