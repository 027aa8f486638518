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
from defcoop.package import build, pack
from defcoop.release import changelog, journal
from defcoop.release.hold import holding
from defcoop.release.plan import plan
from defcoop.release.refusal import RefusalError
from defcoop.release.repository import changed_between, changed_files, content, head, next_commit, released
from defcoop.release.versions import MODULE, Version, in_module

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.release.hold import Hold
    from defcoop.release.plan import Request
    from defcoop.validation.findings import Report

_ROOM = "defcoop-release"


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
    with holding(request.checkout) as hold, _room(hold.folder / _ROOM) as room:
        record = journal.journal_in(hold.folder)
        begun = journal.read(record)
        commit = _commit_of(hold, begun, request.version) if begun else _commit_again(request)
        report = None
        if not commit:
            if begun:
                _take_back(hold, begun)
            report = _commit(hold, request, room, out)
            commit = head(request.checkout)
        files = _publish(hold, commit, room, out)
        record.unlink(missing_ok=True)
    return Made(_constant(request.checkout, commit, "DATA"), commit, files, report)


@contextmanager
def _room(place: Path) -> Iterator[Path]:
    """Make a folder to work in, without what a killed run left there."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _commit_of(hold: Hold, begun: journal.Entry, wanted: str | None) -> str | None:
    """Give the commit of a release that was begun, or nothing if it did not get so far.

    Raises:
        RefusalError: if something else was committed since, or another version is wanted though it did.
    """
    now = head(hold.checkout)
    if now == begun.base:
        return None
    found = next_commit(hold.checkout, begun.base)
    if not found or not _is_release(hold.checkout, found, begun):
        msg = f"a release of {begun.version} was broken off, and something else was committed since"
        advice = "look at `git status`, for its changes may be among yours, and remove"
        raise RefusalError(msg, f"to give it up, {advice} {journal.journal_in(hold.folder)}")
    hold.unlock(begun.version)
    if wanted is not None and Version.parse(wanted) != Version.parse(begun.version):
        msg = f"the release of {begun.version} is committed; take it up first: defcoop release {begun.version}"
        raise RefusalError(msg)
    return found


def _is_release(checkout: Path, commit: str, begun: journal.Entry) -> bool:
    """Tell whether a commit is that of a release, and not somebody's commit of one that was half written."""
    return changed_between(checkout, begun.base, commit) == set(begun.files) and all(
        journal.text_hash(content(checkout, commit, name)) == wanted for name, wanted in begun.files.items()
    )


def _commit_again(request: Request) -> str | None:
    """Give the commit at hand if it bears the tag of the version that is wanted."""
    if request.version is None or changed_files(request.checkout):
        return None
    commit = released(request.checkout, str(Version.parse(request.version)))
    return commit if commit == head(request.checkout) else None


def _commit(hold: Hold, request: Request, room: Path, out: Path) -> Report:
    planned = plan(request, room)
    _try(out)
    begun = journal.Entry.of(planned.version, head(hold.checkout), planned.files)
    journal.write(journal.journal_in(hold.folder), begun)
    try:
        for name, text in planned.files.items():
            _put(hold.checkout / name, None if text is None else text.encode())
        hold.commit(planned.files, f"Release {planned.version}")
    except BaseException:
        # A kill leaves this to the next run; whatever else comes between is taken back at once, if that can be done.
        with suppress(OSError, ValueError):
            if head(hold.checkout) == begun.base:
                _take_back(hold, begun)
        raise
    return planned.report


def _take_back(hold: Hold, begun: journal.Entry) -> None:
    """Put the files that a broken release was to change back to what they were, and forget it.

    Raises:
        RefusalError: if anything else has changed since; then nothing is touched.
    """
    before = {name: content(hold.checkout, begun.base, name) for name in begun.files}
    parts = {part_of(Path(name)).as_posix() for name in begun.files}
    changed = [name for name in changed_files(hold.checkout) if name not in parts]
    others = [name for name in changed if not _is_of(hold.checkout, name, begun, before.get(name))]
    if others:
        msg = f"a release of {begun.version} was broken off, and something else was changed since"
        raise RefusalError(msg, *(f"{name} is not committed" for name in others))
    hold.unlock(begun.version)
    for name, source in before.items():
        part_of(hold.checkout / name).unlink(missing_ok=True)
        _put(hold.checkout / name, source)
    hold.unstage(begun.files)
    journal.journal_in(hold.folder).unlink()


def _is_of(checkout: Path, name: str, begun: journal.Entry, before: bytes | None) -> bool:
    """Tell whether a file is as it was, or as the release was to leave it."""
    try:
        now = (checkout / name).read_bytes()
    except FileNotFoundError:
        now = None
    return name in begun.files and journal.text_hash(now) in {journal.text_hash(before), begun.files[name]}


def _publish(hold: Hold, commit: str, room: Path, out: Path) -> tuple[Path, ...]:
    """Tag a commit, and write what is published of it."""
    checkout = hold.checkout
    version = _constant(checkout, commit, "DATA")
    tagged = released(checkout, version)
    if tagged is None:
        hold.tag(version, commit)
    elif tagged != commit:
        msg = f"the tag of {version} is that of another commit, {tagged[:12]}"
        raise RefusalError(msg)
    _check_out(checkout, commit, room / "commit")
    built = build(read_checkout(room / "commit/dataset", room / "commit/seeds"), room / "package", version)
    if built.digest != _constant(checkout, commit, "RELEASED"):
        msg = f"this library writes other data than the one that made the release {version}"
        raise RefusalError(msg)
    archive, notes, sums = (
        out / name for name in (f"defcoop-data-{version}.zip", f"release-notes-{version}.md", "SHA256SUMS")
    )
    pack(room / "package", archive)
    _put(notes, changelog.notes((content(checkout, commit, changelog.FILE) or b"").decode(), version).encode())
    _put(sums, "".join(f"{_hash(path)}  {path.name}\n" for path in (archive, notes)).encode())
    return archive, notes, sums


def _check_out(checkout: Path, commit: str, place: Path) -> None:
    """Write the records and source cards of a commit to a folder."""
    found = [blob for blob in blobs(checkout, commit, ("dataset", "seeds")) if blob.path.endswith(".yaml")]
    sources = contents(checkout, (blob.hash for blob in found))
    for blob in found:
        path = place / blob.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sources[blob.hash])


def _try(out: Path) -> None:
    """See whether a folder can be written to, before anything depends on it."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=out):
        pass


def _constant(checkout: Path, commit: str, name: str) -> str:
    return in_module((content(checkout, commit, MODULE) or b"").decode(), name)


def _put(path: Path, source: bytes | None) -> None:
    if source is None:
        path.unlink(missing_ok=True)
        return
    with replacing(path) as file:
        file.write(source)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
