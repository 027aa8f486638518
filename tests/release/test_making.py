"""A release is made whole: files, commit, tag, archive; broken off, it can be run again and nothing is lost."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

import defcoop
from defcoop.io.git import GitError
from defcoop.package import open_package
from defcoop.package.verification import verify
from defcoop.release import RefusalError, Request, make
from defcoop.release.versions import in_module
from tests.checkouts import edit
from tests.release.repositories import (
    DATE,
    LEAGUE,
    TEXTS,
    add,
    commit,
    correct,
    git,
    state,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from defcoop.release import Made

VERSION = "defcoop/version.py"
BEGUN = ".git/refs/worktree/defcoop-release"


@pytest.fixture
def ready(request_: Request) -> Request:
    """Have a new record, a new sentence, and a release before."""
    write(request_.checkout, "changelog.d/union.data.md", "- A union, by hand.\n")
    add(request_.checkout)
    return request_


def made(request: Request) -> Made:
    return make(request, request.checkout / "dist")


def result(folder: Path) -> dict[str, object]:
    """Give what a release comes to: nothing else may differ between one that was disturbed and one that was not."""
    assert git(folder, "status", "--short") == ""
    git(folder, "fsck", "--strict", "--no-dangling")
    left = [name for name in state(folder) if re.search(r"\.lock$|defcoop-part|defcoop-release|next-index", name)]
    assert left == []
    return {
        "tree": git(folder, "rev-parse", "HEAD^{tree}"),
        "tags": git(folder, "tag", "--list", "-n", "--format=%(refname) %(objecttype) %(subject) %(*tree)"),
        "history": git(folder, "log", "--format=%s %T"),
        "published": {path.name: path.read_bytes() for path in (folder / "dist").iterdir()},
        "checkout": {name: text for name, text in state(folder).items() if not name.startswith((".git/", "dist"))},
    }


class Undisturbed(NamedTuple):
    """A release of `ready` that nothing disturbed, to look at: what was made of which commit, in which folder."""

    made: Made
    before: str
    folder: Path


@pytest.fixture(scope="session")
def release(released_good: Path, models: Path) -> Undisturbed:
    folder = shutil.copytree(released_good, models / "undisturbed", symlinks=True)
    write(folder, "changelog.d/union.data.md", "- A union, by hand.\n")
    before = add(folder)
    return Undisturbed(make(Request(folder, DATE, TEXTS), folder / "dist"), before, folder)


@pytest.fixture(scope="session")
def undisturbed(release: Undisturbed) -> Mapping[str, object]:
    """Give what the release of `ready` comes to when nothing disturbs it."""
    return result(release.folder)


# Undisturbed


def test_a_release_is_one_commit_with_a_tag_and_three_files(release: Undisturbed) -> None:
    made, before, folder = release
    assert (made.version, made.commit) == ("0.2.0", git(folder, "rev-parse", "HEAD"))
    assert made.report
    assert made.report.findings == ()
    assert git(folder, "rev-list", "HEAD", f"^{before}") == made.commit
    assert git(folder, "log", "-1", "--format=%s") == "Release 0.2.0"
    assert git(folder, "cat-file", "-t", "v0.2.0") == "tag"
    assert git(folder, "rev-parse", "v0.2.0^{commit}") == made.commit
    assert [file.name for file in made.files] == ["defcoop-data-0.2.0.zip", "release-notes-0.2.0.md", "SHA256SUMS"]
    assert {file.stat().st_mode & 0o777 for file in made.files} == {0o644}
    assert result(folder)


def test_what_it_changes_is_what_a_release_is_about_and_nothing_else(release: Undisturbed) -> None:
    changed = git(release.folder, "diff", "--name-status", "HEAD~1").splitlines()
    assert changed == [
        "M\t.zenodo.json", "M\tCHANGELOG.md", "M\tCITATION.cff", "D\tchangelog.d/union.data.md",
        "M\tdefcoop/version.py", "M\tschema/codebook.html", "M\tschema/codebook.md",
    ]  # fmt: skip
    module = (release.folder / VERSION).read_text(encoding="utf-8")
    assert [in_module(module, name) for name in ("LIBRARY", "SCHEMA", "DATA")] == ["0.2.0", "0.1.0", "0.2.0"]


def test_the_changelog_has_the_section_and_the_notes_are_its_body(release: Undisturbed) -> None:
    body = "### Data\n\n- A union, by hand.\n- Added: 1 record: `act-hill-union`.\n"
    changelog = (release.folder / "CHANGELOG.md").read_text(encoding="utf-8")
    head = "# Changelog\n\nOf three parts.\n\n## Unreleased\n\n"
    assert changelog.startswith(f"{head}## 0.2.0 - 2031-04-05\n\n{body}\n## 0.1.0 - 2031-01-02\n\n### Data\n\n- First")
    assert (release.folder / "dist/release-notes-0.2.0.md").read_text(encoding="utf-8") == body


def test_the_hashes_are_those_that_sha256sum_checks(release: Undisturbed) -> None:
    told = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=release.folder / "dist", capture_output=True, check=True
    )
    assert told.stdout == b"defcoop-data-0.2.0.zip: OK\nrelease-notes-0.2.0.md: OK\n"


def test_the_archive_is_the_package_of_what_was_committed_and_verifies(release: Undisturbed) -> None:
    archive = release.made.files[0]
    assert open_package(archive).version == "0.2.0"
    assert list(defcoop.load(archive)) == list(defcoop.load(release.folder))
    verdict = verify(archive, TEXTS)
    assert verdict.ok


def test_archives_of_earlier_releases_stay(release: Undisturbed, released_good: Path) -> None:
    name = "dist/defcoop-data-0.1.0.zip"
    assert (release.folder / name).read_bytes() == (released_good / name).read_bytes()


def test_a_release_on_no_branch_and_in_a_second_working_tree(ready: Request, undisturbed: Mapping[str, object]) -> None:
    second = ready.checkout.parent / "second"
    git(ready.checkout, "worktree", "add", "--quiet", "--detach", str(second))
    first = git(ready.checkout, "rev-parse", "HEAD")
    killed(ready, "subprocess.Popen", "'commit'")
    half = git(ready.checkout, "status", "--short")
    made_there = make(ready._replace(checkout=second), second / "dist")
    assert git(second, "rev-parse", "HEAD^{tree}") == undisturbed["tree"]
    assert git(ready.checkout, "rev-parse", "HEAD", "v0.2.0^{commit}").split() == [first, made_there.commit]
    # What was broken off in one is not forgotten because another was made elsewhere.
    assert git(ready.checkout, "status", "--short") == half
    with pytest.raises(RefusalError, match=r"there is a tag v0\.2\.0 already"):
        made(ready)
    assert git(ready.checkout, "status", "--short") == ""


def test_a_release_that_is_made_has_its_files_written_again(ready: Request, undisturbed: Mapping[str, object]) -> None:
    first = made(ready)
    shutil.rmtree(ready.checkout / "dist")
    again = made(ready._replace(version="0.2.0"))
    assert again == first._replace(report=None)
    assert result(ready.checkout)["tree"] == undisturbed["tree"]
    correct(ready.checkout)
    with pytest.raises(RefusalError, match=r"0\.2\.0 is not later than 0\.2\.0"):
        made(ready._replace(version="0.2.0"))
    git(ready.checkout, "checkout", "--quiet", "v0.2.0")
    edit(ready.checkout, LEAGUE, ("invented", "made-up"))
    with pytest.raises(RefusalError, match="not committed"):
        made(ready._replace(version="0.2.0"))


# Killed


def killed(request: Request, event: str, word: str) -> None:
    """Make a release in a process that dies at the first event about something."""
    child = os.fork()
    if child == 0:

        def watch(name: str, about: tuple[object, ...]) -> None:
            if name == event and word in f"{about}":
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        made(request)
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1]), "it was not killed"


MOMENTS = {
    "planning": [
        ("os.mkdir", "defcoop-release"),
        ("open", "datapackage.json"),
        ("subprocess.Popen", "'commit-tree'"),
        ("subprocess.Popen", "'update-ref'"),
        ("os.rename", "version.py"),
    ],
    "committing": [
        ("os.rename", "CHANGELOG.md"),
        ("os.remove", "/union.data.md"),
        ("subprocess.Popen", "'--all'"),
        ("os.rename", "CHANGELOG.md"),
        ("subprocess.Popen", "'commit'"),
    ],
    "publishing": [
        ("subprocess.Popen", "'--annotate'"),
        ("os.mkdir", "commit"),
        ("os.rename", "defcoop-data-0.2.0.zip"),
        ("os.rename", "release-notes"),
        ("os.rename", "SHA256SUMS"),
        ("subprocess.Popen", "'-d'"),
    ],
}


@pytest.mark.parametrize("moments", MOMENTS.values(), ids=MOMENTS)
def test_a_release_that_is_killed_again_and_again_ends_the_same(
    moments: list[tuple[str, str]], ready: Request, undisturbed: Mapping[str, object]
) -> None:
    for event, word in moments:
        killed(ready, event, word)
    assert made(ready).version == "0.2.0"
    assert result(ready.checkout) == undisturbed


def test_new_files_of_a_broken_release_are_taken_back(unreleased: Path) -> None:
    request, before = Request(unreleased, DATE, TEXTS), commit
    assert before
    killed(request, "subprocess.Popen", "'commit'")
    assert "CITATION.cff" in git(unreleased, "status", "--short")
    edit(unreleased, "CHANGELOG.md", ("## Unreleased\n\n", "## Unreleased\n\n"))
    (unreleased / ".git/HEAD.lock").touch()
    # Now it would be refused, so that what is taken back can be seen.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("defcoop.release.making.plan", refusing)
        with pytest.raises(RefusalError, match="no more"):
            made(request)
    assert git(unreleased, "status", "--short") == ""
    assert not (unreleased / "CITATION.cff").exists()
    assert [name for name in state(unreleased) if "defcoop-release" in name or name.endswith(".lock")] == []


def refusing(*_: object) -> object:
    msg = "no more"
    raise RefusalError(msg)


def test_locks_that_a_killed_git_left_are_removed(ready: Request, undisturbed: Mapping[str, object]) -> None:
    locks = ["index.lock", "HEAD.lock", "next-index-12.lock", "refs/heads/main.lock", "refs/tags/v0.2.0.lock"]
    begun = f"{BEGUN.removeprefix('.git/')}.lock"
    for moment, left in (
        ("'update-ref'", [begun]),
        ("'commit'", [*locks, "packed-refs.lock"]),
        ("'--annotate'", [*locks, "packed-refs.lock"]),
        ("'-d'", [begun, "packed-refs.lock"]),
    ):
        killed(ready, "subprocess.Popen", moment)
        for lock in left:
            write(ready.checkout, f".git/{lock}", "")
    assert made(ready).version == "0.2.0"
    assert result(ready.checkout) == undisturbed


def test_a_broken_release_is_named_by_a_dry_run(ready: Request) -> None:
    from defcoop.release import plan  # noqa: PLC0415 - the name is that of what is tested elsewhere

    killed(ready, "subprocess.Popen", "'commit'")
    with pytest.raises(RefusalError) as error:
        plan(ready)
    assert error.value.reasons[0] == ("a release of 0.2.0 was broken off; run `defcoop release` to take it up again")


# What others did meanwhile is never lost


def kept(request: Request, said: str) -> None:
    """See that a release is refused and touches nothing."""
    shutil.rmtree(request.checkout / ".git/defcoop-release", ignore_errors=True)
    before = state(request.checkout)
    with pytest.raises(RefusalError, match=said):
        made(request)
    assert state(request.checkout) == before


def test_what_was_written_since_a_kill_is_not_taken_back(ready: Request) -> None:
    killed(ready, "subprocess.Popen", "'commit'")
    for name in ("CHANGELOG.md", "changelog.d/union.data.md", "schema/codebook.md", LEAGUE, "notes.txt"):
        path = ready.checkout / name
        before = path.read_bytes() if path.exists() else None
        with path.open("a", encoding="utf-8") as file:
            file.write("- Mine.\n")
        kept(ready, f"something else was changed since; {name} is not committed$")
        path.unlink() if before is None else path.write_bytes(before)


@pytest.mark.parametrize("moment", [("os.rename", "version.py"), ("subprocess.Popen", "'commit'")])
def test_what_was_committed_since_a_kill_is_not_taken_for_the_release(moment: tuple[str, str], ready: Request) -> None:
    killed(ready, *moment)
    write(ready.checkout, "notes.txt", "Mine.\n")
    commit(ready.checkout)
    kept(ready, "a release of 0.2.0 was broken off, and something else was committed since; to give it up, look")


def test_a_half_written_release_that_was_committed_by_hand_is_not_taken_for_it(ready: Request) -> None:
    killed(ready, "os.rename", "CHANGELOG.md")
    commit(ready.checkout)
    kept(ready, "something else was committed since")


def test_another_branch_is_not_released_instead(ready: Request) -> None:
    killed(ready, "os.rename", "version.py")
    git(ready.checkout, "checkout", "--quiet", "--force", "HEAD~1")
    kept(ready, "something else was committed since")


def test_work_goes_on_after_the_commit_of_a_broken_release(ready: Request, undisturbed: Mapping[str, object]) -> None:
    killed(ready, "subprocess.Popen", "'--annotate'")
    release = git(ready.checkout, "rev-parse", "HEAD")
    edit(ready.checkout, LEAGUE, ("invented", "made-up"))
    commit(ready.checkout)
    edit(ready.checkout, LEAGUE, ("made-up", "imagined"))
    found = made(ready)
    assert found.commit == release == git(ready.checkout, "rev-parse", "v0.2.0^{commit}")
    assert git(ready.checkout, "diff", "--name-only", "HEAD") == LEAGUE
    published = {path.name: path.read_bytes() for path in (ready.checkout / "dist").iterdir()}
    assert published == undisturbed["published"]


def test_another_version_is_made_before_the_commit_and_refused_after_it(ready: Request) -> None:
    killed(ready, "os.rename", "CHANGELOG.md")
    other = ready._replace(version="0.3.0")
    killed(other, "subprocess.Popen", "'--annotate'")
    kept(ready._replace(version="0.2.0"), "the release of 0.3.0 is committed; take it up first: defcoop release 0.3.0")
    assert made(other).version == "0.3.0"
    assert git(ready.checkout, "tag", "--list") == "v0.1.0\nv0.3.0"


def test_a_tag_that_came_meanwhile_is_not_moved(ready: Request) -> None:
    killed(ready, "subprocess.Popen", "'--annotate'")
    git(ready.checkout, "tag", "v0.2.0", "HEAD~1")
    kept(ready, r"the tag of 0\.2\.0 is that of another commit, [0-9a-f]{12}$")


def test_a_library_that_writes_other_data_publishes_nothing(ready: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    killed(ready, "subprocess.Popen", "'--annotate'")
    monkeypatch.setattr("defcoop.package.hashed_file.BETWEEN", b", \n")
    with pytest.raises(
        RefusalError, match=r"this library writes other data than the one that made the release 0\.2\.0"
    ):
        made(ready)
    assert not (ready.checkout / "dist/defcoop-data-0.2.0.zip").exists()


def test_a_reference_that_is_none_is_refused(ready: Request) -> None:
    write(ready.checkout, BEGUN, "{}")
    with pytest.raises(GitError, match=r"git update-ref: .*defcoop-release': reference broken"):
        made(ready)
    assert git(ready.checkout, "status", "--short") == ""
    assert (ready.checkout / BEGUN).exists()


def test_a_release_can_be_given_up_as_its_refusal_says(ready: Request) -> None:
    killed(ready, "subprocess.Popen", "'--all'")
    git(ready.checkout, "stash", "--quiet")
    correct(ready.checkout)
    with pytest.raises(RefusalError) as error:
        made(ready)
    command = re.search(r"`git (update-ref [^`]*)`$", str(error.value))
    assert command
    git(ready.checkout, *command[1].split())
    assert made(ready).version == "0.2.0"


# Errors


def hook(request: Request, name: str, text: str) -> None:
    path = request.checkout / ".git/hooks" / name
    write(request.checkout, f".git/hooks/{name}", f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def lasting(folder: Path) -> dict[str, bytes | None]:
    """Give all that is in a repository but unused objects, an unused message, and the index, which holds times."""
    passing = re.compile(r"\.git/(objects/.*|index|COMMIT_EDITMSG)|dist")
    return {name: text for name, text in state(folder).items() if not passing.fullmatch(name)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("echo We never; echo release on Sundays >&2; exit 1", "git commit: We never; release on Sundays$"),
        ("exit 1", "git commit: git commit finds nothing$"),
        ("kill -9 $PPID", "git commit: "),
    ],
)
def test_a_commit_that_a_hook_refuses_is_taken_back(text: str, said: str, ready: Request) -> None:
    hook(ready, "pre-commit", text)
    before = lasting(ready.checkout)
    with pytest.raises(GitError, match=said):
        made(ready)
    assert lasting(ready.checkout) == before
    assert git(ready.checkout, "status", "--short") == ""


def test_an_error_of_writing_is_taken_back(
    ready: Request, undisturbed: Mapping[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("defcoop.release.lock.RepositoryLock.commit", full)
        with pytest.raises(OSError, match="No space left"):
            made(ready)
    assert git(ready.checkout, "status", "--short") == ""
    assert not (ready.checkout / BEGUN).exists()
    made(ready)
    assert result(ready.checkout) == undisturbed


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_an_error_after_the_commit_is_finished_by_the_next_run(
    ready: Request, undisturbed: Mapping[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    hook(ready, "post-commit", "true")
    with monkeypatch.context() as patch:
        patch.setattr("defcoop.release.making.pack", full)
        with pytest.raises(OSError, match="No space left"):
            made(ready)
    (ready.checkout / ".git/hooks/post-commit").unlink()
    made(ready)
    assert result(ready.checkout) == undisturbed


@pytest.mark.parametrize("out", ["file", "file/dist"])
def test_a_folder_that_cannot_be_written_to_is_noticed_before_anything_is_changed(out: str, ready: Request) -> None:
    write(ready.checkout.parent, "file", "")
    with pytest.raises(OSError, match="file"):
        make(ready, ready.checkout.parent / out)
    assert git(ready.checkout, "status", "--short") == ""
    assert git(ready.checkout, "tag", "--list") == "v0.1.0"


# At once


def test_two_releases_at_once_are_not_made(ready: Request) -> None:
    handle = os.open(ready.checkout / ".git", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    kept(ready, "another release is being made")
    os.close(handle)
    assert made(ready).version == "0.2.0"


def test_a_git_that_outlives_its_release_keeps_others_out(ready: Request) -> None:
    hook(ready, "pre-commit", "touch started; while [ -e started ]; do sleep 0.05; done; exit 1")
    child = os.fork()
    if child == 0:
        made(ready)
    while not (ready.checkout / "started").exists():
        assert os.waitpid(child, os.WNOHANG) == (0, 0)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    kept(ready, "another release is being made")
    (ready.checkout / "started").unlink()
    (ready.checkout / ".git/hooks/pre-commit").unlink()
    assert made_when_free(ready).version == "0.2.0"


def made_when_free(request: Request) -> Made:
    while True:
        try:
            return made(request)
        except RefusalError as error:
            if error.reasons != ("another release is being made",):
                raise
