"""Manifests: the small file in which `init` and `update` keep which templates they used and what they wrote."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, NamedTuple

from defcoop.errors import InputError
from defcoop.io.atomic_file import replacing
from defcoop.io.files import FileError, read_regular

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MANIFEST = ".defcoop-scaffold.json"
"""The name of the file, in the dataset's folder."""

_LIMIT = 1_000_000
_ABOUT = "Written by `defcoop init` and `defcoop update`, which tell by it which files nobody has changed."


class Manifest(NamedTuple):
    """What was written: by which version of defcoop, with which templates, and the hash of each file by its path."""

    version: str
    templates: str
    hashes: Mapping[str, str]


def text_hash(text: str) -> str:
    """Hash a text, whatever its line ends: git may have changed them in a checkout."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a dataset's folder.

    Raises:
        InputError: if there is none, or it is not one.
    """
    place = folder / MANIFEST
    if not place.exists():
        msg = f"{folder} was not started by `defcoop init`: it has no {MANIFEST}"
        raise InputError(msg)
    try:
        body = json.loads(read_regular(place, _LIMIT))
        manifest = Manifest(body["defcoop"], body["templates"], body["files"])
        sound = all(isinstance(text, str) for text in [*manifest[:2], *manifest.hashes, *manifest.hashes.values()])
    except (FileError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        msg = f"{place} is not what `defcoop init` wrote; take it back from git"
        raise InputError(msg)
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a dataset's folder; one path to a line, so that git merges them."""
    body = {"about": _ABOUT, "defcoop": manifest.version, "templates": manifest.templates}
    text = json.dumps(body | {"files": dict(sorted(manifest.hashes.items()))}, ensure_ascii=False, indent=2)
    with replacing(folder / MANIFEST) as file:
        file.write(f"{text}\n".encode())


def is_later(version: str, other: str) -> bool:
    """Tell whether a version of defcoop is later than another, by its three numbers."""
    numbers, others = (tuple(map(int, re.findall(r"\d+", text)[:3])) for text in (version, other))
    return numbers > others
