"""The one place for title, description, creators, licences, keywords and home of defcoop."""

from __future__ import annotations

from typing import NamedTuple

from defcoop.models.registry import TYPES


class Licence(NamedTuple):
    """A licence: its SPDX identifier, where its text stands, its name, and what it covers."""

    spdx: str
    url: str
    title: str
    covers: str


TITLE = "defcoop: defence cooperation, read from sources to the character"
"""The title of the dataset."""

SUBJECT = f"{', '.join(kind.folder.replace('_', ' ') for kind in TYPES[:-1])} and {TYPES[-1].folder}".capitalize()
"""What it holds: the record types, listed."""

DESCRIPTION = (
    f"{SUBJECT} in defence cooperation, coded from news texts. Every value stands in `claims` with the passage that "
    "it was read from, who says it and how firmly. An empty cell is a missing value; `absences` says why it is missing."
)
"""What it is, in three sentences."""

METHOD = (
    "Texts are coded under a written manual: each value is tied to the characters that carry it, and a second reader "
    "checks it against them."
)
"""How it is made, in one sentence."""

CAUTION = (
    "The texts are no sample, and the first of them were coded by instances of one language model; the codebook says "
    "what follows from this."
)
"""What whoever finds it in a catalogue should know before using it."""

CREATORS = ("The defcoop contributors",)
"""Who made it. People are not named here unless they ask to be."""

KEYWORDS = (
    "defence cooperation",
    "military cooperation",
    "international relations",
    "provenance",
    "frictionless data",
)
"""The words to find it by."""

DATA_LICENCE = Licence(
    "CC-BY-4.0",
    "https://creativecommons.org/licenses/by/4.0/",
    "Creative Commons Attribution 4.0 International",
    "the data",
)
CODE_LICENCE = Licence("Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0", "Apache License 2.0", "the code")

REPOSITORY = "OWNER/defcoop"
"""The repository on GitHub. Whoever publishes it sets the owner, here and in action.yml."""


def homepage() -> str | None:
    """Give the address of the repository, or nothing as long as its owner is not set."""
    return None if REPOSITORY.startswith("OWNER/") else f"https://github.com/{REPOSITORY}"
