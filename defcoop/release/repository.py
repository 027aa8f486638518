"""The repository of a checkout: what git says of it before a release is made."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from defcoop.io.git import GitError, commit_of, git
from defcoop.release.refusal import refuse
from defcoop.release.versions import Stated, Version, stated

TAG = "v"
"""What stands before the version in the name of a tag."""

BEGUN = "refs/worktree/defcoop-release"
"""The reference to the commit that a release is to make, while it is made; each working tree has its own."""


class BegunRelease(NamedTuple):
    """A release that was begun: the commit that it is to make, its tree, and the commit that it was begun at."""

    commit: str
    tree: str
    base: str
    version: str


def git_folders(checkout: Path) -> tuple[Path, Path]:
    """Give git's own folder for a checkout, and the one that all working trees of the repository share.

    Raises:
        GitError: if the checkout is no git repository.
        RefusalError: if it is not the top of one, or nothing is committed yet.
    """
    options = ("--show-prefix", "--absolute-git-dir", "--git-common-dir")
    below, own, common, _ = os.fsdecode(git(checkout, "rev-parse", *options)).split("\n")
    if below:
        refuse(f"{checkout} is not the top of its git repository")
    if not resolved(checkout, "HEAD"):
        refuse("nothing is committed yet")
    return Path(own), checkout / common


def head(checkout: Path) -> str:
    """Give the commit at hand."""
    return commit_of(checkout, "HEAD")


def resolved(checkout: Path, revision: str) -> str | None:
    """Give the commit that a revision names, or nothing if there is none."""
    try:
        return commit_of(checkout, revision)
    except GitError:
        return None


def released(checkout: Path, version: str) -> str | None:
    """Give the commit that bears the tag of a version, or nothing if there is no such tag."""
    return resolved(checkout, f"refs/tags/{TAG}{version}")


def begun_release(checkout: Path) -> BegunRelease | None:
    """Read which release was begun, if one was."""
    commit = resolved(checkout, BEGUN)
    if commit is None:
        return None
    tree, base = git(checkout, "rev-parse", f"{commit}^{{tree}}", f"{commit}^").decode().split()
    return BegunRelease(commit, tree, base, stated_in(checkout, commit).version)


def changed_files(checkout: Path) -> list[str]:
    """List what differs from the commit, and what git does not know."""
    options = ("--porcelain", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=none")
    status = git(checkout, "--no-optional-locks", "status", *options)
    # Of a file that is gone from the index and there again, two lines tell.
    return list(dict.fromkeys(os.fsdecode(line[3:]) for line in status.split(b"\0") if line))


def ignored_data(checkout: Path) -> list[str]:
    """List the records and source cards that git was told to ignore, so that the commit lacks them."""
    places = ("dataset", ":(glob)seeds/*.yaml")
    listed = git(checkout, "ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", *places)
    return [os.fsdecode(name) for name in listed.split(b"\0") if name]


def content(checkout: Path, commit: str, name: str) -> bytes:
    """Give what a commit has in a file, as it would lie in the checkout.

    Raises:
        GitError: if the commit has no such file.
    """
    return git(checkout, "cat-file", "--filters", f"{commit}:{name}")


def stated_in(checkout: Path, commit: str) -> Stated:
    """Read what a commit says of the version of its data."""

    def text_of(name: str) -> str | None:
        try:
            return content(checkout, commit, name).decode()
        except GitError:
            return None

    return stated(text_of)


def blob_of(checkout: Path, name: str) -> str:
    """Give the hash that git would store a file of the checkout under, empty if it is not there."""
    return git(checkout, "hash-object", "--", name).decode().strip() if os.path.lexists(checkout / name) else ""


def changed_blobs(checkout: Path, old: str, new: str) -> dict[str, tuple[str, str]]:
    """Give the old and the new hash of the files in which two commits differ, empty for no file."""
    fields = os.fsdecode(git(checkout, "diff-tree", "-r", "--no-renames", "-z", old, new)).split("\0")[:-1]
    hashes = [line.split()[2:4] for line in fields[::2]]
    return {
        name: (before.strip("0") and before, after.strip("0") and after)
        for name, (before, after) in zip(fields[1::2], hashes, strict=True)
    }


def next_commit(checkout: Path, base: str) -> tuple[str, str] | None:
    """Give the commit that follows another on the way to the one at hand, and its tree, or nothing if there is none."""
    options = ("--first-parent", "--ancestry-path", "--reverse", "--format=%T")
    words = git(checkout, "rev-list", *options, f"{base}..HEAD").decode().split()  # `commit HASH TREE` of each
    return (words[1], words[2]) if words else None


def previous_version(checkout: Path) -> str | None:
    """Give the version of the last release that the commit at hand comes after."""
    versions = []
    for tag in git(checkout, "tag", "--merged", "HEAD", "--list", f"{TAG}*").decode(errors="replace").split():
        try:
            versions.append(Version.parse(tag.removeprefix(TAG)))
        except ValueError:
            continue  # a tag of something else
    return str(max(versions)) if versions else None
