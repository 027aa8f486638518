"""The page on exports says what is so: its examples run, its table has every format."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from defcoop.dataset import load
from defcoop.exports import EXPORTS, export
from defcoop.package import build
from defcoop.values import Edtf
from tests.exports.tools import program, run

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


[TYPED] = re.findall(r"## Types that stay\n.*?(?=\n## )", TEXT, re.DOTALL)
FIGURE = "trd-qat-tur-economic-cooperation-2019"


@pytest.fixture(scope="module", params=["2019", "2019-10"])
def with_period(request: pytest.FixtureRequest, package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package whose figures cover years alone, or one of them a month."""
    folder, ds = tmp_path_factory.mktemp("typed"), load(package.place)
    figure = ds.trade_figures[FIGURE].model_copy(update={"period": Edtf(request.param)})
    build(ds.with_records(figure if record.id == FIGURE else record for record in ds), folder / "build" / "package")
    return folder


def test_readers_that_are_told_the_types_give_the_same_with_a_month(
    with_period: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(with_period)
    session = doctest.DocTestParser().get_doctest(TYPED, {}, "types", str(PAGE), 0)
    assert len(session.examples) > 10
    assert doctest.DocTestRunner(verbose=False).run(session).failed == 0


def test_r_that_is_told_the_types_gives_the_same_with_a_month(with_period: Path) -> None:
    [code] = re.findall(r"```r\n(.*?)```", TYPED, re.DOTALL)
    script = with_period / "types.R"
    script.write_text(f"{code}\ncat(sapply(figures, class)[c('period', 'period_earliest')])\n", encoding="utf-8")
    assert run([program("Rscript"), script], with_period).split() == ["character", "Date"]


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
    shown = re.findall(r"```r\n.*<- (.*\(.*csv\", )(.*)\n```", TEXT)[0]
    assert shown[1] in (Path(__file__).parent / "package.R").read_text(encoding="utf-8")
