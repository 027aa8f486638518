"""`defcoop validate --changed-since REV`, in a temporary git repository."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.checkouts import QATAR, REGIMENT, TRAINERS, WAVE, edit
from tests.repositories import commit, git, good_repository

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Result

NOWHERE = "defcoop: --changed-since: "


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository of the good checkout, with one commit, and go there."""
    return good_repository(tmp_path / "repository", monkeypatch)


@pytest.fixture
def since(defcoop: Callable[..., Result]) -> Callable[..., Result]:
    def run(revision: str, *args: str) -> Result:
        return defcoop("validate", f"--changed-since={revision}", *args)

    return run


def spoil(path: str) -> None:
    text = Path(path).read_text(encoding="utf-8")
    Path(path).write_text(re.sub(r"^(names:)$", r"nonsense: x\n\1", text, flags=re.MULTILINE), encoding="utf-8")


def told(found: Result) -> list[tuple[str, str]]:
    """Give the findings that were shown, as path and code."""
    return re.findall(r"^(\S+?):\d+:\d+: \w+ (DC\d{3})", found.out, flags=re.MULTILINE)


def test_where_nothing_has_changed_nothing_is_found(since: Callable[..., Result]) -> None:
    found = since("HEAD")
    assert (found.code, found.out) == (0, "")
    assert found.err.startswith("20 records, 2 source cards: 0 errors, 0 warnings.\n")


def test_only_changed_files_are_checked_in_full(since: Callable[..., Result], defcoop: Callable[..., Result]) -> None:
    spoil(TRAINERS)
    commit("An old mistake")
    spoil(QATAR)
    assert told(since("HEAD")) == [(QATAR, "DC102")]
    assert told(since("HEAD~1")) == told(defcoop("validate")) == [(QATAR, "DC102"), (TRAINERS, "DC102")]


def test_an_old_mistake_alone_lets_a_change_pass(since: Callable[..., Result]) -> None:
    spoil(TRAINERS)
    commit("An old mistake")
    edit(Path(), QATAR, ("\nkind:", "\n# A remark\nkind:"))
    assert since("HEAD").code == 0
    assert since("HEAD~1").code == 1


@pytest.mark.parametrize("known", ["untracked", "staged", "committed"])
def test_a_new_file_counts_as_changed(known: str, since: Callable[..., Result]) -> None:
    new = REGIMENT.replace("gull", "tern")
    Path(new).write_text("id: act-tern-regiment\nnames: []\n", encoding="utf-8")
    if known != "untracked":
        git("add", new)
    if known == "committed":
        commit()
    found = since("HEAD~1" if known == "committed" else "HEAD")
    assert found.code == 1
    assert {path for path, _ in told(found)} == {new}


def test_a_reference_broken_by_a_deleted_file_is_told_in_the_unchanged_file(since: Callable[..., Result]) -> None:
    Path(REGIMENT).unlink()
    found = since("HEAD")
    assert found.code == 1
    assert (WAVE, "DC301") in told(found)
    assert "there is no record act-gull-regiment" in found.out
    commit("Gone")
    assert since("HEAD~1") == found


def test_a_changed_source_card_is_checked(since: Callable[..., Result]) -> None:
    edit(Path(), "seeds/seed-900.yaml", ("\nslant:", "\nslants:"))
    assert {path for path, _ in told(since("HEAD"))} == {"seeds/seed-900.yaml"}


def test_what_changed_elsewhere_since_the_branch_does_not_count(since: Callable[..., Result]) -> None:
    spoil(TRAINERS)
    commit("An old mistake")
    git("switch", "--quiet", "--create", "side")
    spoil(QATAR)
    commit("A mistake of this branch")
    git("switch", "--quiet", "main")
    git("checkout", "--quiet", "HEAD~1", "--", TRAINERS)
    commit("The old mistake mended")
    git("switch", "--quiet", "side")
    assert told(since("main")) == [(QATAR, "DC102")]


def test_a_checkout_below_the_root_of_the_repository(
    repository: Path, since: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "below").mkdir()
    for name in ("dataset", "seeds"):
        (repository / name).rename(repository / "below" / name)
    commit("Moved")
    monkeypatch.chdir(repository / "below")
    spoil(QATAR)
    assert told(since("HEAD")) == [(QATAR, "DC102")]
    monkeypatch.chdir("/")
    assert told(since("HEAD", "--dataset", str(repository / "below/dataset"))) == [(QATAR, "DC102")]


def test_a_file_that_is_no_record_is_told_whatever_its_name(since: Callable[..., Result]) -> None:
    Path("dataset/actors/two 'words' ا\n.txt").touch()
    assert since("HEAD").code == 1


@pytest.mark.parametrize(
    "revision", ["--output=x", "-h", "--help", "-", "", "nonsense", "HEAD~9", "0" * 40, "HEAD:seeds", "HEAD; touch x"]
)
def test_what_is_no_commit_ends_with_2_and_one_line_and_writes_nothing(
    revision: str, repository: Path, since: Callable[..., Result]
) -> None:
    before = sorted(repository.rglob("*"))
    found = since(revision)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(NOWHERE)
    assert found.err.count("\n") == 1
    assert sorted(repository.rglob("*")) == before


def test_a_branch_without_a_common_past_ends_with_2(since: Callable[..., Result]) -> None:
    git("switch", "--quiet", "--orphan", "other")
    git("commit", "--quiet", "--allow-empty", "--message=Other")
    git("checkout", "--quiet", "main", "--", ".")
    nothing = "main and HEAD have no commit in common, so that nothing tells what changed"
    assert since("main") == (2, "", f"{NOWHERE}{nothing}\n")


@pytest.mark.parametrize("revision", ["HEAD~1", "origin/main"])
def test_in_a_shallow_clone_the_message_says_how_to_get_the_history(
    revision: str, repository: Path, tmp_path: Path, since: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    git("switch", "--quiet", "--create", "side")
    spoil(QATAR)
    commit("A mistake of this branch")
    git("switch", "--quiet", "main")
    spoil(TRAINERS)
    commit("A mistake of the base")
    clone = tmp_path / "clone"
    git("clone", "--quiet", "--depth=1", "--branch=side", f"file://{repository}", str(clone))
    monkeypatch.chdir(clone)
    git("fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main")
    found = since(revision)
    assert (found.code, found.out, found.err.count("\n")) == (2, "", 1)
    assert f"this clone is shallow, and what {revision} and HEAD have in common is not in it" in found.err
    assert "git fetch --unshallow" in found.err
    git("fetch", "--quiet", "--unshallow", "origin", "+refs/heads/*:refs/remotes/origin/*")
    assert told(since(revision)) == [(QATAR, "DC102")]


def test_without_a_repository_it_ends_with_2(repository: Path, since: Callable[..., Result]) -> None:
    shutil.rmtree(repository / ".git")
    found = since("HEAD")
    assert (found.code, found.out, found.err.count("\n")) == (2, "", 1)
    assert found.err.startswith(f"{NOWHERE}fatal: not a git repository")


def test_without_git_it_ends_with_2(since: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert since("HEAD") == (2, "", "defcoop: --changed-since needs git\n")


def test_in_a_hook_of_another_repository_its_variables_are_left_aside(
    since: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(QATAR)
    expected = since("HEAD")
    assert expected.code == 1
    other = tmp_path / "other"
    other.mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=other, check=True)
    for name, value in {"GIT_DIR": other / ".git", "GIT_WORK_TREE": other, "GIT_INDEX_FILE": other / "index"}.items():
        monkeypatch.setenv(name, str(value))
    assert since("HEAD") == expected
