"""Hints: whoever does exactly what the hint of a golden says, and nothing else, ends with a sound checkout."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from defcoop.validation import validate
from defcoop.validation.codes import CODES
from tests.checkouts import GOOD, edit
from tests.validation.test_goldens import CASES, expected_of, overlay

FIXES: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("fixes.yaml").read_text(encoding="utf-8"))


def follow(tree: Path, fix: dict[str, Any], path: str) -> None:
    """Do what a hint says."""
    if "put" in fix:
        shutil.copyfile(GOOD / fix["put"], tree / path)
    if "bytes" in fix:
        old, new = map(bytes.fromhex, fix["bytes"])
        (tree / path).write_bytes((tree / path).read_bytes().replace(old, new))
    if "move" in fix:
        (tree / path).rename(tree / fix["move"])
    if "delete" in fix:
        (tree / fix["delete"]).unlink()
    for old, new in fix.get("edits", ()):
        edit(tree, fix.get("file", path), (old, new))
    for other, changes in fix.get("too", {}).items():
        edit(tree, other, *map(tuple, changes))


@pytest.mark.parametrize("case", FIXES)
def test_who_does_what_the_hint_says_ends_with_a_sound_checkout(case: str, tmp_path: Path) -> None:
    expected = expected_of(case)
    assert FIXES[case]["do"] in expected["hint"]
    tree = overlay(case, tmp_path / "checkout")
    follow(tree, FIXES[case], expected["path"])
    assert validate(tree / "dataset", texts=tree / "texts").findings == ()


def test_sixty_goldens_of_all_codes_are_followed() -> None:
    assert set(FIXES) <= set(CASES)
    assert len(FIXES) >= 60
    assert {case.partition("/")[0] for case in FIXES} == set(CODES)
