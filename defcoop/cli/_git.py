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
    from defcoop.io.git import GitError, NoGitError, commit_of, git

    checkout, folders = dataset.absolute().parent, ("--", dataset.name, "seeds")
    try:
        base = git(checkout, "merge-base", "--all", commit_of(checkout, revision), "HEAD").decode().split()[0]
        changed = git(checkout, "diff", "--name-only", "--relative", "--no-renames", "-z", base, *folders)
        unknown = git(checkout, "ls-files", "--others", "--exclude-standard", "-z", *folders)
    except NoGitError:
        msg = "--changed-since needs git"
        raise InputError(msg) from None
    except GitError as error:
        msg = f"--changed-since: {error}"
        raise InputError(msg) from None
    return {name for name in (changed + unknown).decode(errors="surrogateescape").split("\0") if name}
