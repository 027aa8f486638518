"""Making a release: files, commit, tag and archive, each step such that the whole can be run again after a kill."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from defcoop.dataset import read_checkout
from defcoop.io.atomic_file import part_of, replacing
from defcoop.io.git import blobs, contents
from defcoop.io.places import CARD_FILE
from defcoop.package import pack
from defcoop.publishing import publish
from defcoop.release import changelog, repository
from defcoop.release.lock import locked
from defcoop.release.plan import plan
from defcoop.release.refusal import refuse
from defcoop.release.versions import Version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.release.lock import RepositoryLock
    from defcoop.release.plan import Request
    from defcoop.release.repository import BegunRelease
    from defcoop.validation.findings import Report


class Made(NamedTuple):
    """A release that was made.

    Its version, its commit, the files in the folder that it was written to, and what was checked, unless an earlier
    run did that.
    """

    version: str
    commit: str
    files: tuple[Path, ...]
    report: Report | None


def make(request: Request, out: Path) -> Made:
    """Make a release, or take up one that was broken off.

    One that is made already, with nothing committed since, has its files written again.

    Args:
        request: what is asked for.
        out: the folder for the archive, the release notes and their hashes.

    Raises:
        RefusalError: if it may not be made; then nothing has changed.
        ValueError: if the checkout is no git repository, or git refuses.
        OSError: if a file cannot be written; then it can be run again.
    """
    checkout = request.checkout
    with locked(checkout) as lock, _working_folder(lock.folder / "defcoop-release") as folder:
        if (lock.folder / f"{repository.BEGUN}.lock").exists():
            lock.remove_stale_locks()
        begun = repository.begun_release(checkout)
        commit = _commit_of(lock, begun, request.version) if begun else _commit_again(request)
        report = None
        if not commit:
            if begun:
                _take_back(lock, begun)
            report = _commit(lock, request, folder, out)
            commit = repository.head(checkout)
        files = _publish(lock, commit, folder, out)
        lock.end()
    return Made(repository.stated_in(checkout, commit).version, commit, files, report)


@contextmanager
def _working_folder(place: Path) -> Iterator[Path]:
    """Make a folder to work in, without what a killed run left there."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _commit_of(lock: RepositoryLock, begun: BegunRelease, wanted: str | None) -> str | None:
    """Give the commit of a release that was begun, or nothing if it did not get so far.

    Raises:
        RefusalError: if something else was committed since, or another version is wanted though it did.
    """
    if repository.head(lock.checkout) == begun.base:
        return None
    commit, tree = repository.next_commit(lock.checkout, begun.base) or ("", "")
    if tree != begun.tree:
        refuse(
            f"a release of {begun.version} was broken off, and something else was committed since",
            "to give it up, look at `git status`, for its changes may be among yours, and run "
            f"`git update-ref -d {repository.BEGUN}`",
        )
    lock.remove_stale_locks()
    if wanted is not None and Version.parse(wanted) != Version.parse(begun.version):
        refuse(f"the release of {begun.version} is committed; take it up first: defcoop release {begun.version}")
    return commit


def _commit_again(request: Request) -> str | None:
    """Give the commit at hand if it bears the tag of the version that is wanted."""
    if request.version is None or repository.changed_files(request.checkout):
        return None
    commit = repository.released(request.checkout, str(Version.parse(request.version)))
    return commit if commit == repository.head(request.checkout) else None


def _commit(lock: RepositoryLock, request: Request, folder: Path, out: Path) -> Report:
    planned = plan(request, folder)
    _try(out)
    message = f"Release {planned.version}"
    lock.begin(planned.files, message, folder / "planned")
    try:
        for name, text in planned.files.items():
            _put(lock.checkout / name, None if text is None else text.encode())
        lock.commit(planned.files, message)
    except BaseException:
        # A kill leaves this to the next run; whatever else comes between is taken back at once, if that can be done.
        with suppress(OSError, ValueError):
            begun = repository.begun_release(lock.checkout)
            if begun and repository.head(lock.checkout) == begun.base:
                _take_back(lock, begun)
        raise
    return planned.report


def _take_back(lock: RepositoryLock, begun: BegunRelease) -> None:
    """Put the files that a broken release was to change back to what they were, and forget it.

    Raises:
        RefusalError: if anything else has changed since; then nothing is touched.
    """
    checkout, files = lock.checkout, repository.changed_blobs(lock.checkout, begun.base, begun.commit)
    parts = {part_of(Path(name)).as_posix() for name in files}
    foreign = [
        f"{name} is not committed"
        for name in repository.changed_files(checkout)
        if name not in parts and (name not in files or repository.blob_of(checkout, name) not in files[name])
    ]
    if foreign:
        refuse(f"a release of {begun.version} was broken off, and something else was changed since", *foreign)
    lock.remove_stale_locks()
    for name, (before, _) in files.items():
        part_of(checkout / name).unlink(missing_ok=True)
        _put(checkout / name, repository.content(checkout, begun.base, name) if before else None)
    lock.unstage(files)
    lock.end()


def _publish(lock: RepositoryLock, commit: str, folder: Path, out: Path) -> tuple[Path, ...]:
    """Tag a commit, and write what is published of it."""
    checkout = lock.checkout
    version, digest, _, name, _ = repository.stated_in(checkout, commit)
    tagged = repository.released(checkout, version)
    if tagged is None:
        lock.tag(version, commit)
    elif tagged != commit:
        refuse(f"the tag of {version} is that of another commit, {tagged[:12]}")
    _check_out(checkout, commit, folder / "commit")
    built = publish(read_checkout(folder / "commit/dataset", folder / "commit/seeds"), folder / "package", version)
    if built.digest != digest:
        refuse(f"this library writes other data than the one that made the release {version}")
    names = (f"{name}-data-{version}.zip", f"release-notes-{version}.md", "SHA256SUMS")
    archive, notes, sums = (out / name for name in names)
    pack(folder / "package", archive)
    _put(notes, changelog.notes(repository.content(checkout, commit, changelog.FILE).decode(), version).encode())
    _put(sums, "".join(f"{_hash(path)}  {path.name}\n" for path in (archive, notes)).encode())
    return archive, notes, sums


def _check_out(checkout: Path, commit: str, place: Path) -> None:
    """Write the records and cards of a commit to a folder."""
    cards = [blob for blob in blobs(checkout, commit, ("dataset", "seeds", CARD_FILE)) if blob.path.endswith(".yaml")]
    sources = contents(checkout, (blob.hash for blob in cards))
    for blob in cards:
        path = place / blob.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sources[blob.hash])


def _try(out: Path) -> None:
    """See whether a folder can be written to, before anything depends on it."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=out):
        pass


def _put(path: Path, source: bytes | None) -> None:
    if source is None:
        path.unlink(missing_ok=True)
        return
    with replacing(path) as file:
        file.write(source)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
