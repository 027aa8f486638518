"""A hold on a repository: while one release changes it, no other does."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from defcoop.io.git import GitError, git
from defcoop.release.refusal import RefusalError
from defcoop.release.repository import TAG, common_folder, own_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_PATIENCE, _MOMENT = 10, 0.1
"""How often and after how many seconds a lock is looked at, before it is taken for left behind."""


class Hold(NamedTuple):
    """A repository that is held.

    `folder` is git's own for the checkout and `common` that of all checkouts of the repository; `handle` is what keeps
    others out. Every git that changes something has it open too, so it keeps them out as long as one of them runs,
    even when this process was killed.
    """

    checkout: Path
    folder: Path
    common: Path
    handle: int

    def commit(self, files: Iterable[str], message: str) -> None:
        """Commit what stands in some files, or that they are gone.

        Raises:
            GitError: if git cannot do it, or a hook refuses.
        """
        names = list(files)
        self._change("add", "--all", "--", *names)
        self._change("commit", "--quiet", "--message", message, "--", *names)

    def unstage(self, files: Iterable[str]) -> None:
        """Let the index say of some files what the commit says."""
        self._change("reset", "--quiet", "--", *files)

    def tag(self, version: str, commit: str) -> None:
        """Tag a commit as the release of a version."""
        self._change("tag", "--annotate", "--message", f"Release {version}", f"{TAG}{version}", commit)

    def unlock(self, version: str) -> None:
        """Remove what a git that was killed had locked for the release of a version."""
        names = ["index.lock", "next-index-*.lock", "HEAD.lock"]
        shared = ["packed-refs.lock", f"refs/tags/{TAG}{version}.lock"]
        with suppress(GitError):  # no branch
            shared.append(f"{git(self.checkout, 'symbolic-ref', 'HEAD').decode().strip()}.lock")
        locks = [*(path for name in names for path in self.folder.glob(name)), *(self.common / name for name in shared)]
        # Some other git may be at work for a moment; none that a release started is, for it would have the hold.
        for _ in range(_PATIENCE):
            if not any(lock.exists() for lock in locks):
                return
            time.sleep(_MOMENT)
        for lock in locks:
            lock.unlink(missing_ok=True)

    def _change(self, *arguments: str) -> None:
        try:
            git(self.checkout, *arguments, handles=[self.handle])
        except GitError as error:
            msg = f"git {arguments[0]}: {'; '.join(str(error).splitlines())}"
            raise GitError(msg) from None


@contextmanager
def holding(checkout: Path) -> Iterator[Hold]:
    """Hold a repository.

    Raises:
        GitError: if the checkout is no git repository.
        RefusalError: if another release is at work, or the checkout is not one that can be released.
    """
    folder, common = own_folder(checkout), common_folder(checkout)
    handle = os.open(common, os.O_RDONLY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            msg = "another release is being made"
            raise RefusalError(msg) from None
        yield Hold(checkout, folder, common, handle)
    finally:
        os.close(handle)
