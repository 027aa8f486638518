"""The page on exports says what is so: its examples run, its table has every format."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from defcoop.exports import EXPORTS, export

if TYPE_CHECKING:
    from defcoop.package import Package

PAGE = Path(__file__).parents[2] / "docs" / "exports.md"
TEXT = PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    (folder / "build").mkdir()
    (folder / "build" / "package").symlink_to(package.place)
    for form in EXPORTS:
        export(form.name, package, folder / "build" / f"{form.name}{form.suffix}")
    return folder


def test_the_examples_in_python_do_what_they_show(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built)
    found = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert found.failed == 0
    assert found.attempted > 20


def test_the_commands_run(built: Path) -> None:
    commands = re.findall(r"^\$ defcoop (.*)$", TEXT, re.MULTILINE)
    assert len(commands) > 2
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "defcoop", *command.split()], cwd=built, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (command, done.stderr)
        assert done.stdout


def test_every_format_has_its_row_and_no_other_has() -> None:
    formats = re.findall(r"^\| `(\w+)` \| ", TEXT, re.MULTILINE)
    assert sorted(formats) == sorted(form.name for form in EXPORTS)


def test_nothing_is_shown_as_code_that_no_test_runs_but_r() -> None:
    assert set(re.findall(r"^```(.+)$", TEXT, re.MULTILINE)) == {"console", "python", "r"}
    [shown] = re.findall(r"```r\n.*<- (.*\(.*csv\", )(.*)\n```", TEXT)
    assert shown[1] in (Path(__file__).parent / "package.R").read_text(encoding="utf-8")
