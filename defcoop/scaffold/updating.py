"""Updating: bringing what `init` wrote up to what it would write now, without touching what a team has changed."""

from __future__ import annotations

import os
from contextlib import suppress
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from defcoop.errors import InputError
from defcoop.io.atomic_file import replacing
from defcoop.io.files import FileError, read_regular
from defcoop.scaffold.contents import generated, rendered
from defcoop.scaffold.manifest import Manifest, is_later, read_manifest, text_hash, write_manifest
from defcoop.scaffold.templates import template_set
from defcoop.validation.dataset_card import read_card
from defcoop.version import LIBRARY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from defcoop.models.dataset_card import DatasetCard


SUFFIX = ".new"
"""How the name of a file ends that stands beside one that a team has changed."""

_LIMIT = 10_000_000


class Action(Enum):
    """What an update does with a file."""

    ADD = "new"
    REPLACE = "replaced; nobody had changed it"
    GENERATE = "generated anew"
    REMOVE = "removed; nobody had changed it, and it is of no use any more"
    PUT_BESIDE = f"changed here; the newer one is put beside it as {{path}}{SUFFIX}: take over what you want, delete it"
    WAIT = f"{{path}}{SUFFIX} is still there: take over what you want, and delete it"

    @property
    def needs_person(self) -> bool:
        """Whether a person has to look at it before the update is done."""
        return self in {Action.PUT_BESIDE, Action.WAIT}

    @property
    def is_shown(self) -> bool:
        """Whether the lines that change are of interest; generated files are long, and nobody writes them."""
        return self is not Action.GENERATE


class FileChange(NamedTuple):
    """What an update does with one file: the text that is there and the one that comes, empty for no file."""

    path: str
    action: Action
    old: str
    new: str

    @property
    def written(self) -> str:
        """The path that is written."""
        return f"{self.path}{SUFFIX}" if self.action is Action.PUT_BESIDE else self.path


class Update(NamedTuple):
    """What an update does, file by file, and the manifest that it leaves."""

    changes: tuple[FileChange, ...]
    manifest: Manifest

    @property
    def needs_person(self) -> bool:
        """Whether a person has to look at a file before all is done."""
        return any(change.action.needs_person for change in self.changes)


def plan_update(folder: Path) -> Update:
    """Plan what is to be done with the files that `init` wrote; nothing is written.

    They are made with what the dataset's card says now.

    Raises:
        InputError: if `init` did not start the dataset, its card cannot be read, or a newer defcoop wrote its files.
        TemplateError: if the templates are not installed, or cannot be filled.
    """
    manifest = read_manifest(folder)
    if is_later(manifest.version, LIBRARY):
        msg = f"these files are of defcoop {manifest.version}, and this is {LIBRARY}; install that or a later one"
        raise InputError(msg)
    files = rendered(_card(folder), template_set(manifest.templates))
    texts = {path: file.text for path, file in files.items() if not file.is_once}
    before = manifest.hashes
    found = (_change(folder, path, texts.get(path), before.get(path)) for path in sorted({*texts, *before}))
    changes = [change for change in found if change]
    # What could not be put beside a file, for another's work is in its place, is offered again.
    postponed = {each.path for each in changes if each.action is Action.WAIT and each.new != texts.get(each.path)}
    hashes = {path: text_hash(text) for path, text in texts.items() if path not in postponed}
    hashes |= {path: before[path] for path in postponed & before.keys()}
    return Update((*changes, *_of_models(folder)), Manifest(LIBRARY, manifest.templates, hashes))


def _card(folder: Path) -> DatasetCard:
    read = read_card(folder)
    if read.findings:
        first = read.findings[0]
        msg = f"{first.path}:{first.line}:{first.column}: {first.message}; mend it first"
        raise InputError(msg)
    return read.card


def carry_out(update: Update, folder: Path) -> None:
    """Do what was planned.

    Raises:
        OSError: if a file cannot be written; then it can be run again.
    """
    for change in update.changes:
        if change.action is Action.REMOVE:
            (folder / change.path).unlink()
        elif change.action is not Action.WAIT:
            with replacing(folder / change.written) as file:
                file.write(change.new.encode())
    write_manifest(folder, update.manifest)


def _change(folder: Path, path: str, new: str | None, before: str | None) -> FileChange | None:
    """Decide what becomes of a file.

    Args:
        folder: that of the dataset.
        path: the file's in it.
        new: what the templates make of it now, or nothing if it is none of theirs any more.
        before: the hash of what they last made of it, or nothing if it was none of theirs.
    """
    held, beside = _held(folder, path), _held(folder, f"{path}{SUFFIX}")
    is_untouched = held is not None and text_hash(held) == before
    if new is None:
        if is_untouched:
            return FileChange(path, Action.REMOVE, held or "", "")
    elif held is None:
        if before is None:  # else the team has deleted it, which is their right
            return FileChange(path, Action.ADD, "", new)
    elif is_untouched and held != new:
        return FileChange(path, Action.REPLACE, held, new)
    elif text_hash(new) not in {before, text_hash(held)} and (beside is None or text_hash(beside) == before):
        return FileChange(path, Action.PUT_BESIDE, held, new)
    return None if beside is None else FileChange(path, Action.WAIT, held or "", beside)


def _of_models(folder: Path) -> Iterator[FileChange]:
    for path, new in generated().items():
        held = _held(folder, path)
        if held != new:
            yield FileChange(path, Action.GENERATE, held or "", new)


def _held(folder: Path, path: str) -> str | None:
    """Read a file of the dataset, whatever its line ends, or nothing if there is none."""
    place = folder / path
    if not os.path.lexists(place):
        return None
    with suppress(FileError, UnicodeDecodeError):
        return read_regular(place, _LIMIT).decode().replace("\r\n", "\n")
    return ""  # a link or the like, which a template never is: somebody has put it there
