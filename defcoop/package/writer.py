"""The writer: records to a folder of CSV, JSON and descriptor, the same bytes everywhere, whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import ExitStack, contextmanager
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from defcoop.io.atomic_folder import replace_folder, sync
from defcoop.io.temporary_sibling import locked, temporary_sibling
from defcoop.models import DatasetCard, SourceCard
from defcoop.models.dataset_card import UNTITLED
from defcoop.models.lists import read_list
from defcoop.package.cluster_marks import clusters_of, has_marks, resolved
from defcoop.package.columns import RECORDS, SEEDS
from defcoop.package.descriptor import CARD, DATA, DESCRIPTOR, SUMS, descriptor, is_described
from defcoop.package.hashed_file import BETWEEN, HashedFile
from defcoop.package.lines import csv_lines
from defcoop.package.row_batch import SEPARATOR, row_batches
from defcoop.package.tables import CLAIMS, tables
from defcoop.package.view_rows import view_pieces
from defcoop.package.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from defcoop.models import Record
    from defcoop.package.row_batch import RowBatch

_UNSORTED = "unsorted"
_DIGITS = "0123456789abcdef"
_FIRST, _LAST = b"[\n", b"\n]\n"


class Written(NamedTuple):
    """A published package: its version, and the hash of its data by which a release differs from other states."""

    version: str
    digest: str


class Published(NamedTuple):
    """What is known of a package before it is described: its card, its version and its source cards."""

    card: DatasetCard
    version: str
    seeds: Sequence[SourceCard]


Documents = Callable[[Published], Mapping[str, str]]
"""Gives the texts that are to lie beside the tables, by the names of their files."""


class PackageWriter:
    """The files of a package that is being written; memory holds one batch of rows, and names for views."""

    def __init__(self, folder: Path, stack: ExitStack, card: DatasetCard, documents: Documents | None = None) -> None:
        """Begin every file in an empty folder; the stack closes them, and the card says what the dataset is."""
        self._folder, self._card, self._documents = folder, card, documents
        (folder / DATA).mkdir()
        (folder / _UNSORTED).mkdir()
        self._files: dict[str, HashedFile] = {}
        self._marked: set[str] = set()
        self._stack = stack
        for table in tables(card):
            head = csv_lines(table, [tuple(column.name for column in table.columns)])
            self._begin(f"{DATA}/{table.name}.csv", head)
            self._begin(f"{DATA}/{table.name}.json", _FIRST)
        for digit in _DIGITS:
            self._begin(f"{_UNSORTED}/{digit}.csv")
            self._begin(f"{_UNSORTED}/{digit}.json")

    def add(self, batch: RowBatch) -> None:
        """Add a batch; batches come in the order of their records."""
        for (table, digit), lines in batch.items():
            if digit:
                self._files[f"{_UNSORTED}/{digit}.csv"].write(lines.csv)
                self._files[f"{_UNSORTED}/{digit}.json"].write(lines.json)
            else:
                self._files[f"{DATA}/{table}.csv"].write(lines.csv)
                self._files[f"{DATA}/{table}.json"].add(lines.json)
                if has_marks(lines.csv):
                    self._marked.add(table)

    def insert(self, batch: RowBatch) -> None:
        """Add records without claims in their places among those that have been added."""
        for (table, _), lines in batch.items():
            self._files[f"{DATA}/{table}.csv"].insert(lines.csv, b"\n")
            self._files[f"{DATA}/{table}.json"].insert(lines.json, BETWEEN)
            if has_marks(lines.csv):
                self._marked.add(table)

    def finish(self, version: str | None = None) -> Written:
        """Sort the claims, describe the package, and see to it that all of it is on the disk.

        Args:
            version: the version of a release that is being made; else the data tell which it is.
        """
        for digit in _DIGITS:
            self._files[f"{DATA}/{CLAIMS.name}.csv"].write(b"\n".join([*self._sorted(f"{digit}.csv"), b""]))
            self._files[f"{DATA}/{CLAIMS.name}.json"].add(b",\n".join(self._sorted(f"{digit}.json")))
        shutil.rmtree(self._folder / _UNSORTED)
        self._name_clusters()
        kept = {path: file for path, file in sorted(self._files.items()) if path.startswith(f"{DATA}/")}
        for path, file in kept.items():
            if path.endswith(".json"):
                file.write(_LAST)
            file.seal()
        sums = {path: file.hash.hexdigest() for path, file in kept.items()}
        digest = hashlib.sha256(_lines(sums)).hexdigest()
        version = version or self._card.version_of(digest)
        seeds = read_list((self._folder / DATA / f"{SEEDS}.json").read_bytes(), SourceCard)
        kept |= self._write_views()
        if self._documents:
            texts = self._documents(Published(self._card, version, seeds))
            kept |= {path: self._written(path, [text.encode()]) for path, text in texts.items()}
        card = self._card.model_dump_json(by_alias=True, exclude_defaults=True, indent=2) + "\n"
        kept[CARD] = self._written(CARD, [card.encode()])
        files = {path: (file.size, file.hash.hexdigest()) for path, file in kept.items()}
        described = descriptor(
            tables(self._card), files, {seed.id: seed.description for seed in seeds}, version, self._card
        )
        text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
        kept[DESCRIPTOR] = self._written(DESCRIPTOR, [text.encode()])
        self._written(SUMS, [_lines({path: file.hash.hexdigest() for path, file in kept.items()})])
        for folder in (self._folder, self._folder / DATA, self._folder / VIEWS):
            folder.chmod(0o755)
            sync(folder)
        return Written(version, digest)

    def _name_clusters(self) -> None:
        """Put the ids of clusters where marks of them stand."""
        if not self._marked:
            return
        records = self._files[f"{DATA}/{RECORDS}.csv"]
        records.flush()
        with records.path.open("rb") as lines:
            clusters = clusters_of(lines)
        # The JSON of the tables of types holds the records themselves, in which nothing is derived.
        for path in (*(f"{DATA}/{table}.csv" for table in sorted(self._marked)), f"{DATA}/{RECORDS}.json"):
            self._files[path].rewrite(lambda line: resolved(line, clusters))

    def _write_views(self) -> dict[str, HashedFile]:
        """Write the views of the tables, which are on the disk."""
        (self._folder / VIEWS).mkdir()
        return {path: self._written(path, pieces) for path, pieces in view_pieces(self._rows, self._card)}

    def _rows(self, table: str) -> Iterator[list[str]]:
        with (self._folder / DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file, strict=True)
            next(rows)
            yield from rows

    def _written(self, path: str, pieces: Iterable[bytes]) -> HashedFile:
        """Write a file whole."""
        file = self._begin(path)
        for piece in pieces:
            file.write(piece)
        file.seal()
        return file

    def _begin(self, path: str, head: bytes = b"") -> HashedFile:
        self._files[path] = file = HashedFile(self._folder / path)
        self._stack.callback(file.close)
        file.write(head)
        return file

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


def build(dataset: RecordSet, out: Path, version: str | None = None, documents: Documents | None = None) -> Written:
    """Write the package of a dataset to a folder, replacing the package that is there.

    Args:
        dataset: the dataset.
        out: the folder.
        version: the version of a release that is being made; else the data tell which it is.
        documents: gives what is to lie beside the tables, if anything.

    Raises:
        ValueError: if a cell begins with a control character.
        FileExistsError: if `out` is something else than a package or an empty folder.
        OSError: if it cannot be written; then what was there before is untouched.
    """
    with package_writer(out, dataset.card, documents) as writer:
        _add(writer, dataset, dataset.seeds.values())
        return writer.finish(version)


def write_package(records: Iterable[Record], cards: Iterable[SourceCard], card: DatasetCard, out: Path) -> Written:
    """Write the package of some records and source cards under the card of a dataset, as `build` does.

    Raises:
        ValueError, OSError: as `build` does.
        KeyError: if a cited seed has no card.
    """
    with package_writer(out, card) as writer:
        _add(writer, records, cards)
        return writer.finish()


def _add(writer: PackageWriter, records: Iterable[Record], cards: Iterable[SourceCard]) -> None:
    by_id = {card.id: card for card in sorted(cards, key=attrgetter("id"))}
    for batch in row_batches([*sorted(records, key=attrgetter("id")), *by_id.values()], by_id):
        writer.add(batch)


@contextmanager
def package_writer(
    out: Path, card: DatasetCard = UNTITLED, documents: Documents | None = None
) -> Iterator[PackageWriter]:
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
        yield PackageWriter(fresh, stack, card, documents)
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
        known = {DESCRIPTOR, SUMS, DATA, VIEWS, *(resource["path"] for resource in described["resources"])}
        is_ours = is_described(described)
    except (OSError, ValueError, KeyError, TypeError):
        return not any(place.iterdir())
    return is_ours and {path.relative_to(place).as_posix() for path in place.rglob("*")} <= known


def _lines(sums: dict[str, str]) -> bytes:
    return "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(sums.items())).encode()
