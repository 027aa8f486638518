"""The writer: records to a folder of CSV, JSON and descriptor, the same bytes everywhere, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import ExitStack, closing, contextmanager
from operator import attrgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, Protocol

from defcoop.io.atomic_folder import replace_folder, sync
from defcoop.io.temporary_sibling import locked, temporary_sibling
from defcoop.models.dataset_card import UNTITLED
from defcoop.package.cluster_marks import clusters_of, has_marks, resolved
from defcoop.package.columns import RECORDS, SEEDS
from defcoop.package.descriptor import CARD, DESCRIPTOR, SUMS, descriptor, is_described
from defcoop.package.lines import csv_lines, with_inserted
from defcoop.package.row_batch import SEPARATOR, row_batches
from defcoop.package.tables import CLAIMS, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from defcoop.models import DatasetCard, Record, SourceCard
    from defcoop.package.row_batch import RowBatch

_DATA, _UNSORTED = "data", "unsorted"
_DIGITS = "0123456789abcdef"
_FIRST, _BETWEEN, _LAST = b"[\n", b",\n", b"\n]\n"


class Written(NamedTuple):
    """A published package: its version, and the hash of its data by which a release differs from other states."""

    version: str
    digest: str


class _HashedFile:
    """A file that is written piece by piece, with its size and its hash."""

    def __init__(self, path: Path) -> None:
        """Create the file."""
        self.path, self.size, self.hash = path, 0, hashlib.sha256()
        self._file: IO[bytes] = path.open("wb")
        self.begun = False

    def write(self, piece: bytes) -> None:
        self._file.write(piece)
        self.size += len(piece)
        self.hash.update(piece)

    def add(self, lines: bytes) -> None:
        """Add lines of JSON, with what stands between lines."""
        if lines:
            self.write(_BETWEEN + lines if self.begun else lines)
            self.begun = True

    def _reopened(self) -> Path:
        """Begin the file anew, and give the path of what it held."""
        self._file.close()
        before = self.path.with_name(f"{self.path.name}.before")
        self.path.replace(before)
        self._file, self.size, self.hash = self.path.open("wb"), 0, hashlib.sha256()
        return before

    def rewrite(self, change: Callable[[bytes], bytes]) -> None:
        """Write the file anew, each line changed."""
        before = self._reopened()
        with before.open("rb") as lines:
            for line in lines:
                self.write(change(line))
        before.unlink()

    def insert(self, late: bytes, between: bytes) -> None:
        """Write the file anew with further lines, of other records, each in its place."""
        before = self._reopened()
        with before.open("rb") as lines:
            self.write(next(lines))
            for line in with_inserted(lines, late, between):
                self.write(line)
        self.begun = True
        before.unlink()

    def seal(self) -> None:
        """Let everybody read the file, and wait until it is on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self.path.chmod(0o644)

    def flush(self) -> None:
        """Let what was written be read."""
        self._file.flush()

    def close(self) -> None:
        self._file.close()


class PackageWriter:
    """The files of a package that is being written; memory holds one batch of rows at a time."""

    def __init__(self, folder: Path, stack: ExitStack, card: DatasetCard) -> None:
        """Begin every file in an empty folder; the stack closes them, and the card says what the dataset is."""
        self._folder, self._card = folder, card
        (folder / _DATA).mkdir()
        (folder / _UNSORTED).mkdir()
        self._files: dict[str, _HashedFile] = {}
        self._marked: set[str] = set()
        for table in tables(card):
            head = csv_lines(table, [tuple(column.name for column in table.columns)])
            self._begin(f"{_DATA}/{table.name}.csv", head, stack)
            self._begin(f"{_DATA}/{table.name}.json", _FIRST, stack)
        for digit in _DIGITS:
            self._begin(f"{_UNSORTED}/{digit}.csv", b"", stack)
            self._begin(f"{_UNSORTED}/{digit}.json", b"", stack)

    def add(self, batch: RowBatch) -> None:
        """Add a batch; batches come in the order of their records."""
        for (table, digit), lines in batch.items():
            if digit:
                self._files[f"{_UNSORTED}/{digit}.csv"].write(lines.csv)
                self._files[f"{_UNSORTED}/{digit}.json"].write(lines.json)
            else:
                self._files[f"{_DATA}/{table}.csv"].write(lines.csv)
                self._files[f"{_DATA}/{table}.json"].add(lines.json)
                if has_marks(lines.csv):
                    self._marked.add(table)

    def insert(self, batch: RowBatch) -> None:
        """Add records without claims in their places among those that have been added."""
        for (table, _), lines in batch.items():
            self._files[f"{_DATA}/{table}.csv"].insert(lines.csv, b"\n")
            self._files[f"{_DATA}/{table}.json"].insert(lines.json, _BETWEEN)
            if has_marks(lines.csv):
                self._marked.add(table)

    def finish(self, version: str | None = None) -> Written:
        """Sort the claims, describe the package, and see to it that all of it is on the disk.

        Args:
            version: the version of a release that is being made; else the data tell which it is.
        """
        for digit in _DIGITS:
            self._files[f"{_DATA}/{CLAIMS.name}.csv"].write(b"\n".join([*self._sorted(f"{digit}.csv"), b""]))
            self._files[f"{_DATA}/{CLAIMS.name}.json"].add(b",\n".join(self._sorted(f"{digit}.json")))
        shutil.rmtree(self._folder / _UNSORTED)
        self._name_clusters()
        kept = {path: file for path, file in sorted(self._files.items()) if path.startswith(f"{_DATA}/")}
        for path, file in kept.items():
            if path.endswith(".json"):
                file.write(_LAST)
            file.seal()
        sums = {path: file.hash.hexdigest() for path, file in kept.items()}
        digest = hashlib.sha256(_lines(sums)).hexdigest()
        version = version or self._card.version_of(digest)
        cards = json.loads((self._folder / _DATA / f"{SEEDS}.json").read_bytes())
        sources = {card["id"]: card["description"] for card in cards}
        files = {path: (file.size, sums[path]) for path, file in kept.items()}
        card = (self._card.model_dump_json(by_alias=True, exclude_defaults=True, indent=2) + "\n").encode()
        sums[CARD] = _write(self._folder / CARD, card)
        files[CARD] = (len(card), sums[CARD])
        described = descriptor(tables(self._card), files, sources, version, self._card)
        text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
        sums[DESCRIPTOR] = _write(self._folder / DESCRIPTOR, text.encode())
        _write(self._folder / SUMS, _lines(sums))
        for folder in (self._folder, self._folder / _DATA):
            folder.chmod(0o755)
            sync(folder)
        return Written(version, digest)

    def _name_clusters(self) -> None:
        """Put the ids of clusters where marks of them stand."""
        if not self._marked:
            return
        records = self._files[f"{_DATA}/{RECORDS}.csv"]
        records.flush()
        with records.path.open("rb") as lines:
            clusters = clusters_of(lines)
        # The JSON of the tables of types holds the records themselves, in which nothing is derived.
        for path in (*(f"{_DATA}/{table}.csv" for table in sorted(self._marked)), f"{_DATA}/{RECORDS}.json"):
            self._files[path].rewrite(lambda line: resolved(line, clusters))

    def _begin(self, path: str, head: bytes, stack: ExitStack) -> None:
        self._files[path] = file = _HashedFile(self._folder / path)
        stack.callback(file.close)
        file.write(head)

    def _sorted(self, name: str) -> list[bytes]:
        """Give the claims of one first digit in the order of their hashes, with which their lines begin."""
        file = self._files[f"{_UNSORTED}/{name}"]
        file.close()
        return sorted(file.path.read_bytes().split(SEPARATOR.encode())[:-1])


class RecordSet(Protocol):
    """Records with their source cards by id, such as a dataset."""

    @property
    def card(self) -> DatasetCard:
        """What the dataset says of itself."""

    @property
    def seeds(self) -> Mapping[str, SourceCard]:
        """The source cards by id."""

    def __iter__(self) -> Iterator[Record]:
        """Iterate over the records."""


def build(dataset: RecordSet, out: Path, version: str | None = None) -> Written:
    """Write the package of a dataset to a folder, replacing the package that is there.

    Args:
        dataset: the dataset.
        out: the folder.
        version: the version of a release that is being made; else the data tell which it is.

    Raises:
        ValueError: if a cell begins with a control character.
        FileExistsError: if `out` is something else than a package or an empty folder.
        OSError: if it cannot be written; then what was there before is untouched.
    """
    return write_package(dataset, dataset.seeds.values(), dataset.card, out, version)


def write_package(
    records: Iterable[Record], cards: Iterable[SourceCard], card: DatasetCard, out: Path, version: str | None = None
) -> Written:
    """Write the package of some records and source cards under the card of a dataset, as `build` does.

    Raises:
        ValueError, OSError: as `build` does.
        KeyError: if a cited seed has no card.
    """
    by_id = {card.id: card for card in sorted(cards, key=attrgetter("id"))}
    with package_writer(out, card) as writer:
        for batch in row_batches([*sorted(records, key=attrgetter("id")), *by_id.values()], by_id):
            writer.add(batch)
        return writer.finish(version)


@contextmanager
def package_writer(out: Path, card: DatasetCard = UNTITLED) -> Iterator[PackageWriter]:
    """Write a package beside its place; once it is finished, it replaces what is there, else nothing is left of it.

    Raises:
        FileExistsError: if `out` is something else than a package or an empty folder.
        OSError: if it cannot be written; then what was there before is untouched.
    """
    out = Path(os.path.realpath(out))  # a link to a package stays a link
    _check(out)
    with temporary_sibling(out) as made, ExitStack() as stack:
        fresh = made / out.name
        fresh.mkdir()
        yield PackageWriter(fresh, stack, card)
        if (fresh / SUMS).exists():
            with locked(out.parent):
                _check(out)
                replace_folder(fresh, out)


def _check(out: Path) -> None:
    """Refuse a place where writing a package would lose something else.

    Raises:
        FileExistsError: if there is something else than an empty folder or a package, or something beside a package.
    """
    if out.exists() and not (out.is_dir() and _is_replaceable(out)):
        msg = f"{out} is there and is no package of defcoop"
        raise FileExistsError(msg)


def _is_replaceable(place: Path) -> bool:
    try:
        described = json.loads((place / DESCRIPTOR).read_bytes())
        known = {DESCRIPTOR, SUMS, _DATA, *(resource["path"] for resource in described["resources"])}
        is_ours = is_described(described)
    except (OSError, ValueError, KeyError, TypeError):
        return not any(place.iterdir())
    return is_ours and {path.relative_to(place).as_posix() for path in place.rglob("*")} <= known


def _lines(sums: dict[str, str]) -> bytes:
    return "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(sums.items())).encode()


def _write(path: Path, source: bytes) -> str:
    with closing(_HashedFile(path)) as file:
        file.write(source)
        file.seal()
        return file.hash.hexdigest()
