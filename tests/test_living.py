"""The living data are sound, whatever they hold: they validate, and build into a package that verifies."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import defcoop
from defcoop.io.seed_texts import find_folder
from defcoop.package import build
from defcoop.package.verification import verify
from defcoop.validation import validate
from tests.processes import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = find_folder(REPOSITORY, os.environ)

LOOKING = {
    "processes.py",
    "conftest.py",
    "test_living.py",
    "test_accounting.py",
    "test_contributing.py",
    "test_staged.py",
}
"""What may look at the living data, in general terms."""


def test_all_others_stand_on_the_edition() -> None:
    reading = re.compile(r"REPOSITORY / f?.(?:dataset|seeds)\b|load\(REPOSITORY\)|\bliving(?:_texts)?\b")
    tests = (REPOSITORY / "tests").rglob("*.py")
    assert {path.name for path in tests if reading.search(path.read_text(encoding="utf-8"))} <= LOOKING


def test_the_living_data_have_no_findings() -> None:
    report = validate(REPOSITORY / "dataset", texts=TEXTS)
    assert report.findings == ()
    assert (report.passages_checked > 0) is (TEXTS is not None)


def test_they_build_into_a_package_that_verifies_and_holds_them_all(living: defcoop.Dataset, tmp_path: Path) -> None:
    build(living, tmp_path / "package")
    verdict = verify(tmp_path / "package", TEXTS)
    assert verdict.ok
    assert defcoop.load(tmp_path / "package") == living
