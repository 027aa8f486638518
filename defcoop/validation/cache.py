"""The cache of a validation: what was found in files that have not changed since.

It holds findings and summaries, no models, as lines of JSON behind a hash of them and of all that they depend on: the
code, the source cards, the texts. The hash is keyed with a secret of the folder. If it is another, the cache is ignored
and written anew.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import stat
import sys
import time
from contextlib import suppress
from functools import cache as once
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop import version
from defcoop._imports import entry_points
from defcoop.io.places import VOCABULARIES
from defcoop.models.registry import SEED
from defcoop.validation.findings import Finding
from defcoop.validation.summary import CardSummary, Inspected, RecordSummary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from defcoop.io.record_files import RecordFile

_MOMENT = 2_000_000_000
"""Nanoseconds within which a file may change twice and look the same to its time stamps."""

_USED = ("pydantic", "pydantic_core", "yaml", "rapidfuzz")
"""Libraries on which findings depend."""

_UNSURE = (0, 0, 0, 0)

_HASH_BYTES = 32

_PRIVATE = 0o700
"""The mode of a folder that nobody but its owner can enter."""

Signature = tuple[int, int, int, int]


class Start(NamedTuple):
    """When a validation began, and the hash of what every entry depends on as it was then."""

    time: int
    stamp: bytes


class Results(NamedTuple):
    """What came of a validation: of the dataset's card, of each file, and between files; by relative path."""

    card: CardSummary
    inspected: Mapping[str, Inspected]
    between: Mapping[str, Sequence[Finding]]


class Recalled(NamedTuple):
    """What a cache knows.

    `card` is what the dataset's own card says, None if there is no cache; `known` is what was found in files that have
    not changed, by relative path; `summaries` were kept of all files, and `between` holds the findings between them,
    None if there is no cache; `lines` are those of the cache that stay as they are, and `current` says that all of it
    does.
    """

    card: CardSummary | None
    known: dict[str, Inspected]
    summaries: dict[str, RecordSummary | None]
    between: dict[str, list[Finding]] | None
    lines: dict[str, str]
    current: bool

    def findings_between(self, inspected: Mapping[str, Inspected]) -> dict[str, list[Finding]] | None:
        """Give the findings between files if they hold still: for the same files, which say the same to each other."""
        changed = inspected.keys() - self.known.keys()
        hold = (
            self.between is not None
            and self.summaries.keys() == inspected.keys()
            and all(self.summaries[path] == inspected[path].summary for path in changed)
            and changed.isdisjoint(self.between)  # theirs may stand at other lines now
        )
        return self.between if hold else None


class Cache(NamedTuple):
    """A cache file, and the folder of seed texts on which what it holds depends."""

    path: Path
    texts: Path | None

    def begin(self, files: Sequence[RecordFile], card: str, coverage: float) -> Start:
        """Look at what every entry depends on, before any file is read: what changes from now on is not known.

        Args:
            files: those of the records and source cards.
            card: the path of the dataset's own card, which may be missing.
            coverage: the share of each text that is to be coded where that card says nothing of it.
        """
        parts = [_code(), f"{coverage} {os.path.lexists(card)} {os.path.realpath(card)!r}".encode(), _bytes(card)]
        for name in _vocabularies(os.path.dirname(card)):  # noqa: PTH120 - as below
            parts += [os.fsencode(name), _bytes(name)]
        for file in files:
            if file.type == SEED:
                parts += [file.stem.encode(errors="surrogateescape"), _bytes(file.path)]
        for text in sorted(self.texts.iterdir()) if self.texts else ():
            parts.append(f"{text.name!r} {_signature(os.fspath(text))}".encode())
        return Start(time.time_ns(), hashlib.sha256(b"\0".join(parts)).digest())

    def recall(self, files: Sequence[RecordFile], start: Start) -> Recalled:
        """Give what is known of the files that have not changed."""
        card, between, lines = self._read(start.stamp)
        kept = {path: entry for path, *entry in json.loads(f"[{','.join(lines)}]")}
        line_of = dict(zip(kept, lines, strict=True))
        known: dict[str, Inspected] = {}
        unsettled: set[str] = set()
        for file in files:
            if file.relative_path not in kept:
                continue
            signature, findings, summary, sha256 = kept[file.relative_path]
            if not _looks_the_same(file, tuple(signature)):
                unsettled.add(file.relative_path)
                if not _is_the_same(file, sha256):
                    continue
            known[file.relative_path] = Inspected(tuple(map(_finding, findings)), _summary(summary), sha256)
        summaries = {path: known[path].summary if path in known else _summary(kept[path][2]) for path in kept}
        settled = {path: line_of[path] for path in known if path not in unsettled}
        return Recalled(card, known, summaries, between, settled, len(settled) == len(files) == len(kept))

    def keep(
        self,
        files: Sequence[RecordFile],
        results: Results,
        start: Start,
        lines: Mapping[str, str],
    ) -> None:
        """Write what was found, with the lines that stay as they are; if it cannot be written, that does no harm."""
        from defcoop.io.atomic_file import replacing  # noqa: PLC0415 - mostly nothing is written

        card, inspected, between = results
        paths = [(file.relative_path, file) for file in files]
        entries = [
            lines.get(path) or _line([path, _settled(file, start.time), *inspected[path]]) for path, file in paths
        ]
        body = "\n".join([_line(card), _line(between), *entries]).encode()
        with suppress(OSError), replacing(self.path) as file:
            file.write(_sealed(self._key(), start.stamp, body) + body)

    def _key(self) -> bytes:
        """Give the key of the folder, made once: what was not written here by its user is not believed."""
        place = self.path.parent / "key"
        with suppress(FileExistsError):
            handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(os.urandom(_HASH_BYTES))
        return place.read_bytes()

    def _read(self, stamp: bytes) -> tuple[CardSummary | None, dict[str, list[Finding]] | None, list[str]]:
        """Give what the card says, the findings between files and the lines of the files."""
        with suppress(OSError):
            source = self.path.read_bytes()
            seal, body = source[:_HASH_BYTES], source[_HASH_BYTES:]
            if hmac.compare_digest(seal, _sealed(self._key(), stamp, body)):
                card, between, *lines = body.decode().split("\n")
                coverage, findings, own_terms, plugins = _tuples(json.loads(card))
                groups = {path: list(map(_finding, group)) for path, group in json.loads(between).items()}
                return CardSummary(coverage, tuple(map(_finding, findings)), own_terms, plugins), groups, lines
        return None, None, []


def _vocabularies(checkout: str) -> list[str]:
    """List the files with a dataset's own terms."""
    with suppress(OSError), os.scandir(f"{checkout}/{VOCABULARIES}") as entries:
        return sorted(entry.path for entry in entries)
    return []


def _line(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _sealed(key: bytes, stamp: bytes, body: bytes) -> bytes:
    return hmac.digest(key, stamp + body, "sha256")


def _finding(fields: Sequence[Any]) -> Finding:
    return Finding(*_tuples(fields))


def _summary(fields: list[Any] | None) -> RecordSummary | None:
    return RecordSummary(*_tuples(fields)) if fields else None


def _tuples(fields: Sequence[Any]) -> list[Any]:
    """Give lists among the fields, and lists in those, as the tuples that they were; in one go, for there are many."""
    return [
        (tuple([tuple(item) if type(item) is list else item for item in field]) if field else ())
        if type(field) is list
        else field
        for field in fields
    ]


def cache_file(dataset: Path, environment: Mapping[str, str]) -> Path | None:
    """Give the place of a dataset's cache, in the user's own cache folder; none where that is not told.

    A relative place would depend on the working folder, and one inside the checkout would come under version control.
    """
    named = environment.get("XDG_CACHE_HOME") or os.path.join(environment.get("HOME") or "", ".cache")  # noqa: PTH118 - of an empty home nothing must come
    checkout = os.path.dirname(os.path.realpath(dataset))  # noqa: PTH120 - Path is slow
    name = hashlib.sha256(os.fsencode(os.path.realpath(dataset))).hexdigest()[:20]
    path = Path(named, "defcoop", f"{name}.cache")
    return path if os.path.isabs(named) and not Path(os.path.realpath(path)).is_relative_to(checkout) else None  # noqa: PTH117 - as above


def is_own(folder: Path) -> bool:
    """Tell whether a folder, made if it is missing, is the user's own and open to nobody else.

    What others may write there could be findings of their making, which would be believed.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            folder.mkdir(mode=_PRIVATE)
        status = folder.lstat()
    except OSError:
        return False
    if not hasattr(os, "geteuid"):
        return True  # where there are no modes, a user's folder is closed to others
    return (status.st_mode, status.st_uid) == (stat.S_IFDIR | _PRIVATE, os.geteuid())


@once
def _code() -> bytes:
    """Name all that decides what is found: the versions of libraries, and the files of all types and checks."""
    names = [sys.version, version.LIBRARY, version.SCHEMA]
    # Their metadata would tell versions too, but reading those takes longer than all else here.
    names += [f"{name} {_signature(spec.origin)}" for name in _USED if (spec := find_spec(name)) and spec.origin]
    folders: list[str] = [os.path.dirname(os.path.dirname(__file__))]  # noqa: PTH120 - Path is slow
    for point in (*entry_points("types").values(), *entry_points("checks").values()):
        spec = find_spec(point.module.partition(".")[0])
        names.append(f"{point.name} {point.value} {_signature(spec.origin) if spec and spec.origin else None}")
        folders += (spec and spec.submodule_search_locations) or ()
    # Of a library that is run from a wheel, the wheel itself is what may change.
    names += [f"{wheel} {_signature(wheel)}" for wheel in map(_archive, folders) if wheel]
    for folder, _, files in chain.from_iterable(map(os.walk, folders)):
        names += [f"{name} {_signature(f'{folder}/{name}')}" for name in files if name.endswith((".py", ".csv"))]
    return "\n".join(sorted(names)).encode()


def _archive(folder: str) -> str:
    """Give the file that holds a folder which is none on the disk."""
    while folder and not os.path.lexists(folder):
        folder = os.path.dirname(folder)  # noqa: PTH120 - as above
    return "" if os.path.isdir(folder) else folder  # noqa: PTH112 - as above


def _signature(path: str) -> Signature:
    status = os.stat(path, follow_symlinks=False)  # noqa: PTH116 - called for every file, and Path is slow
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _settled(file: RecordFile, start: int) -> Signature:
    """Give a file's signature, unless it changed after it was read or so shortly before that nobody could tell."""
    try:
        signature = _signature(file.path)
    except OSError:
        return _UNSURE
    return signature if max(signature[1:3]) < start - _MOMENT else _UNSURE


def _looks_the_same(file: RecordFile, signature: Signature) -> bool:
    try:
        return bool(signature != _UNSURE and _signature(file.path) == signature)
    except OSError:
        return False


def _is_the_same(file: RecordFile, sha256: str) -> bool:
    return hashlib.sha256(_bytes(file.path)).hexdigest() == sha256


def _bytes(path: str) -> bytes:
    """Read a file, of which nothing is left if it cannot be read: that is told by whoever reads it in earnest."""
    with suppress(OSError):
        return Path(path).read_bytes()
    return b""
