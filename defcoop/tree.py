"""The tree of a checkout: which files hold records and source cards, and what does not belong there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from defcoop.codes import CODES
from defcoop.findings import Finding
from defcoop.registry import BY_FOLDER, SEED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIX = ".yaml"


class Leaflet(NamedTuple):
    """A file that should hold one record or source card.

    `shown` is its path relative to the checkout, `type` the name of its type, `stem` the id that it must have.
    """

    path: str
    shown: str
    type: str
    stem: str


def walk(dataset: Path, cards: Path) -> Iterator[Leaflet | Finding]:
    """Yield the files of a dataset folder and a folder of source cards in a stable order, and what is stray.

    Raises:
        OSError: if one of the two folders cannot be listed.
    """
    for folder in (dataset, cards):
        if _leads_out(folder):
            yield _stray(folder.name, f"{folder.name} is a link out of the checkout")
            return
    for entry in _listed(dataset):
        shown = f"{dataset.name}/{entry.name}"
        if entry.is_symlink():
            yield _stray(shown, f"{shown} is a link")
        elif entry.name not in BY_FOLDER or not entry.is_dir():
            yield _stray(shown, f"{shown} is none of the folders of records: {', '.join(BY_FOLDER)}")
        else:
            yield from _files(entry.path, shown, BY_FOLDER[entry.name].name)
    yield from _files(os.fspath(cards), cards.name, SEED)


def _files(folder: str, shown: str, type_name: str) -> Iterator[Leaflet | Finding]:
    for entry in _listed(folder):
        path = f"{shown}/{entry.name}"
        stem, dot, suffix = entry.name.rpartition(".")
        if type_name == SEED and entry.name == "text":
            continue  # the place for the texts themselves, which git ignores
        if stem and dot + suffix == SUFFIX and entry.is_file(follow_symlinks=False):
            yield Leaflet(entry.path, path, type_name, stem)
        else:
            yield _stray(path, f"{path} is {_what(entry)}")


def _leads_out(folder: Path) -> bool:
    """Tell whether a folder is a link to somewhere outside the checkout in which it lies."""
    if not (folder.is_symlink() and folder.is_dir()):
        return False
    checkout = os.path.realpath(folder.parent)
    return os.path.commonpath([checkout, os.path.realpath(folder)]) != checkout


def _stray(path: str, message: str) -> Finding:
    return Finding("DC014", path, message, CODES["DC014"].remedy)


def _what(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "a link"
    if entry.is_dir():
        return "a folder"
    return "a file that does not end in .yaml" if entry.is_file() else "not a regular file"


def _listed(folder: Path | str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)
