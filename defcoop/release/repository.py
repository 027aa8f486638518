"""The repository of a checkout: what git tells of it before a release is made."""

from __future__ import annotations

import os
from pathlib import Path

from defcoop.io.git import GitError, blobs, commit_of, git
from defcoop.release.refusal import RefusalError
from defcoop.release.versions import Version

TAG = "v"
"""What stands before the version in the name of a tag."""


def own_folder(checkout: Path) -> Path:
    """Give git's own folder for a checkout.

    Raises:
        GitError: if the checkout is no git repository.
        RefusalError: if it is not the top of one, or nothing is committed yet.
    """
    below = git(checkout, "rev-parse", "--show-prefix").strip()
    if below:
        msg = f"{checkout} is not the top of its git repository"
        raise RefusalError(msg)
    try:
        head(checkout)
    except GitError:
        msg = "nothing is committed yet"
        raise RefusalError(msg) from None
    return Path(os.fsdecode(git(checkout, "rev-parse", "--absolute-git-dir").rstrip(b"\n")))


def common_folder(checkout: Path) -> Path:
    """Give the folder that all working trees of a repository share."""
    return checkout / os.fsdecode(git(checkout, "rev-parse", "--git-common-dir").rstrip(b"\n"))


def head(checkout: Path) -> str:
    """Give the commit at hand."""
    return commit_of(checkout, "HEAD")


def changed_files(checkout: Path) -> list[str]:
    """List what differs from the commit, and what git does not know."""
    options = ("--porcelain", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=none")
    status = git(checkout, "--no-optional-locks", "status", *options)
    # Of a file that is gone from the index and there again, two lines tell.
    return list(dict.fromkeys(os.fsdecode(line[3:]) for line in status.split(b"\0") if line))


def ignored_data(checkout: Path) -> list[str]:
    """List the records and source cards that git was told to ignore, so that the commit lacks them."""
    places = ("dataset", ":(glob)seeds/*.yaml")
    found = git(checkout, "ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", *places)
    return [os.fsdecode(name) for name in found.split(b"\0") if name]


def content(checkout: Path, commit: str, name: str) -> bytes | None:
    """Give what a commit has in a file, as it would lie in the checkout, or nothing if it has no such file."""
    if not any(blobs(checkout, commit, (name,))):
        return None
    return git(checkout, "cat-file", "--filters", f"{commit}:{name}")


def changed_between(checkout: Path, old: str, new: str) -> set[str]:
    """Name the files in which two commits differ."""
    found = git(checkout, "diff-tree", "-r", "--no-renames", "--name-only", "-z", old, new)
    return {os.fsdecode(name) for name in found.split(b"\0") if name}


def next_commit(checkout: Path, base: str) -> str | None:
    """Give the commit that follows another on the way to the one at hand, or nothing if there is none."""
    found = (
        git(checkout, "rev-list", "--first-parent", "--ancestry-path", "--reverse", f"{base}..HEAD").decode().split()
    )
    return found[0] if found else None


def released(checkout: Path, version: str) -> str | None:
    """Give the commit that bears the tag of a version, or nothing if there is no such tag."""
    try:
        return commit_of(checkout, f"refs/tags/{TAG}{version}")
    except GitError:
        return None


def previous_version(checkout: Path) -> str | None:
    """Give the version of the last release that the commit at hand comes after."""
    found = []
    for tag in git(checkout, "tag", "--merged", "HEAD", "--list", f"{TAG}*").decode(errors="replace").split():
        try:
            found.append(Version.parse(tag.removeprefix(TAG)))
        except ValueError:
            continue  # a tag of something else
    return str(max(found)) if found else None
