"""What git knows of a checkout: which change of it is meant."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from defcoop.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from defcoop.validation.changes import CheckoutChange

_FROM = "PRE_COMMIT_FROM_REF"
"""The variable by which pre-commit names the commit with which those that it is asked about are compared."""


def change_since(dataset: Path, revision: str) -> CheckoutChange:
    """Give the change since a revision; files not known to git are part of it.

    Raises:
        InputError: if git does not know the revision, or the checkout is no git repository.
    """
    from defcoop.validation.changes import CheckoutChange, files_of

    with _told_of("--changed-since"):
        base = _common_commit(dataset.absolute().parent, revision)
        touched = _changed(dataset, base) | _unknown(dataset, "--exclude-standard")
        return CheckoutChange(files_of(dataset, base), touched)


def staged_change(dataset: Path, environment: Mapping[str, str]) -> CheckoutChange:
    """Give the change that the next commit makes; files not known to git are no part of it.

    Args:
        dataset: the folder of records.
        environment: variables, of which pre-commit sets one where it checks commits that are made already.

    Raises:
        InputError: if the checkout is no git repository, or git does not know the commit.
    """
    from defcoop.io.git import GitError, commit_of
    from defcoop.validation.changes import CheckoutChange, files_of

    with _told_of("--staged"):
        aside = _unknown(dataset)
        try:
            base = commit_of(dataset.absolute().parent, environment.get(_FROM) or "HEAD")
        except GitError:
            if environment.get(_FROM):
                raise
            return CheckoutChange(aside=aside)  # there is no commit yet
        return CheckoutChange(files_of(dataset, base), _changed(dataset, base), aside)


def everything(dataset: Path) -> CheckoutChange:
    """Let all files count as changed since the last commit, where there is one."""
    from defcoop.io.git import GitError
    from defcoop.validation.changes import CheckoutChange, files_of

    with suppress(GitError):
        if any(os.path.lexists(f"{folder}/.git") for folder in _upwards(os.path.realpath(dataset))):
            return CheckoutChange(files_of(dataset, "HEAD"), touched=None)
    return CheckoutChange(touched=None)


def _upwards(folder: str) -> Iterator[str]:
    while folder != os.path.dirname(folder):  # noqa: PTH120 - Path is slow
        folder = os.path.dirname(folder)  # noqa: PTH120 - as above
        yield folder


@contextmanager
def _told_of(option: str) -> Iterator[None]:
    """Let what git does not know be told of the option that asked."""
    from defcoop.io.git import GitError, NoGitError

    try:
        yield
    except NoGitError:
        msg = f"{option} needs git"
        raise InputError(msg) from None
    except GitError as error:
        msg = f"{option}: {error}"
        raise InputError(msg) from None


def _changed(dataset: Path, base: str) -> set[str]:
    """Name the records and source cards that differ from those of a commit, relative to the checkout."""
    return _names(dataset, "diff", "--name-only", "--relative", "--no-renames", "-z", base)


def _unknown(dataset: Path, *options: str) -> set[str]:
    """Name the records and source cards that are not known to git, relative to the checkout."""
    return _names(dataset, "ls-files", "--others", *options, "-z")


def _names(dataset: Path, *arguments: str) -> set[str]:
    from defcoop.io.git import git
    from defcoop.io.places import CARD_FILE

    listed = git(dataset.absolute().parent, *arguments, "--", dataset.name, "seeds", CARD_FILE)
    return {name for name in listed.decode(errors="surrogateescape").split("\0") if name}


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
