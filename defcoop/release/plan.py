"""The plan of a release: which version it is, which files it changes and how, decided before anything is touched."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from defcoop._git import GitError, git
from defcoop.codebook import codebook
from defcoop.codebook.document import Versions
from defcoop.dataset import read_checkout
from defcoop.difference import Difference, changelog_lines, compare
from defcoop.editions import Edition, find
from defcoop.metadata import citation, zenodo
from defcoop.package import build
from defcoop.release import changelog
from defcoop.release.refusal import RefusalError
from defcoop.release.versions import MODULE, Version, in_module, suffices, with_constants
from defcoop.validation import Run, validate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from defcoop.dataset import Dataset

_SHOWN = 5

TAG = "v"
"""What stands before the version in the name of a tag."""


class Request(NamedTuple):
    """What is asked for: the checkout, the day of the release (ISO), the texts, processes, and perhaps the version."""

    checkout: Path
    date: str
    texts: Path | None = None
    jobs: int = 1
    version: str | None = None


class Plan(NamedTuple):
    """What a release will do.

    `files` gives the new text of every file that it writes, or nothing for those that go; `notes` are its section of
    the changelog; `digest` is the hash of its data.
    """

    version: str
    date: str
    previous: str
    difference: Difference
    files: Mapping[str, str | None]
    notes: str
    digest: str


def plan(request: Request) -> Plan:
    """Plan a release.

    Raises:
        RefusalError: if it may not be made.
        ValueError: if a file that it would change is not what it should be.
        OSError: if a file cannot be read.
    """
    checkout = request.checkout
    previous = previous_version(checkout)
    reasons = [*_uncommitted(checkout), *_findings(request)]
    if reasons:
        raise RefusalError(*reasons)
    dataset = read_checkout(checkout / "dataset", checkout / "seeds")
    old = find(f"{TAG}{previous}", checkout / "dataset") if previous else Edition.nothing()
    difference = compare(old, Edition.of(dataset, "this checkout", "checkout"))
    source = _text(checkout, MODULE)
    version = _version(request.version, previous, difference, in_module(source, "DATA"))
    with tempfile.TemporaryDirectory() as room:
        digest = build(dataset, Path(room, "package")).digest
    schema = version if difference.schema or not previous else in_module(source, "SCHEMA")
    notes = changelog.section(_text(checkout, changelog.FILE), _fragments(checkout), changelog_lines(difference))
    if not notes:
        msg = f"nothing has changed since {previous}: the data are the same, and {changelog.FILE} says nothing new"
        raise RefusalError(msg)
    files: dict[str, str | None] = {
        MODULE: with_constants(source, LIBRARY=version, SCHEMA=schema, DATA=version, RELEASED=digest),
        changelog.FILE: changelog.released(_text(checkout, changelog.FILE), version, request.date, notes),
        **_metadata(dataset, Versions(version, schema), request.date),
        **{f"{changelog.FRAGMENTS}/{name}": None for name in _fragments(checkout)},
    }
    return Plan(version, request.date, previous or "", difference, files, notes, digest)


def previous_version(checkout: Path) -> str | None:
    """Give the version of the last release that the commit at hand comes after.

    Raises:
        RefusalError: if the checkout is no git repository with a commit.
    """
    try:
        git(checkout, "rev-parse", "--verify", "HEAD")
    except GitError as error:
        raise RefusalError(str(error)) from None
    tags = git(checkout, "tag", "--merged", "HEAD", "--list", f"{TAG}*").decode().split()
    found = []
    for tag in tags:
        try:
            found.append(Version.parse(tag.removeprefix(TAG)))
        except ValueError:
            continue  # a tag of something else
    return str(max(found)) if found else None


def changed_files(checkout: Path) -> list[str]:
    """List what differs from the commit, and what git does not know."""
    status = git(checkout, "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--", ".")
    return [line[3:] for line in status.decode(errors="surrogateescape").split("\0") if line]


def _uncommitted(checkout: Path) -> list[str]:
    changed = changed_files(checkout)
    told = [f"{name} is not committed" for name in changed[:_SHOWN]]
    return told if len(changed) <= _SHOWN else [*told, f"{len(changed) - _SHOWN} more files are not committed"]


def _findings(request: Request) -> list[str]:
    report = validate(request.checkout / "dataset", texts=request.texts, run=Run(request.jobs))
    if not report.findings:
        return []
    first = report.findings[0]
    return [f"there are {len(report.findings)} findings, the first: {first.path}:{first.line}: {first.message}"]


def _version(wanted: str | None, previous: str | None, difference: Difference, now: str) -> str:
    """Choose the version, or refuse the one that is wanted."""
    if difference.vanished:
        raise RefusalError(*(f"{gone} is gone without a tombstone or a redirect" for gone in difference.vanished))
    if previous is None:
        return str(Version.parse(wanted or now.partition("-")[0]))
    before = Version.parse(previous)
    # A release without changes of the data is one of the library alone.
    version = Version.parse(wanted) if wanted else before.after(difference.bump or "patch")
    step = before.step_to(version)
    if step is None:
        msg = f"{version} is not later than {before}"
        raise RefusalError(msg)
    if not suffices(step, difference.bump):
        msg = f"{version} is a {step} step after {before}, but the changes call for a {difference.bump} one"
        raise RefusalError(msg, *difference.reasons)
    return str(version)


def _fragments(checkout: Path) -> dict[str, str]:
    folder = checkout / changelog.FRAGMENTS
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return {name: _text(folder, name) for name in names if changelog.is_fragment(name)}


def _metadata(dataset: Dataset, versions: Versions, date: str) -> dict[str, str]:
    pages = codebook(dataset, versions)
    return {
        "CITATION.cff": citation(versions.data, date),
        ".zenodo.json": zenodo(versions.data, date),
        **{f"schema/{name}": text for name, text in pages.items()},
    }


def _text(folder: Path, name: str) -> str:
    return (folder / name).read_bytes().decode()
