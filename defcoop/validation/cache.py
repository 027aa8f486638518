"""The cache of a validation: what was found in files that have not changed since.

It holds findings and summaries, no models. It is trusted only when its checksum is right and it was written by the same
code about the same sources; anything else is ignored and written anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
import tempfile
import time
from functools import cache as once
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop import version
from defcoop.models.registry import SEED
from defcoop.validation import journal as _journal
from defcoop.validation.findings import Finding
from defcoop.validation.issues import CrossRecordIssue
from defcoop.validation.summary import Inspected, RecordSummary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from defcoop.io.checkout import RecordFile

_MOMENT = 2_000_000_000
"""Nanoseconds within which a file may change twice and look the same to its time stamps."""

_USED = ("pydantic", "pydantic_core", "yaml", "rapidfuzz")
"""Libraries on which findings depend."""

_UNSURE = (0, 0, 0, 0)

_TIES = ""
"""Where the ties stand among the files, none of which has this path."""

_MOST_BLOCKS = 50
"""Additions after which the cache is written anew, without what they replaced."""

Signature = tuple[int, int, int, int]


class Start(NamedTuple):
    """When a validation began, and the hash of what every entry depends on as it was then."""

    time: int
    stamp: bytes


class Recalled(NamedTuple):
    """What a cache knows.

    `known` is what was found in files that have not changed, by path as shown; `unsettled` those of them whose time
    stamps did not show it; `kept` what was kept of all files; `ties` what was found between them; `blocks` how often
    the cache was added to, or 0 if it is of no use.
    """

    known: dict[str, Inspected]
    unsettled: list[RecordFile]
    kept: dict[str, Any]
    ties: list[CrossRecordIssue] | None
    blocks: int

    def still_tied(self, inspected: Mapping[str, Inspected]) -> bool:
        """Tell whether the ties hold for files as they are now: the same ones, with the same summaries."""
        return (
            self.ties is not None
            and len(self.kept) == len(inspected)
            and all(
                shown in self.kept and self.kept[shown][3] == _plain(one.summaries)
                for shown, one in inspected.items()
                if shown not in self.known
            )
        )


class Cache(NamedTuple):
    """A cache file, and the folder of seed texts on which what it holds depends."""

    path: Path
    texts: Path | None

    def begin(self, files: Sequence[RecordFile]) -> Start:
        """Look at what every entry depends on, before any file is read: what changes from now on is not known."""
        parts = [_code()]
        for file in files:
            if file.type == SEED:
                parts += [file.stem.encode(errors="surrogateescape"), _bytes(file.path)]
        for text in sorted(self.texts.iterdir()) if self.texts else ():
            parts.append(f"{text.name!r} {_signature(os.fspath(text))}".encode())
        return Start(time.time_ns(), hashlib.sha256(b"\0".join(parts)).digest())

    def recall(self, files: Sequence[RecordFile], start: Start) -> Recalled:
        """Give what is known of the files that have not changed."""
        kept: dict[str, Any] = {}
        blocks: list[bytes] = []
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
            blocks = _journal.read(self.path, start.stamp)
            for block in blocks:
                # Unmarshalling is safe for what we wrote ourselves, so nothing else gets so far.
                kept |= marshal.loads(block)  # noqa: S302 - marshal of bytes that carry their own checksum, from a file of the user
        ties = kept.pop(_TIES, None)
        known: dict[str, Inspected] = {}
        unsettled: list[RecordFile] = []
        for file in files:
            entry = kept.get(file.relative_path)
            if entry is None:
                continue
            signature, sha256, findings, summaries = entry
            if not _looks_the_same(file, signature):
                if not _is_the_same(file, sha256):
                    continue
                unsettled.append(file)
            found = tuple([Finding(*finding) for finding in findings]) if findings else ()
            known[file.relative_path] = Inspected(sha256, found, RecordSummary(*summaries) if summaries else None)
        told = None if ties is None else [CrossRecordIssue(*tie) for tie in ties]
        return Recalled(known, unsettled, kept, told, len(blocks) if kept else 0)

    def keep(
        self,
        files: Sequence[RecordFile],
        inspected: Mapping[str, Inspected],
        ties: Iterable[CrossRecordIssue],
        start: Start,
        recalled: Recalled,
    ) -> None:
        """Write what is new about the files; a cache that cannot be written does no harm."""
        fresh = [file for file in files if file.relative_path not in recalled.known]
        if not fresh and len(recalled.kept) == len(files):
            return
        # What is kept of files that are gone goes only when all is written anew.
        adds = 0 < recalled.blocks < _MOST_BLOCKS and recalled.kept.keys() <= inspected.keys()
        kept: dict[str, Any] = {_TIES: [tuple(tie) for tie in ties]}
        for file in fresh + recalled.unsettled if adds else files:
            sha256, findings, summaries = inspected[file.relative_path]
            plain = [tuple(finding) for finding in findings]
            kept[file.relative_path] = (_settled(file, start.time), sha256, plain, _plain(summaries))
        with contextlib.suppress(OSError):
            (_journal.add if adds else _journal.begin)(self.path, start.stamp, marshal.dumps(kept))


def _plain(summaries: RecordSummary | None) -> tuple[Any, ...] | None:
    return tuple(summaries) if summaries else None


def cache_file(dataset: Path, environment: Mapping[str, str]) -> Path:
    """Give the place of a dataset's cache: in the user's own cache folder, so that nobody else can plant one."""
    home = environment.get("XDG_CACHE_HOME") or Path(environment.get("HOME", tempfile.gettempdir()), ".cache")
    name = hashlib.sha256(os.fsencode(os.path.realpath(dataset))).hexdigest()[:20]
    return Path(home, "defcoop", f"{name}.cache")


@once
def _code() -> bytes:
    """Name all that decides what is found: the versions of the libraries used, and our own files as they stand."""
    told = [sys.version, version.LIBRARY, version.SCHEMA]
    # Their metadata would tell versions too, but reading those takes longer than all else here.
    told += [f"{name} {_signature(spec.origin)}" for name in _USED if (spec := find_spec(name)) and spec.origin]
    for folder, _, files in os.walk(Path(__file__).parents[1]):
        told += [f"{name} {_signature(f'{folder}/{name}')}" for name in files if name.endswith((".py", ".csv"))]
    return "\n".join(sorted(told)).encode()


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
    with contextlib.suppress(OSError):
        return Path(path).read_bytes()
    return b""
