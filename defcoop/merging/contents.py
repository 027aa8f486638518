"""The contents of a checkout that is merged: its files as bytes and as data, and where records came from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from defcoop.errors import InputError
from defcoop.io.files import FileError, read_regular
from defcoop.io.places import CARD_FILE, Checkout, checkout_at
from defcoop.io.record_files import StrayFile, walk
from defcoop.io.yaml_reader import MAX_BYTES, YamlError, read
from defcoop.models.registry import BY_NAME, SEED
from defcoop.validation.dataset_card import read_card

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ORIGINS_FILE = "origins.yaml"

_ID = re.compile(r"(?<![\w-])[a-z]{3,4}-[a-z0-9]+(?:-[a-z0-9]+)*(?![\w-])")

Data = dict[str, Any]


class Origin(NamedTuple):
    """Where a record came from: the name of the dataset, and the id that it had there."""

    dataset: str
    id: str


class RecordSource(NamedTuple):
    """The file of a record or source card: its type, its id, and its bytes."""

    type: str
    id: str
    source: bytes

    @property
    def relative_path(self) -> str:
        """The path of its file in a checkout."""
        return f"seeds/{self.id}.yaml" if self.type == SEED else f"dataset/{BY_NAME[self.type].folder}/{self.id}.yaml"

    @property
    def data(self) -> Data:
        """What the file holds."""
        return cast("Data", read(self.source))  # looked at when it was read first

    def renamed(self, ids: Mapping[str, str]) -> RecordSource:
        """Give it with other ids in the place of its own and of those that it refers to."""
        text = _ID.sub(lambda match: ids.get(match.group(), match.group()), self.source.decode())
        return RecordSource(self.type, ids.get(self.id, self.id), text.encode())


class CheckoutContents(NamedTuple):
    """A dataset that is merged.

    Its short name, the version of its data, its records and source cards by id, where those came from that are from
    another dataset, and the bytes of its card and of the files with its own terms.
    """

    name: str
    version: str
    records: dict[str, RecordSource]
    origins: dict[str, Origin]
    card: bytes
    vocabularies: dict[str, bytes]

    def origin(self, record: str) -> Origin:
        """Say where a record came from; its own came from here."""
        return self.origins.get(record, Origin(self.name, record))


def contents_of(place: str | Path) -> CheckoutContents:
    """Read a checkout.

    Raises:
        InputError: if a file of it cannot be read as YAML, or does not belong there.
        OSError: if there is no checkout.
    """
    checkout = checkout_at(place)
    records: dict[str, RecordSource] = {}
    for file in walk(*checkout):
        if isinstance(file, StrayFile):
            msg = f"{place}: {file.reason}; `defcoop validate` says more"
            raise InputError(msg)
        if file.stem in records:
            msg = f"{place}: {file.stem} stands in two folders"
            raise InputError(msg)
        found = RecordSource(file.type, file.stem, _bytes(file.path, f"{place}: {file.relative_path}"))
        records[file.stem] = found
    return CheckoutContents(
        *_described(checkout), records, _origins(checkout), _card(checkout), _vocabularies(checkout)
    )


def _bytes(path: str | Path, label: str) -> bytes:
    try:
        source = read_regular(path, MAX_BYTES)
        is_document = isinstance(read(source), dict | list)
    except (FileError, YamlError) as error:
        msg = f"{label}: {error}"
        raise InputError(msg) from None
    if not is_document:
        msg = f"{label} holds no document with fields"
        raise InputError(msg)
    return source


def _described(checkout: Checkout) -> tuple[str, str]:
    """Give the short name and the version of a dataset; one without a card is called as its folder is."""
    folder = checkout.dataset.absolute().parent
    card = read_card(folder).card
    has_card = (folder / CARD_FILE).is_file()
    name = card.name if has_card else folder.name
    return re.sub("[^a-z0-9]+", "-", name.casefold()).strip("-") or "other", card.version.partition("-")[0]


def _card(checkout: Checkout) -> bytes:
    path = checkout.dataset.absolute().parent / CARD_FILE
    return _bytes(path, str(path)) if path.is_file() else b""


def _vocabularies(checkout: Checkout) -> dict[str, bytes]:
    folder = checkout.dataset.absolute().parent
    named = [name for name in read_card(folder).card.vocabularies if (folder / name).is_file()]
    return {name: _bytes(folder / name, str(folder / name)) for name in named}


def _origins(checkout: Checkout) -> dict[str, Origin]:
    path = checkout.dataset.absolute().parent / ORIGINS_FILE
    if not path.is_file():
        return {}
    rows = cast("list[dict[str, str]]", read(_bytes(path, str(path))))
    try:
        return {row["record"]: Origin(row["dataset"], row["id"]) for row in rows}
    except (TypeError, KeyError):
        msg = f"{path} holds no list of record, dataset and id"
        raise InputError(msg) from None
