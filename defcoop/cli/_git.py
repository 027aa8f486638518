"""What git knows of a checkout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


def changed_files(dataset: Path, revision: str) -> set[str]:
    """List the records and source cards changed since a revision, or not known to git, relative to the checkout.

    Raises:
        InputError: if git does not know the revision, or the checkout is no git repository.
    """
    from defcoop.io.git import GitError, NoGitError, git

    checkout, folders = dataset.absolute().parent, ("--", dataset.name, "seeds")
    try:
        base = _common_commit(checkout, revision)
        changed = git(checkout, "diff", "--name-only", "--relative", "--no-renames", "-z", base, *folders)
        unknown = git(checkout, "ls-files", "--others", "--exclude-standard", "-z", *folders)
    except NoGitError:
        msg = "--changed-since needs git"
        raise InputError(msg) from None
    except GitError as error:
        msg = f"--changed-since: {error}"
        raise InputError(msg) from None
    return {name for name in (changed + unknown).decode(errors="surrogateescape").split("\0") if name}


def _common_commit(checkout: Path, revision: str) -> str:
    """Give the last commit that a revision and the commit at hand have in common.

    Raises:
        InputError: if there is none, or a shallow clone does not hold it.
        GitError: if git does not know the revision.
    """
    from defcoop.io.git import GitError, NoGitError, commit_of, git

    try:
        commit = commit_of(checkout, revision)
        return git(checkout, "merge-base", "--all", commit, "HEAD").decode().split()[0]
    except NoGitError:
        raise
    except GitError as error:
        if git(checkout, "rev-parse", "--is-shallow-repository").strip() == b"true":
            msg = (
                f"--changed-since: this clone is shallow, and what {revision} and HEAD have in common is not in it. "
                "Get the history by `git fetch --unshallow` (in a workflow, `fetch-depth: 0`), "
                "or leave out --changed-since: then everything is checked"
            )
        elif f"{error}".endswith("merge-base finds nothing"):
            msg = f"--changed-since: {revision} and HEAD have no commit in common, so that nothing tells what changed"
        else:
            raise
        raise InputError(msg) from None
