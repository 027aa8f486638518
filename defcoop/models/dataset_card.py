"""Dataset cards: what a dataset is called, who made it, how, and what it does not cover; `dataset.yaml` holds one."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Annotated, ClassVar

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from defcoop.models.ids import Digest
from defcoop.models.own_terms import OwnTerms, OwnVocabulary, resolve
from defcoop.values import Frozen, Label, Term, Text, uncoded

ORCID_PATTERN = r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$"
NAME_PATTERN = r"^[a-z0-9]+(?:[-._][a-z0-9]+)*$"
VERSION_PATTERN = r"^(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)(?:-dev)?$"
REQUIRED_PATTERN = r"^[0-9]+(?:\.[0-9]+){0,2}$"
LICENCE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9.+-]*$"
URL_PATTERN = "^https?://[^\\s<>\"']+$"
PREFIX_PATTERN = r"^seed(?:-[a-z0-9]*[a-z][a-z0-9]*)*$"
FILE_PATTERN = r"^vocabularies/[A-Za-z0-9][A-Za-z0-9_.-]*\.yaml$"
PACKAGE_PATTERN = r"^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$"

CARD = "dataset_card"
"""The name of the card's schema, beside those of record types."""


class ContributorRole(Term):
    """What somebody did for the dataset."""

    CREATOR = "creator", "Made it and is named first when it is cited."
    EDITOR = "editor", "Decided what goes in and checked it."
    CODER = "coder", "Read texts and coded records."
    REVIEWER = "reviewer", "Read what others had coded."
    MAINTAINER = "maintainer", "Keeps it up to date and answers questions."
    FUNDER = "funder", "Paid for it."


class Contributor(Frozen):
    """A person or a group that had a part in the dataset."""

    KEY: ClassVar[tuple[str, ...]] = ("name",)

    name: Annotated[Label, uncoded("The name as it is printed, such as Ada Holm, or that of a group.")]
    family: Annotated[
        Label | None, uncoded("The family name, by which a person is sorted; left out for a group.", source="CFF")
    ] = None
    orcid: Annotated[str | None, uncoded("The person's ORCID iD, without the address.", pattern=ORCID_PATTERN)] = None
    affiliation: Annotated[Label | None, uncoded("Where the person works.")] = None
    roles: Annotated[tuple[ContributorRole, ...], uncoded("What they did.", min_length=1)] = (ContributorRole.CREATOR,)

    @property
    def is_person(self) -> bool:
        """Whether it is a person and no group."""
        return self.family is not None or self.orcid is not None

    @property
    def given(self) -> str | None:
        """The person's other names."""
        if self.family is None:
            return None
        return " ".join(self.name.replace(self.family, " ", 1).replace(",", " ").split()) or None


class DatasetCard(Frozen):
    """A dataset described: its name, its makers, its licence, what it covers and what it does not."""

    name: Annotated[
        str, uncoded("A short name in small letters, for files and programs.", pattern=NAME_PATTERN, max_length=60)
    ]
    title: Annotated[Label, uncoded("The title, under which it is cited.")]
    description: Annotated[Text, uncoded("What it is, in a sentence or two.")]
    version: Annotated[
        str,
        uncoded("The version of the data, written by `defcoop release`.", source="SemVer", pattern=VERSION_PATTERN),
    ]
    released: Annotated[Digest | None, uncoded("The hash of the data that bear it, written by `defcoop release`.")] = (
        None
    )
    licence: Annotated[str, uncoded("The licence of the data.", source="SPDX", pattern=LICENCE_PATTERN)]
    code_licence: Annotated[
        str | None, uncoded("That of programs kept beside the data.", source="SPDX", pattern=LICENCE_PATTERN)
    ] = None
    contributors: Annotated[
        tuple[Contributor, ...], uncoded("Who had a part in it, in the order in which they are cited.", min_length=1)
    ]
    languages: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], ...],
        uncoded("The languages of its texts.", source="BCP 47", min_length=1),
    ]
    keywords: Annotated[tuple[Label, ...], uncoded("The words to find it by.")] = ()
    homepage: Annotated[str | None, uncoded("The address where it is found.", pattern=URL_PATTERN)] = None
    covers: Annotated[tuple[Text, ...], uncoded("What it covers: which acts, states, years and texts.", min_length=1)]
    excludes: Annotated[tuple[Text, ...], uncoded("What it does not cover, although a user may expect it.")] = ()
    coding: Annotated[
        tuple[Text, ...],
        uncoded("How it was coded: by whom, under which rules, how it was checked; the first stands in catalogues."),
    ] = ()
    limits: Annotated[
        tuple[Text, ...], uncoded("What its users must know before they count; the first stands in catalogues.")
    ] = ()
    seed_prefixes: Annotated[
        tuple[Annotated[str, Field(pattern=PREFIX_PATTERN)], ...],
        uncoded("What the ids of its source cards begin with, before the number.", min_length=1),
    ] = ("seed",)
    requires: Annotated[
        str | None, uncoded("The least version of defcoop that reads it.", pattern=REQUIRED_PATTERN)
    ] = None
    vocabularies: Annotated[
        tuple[Annotated[str, Field(pattern=FILE_PATTERN)], ...],
        uncoded("The files with terms of its own, in the folder `vocabularies`."),
    ] = ()
    own_terms: Annotated[
        tuple[OwnVocabulary, ...],
        SkipJsonSchema(),
        uncoded("What these files hold; a package has it here, `dataset.yaml` does not."),
    ] = ()
    plugins: Annotated[
        tuple[Annotated[str, Field(pattern=PACKAGE_PATTERN)], ...],
        uncoded(
            "The Python packages that bring its own record types and checks; others that are installed do not count."
        ),
    ] = ()
    coverage_threshold: Annotated[
        Annotated[Decimal, Field(ge=0, le=1)] | Annotated[int, Field(ge=0, le=1)] | None,
        uncoded("The least share of each text that is cited or dismissed with a reason, from 0 to 1; by default 0.9."),
    ] = None

    @cached_property
    def terms(self) -> OwnTerms:
        """The terms that it adds to vocabularies."""
        return resolve(self.own_terms)

    @property
    def needed_plugins(self) -> tuple[str, ...] | None:
        """The packages whose record types and checks count for it; None, which is all, if it has no card of its own."""
        return None if self.name == UNTITLED.name else self.plugins

    def version_of(self, digest: str) -> str:
        """Give the version of some data: that of the release if they are its data, else one that says they are not.

        Args:
            digest: the hash of the data files' hashes.

        >>> UNTITLED.version_of("8f" * 32)
        '0.0.0-dev+8f8f8f8f'
        """
        return self.version if digest == self.released else f"{self.version}+{digest[:8]}"


UNTITLED = DatasetCard(
    name="untitled",
    title="Untitled dataset",
    description="Records of defence cooperation.",
    version="0.0.0-dev",
    licence="LicenseRef-unknown",
    contributors=(Contributor(name="Unnamed contributors"),),
    languages=("und",),
    covers=("Its makers do not say what it covers.",),
)
"""What is said of a dataset that has no card."""
