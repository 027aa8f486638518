"""Asking git; what is asked here changes nothing, but for what `defcoop release` has it do."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from defcoop.errors import DefcoopError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path


_CALM = ("-c", "maintenance.auto=false", "-c", "gc.auto=0", "-c", "core.fsmonitor=false")
"""Lets git leave nothing running in the background when it ends."""


class GitError(DefcoopError, ValueError):
    """What git does not know or cannot do; the message is git's own."""


class NoGitError(GitError):
    """There is no git on this machine."""


_OF_A_HOOK = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_DIR",
        "GIT_GRAFT_FILE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_NAMESPACE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    }
)
"""Variables that git sets for its hooks, and which name the repository of the hook whatever folder is asked about."""


class Blob(NamedTuple):
    """A regular file of a commit: its path, the hash of its content, and the size of that in bytes."""

    path: str
    hash: str
    size: int


def git(
    folder: Path,
    *arguments: str,
    stdin: bytes = b"",
    handles: Collection[int] = (),
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """Run git in a folder and give what it writes.

    Args:
        folder: the folder.
        arguments: what git is asked.
        stdin: what it reads.
        handles: files that stay open until git ends, even if this process ends before.
        environment: variables that it gets beside those of this process.

    Raises:
        GitError: if there is no git or it fails.
    """
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; what users give is an operand
            ["git", "-C", str(folder), *(_CALM if handles else ()), *arguments],  # noqa: S607 - git is found where the machine has it
            input=stdin,
            capture_output=True,
            check=True,
            pass_fds=handles,
            env={name: value for name, value in os.environ.items() if name not in _OF_A_HOOK} | dict(environment or {}),
        )
    except FileNotFoundError:
        msg = "there is no git on this machine"
        raise NoGitError(msg) from None
    except subprocess.CalledProcessError as error:
        msg = error.stderr.decode(errors="replace").strip() or f"git {arguments[0]} finds nothing"
        raise GitError(msg) from None
    return done.stdout


def commit_of(folder: Path, revision: str) -> str:
    """Give the hash of the commit that a revision names; one that looks like an option stays a revision.

    Raises:
        GitError: if git does not know it.
    """
    return git(folder, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()


def blobs(folder: Path, commit: str, names: Iterable[str]) -> Iterator[Blob]:
    """Yield the regular files that a commit has under some names in a folder, by paths relative to it."""
    listed = git(folder, "--literal-pathspecs", "ls-tree", "-r", "-l", "-z", commit, "--", *names)
    for line in listed.decode(errors="surrogateescape").split("\0"):
        head, _, path = line.partition("\t")
        if path and head.startswith("100"):  # neither a link nor a submodule
            _, _, blob_hash, size = head.split()
            yield Blob(path, blob_hash, int(size))


def contents(folder: Path, hashes: Iterable[str]) -> dict[str, bytes]:
    """Read blobs by their hashes, all in one process, as they are stored: no filter and no attribute changes them."""
    wanted = "".join(f"{blob_hash}\n" for blob_hash in sorted(set(hashes)))
    answer = memoryview(git(folder, "cat-file", "--batch", stdin=wanted.encode()))
    read: dict[str, bytes] = {}
    start = 0
    while start < len(answer):
        end = start + bytes(answer[start : start + 100]).index(b"\n")
        head = bytes(answer[start:end]).decode().split()
        if len(head) != 3:  # noqa: PLR2004 - hash, type, size; else `<hash> missing`
            msg = " ".join(head)
            raise GitError(msg)
        start = end + 1 + int(head[2])
        read[head[0]] = bytes(answer[end + 1 : start])
        start += 1
    return read
