"""Making a release: files, commit, tag and archive, each step such that the whole can be run again after a kill."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from defcoop._git import GitError, git
from defcoop.dataset import read_checkout
from defcoop.package import build, pack
from defcoop.release.plan import TAG, changed_files, plan
from defcoop.release.refusal import RefusalError
from defcoop.release.versions import MODULE, in_module

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from defcoop.release.plan import Request

_JOURNAL = "defcoop-release.json"
_PATIENCE, _MOMENT = 50, 0.1


class Made(NamedTuple):
    """A release that was made: its version, its commit, and the files in the folder that it was written to."""

    version: str
    commit: str
    files: tuple[Path, ...]


class _Entry(NamedTuple):
    """What the journal says of a release that was begun: enough to plan it again, byte for byte."""

    version: str
    date: str
    base: str
    files: Sequence[str]


def make(request: Request, out: Path) -> Made:
    """Make a release, or take up one that was broken off.

    Args:
        request: what is asked for.
        out: the folder for the archive, its hash and the release notes.

    Raises:
        RefusalError: if it may not be made; then nothing has changed.
        OSError: if a file cannot be written; then it can be run again.
    """
    git_folder = Path(os.fsdecode(git(request.checkout, "rev-parse", "--absolute-git-dir")).strip())
    with _alone(git_folder):
        journal = git_folder / _JOURNAL
        begun = _read(journal)
        if begun:
            _wait_for_git(git_folder)
        if begun and not _is_committed(request.checkout, begun, journal):
            _undo(request.checkout, begun)
            request, begun = request._replace(version=begun.version, date=begun.date), None
        if not begun:
            begun = _commit(request, journal)
        made = _publish(request.checkout, begun, out)
        journal.unlink()
        return made


def _commit(request: Request, journal: Path) -> _Entry:
    planned = plan(request)
    entry = _Entry(planned.version, planned.date, _head(request.checkout), sorted(planned.files))
    _write(journal, json.dumps(entry))
    for name, text in planned.files.items():
        if text is None:
            (request.checkout / name).unlink()
        else:
            _write(request.checkout / name, text)
    git(request.checkout, "add", "--all", "--", *planned.files)
    git(request.checkout, "commit", "--quiet", "--message", f"Release {planned.version}", "--", *planned.files)
    return entry


def _is_committed(checkout: Path, begun: _Entry, journal: Path) -> bool:
    """Tell whether the release that was begun has its commit.

    Raises:
        RefusalError: if something else was committed since.
    """
    if _head(checkout) == begun.base:
        return False
    parent = git(checkout, "rev-parse", "HEAD^").decode().strip()
    if parent == begun.base and _version_at_head(checkout) == begun.version:
        return True
    msg = f"a release of {begun.version} was begun, and something else was committed since; to give it up: rm {journal}"
    raise RefusalError(msg)


def _undo(checkout: Path, begun: _Entry) -> None:
    """Put the files that a broken release was to change back to the commit, if nothing else has changed."""
    git(checkout, "reset", "--quiet")
    for name in begun.files:
        path = checkout / name
        for left in path.parent.glob(f".{path.name}.*"):
            left.unlink()
    others = [name for name in changed_files(checkout) if name not in begun.files]
    if others:
        raise RefusalError(*(f"{name} is not committed" for name in others))
    tracked = git(checkout, "ls-tree", "--name-only", "-z", "HEAD", "--", *begun.files).decode().split("\0")
    git(checkout, "checkout", "--quiet", "HEAD", "--", *filter(None, tracked))


@contextmanager
def _alone(git_folder: Path) -> Iterator[None]:
    """Keep other releases of the repository from being made meanwhile."""
    handle = os.open(git_folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        msg = "another release is being made"
        raise RefusalError(msg) from None
    finally:
        os.close(handle)


def _wait_for_git(git_folder: Path) -> None:
    """Wait for a git that a killed release left running; what one that was killed too had locked is unlocked."""
    lock = git_folder / "index.lock"
    for _ in range(_PATIENCE):
        if not lock.exists():
            return
        time.sleep(_MOMENT)
    lock.unlink(missing_ok=True)


def _publish(checkout: Path, begun: _Entry, out: Path) -> Made:
    tag = f"{TAG}{begun.version}"
    commit = _head(checkout)
    try:
        git(checkout, "rev-parse", "--verify", "--end-of-options", f"refs/tags/{tag}")
    except GitError:
        git(checkout, "tag", "--annotate", "--message", f"Release {begun.version}", tag)
    archive, notes = out / f"defcoop-data-{begun.version}.zip", out / f"release-notes-{begun.version}.md"
    for left in out.glob(".*"):
        if left.name.startswith((f".{archive.name}.", f".{notes.name}.", ".SHA256SUMS.")):
            left.unlink()
    with tempfile.TemporaryDirectory() as room:
        package = Path(room, "package")
        build(read_checkout(checkout / "dataset", checkout / "seeds"), package, begun.version)
        pack(package, archive)
    _write(notes, _notes(checkout, begun.version))
    sums = "".join(f"{_hash(path)}  {path.name}\n" for path in (archive, notes))
    _write(out / "SHA256SUMS", sums)
    return Made(begun.version, commit, (archive, notes, out / "SHA256SUMS"))


def _notes(checkout: Path, version: str) -> str:
    after = (checkout / "CHANGELOG.md").read_text(encoding="utf-8").partition(f"\n## {version} - ")[2]
    return after.partition("\n")[2].partition("\n## ")[0].strip() + "\n"


def _read(journal: Path) -> _Entry | None:
    try:
        return _Entry(*json.loads(journal.read_bytes()))
    except FileNotFoundError:
        return None


def _head(checkout: Path) -> str:
    return git(checkout, "rev-parse", "--verify", "HEAD").decode().strip()


def _version_at_head(checkout: Path) -> str:
    return in_module(git(checkout, "show", f"HEAD:./{MODULE}").decode(), "DATA")


def _write(path: Path, text: str) -> None:
    """Put a text in the place of what is there, so that one of the two is always whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        Path(fresh).chmod(0o644)
        Path(fresh).replace(path)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
