"""The journal: what a release that was begun is about to change, so that a later run can finish it or take it back."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from defcoop.errors import InputError
from defcoop.io.atomic_file import replacing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FILE = "defcoop-release.json"


class Entry(BaseModel):
    """A release that was begun.

    `base` is the commit that it was begun at; `files` gives the hash of every file that it writes, or nothing for those
    that go.
    """

    model_config = ConfigDict(frozen=True)

    version: str
    base: str
    files: dict[str, str | None]

    @classmethod
    def of(cls, version: str, base: str, files: Mapping[str, str | None]) -> Entry:
        """Describe a release by the texts of its files."""
        return cls(version=version, base=base, files={name: text_hash(text) for name, text in files.items()})


def text_hash(text: str | bytes | None) -> str | None:
    """Give the hash of a file's content, or nothing for a file that is not there."""
    return None if text is None else hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def journal_in(folder: Path) -> Path:
    """Name the journal in git's own folder, where neither a commit nor a cleaning of the checkout finds it."""
    return folder / _FILE


def read(journal: Path) -> Entry | None:
    """Read what was begun, if anything was.

    Raises:
        ValueError: if the file is no journal.
    """
    try:
        return Entry.model_validate_json(journal.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError:
        msg = f"{journal} is no journal of a release; if there was none that broke off, remove it"
        raise InputError(msg) from None


def write(journal: Path, entry: Entry) -> None:
    """Write what is begun.

    Raises:
        OSError: if it cannot be written.
    """
    with replacing(journal) as file:
        file.write(entry.model_dump_json().encode())
