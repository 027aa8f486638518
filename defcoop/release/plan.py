"""The plan of a release: which version it is, which files it changes and how, decided before anything is touched."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from defcoop.dataset import read_checkout
from defcoop.difference import Difference, Snapshot, changelog_lines, compare
from defcoop.difference.bump import count
from defcoop.difference.checkouts import read_revision
from defcoop.docgen import schemas
from defcoop.docgen.citation import citation, zenodo
from defcoop.docgen.codebook import Versions, codebook
from defcoop.io.files import holds_text, read_text
from defcoop.io.places import CARD_FILE
from defcoop.package import build
from defcoop.release import changelog, repository
from defcoop.release.refusal import refuse
from defcoop.release.repository import TAG
from defcoop.release.versions import MODULE, Stated, Version, stated, suffices, with_constants, with_version
from defcoop.validation import Run, validate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from defcoop.validation.findings import Report

_SHOWN = 5


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
    the changelog; `digest` is the hash of its data; `report` says what was checked.
    """

    version: str
    date: str
    previous: str
    name: str
    difference: Difference
    files: Mapping[str, str | None]
    notes: str
    digest: str
    report: Report


def plan(request: Request, working_folder: Path | None = None) -> Plan:
    """Plan a release.

    Args:
        request: what is asked for.
        working_folder: where to build the package; by default one among the temporary files of the machine.

    Raises:
        RefusalError: if it may not be made.
        ValueError: if a file that it would change is not what it should be, or the checkout is no git repository.
        OSError: if a file cannot be read.
    """
    checkout = request.checkout
    folder, _ = repository.git_folders(checkout)
    wanted = None if request.version is None else Version.parse(request.version)
    now = stated(lambda name: _text(checkout / name))
    previous = repository.previous_version(checkout)
    report = validate(checkout / "dataset", texts=request.texts, run=Run(request.jobs))
    refuse(
        *_at_work(checkout, folder),
        *_uncommitted(checkout),
        *(f"{name} is ignored by git, so that the release would lack it" for name in repository.ignored_data(checkout)),
        *_stale(checkout, now.schema),
        *_findings(report),
        *_lost(previous, now),
    )
    dataset = read_checkout(checkout / "dataset", checkout / "seeds")
    difference = compare(_before(checkout, previous), Snapshot.of(dataset, "this checkout", "checkout"))
    version = _version(wanted, previous, difference, now.version)
    if repository.released(checkout, version):
        refuse(f"there is a tag {TAG}{version} already, of a commit that this one does not come after")
    with tempfile.TemporaryDirectory(dir=working_folder) as place:
        digest = build(dataset, Path(place, "package")).digest
    module, card_text = _text(checkout / MODULE), _text(checkout / CARD_FILE)
    has_own_schema = module is not None and (difference.schema or not previous)
    versions = Versions(version, version if has_own_schema else now.schema)
    card = dataset.card.model_copy(update={"version": version, "released": digest})
    fragments = changelog.fragments(checkout)
    notes = changelog.section(read_text(checkout / changelog.FILE), fragments, changelog_lines(difference))
    if not notes:
        refuse(f"nothing has changed since {previous}: the data are the same, and {changelog.FILE} says nothing new")
    files: dict[str, str | None] = {
        **({} if module is None else {MODULE: _module(module, versions, digest)}),
        **({} if card_text is None else {CARD_FILE: with_version(card_text, version, digest)}),
        changelog.FILE: changelog.released(read_text(checkout / changelog.FILE), version, request.date, notes),
        "CITATION.cff": citation(version, request.date, card),
        ".zenodo.json": zenodo(version, request.date, card),
        **_generated(checkout, codebook(versions=versions, card=card), versions.schema),
        **{f"{changelog.FRAGMENTS}/{name}": None for name in fragments},
    }
    changed = {name: text for name, text in files.items() if text is None or not holds_text(checkout / name, text)}
    return Plan(version, request.date, previous or "", now.name, difference, changed, notes, digest, report)


def _at_work(checkout: Path, folder: Path) -> list[str]:
    begun, lock = repository.begun_release(checkout), folder / "index.lock"
    reasons = []
    if begun:
        reasons.append(f"a release of {begun.version} was broken off; run `defcoop release` to take it up again")
    if lock.exists():
        reasons.append(f"another git is at work here, or was killed: {lock} is there")
    return reasons


def _uncommitted(checkout: Path) -> list[str]:
    changed = repository.changed_files(checkout)
    reasons = [f"{name} is not committed" for name in changed[:_SHOWN]]
    return [*reasons, *([f"{len(changed) - _SHOWN} more files are not committed"] if len(changed) > _SHOWN else [])]


def _text(path: Path) -> str | None:
    """Read a file, if there is one."""
    return read_text(path) if path.exists() else None


def _module(source: str, versions: Versions, digest: str) -> str:
    """Write the numbers into the library's own module, which shares the version of the data."""
    data = {name: value for name, value in (("DATA", versions.data), ("RELEASED", digest)) if f"\n{name} = " in source}
    return with_constants(source, LIBRARY=versions.data, SCHEMA=versions.schema, **data)


def _generated(checkout: Path, codebook: Mapping[str, str], version: str) -> dict[str, str]:
    """Write the generated files, with the schema version in them, by their paths in a checkout that keeps them."""
    if not (checkout / "schema").is_dir():
        return {}
    return {f"schema/{name}": text for name, text in (schemas.files(version) | dict(codebook)).items()}


def _stale(checkout: Path, version: str) -> list[str]:
    """Say which generated files are not what this library's models say, the codebook aside.

    Then the checkout is out of date, or another's library is running than its own.
    """
    return [
        f"{name} is not what this library's models say; run `defcoop schema`, with the library of this checkout"
        for name, text in _generated(checkout, {}, version).items()
        if not holds_text(checkout / name, text)
    ]


def _findings(report: Report) -> list[str]:
    if not report.findings:
        return []
    first = report.findings[0]
    return [f"{count(len(report.findings), 'finding')}, the first: {first.path}:{first.line}: {first.message}"]


def _lost(previous: str | None, now: Stated) -> list[str]:
    """Tell of a last release whose tag is not here, so that nothing could be compared with it."""
    never_released = previous is None and not now.released
    if never_released or ("-dev" in now.version and previous) or now.version == previous:
        return []
    follow = f"{now.file} follows the release of {now.version}"
    return [f"{follow}, but there is no tag {TAG}{now.version} before this commit; git fetch --tags"]


def _before(checkout: Path, previous: str | None) -> Snapshot:
    commit = repository.released(checkout, previous) if previous else None
    return read_revision(checkout / "dataset", commit, f"{TAG}{previous}", {}) if commit else Snapshot.nothing()


def _version(wanted: Version | None, previous: str | None, difference: Difference, now: str) -> str:
    """Choose the version, or refuse the one that is wanted."""
    refuse(*(f"{gone} is gone without a tombstone or a redirect" for gone in difference.vanished))
    if previous is None:
        return str(wanted or Version.parse(now.partition("-")[0]))
    before = Version.parse(previous)
    # A release without changes of the data is one of the library alone.
    needed = difference.bump and before.step_for(difference.bump)
    version = wanted or before.after(needed or "patch")
    if version <= before:
        refuse(f"{version} is not later than {before}")
    step = before.step_to(version)
    if not suffices(step, needed):
        small = f"{version} is a {step} step after {before}, but the changes call for a {needed} one"
        refuse(small, *difference.reasons)
    return str(version)
