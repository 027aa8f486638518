"""Copies of the good checkout for tests to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from defcoop.validation import validate

if TYPE_CHECKING:
    from defcoop.validation.findings import Report

GOOD = Path(__file__).parent / "good"

QATAR = "dataset/actors/act-qat.yaml"
REGIMENT = "dataset/actors/act-gull-regiment.yaml"
LEAGUE = "dataset/actors/act-coast-league.yaml"
MIRSAH = "dataset/actors/act-mirsah.yaml"
SHIRAA = "dataset/actors/act-al-shiraa.yaml"
MEMORANDA = "dataset/agreements/agr-coast-league-qat-memoranda.yaml"
TRAINING = "dataset/agreements/agr-coast-league-qat-training-2031.yaml"
HARBOUR = "dataset/agreements/agr-coast-league-qat-harbour-2029.yaml"
TRAINERS = "dataset/deployments/dep-coast-league-qat-trainers.yaml"
MEETING = "dataset/engagements/eng-coast-league-qat-meeting.yaml"
WAVE = "dataset/exercises/exe-coast-league-qat-wave-2031.yaml"


def copy_of_the_good(folder: Path) -> Path:
    return shutil.copytree(GOOD, folder, copy_function=shutil.copyfile)


def edit(tree: Path, path: str, *changes: tuple[str, str]) -> None:
    """Replace texts in a file, each of which stands in it at least once."""
    text = (tree / path).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    (tree / path).write_text(text, encoding="utf-8")


UNREADABLE = {"DC413", "DC414"}
"""What every value that is changed for a test of something else gets too, since the text still says the old one."""


def report_of(tree: Path) -> Report:
    """Validate a checkout, and leave aside whether values are readable in their words."""
    report = validate(tree / "dataset", texts=tree / "texts")
    return report._replace(findings=tuple(one for one in report.findings if one.code not in UNREADABLE))


def told(tree: Path) -> list[tuple[str, str]]:
    """Give the findings of a checkout as code and message."""
    return [(finding.code, finding.message) for finding in report_of(tree).findings]
