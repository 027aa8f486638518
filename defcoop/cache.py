"""The cache of a validation: what was found in files that have not changed since.

It holds findings and traits, no models. It is trusted only when its checksum is right and it was written by the same
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
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop import version
from defcoop.findings import Finding
from defcoop.registry import SEED
from defcoop.traits import Inspected, Traits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from defcoop.tree import Leaflet

_MOMENT = 2_000_000_000
"""Nanoseconds within which a file may change twice and look the same to its time stamps."""

_UNSURE = (0, 0, 0, 0)

Signature = tuple[int, int, int, int]


class Start(NamedTuple):
    """When a validation began, and the hash of what every entry depends on as it was then."""

    time: int
    stamp: bytes


class Cache(NamedTuple):
    """A cache file, and the folder of seed texts on which what it holds depends."""

    path: Path
    texts: Path | None

    def begin(self, leaflets: Sequence[Leaflet]) -> Start:
        """Look at what every entry depends on, before any file is read: what changes from now on is not known."""
        parts = [_code()]
        for leaflet in leaflets:
            if leaflet.type == SEED:
                parts += [leaflet.stem.encode(errors="surrogateescape"), _bytes(leaflet.path)]
        for text in sorted(self.texts.iterdir()) if self.texts else ():
            parts.append(f"{text.name!r} {_signature(os.fspath(text))}".encode())
        return Start(time.time_ns(), hashlib.sha256(b"\0".join(parts)).digest())

    def recall(self, leaflets: Sequence[Leaflet], start: Start) -> dict[str, Inspected]:
        """Give what is known of the files that have not changed, by path as shown."""
        known: dict[str, Inspected] = {}
        kept = _read(self.path, start.stamp)
        for leaflet in leaflets:
            entry = kept.get(leaflet.shown)
            if entry and _unchanged(leaflet, *entry[:2]):
                _, sha256, findings, traits = entry
                found = tuple(Finding(*finding) for finding in findings)
                known[leaflet.shown] = Inspected(sha256, found, Traits(*traits) if traits else None)
        return known

    def keep(self, leaflets: Sequence[Leaflet], known: Mapping[str, Inspected], start: Start) -> None:
        """Write what is known of the files; a cache that cannot be written does no harm."""
        kept: dict[str, Any] = {}
        for leaflet in leaflets:
            sha256, findings, traits = known[leaflet.shown]
            plain = [tuple(finding) for finding in findings]
            kept[leaflet.shown] = (_settled(leaflet, start.time), sha256, plain, tuple(traits) if traits else None)
        with contextlib.suppress(OSError):
            _write(self.path, start.stamp, marshal.dumps(kept))


def cache_file(dataset: Path, environment: Mapping[str, str]) -> Path:
    """Give the place of a dataset's cache: in the user's own cache folder, so that nobody else can plant one."""
    home = environment.get("XDG_CACHE_HOME") or Path(environment.get("HOME", tempfile.gettempdir()), ".cache")
    name = hashlib.sha256(os.fsencode(os.path.realpath(dataset))).hexdigest()[:20]
    return Path(home, "defcoop", f"{name}.cache")


@once
def _code() -> bytes:
    """Hash the library's own files: models, checks and tables."""
    here = Path(__file__).parent
    files = sorted([*here.rglob("*.py"), *here.rglob("*.csv")])
    digest = hashlib.sha256(f"{version.LIBRARY} {version.SCHEMA} {sys.version}".encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.digest()


def _signature(path: str) -> Signature:
    status = os.stat(path, follow_symlinks=False)  # noqa: PTH116 - called for every file, and Path is slow
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _settled(leaflet: Leaflet, start: int) -> Signature:
    """Give a file's signature, unless it changed after it was read or so shortly before that nobody could tell."""
    try:
        signature = _signature(leaflet.path)
    except OSError:
        return _UNSURE
    return signature if max(signature[1:3]) < start - _MOMENT else _UNSURE


def _unchanged(leaflet: Leaflet, signature: Signature, sha256: str) -> bool:
    try:
        if signature != _UNSURE and _signature(leaflet.path) == signature:
            return True
    except OSError:
        return False
    return hashlib.sha256(_bytes(leaflet.path)).hexdigest() == sha256


def _bytes(path: str) -> bytes:
    """Read a file, of which nothing is left if it cannot be read: that is told by whoever reads it in earnest."""
    with contextlib.suppress(OSError):
        return Path(path).read_bytes()
    return b""


def _read(path: Path, stamp: bytes) -> dict[str, Any]:
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        source = path.read_bytes()
        checksum, written, body = source[:32], source[32:64], source[64:]
        # Unmarshalling is safe for what we wrote ourselves, so nothing else gets so far.
        if written == stamp and hashlib.sha256(written + body).digest() == checksum:
            return dict(marshal.loads(body))  # noqa: S302
    return {}


def _write(path: Path, stamp: bytes, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(hashlib.sha256(stamp + body).digest() + stamp + body)
    Path(fresh).replace(path)
