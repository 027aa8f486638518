"""The options that name a checkout, and what they lead to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from defcoop.io.seed_texts import find_folder

if TYPE_CHECKING:
    from defcoop.validation.findings import Report

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

DatasetOption = Annotated[Path, typer.Option("--dataset", help="The folder of records.", show_default=True)]
SeedsOption = Annotated[
    Path | None,
    typer.Option("--seeds", help="The folder of seed texts; else $DEFCOOP_SEEDS, seeds/text, ../shared/seeds."),
]


def texts_folder(dataset: Path, given: Path | None) -> Path | None:
    """Find the folder of seed texts for a dataset.

    Raises:
        FileNotFoundError: if the one that was asked for is not there.
    """
    return find_folder(dataset.absolute().parent, os.environ, given)


def summary(report: Report) -> str:
    """Say in one or two lines what was looked at and what came out."""
    errors = sum(finding.severity == "error" for finding in report.findings)
    warnings = len(report.findings) - errors
    found = f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"
    lines = [
        f"{_count(report.records, 'record')}, {_count(report.sources, 'source card')}: {found}.",
        f"Passages: {report.passages_checked} checked against their texts, {report.passages_unchecked} not checked"
        + (" (the seed texts are not here)." if report.passages_unchecked else "."),
    ]
    return "\n".join(lines)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
