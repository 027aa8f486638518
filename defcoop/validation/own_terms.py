"""A dataset's own terms: the files that its card names, read, and what is wrong with them at line and column."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from defcoop.io.places import VOCABULARIES
from defcoop.io.record_files import SUFFIX, RecordFile
from defcoop.models.own_terms import VOCABULARY, OwnVocabulary, resolve
from defcoop.validation.issues import Issue
from defcoop.validation.reading import otherwise_read, place, read_as
from defcoop.validation.record_checks.meant import nearest_or_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from defcoop.models import DatasetCard
    from defcoop.validation.findings import Finding
    from defcoop.validation.reading import Read


class OwnTermsRead(NamedTuple):
    """What the files say, what is wrong in them, and what is wrong with how the card names them."""

    vocabularies: tuple[OwnVocabulary, ...]
    findings: tuple[Finding, ...]
    issues: tuple[Issue, ...]


def read_own_terms(checkout: Path, card: DatasetCard) -> OwnTermsRead:
    """Read the files with terms that a card names."""
    issues = list(_misnamed(checkout, card))
    missing = {issue.pointer[-1] for issue in issues}
    named = dict.fromkeys(name for number, name in enumerate(card.vocabularies) if number not in missing)
    reads = [_read(checkout, name) for name in named]
    sound = [read for read in reads if read.model]
    vocabularies = tuple(read.model for read in sound if read.model)
    problems: list[list[Issue]] = [otherwise_read(read) for read in sound]
    for (number, *pointer), message, value, allowed, hint in resolve(vocabularies).problems:
        suggested = nearest_or_all(value, list(allowed)) if allowed else hint
        problems[int(number)].append(Issue("DC811", tuple(pointer), message, suggested))
    findings = [finding for read in reads for finding in read.findings]
    for read, found in zip(sound, problems, strict=True):
        findings += place(read.file, found)
    return OwnTermsRead(vocabularies, tuple(findings), tuple(issues))


def _read(checkout: Path, name: str) -> Read[OwnVocabulary]:
    path = checkout / name
    return read_as(RecordFile(os.fspath(path), name, VOCABULARY, path.stem), OwnVocabulary)


def _misnamed(checkout: Path, card: DatasetCard) -> Iterator[Issue]:
    """Say which files are named and not there, and which are there and not named."""
    root = checkout.resolve()
    for number, name in enumerate(card.vocabularies):
        path = checkout / name
        if not os.path.lexists(path):
            hint = "Write the file, as docs/howto/own-vocabulary.md says, or take its name out."
            yield Issue("DC811", ("vocabularies", number), f"there is no file {name}", hint)
        elif not path.resolve().is_relative_to(root):
            yield Issue("DC811", ("vocabularies", number), f"{name} leads out of the folder", "Put the file there.")
    folder = checkout / VOCABULARIES
    for path in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else ():
        name = f"{VOCABULARIES}/{path.name}"
        if name not in card.vocabularies:
            hint = f"Add {name} to vocabularies in dataset.yaml, or move it away."
            yield Issue("DC811", ("vocabularies",), f"{name} is not named, so that its terms count for nothing", hint)
