"""What a dataset is said to be, from its card and from what every package of defcoop is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.dataset_card import ContributorRole
from defcoop.models.registry import TYPES

if TYPE_CHECKING:
    from defcoop.models.dataset_card import Contributor, DatasetCard


class Licence(NamedTuple):
    """A licence: its SPDX identifier, where its text stands, and its name."""

    spdx: str
    url: str
    title: str


SUBJECT = f"{', '.join(kind.folder.replace('_', ' ') for kind in TYPES[:-1])} and {TYPES[-1].folder}".capitalize()
"""What a dataset may hold: the record types, listed."""

FORM = (
    "Every value stands in `claims` with the passage that it was read from, who says it and how firmly. "
    "An empty cell is a missing value; `absences` says why it is missing."
)
"""What holds of every package, in two sentences."""

_LICENCES = {
    licence.spdx: licence
    for licence in (
        Licence("Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0", "Apache License 2.0"),
        Licence(
            "CC-BY-4.0",
            "https://creativecommons.org/licenses/by/4.0/",
            "Creative Commons Attribution 4.0 International",
        ),
        Licence(
            "CC-BY-SA-4.0",
            "https://creativecommons.org/licenses/by-sa/4.0/",
            "Creative Commons Attribution Share Alike 4.0 International",
        ),
        Licence(
            "CC-BY-NC-4.0",
            "https://creativecommons.org/licenses/by-nc/4.0/",
            "Creative Commons Attribution Non Commercial 4.0 International",
        ),
        Licence("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/", "Creative Commons Zero 1.0 Universal"),
        Licence(
            "ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/", "Open Data Commons Open Database License 1.0"
        ),
        Licence(
            "ODC-By-1.0", "https://opendatacommons.org/licenses/by/1-0/", "Open Data Commons Attribution License 1.0"
        ),
        Licence(
            "PDDL-1.0",
            "https://opendatacommons.org/licenses/pddl/1-0/",
            "Open Data Commons Public Domain Dedication and License 1.0",
        ),
    )
}
"""The licences that data mostly have; of any other the short name is all that is said."""


def licence(spdx: str) -> Licence:
    """Give a licence by its short name.

    >>> licence("CC0-1.0").title
    'Creative Commons Zero 1.0 Universal'
    """
    return _LICENCES.get(spdx) or Licence(spdx, f"https://spdx.org/licenses/{spdx}.html", spdx)


def creators(card: DatasetCard) -> tuple[Contributor, ...]:
    """Give those who are named when a dataset is cited: its creators, or if none is called so all who had a part."""
    made = tuple(who for who in card.contributors if ContributorRole.CREATOR in who.roles)
    return made or card.contributors


def description(card: DatasetCard) -> str:
    """Say what a dataset is, and what its package has of every value."""
    return f"{card.description} {FORM}"


def abstract(card: DatasetCard) -> str:
    """Say in a paragraph what a dataset is, how it was made and what its users must know first."""
    return " ".join([description(card).replace("`", ""), *card.coding[:1], *card.limits[:1]])


def cited(card: DatasetCard, version: str) -> str:
    """Say how a dataset is cited, with the version of its data, or none if they are no released ones."""
    named = ", ".join(who.name for who in creators(card))
    numbered = f"Version {version}." if version else "No released version."
    parts = (f"{named}: {card.title}.", numbered, f"{card.licence}.", card.homepage)
    return " ".join(part for part in parts if part)
