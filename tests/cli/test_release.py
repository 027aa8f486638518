"""`defcoop release`: shows, makes or refuses a release, and says so in plain lines."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.release.repositories import GIT, TEXTS, add, git, of_the_good, state

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Result

    Command = Callable[..., Result]

DAY = ("--date", "2031-04-05", "--seeds", str(TEXTS))
WRITTEN = "dist/defcoop-data-0.1.0.zip\ndist/release-notes-0.1.0.md\ndist/SHA256SUMS\n"
CHECKED = (
    "20 records, 2 source cards: 0 errors, 0 warnings.\nPassages: 43 checked against their texts, 0 not checked.\n"
)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return of_the_good(tmp_path_factory.mktemp("release") / "repository")


@pytest.fixture
def repository(good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy a repository that can be released, and go there."""
    folder = shutil.copytree(good, tmp_path / "repository", symlinks=True)
    monkeypatch.chdir(folder)
    for name, value in GIT.items():
        monkeypatch.setenv(name, value)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "SOURCE_DATE_EPOCH", "DEFCOOP_SEEDS"):
        monkeypatch.delenv(name, raising=False)
    return folder


def test_a_dry_run_shows_everything_and_changes_nothing(repository: Path, defcoop: Command) -> None:
    before = state(repository)
    found = defcoop("release", "--dry-run", *DAY)
    assert state(repository) == before
    assert (found.code, found.err) == (0, CHECKED)
    first, reason, cards, *files = found.out.splitlines()
    assert re.fullmatch(r"Version 0\.1\.0, the first, on 2031-04-05; data [0-9a-f]{8}\.", first)
    assert (reason, cards) == ("  minor: 20 records added", "  minor: 2 source cards added")
    assert files[:3] == ["  writes defcoop/version.py", "  writes CHANGELOG.md", "  writes CITATION.cff"]
    assert "  removes changelog.d/a-thing.library.md" in files
    assert "  commits them and tags the commit v0.1.0" in files
    assert "  writes defcoop-data-0.1.0.zip, release-notes-0.1.0.md, SHA256SUMS" in files
    assert found.out.endswith("\n\n### Library\n\n- Everything.\n- A thing.\n\n")


def test_a_release_names_what_it_wrote_and_how_to_publish_it(repository: Path, defcoop: Command) -> None:
    found = defcoop("release", *DAY)
    commit = git(repository, "rev-parse", "v0.1.0^{commit}")
    published = f"Released 0.1.0 as commit {commit[:12]}. To publish it: git push --follow-tags\n"
    assert found == (0, WRITTEN, CHECKED + published)
    assert defcoop("release", "0.1.0", *DAY) == (0, WRITTEN, published)


def test_a_refusal_tells_each_reason_on_a_line_and_ends_with_1(repository: Path, defcoop: Command) -> None:
    (repository / "a.txt").touch()
    (repository / "b.txt").touch()
    for more in ([], ["--dry-run"]):
        before = state(repository)
        found = defcoop("release", *DAY, *more)
        assert found == (1, "", "refused: a.txt is not committed\nrefused: b.txt is not committed\n")
        assert state(repository) == before


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["1.2"], "defcoop: '1.2' is no version such as 1.2.3\n"),
        (["--date", "5.4.2031"], "'5.4.2031' is no day such as 2031-04-30"),
        (["--seeds", "nowhere"], "defcoop: nowhere: "),
        (["--jobs", "0"], "Invalid value for '--jobs'"),
    ],
)
@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_what_cannot_be_run_changes_nothing(
    given: list[str], said: str, more: list[str], repository: Path, defcoop: Command
) -> None:
    before = state(repository)
    found = defcoop("release", *given, *more)
    assert state(repository) == before
    assert (found.code, found.out) == (2, "")
    assert said in found.err


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_a_folder_without_git_ends_with_2(
    more: list[str], repository: Path, defcoop: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(repository / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(repository.parent))
    found = defcoop("release", *more)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith("defcoop: fatal: not a git repository")
    assert found.err.count("\n") == 1


def test_the_day_is_that_of_the_source_date_epoch(
    repository: Path, defcoop: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert ", on 1970-01-01; " in defcoop("release", "--dry-run").out
    assert ", on 2031-04-05; " in defcoop("release", "--dry-run", *DAY).out
    for wrong in ("yesterday", "99999999999999999999"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        found = defcoop("release", "--dry-run")
        assert (found.code, f"$SOURCE_DATE_EPOCH is '{wrong}'" in found.err) == (2, True)
    assert repository.is_dir()


def test_passages_that_were_not_checked_are_told(repository: Path, defcoop: Command) -> None:
    add(repository)
    found = defcoop("release", "--dry-run")
    assert found.code == 0
    assert "Passages: 0 checked against their texts, 44 not checked (the seed texts are not here)." in found.err
