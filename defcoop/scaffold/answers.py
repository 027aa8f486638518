"""Answers: what somebody says of the dataset that they start, completed to its card."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from defcoop.errors import InputError
from defcoop.io.files import FileError, read_regular
from defcoop.io.yaml_gate import MAX_BYTES, YamlError
from defcoop.io.yaml_reader import read
from defcoop.models.dataset_card import DatasetCard
from defcoop.models.leaves import dotted
from defcoop.validation.record_checks.structure import issues_of
from defcoop.version import LIBRARY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_FIRST_VERSION = "0.1.0-dev"
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a dataset: the option that answers it, the field of the card that it fills, and in words.

    `separators` are the signs between the items of a list on one line, empty for a single value.
    """

    option: str
    field: str
    words: str
    separators: str = ""
    item: Callable[[str], object] = str

    def read(self, line: str) -> object:
        """Read an answer that was typed on one line."""
        return self.of(re.split(f"[{self.separators}]", line) if self.separators else [line])

    def line(self, card: DatasetCard) -> str:
        """Write what a card says on one line."""
        value = getattr(card, self.field)
        if not self.separators:
            return value or ""
        return f"{self.separators[0]} ".join(getattr(item, "name", item) for item in value)

    def of(self, items: list[str]) -> object:
        """Give what the card holds for an answer in one or several texts."""
        kept = [self.item(text.strip()) for text in items if text.strip()]
        return kept if self.separators else (kept or [""])[0]


def _contributor(text: str) -> dict[str, str]:
    """Read a name with or without an ORCID iD after it."""
    orcid = _ORCID.search(text)
    name = " ".join(_ORCID.sub(" ", text).replace("()", " ").replace("<>", " ").split())
    return {"name": name, **({"orcid": orcid[1]} if orcid else {})}


QUESTIONS = (
    Question("name", "name", "A short name in small letters, for files and programs"),
    Question("title", "title", "The title, under which it is cited"),
    Question("description", "description", "What it is, in a sentence or two"),
    Question("language", "languages", "The languages of its texts, such as en, ar", ",;"),
    Question("covers", "covers", "What it covers: acts, states, years; parts apart by ;", ";"),
    Question(
        "contributor", "contributors", "Who makes it, perhaps with ORCID iD; people apart by ;", ";", _contributor
    ),
    Question("licence", "licence", "The licence of the data, by its SPDX identifier"),
    Question("homepage", "homepage", "The address where it is found, if there is one"),
    Question("seed-prefix", "seed_prefixes", "What the ids of its source cards begin with, such as seed", ",;"),
)
"""What `defcoop init` asks; any other field of the card can stand in a file of answers."""


def defaults(name: str) -> dict[str, object]:
    """Give what the card of a new dataset says where nobody says otherwise.

    Args:
        name: that of its folder, from which its own is made.
    """
    short = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-") or "dataset"
    return {
        "name": short,
        "title": short.replace("-", " ").capitalize(),
        "description": "Records of defence cooperation, each value tied to the words that it was read from.",
        "version": _FIRST_VERSION,
        "licence": "CC-BY-4.0",
        "contributors": [{"name": f"The contributors to {short}"}],
        "languages": ["en"],
        "covers": ["Acts of defence cooperation that its texts tell."],
        "seed_prefixes": ["seed"],
        "requires": ".".join(re.findall(r"\d+", LIBRARY)[:2]),
    }


def read_answers(path: Path) -> dict[str, object]:
    """Read a file of answers: a mapping with fields of the card, of which any may be missing.

    Raises:
        InputError: if it cannot be read, or holds something else.
    """
    try:
        answers = read(read_regular(path, MAX_BYTES))
    except FileError as error:
        msg = f"{path} {error}"
        raise InputError(msg) from None
    except YamlError as error:
        msg = f"{path}:{error.line}:{error.column}: {error.message}"
        raise InputError(msg) from None
    if not isinstance(answers, dict):
        msg = f"{path} is no mapping with fields such as name and title"
        raise InputError(msg)
    return answers


def card_of(answers: Mapping[str, object], folder: str) -> DatasetCard:
    """Complete answers to a card.

    Args:
        answers: fields of the card.
        folder: the name of the dataset's folder, from which the rest is made.

    Raises:
        InputError: if an answer is not what the card can hold; all that is wrong, with what to do.
    """
    body = defaults(str(answers.get("name") or folder)) | {key: value for key, value in answers.items() if value != ""}
    try:
        return DatasetCard.model_validate(body)
    except ValidationError as error:
        issues = issues_of(error, body, DatasetCard)
        raise InputError("; ".join(f"{dotted(i.pointer)} {i.message}. {i.hint}".strip() for i in issues)) from None
