"""The card of a dataset: `dataset.yaml` read, and what is wrong with it at line and column."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from defcoop import version
from defcoop.io.places import CARD_FILE, VOCABULARIES
from defcoop.io.record_files import RecordFile
from defcoop.models.dataset_card import CARD, UNTITLED, DatasetCard
from defcoop.validation.issues import Issue, Sources
from defcoop.validation.own_terms import read_own_terms
from defcoop.validation.reading import otherwise_read, place, read_as
from defcoop.validation.record_checks.completeness import nothing_twice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from defcoop.validation.findings import Finding

_NO_SOURCES = Sources({}, {}, {})


class CardRead(NamedTuple):
    """The card of a dataset, and what is wrong with its file.

    Where there is no file, or a broken one, it is `UNTITLED`.
    """

    card: DatasetCard
    findings: tuple[Finding, ...] = ()


def read_card(checkout: Path) -> CardRead:
    """Read the card in a folder that holds a folder of records."""
    path = checkout / CARD_FILE
    if not os.path.lexists(path):
        return CardRead(UNTITLED)
    real = path.resolve()  # several datasets may share a card, but a link to anything else is refused
    file = RecordFile(os.fspath(real if real.name == CARD_FILE else path), CARD_FILE, CARD, path.stem)
    read = read_as(file, DatasetCard)
    if read.model is None:
        return CardRead(UNTITLED, read.findings)
    own = read_own_terms(checkout, read.model)
    issues = [*otherwise_read(read), *nothing_twice(read.model, _NO_SOURCES), *_issues(read.model), *own.issues]
    findings = (*place(file, issues), *own.findings)
    card = read.model.model_copy(update={"own_terms": own.vocabularies}) if own.vocabularies else read.model
    return CardRead(card, findings)


def _issues(card: DatasetCard) -> Iterator[Issue]:
    """Say what does not fit together in a card."""
    if card.requires and _numbers(card.requires) > _numbers(version.LIBRARY):
        hint = f"Install it: pip install 'defcoop>={card.requires}'."
        yield Issue("DC810", ("requires",), f"is {card.requires}, and this is defcoop {version.LIBRARY}", hint)
    if card.own_terms:
        hint = f"Put the terms into a file of the folder {VOCABULARIES}, and name that under vocabularies."
        yield Issue("DC810", ("own_terms",), "stands in packages only", hint, at_key=True)
    yield from _plugins(card)
    for number, who in enumerate(card.contributors):
        if who.orcid and not _has_its_check_digit(who.orcid):
            hint = "Copy it anew from the person's page at orcid.org."
            yield Issue("DC105", ("contributors", number, "orcid"), f"{who.orcid} is no ORCID iD", hint)
        if who.family and who.family not in who.name:
            hint = f"Write the family name as it stands in {who.name}."
            yield Issue("DC810", ("contributors", number, "family"), f"{who.family} does not stand in the name", hint)


def _plugins(card: DatasetCard) -> Iterator[Issue]:
    """Say which packages are named and not there, or have nothing for a dataset."""
    if not card.plugins:
        return
    from importlib.metadata import PackageNotFoundError, distribution  # noqa: PLC0415 - slow, and seldom needed

    for number, package in enumerate(card.plugins):
        pointer = ("plugins", number)
        try:
            groups = {point.group for point in distribution(package).entry_points}
        except PackageNotFoundError:
            yield Issue(
                "DC812", pointer, f"the package {package} is not installed", f"Install it: pip install {package}."
            )
            continue
        if not any(group.startswith("defcoop.") for group in groups):
            hint = "Name a package with entry points for defcoop, or take it out."
            yield Issue("DC812", pointer, f"the package {package} has nothing for defcoop", hint)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.partition("-")[0].split(".")))


def _has_its_check_digit(orcid: str) -> bool:
    """Tell whether the last digit follows from the others (ISO 7064, MOD 11-2)."""
    plain = orcid.replace("-", "")
    total = 0
    for digit in plain[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == plain[-1]
