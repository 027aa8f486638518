"""Checks of installed packages: they run with ours, their codes are explained, and the cache knows when they change."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.checkouts import copy_of_the_good
from tests.processes import python

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess

CHECKS = """\
from defcoop.validation.codes import Rule
from defcoop.validation.installed import Checks
from defcoop.validation.issues import CrossRecordIssue, Issue

def no_quarrels(record, sources):
    if "{word}" in record.id:
        yield Issue("XY101", ("summary",), "speaks of a {word}")

def few_records(index):
    yield CrossRecordIssue(min(index.ids), "XY102", f"is one of {{len(index.ids)}}", field="id")

CHECKS = Checks(
    {{
        "XY101": Rule("A quarrel is coded", "Leave it out.", "warning", "Quarrels are *no* cooperation."),
        "XY102": Rule("There are few records", "Code more."),
    }},
    records=(no_quarrels,),
    dataset=(few_records,),
)
BROKEN = Checks({{"DC101": Rule("Another meaning", "None.")}})
"""


class Place:
    """A checkout, and a folder of installed packages beside it."""

    def __init__(self, folder: Path) -> None:
        self.tree, self.packages, self.home = copy_of_the_good(folder / "tree"), folder / "packages", folder / "home"
        self.packages.mkdir()
        with (self.tree / "dataset.yaml").open("a", encoding="utf-8") as card:
            card.write("plugins: [quarrels]\n")
        self.install("quarrels = quarrels:CHECKS", "wave")

    def install(self, offers: str, word: str) -> None:
        about = self.packages / "quarrels-1.0.dist-info"
        about.mkdir(exist_ok=True)
        (about / "METADATA").write_text("Metadata-Version: 2.1\nName: quarrels\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[defcoop.checks]\n{offers}\n")
        (self.packages / "quarrels.py").write_text(CHECKS.format(word=word))

    def run(self, *args: str) -> CompletedProcess[str]:
        words = ["defcoop", *args]
        code = (
            f"import os, sys; sys.path.append({os.fspath(self.packages)!r}); sys.argv = {words!r}\n"
            f"os.chdir({os.fspath(self.tree)!r}); os.environ['XDG_CACHE_HOME'] = {os.fspath(self.home)!r}\n"
        )
        return python("-c", code + "from defcoop.cli import main; main()")

    def findings(self) -> list[tuple[str, str, str]]:
        answer = self.run("validate", "--seeds", "texts", "--format", "json")
        assert answer.returncode == 1, answer.stderr
        return [(found["code"], found["severity"], found["message"]) for found in json.loads(answer.stdout)["findings"]]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_they_run_with_ours_and_anew_when_they_change(place: Place) -> None:
    few = ("XY102", "error", "act-al-shiraa: id: is one of 22")
    quarrel = ("XY101", "warning", "exe-coast-league-qat-wave-2031: summary: speaks of a wave")
    assert place.findings() == [few, quarrel]
    assert place.findings() == [few, quarrel]  # from the cache
    place.install("quarrels = quarrels:CHECKS", "trainers")
    assert sorted(place.findings()) == sorted(
        [
            few,
            ("XY101", "warning", "dep-coast-league-qat-trainers: summary: speaks of a trainers"),
        ]
    )


def test_every_format_knows_their_codes(place: Place) -> None:
    sarif = json.loads(place.run("validate", "--seeds", "texts", "--format", "sarif").stdout)["runs"][0]
    rules = [rule["id"] for rule in sarif["tool"]["driver"]["rules"]]
    assert rules[-2:] == ["XY101", "XY102"]
    assert {rules[result["ruleIndex"]] for result in sarif["results"]} == {"XY101", "XY102"}
    for form in ("text", "github", "junit"):
        assert "is one of 22" in place.run("validate", "--seeds", "texts", "--format", form).stdout


def test_their_codes_are_explained(place: Place) -> None:
    page = place.run("explain", "xy101").stdout
    assert "XY101: A quarrel is coded" in page
    assert "Quarrels are *no* cooperation." in page
    assert "Code more." in place.run("explain", "XY102").stdout
    codes = place.run("explain").stdout
    assert "- XY101 (warning): A quarrel is coded" in codes
    assert "XY1: Checks of installed packages" in codes


@pytest.mark.parametrize(
    ("offer", "reason"),
    [
        ("absent:CHECKS", "ModuleNotFoundError: No module named 'absent'"),
        ("quarrels:no_quarrels", "they are no defcoop.validation.installed.Checks"),
        ("quarrels:BROKEN", "DC101 is the code of another check"),
    ],
)
def test_checks_that_cannot_run_are_no_clean_validation(offer: str, reason: str, place: Place) -> None:
    place.install(f"quarrels = {offer}", "wave")
    answer = place.run("validate", "--seeds", "texts")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert f"the checks quarrels ({offer}) cannot be loaded: {reason}" in " ".join(answer.stderr.split())
