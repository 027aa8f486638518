"""Changes: the findings that a change causes, wherever they stand, by what git has of the state before."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from defcoop.io.git import blobs, contents
from defcoop.io.places import CARD_FILE
from defcoop.io.record_files import SUFFIX
from defcoop.models.ids import ID_PATTERN
from defcoop.models.registry import BY_FOLDER
from defcoop.validation.findings import Finding
from defcoop.validation.run import validate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from defcoop.validation.findings import Report

_CARDS = "seeds"
_ID = re.compile(ID_PATTERN)


class CheckoutChange(NamedTuple):
    """A change of a checkout.

    `before` gives the hashes of the records and source cards before it, by paths relative to the checkout. In `touched`
    files, by default all, every finding counts, in others what was not found before; `aside` are no part of it.
    """

    before: Mapping[str, str] = MappingProxyType({})
    touched: AbstractSet[str] | None = None
    aside: AbstractSet[str] = frozenset()

    def including(self, paths: Iterable[str]) -> CheckoutChange:
        """Give the change of which some files are part in any case."""
        named = frozenset(paths)
        return self._replace(touched=None if self.touched is None else self.touched | named, aside=self.aside - named)

    def caused(self, report: Report, dataset: Path, texts: Path | None = None) -> Report:
        """Keep the findings that it caused or that stand in what it touched, and add those of what it deleted.

        Args:
            report: that of the whole checkout as it is now.
            dataset: the folder of records.
            texts: the folder of seed texts with which the report was made.

        Raises:
            GitError: if git cannot give the state before.
        """
        findings = [finding for finding in report.findings if finding.path not in self.aside]
        elsewhere = {f for f in findings if self.touched is not None and f.path not in self.touched}
        old = elsewhere.intersection(_findings_before(self.before, dataset, texts)) if elsewhere else ()
        kept = [finding for finding in findings if finding not in old]
        return report._replace(
            findings=tuple(sorted(chain(kept, deleted(self.before, dataset, self.aside)), key=_place))
        )


def files_of(dataset: Path, commit: str) -> dict[str, str]:
    """Give the hashes of the records and source cards of a commit, by paths relative to the checkout.

    Raises:
        GitError: if git cannot tell.
    """
    names = (dataset.name, _CARDS, CARD_FILE)
    return {blob.path: blob.hash for blob in blobs(dataset.absolute().parent, commit, names)}


def deleted(before: Collection[str], dataset: Path, aside: Collection[str] = ()) -> Iterator[Finding]:
    """Yield a finding for each record that was there before and is gone without a tombstone.

    Args:
        before: paths of files before, relative to the checkout.
        dataset: the folder of records as it is now.
        aside: paths of files in it that do not count.
    """
    files = (
        f"{dataset.name}/{folder}/{path.name}" for folder in BY_FOLDER for path in (dataset / folder).glob(f"*{SUFFIX}")
    )
    now = {_record_id(path, dataset.name) for path in files if path not in aside}
    then = {name: path for path in before if (name := _record_id(path, dataset.name))}
    new = sorted(now - then.keys() - {""})
    for name in sorted(then.keys() - now):
        path = then[name]
        successor = f"{new[0]} if that took its place" if len(new) == 1 else "the record that took its place, if any"
        hint = f"Put the file back, and add withdrawn with a reason, since, and replaced_by ({successor})."
        yield Finding("DC203", path, f"{name}: was deleted, and no tombstone is left", hint)


def _record_id(path: str, folder: str) -> str:
    """Give the id that the file of a record has for its name; nothing if it is no such file."""
    parts = PurePosixPath(path).parts
    is_record = len(parts) == 3 and parts[0] == folder and parts[1] in BY_FOLDER and path.endswith(SUFFIX)  # noqa: PLR2004 - dataset/folder/id.yaml
    name = parts[-1].removesuffix(SUFFIX)
    return name if is_record and _ID.match(name) else ""


def _findings_before(before: Mapping[str, str], dataset: Path, texts: Path | None) -> tuple[Finding, ...]:
    """Check the files as they were, which is asked only where something is wrong now."""
    if not before:
        return ()
    sources = contents(dataset.absolute().parent, before.values())
    with TemporaryDirectory(prefix="defcoop-") as folder:
        for name in (dataset.name, _CARDS):
            Path(folder, name).mkdir()
        for path, blob_hash in before.items():
            place = Path(folder, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(sources[blob_hash])
        return validate(Path(folder, dataset.name), texts=texts).findings


def _place(finding: Finding) -> tuple[str, int, int, str]:
    return finding.path, finding.line, finding.column, finding.code
