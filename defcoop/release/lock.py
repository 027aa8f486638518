"""The lock on a repository: while one release changes it, no other does."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from defcoop.io.git import GitError, git
from defcoop.release.refusal import refuse
from defcoop.release.repository import BEGUN, TAG, git_folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_PATIENCE, _MOMENT = 10, 0.1
"""How often and after how many seconds a lock of git's is looked at, before it is taken for left behind."""


class RepositoryLock(NamedTuple):
    """A repository that is locked.

    `folder` is git's own for the checkout and `common` that of all checkouts of the repository; `handle` is what keeps
    others out. Every git that changes something has it open too, so it keeps them out as long as one of them runs,
    even when this process was killed.
    """

    checkout: Path
    folder: Path
    common: Path
    handle: int

    def begin(self, files: Mapping[str, str | None], message: str, working_folder: Path) -> None:
        """Store the commit that a release is to make, and let a reference to it say that the release was begun.

        Args:
            files: the new text of every file that changes, or nothing for those that go.
            message: that of the commit.
            working_folder: an empty folder for the files and an index.

        Raises:
            GitError: if git cannot do it; then nothing but unused objects was stored.
        """
        for name, text in files.items():
            if text is not None:
                (working_folder / name).parent.mkdir(parents=True, exist_ok=True)
                (working_folder / name).write_bytes(text.encode())
        elsewhere = {"GIT_WORK_TREE": str(working_folder), "GIT_INDEX_FILE": str(working_folder / ".git-index")}
        self._change("read-tree", "HEAD", environment=elsewhere)
        self._change("add", "--", *files, environment=elsewhere)
        tree = self._change("write-tree", environment=elsewhere)
        self._change("update-ref", BEGUN, self._change("commit-tree", "-p", "HEAD", "-m", message, tree), "")

    def end(self) -> None:
        """Forget that a release was begun."""
        self._change("update-ref", "-d", BEGUN)

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

    def remove_stale_locks(self) -> None:
        """Remove what a git that was killed in a release had locked."""
        shared = ["packed-refs.lock", f"refs/tags/{TAG}*.lock"]
        with suppress(GitError):  # no branch
            shared.append(f"{git(self.checkout, 'symbolic-ref', 'HEAD').decode().strip()}.lock")
        own = ["index.lock", "next-index-*.lock", "HEAD.lock", f"{BEGUN}.lock"]
        places = [(self.folder, name) for name in own] + [(self.common, name) for name in shared]
        # Some other git may be at work for a moment; none that a release started is, for it would hold this lock.
        for _ in range(_PATIENCE):
            if not any(path for folder, name in places for path in folder.glob(name)):
                return
            time.sleep(_MOMENT)
        for folder, name in places:
            for path in folder.glob(name):
                path.unlink(missing_ok=True)

    def _change(self, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
        try:
            return git(self.checkout, *arguments, handles=[self.handle], environment=environment).decode().strip()
        except GitError as error:
            msg = f"git {arguments[0]}: {'; '.join(str(error).splitlines())}"
            raise GitError(msg) from None


@contextmanager
def locked(checkout: Path) -> Iterator[RepositoryLock]:
    """Lock a repository.

    Raises:
        GitError: if the checkout is no git repository.
        RefusalError: if another release is at work, or the checkout is not one that can be released.
    """
    folder, common = git_folders(checkout)
    handle = os.open(common, os.O_RDONLY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            refuse("another release is being made")
        yield RepositoryLock(checkout, folder, common, handle)
    finally:
        os.close(handle)
