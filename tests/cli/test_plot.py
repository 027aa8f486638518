"""`defcoop plot`: draws one of the plots to a file."""

from __future__ import annotations

import re
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from defcoop.analysis.plots import PLOTS
from defcoop.analysis.plots.saving import drawn
from defcoop.package import build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import defcoop as library
    from tests.cli.conftest import Result

    Run = Callable[..., Result]


@pytest.mark.parametrize("name", PLOTS)
def test_each_plot_is_drawn_and_its_file_told(name: str, copied: Path, defcoop: Run, shipped: library.Dataset) -> None:
    assert defcoop("plot", name, "--out", "pictures/x.png") == (0, "pictures/x.png\n", "")
    assert (copied / "pictures" / "x.png").read_bytes() == drawn(PLOTS[name](shipped), "png")


@pytest.mark.parametrize("ending", ["svg", "json", "html"])
def test_the_ending_says_what_is_written(ending: str, copied: Path, defcoop: Run, shipped: library.Dataset) -> None:
    assert defcoop("plot", "trade", "--out", f"x.{ending}").code == 0
    assert (copied / f"x.{ending}").read_bytes() == drawn(PLOTS["trade"](shipped), ending)


def test_the_options_reach_the_plot(copied: Path, defcoop: Run, shipped: library.Dataset) -> None:
    words = ("--lang", "ar", "--most", "2", "--by", "voice")
    assert defcoop("plot", "sources", "--out", "x.svg", *words).code == 0
    expected = PLOTS["sources"](shipped, lang="ar", most=2, by="voice")
    assert (copied / "x.svg").read_bytes() == drawn(expected, "svg")


def test_other_records_are_drawn_from_a_folder_or_a_package(
    copied: Path, checkout: Path, defcoop: Run, shipped: library.Dataset
) -> None:
    invented = str(checkout / "tests" / "good" / "dataset")
    assert defcoop("plot", "trade", "--out", "folder.svg", "--dataset", invented).code == 0
    assert "Contract of Mirsah" in (copied / "folder.svg").read_text(encoding="utf-8")
    build(shipped, copied / "package")
    assert defcoop("plot", "trade", "--out", "package.svg", "--package", "package").code == 0
    assert (copied / "package.svg").read_bytes() == drawn(PLOTS["trade"](shipped), "svg")


def test_where_there_is_no_folder_of_records_those_of_the_library_are_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, defcoop: Run, shipped: library.Dataset
) -> None:
    monkeypatch.chdir(tmp_path)
    assert defcoop("plot", "trade", "--out", "x.svg").code == 0
    assert (tmp_path / "x.svg").read_bytes() == drawn(PLOTS["trade"](shipped), "svg")


def test_the_plots_are_listed(defcoop: Run) -> None:
    found = defcoop("plot", "--list")
    assert found.code == 0
    assert [line.split("  ")[0].rstrip() for line in found.out.splitlines()] == list(PLOTS)
    assert all(line.endswith(plot.what) for line, plot in zip(found.out.splitlines(), PLOTS.values(), strict=True))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["pie", "--out", "x.svg"], "pie is none of timeline, network, trade, sources"),
        (["trade", "--out", "x.pdf"], "x.pdf: a plot is saved as .svg, .png, .html, .json"),
        (["trade", "--out", "x.svg", "--by", "voice"], "trade tells no passages apart; --by is for sources"),
        (["sources", "--out", "x.svg", "--by", "mood"], "told apart by stance or voice, not by 'mood'"),
        (["trade", "--out", "x.svg", "--lang", "fr"], "charts are labelled in en or ar, not in 'fr'"),
        (["trade", "--out", "x.svg", "--most", "0"], "Invalid value for '--most'"),
        (["trade", "--out", "x.svg", "--dataset", "dataset", "--package", "p"], "not from both"),
        (["trade", "--out", "x.svg", "--package", "p"], "p"),
        (["trade", "--out", "x.svg", "--dataset", "nowhere"], "nowhere"),
        (["trade"], "--out"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_one_line(words: list[str], told: str, copied: Path, defcoop: Run) -> None:
    found = defcoop("plot", *words)
    assert (found.code, found.out) == (2, "")
    assert told in " ".join(found.err.replace("│", " ").split())
    assert not list(copied.glob("x.*"))


def test_a_record_that_cannot_be_read_is_told(copied: Path, defcoop: Run) -> None:
    file = next((copied / "dataset" / "agreements").glob("*.yaml"))
    file.write_text("id: [", encoding="utf-8")
    found = defcoop("plot", "trade", "--out", "x.svg")
    assert found.code == 2
    assert file.name in found.err
    assert not (copied / "x.svg").exists()


def test_without_the_library_what_to_install_is_told(
    copied: Path, defcoop: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    found = defcoop("plot", "trade", "--out", "x.svg")
    assert (found.code, found.err) == (2, "defcoop: plots need altair: pip install 'defcoop[plots]'\n")
    assert not (copied / "x.svg").exists()


def test_a_folder_without_dated_records_makes_a_picture_that_says_so(copied: Path, defcoop: Run) -> None:
    for folder in ("agreements", "deployments", "exercises", "engagements"):
        shutil.rmtree(copied / "dataset" / folder)
    assert defcoop("plot", "timeline", "--out", "x.svg").code == 0
    assert "Nothing to show" in (copied / "x.svg").read_text(encoding="utf-8")


def test_the_commands_of_the_page_on_plots_run(copied: Path, checkout: Path, defcoop: Run) -> None:
    page = (checkout / "docs" / "howto" / "plots.md").read_text(encoding="utf-8")
    commands = re.findall(r"^\$ defcoop (.*)$", page, re.MULTILINE)
    assert len(commands) > 2
    for command in commands:
        assert defcoop(*command.split()).code == 0
    assert {path.name for path in copied.glob("*.*")} >= {"timeline.png", "network.svg", "sources.html"}
    assert set(re.findall(r"^\| `(\w+)` \| ", page, re.MULTILINE)) == set(PLOTS)
