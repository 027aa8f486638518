"""The tree of a checkout: which files hold records and source cards, and what does not belong there."""

from __future__ import annotations

import os
from errno import ENOENT
from typing import TYPE_CHECKING, NamedTuple

from defcoop.errors import InputError
from defcoop.models.registry import BY_FOLDER, REFUSED, SEED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIX = ".yaml"


class RecordFile(NamedTuple):
    """A file that should hold one record or source card.

    `relative_path` is its path relative to the checkout, `type` the name of its type, `stem` the id that it must have.
    """

    path: str
    relative_path: str
    type: str
    stem: str


class StrayFile(NamedTuple):
    """What does not belong in a checkout, by its path relative to that, the reason, and what to do if that is known."""

    relative_path: str
    reason: str
    hint: str = ""


def walk(dataset: Path, cards: Path) -> Iterator[RecordFile | StrayFile]:
    """Yield the files of a dataset folder and a folder of source cards in a stable order, and what is stray.

    Raises:
        OSError: if one of the two folders cannot be listed.
    """
    for folder in (dataset, cards):
        if _leads_out(folder):
            yield StrayFile(folder.name, f"{folder.name} is a link out of the checkout")
            return
    for entry in _listed(dataset):
        relative_path = f"{dataset.name}/{entry.name}"
        if entry.is_symlink():
            yield StrayFile(relative_path, f"{relative_path} is a link")
        elif entry.name not in BY_FOLDER or not entry.is_dir():
            reason = f"{relative_path} is none of the folders of records: {', '.join(BY_FOLDER)}"
            yield StrayFile(relative_path, "; ".join([reason, *REFUSED]))
        else:
            yield from _files(entry.path, relative_path, BY_FOLDER[entry.name].name)
    yield from _files(os.fspath(cards), cards.name, SEED)


def records_at(place: Path) -> Iterator[RecordFile]:
    """Yield the record at a path, or those in a folder and all that it holds, in a stable order; links aside.

    Their paths are shown as the place is given.

    Raises:
        FileNotFoundError: if there is nothing.
        InputError: if it is a file in none of the folders of records.
    """
    if not place.exists():
        raise FileNotFoundError(ENOENT, os.strerror(ENOENT), str(place))
    if not place.is_dir() and place.absolute().parent.name not in BY_FOLDER:
        msg = f"{place} lies in none of the folders of records: {', '.join(BY_FOLDER)}"
        raise InputError(msg)
    inner = (path for path in sorted(place.rglob(f"*{SUFFIX}")) if path.is_file() and not path.is_symlink())
    for path in inner if place.is_dir() else (place,):
        if kind := BY_FOLDER.get(path.absolute().parent.name):
            yield RecordFile(os.fspath(path), os.fspath(path), kind.name, path.stem)


def _files(folder: str, relative_path: str, type_name: str) -> Iterator[RecordFile | StrayFile]:
    for entry in _listed(folder):
        path = f"{relative_path}/{entry.name}"
        stem, dot, suffix = entry.name.rpartition(".")
        if type_name == SEED and entry.name == "text":
            continue  # the place for the texts themselves, which git ignores
        if stem and dot + suffix == SUFFIX and entry.is_file(follow_symlinks=False):
            yield RecordFile(entry.path, path, type_name, stem)
        else:
            yield StrayFile(path, f"{path} is {_what(entry)}", _instead(entry, relative_path))


def _leads_out(folder: Path) -> bool:
    """Tell whether a folder is a link to somewhere outside the checkout in which it lies."""
    if not (folder.is_symlink() and folder.is_dir()):
        return False
    checkout = os.path.realpath(folder.parent)
    return os.path.commonpath([checkout, os.path.realpath(folder)]) != checkout


def _what(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "a link"
    if entry.is_dir():
        return "a folder"
    return "a file that does not end in .yaml" if entry.is_file() else "not a regular file"


def _instead(entry: os.DirEntry[str], folder: str) -> str:
    stem, _, suffix = entry.name.rpartition(".")
    if entry.is_symlink():
        return "Put the file itself there."
    if entry.is_dir() and not stem:
        return f"Move the records that it holds into {folder}, and delete it."
    return f"Rename it to {stem}{SUFFIX}." if stem and suffix.lower() in {"yaml", "yml"} and entry.is_file() else ""


def _listed(folder: Path | str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)
