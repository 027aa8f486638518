from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from defcoop.cli import explain as explaining
from defcoop.validation.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Result


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for an installed package or a checkout, whose pages a test writes itself."""
    monkeypatch.setattr(explaining, "files", lambda _: tmp_path / "defcoop")
    (tmp_path / "defcoop").mkdir()
    return tmp_path


def write(folder: Path, text: str, code: str = "DC101") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{code}.md").write_text(text, encoding="utf-8")


def test_a_page_is_read_from_the_checkout(package: Path, defcoop: Callable[..., Result]) -> None:
    write(package / "docs/codes", "# DC101 عربي\n\n- *wrong*\n")
    assert defcoop("explain", "DC101") == (0, "# DC101 عربي\n\n- *wrong*\n", "")


def test_the_page_in_the_package_goes_first(package: Path, defcoop: Callable[..., Result]) -> None:
    write(package / "docs/codes", "outer")
    write(package / "defcoop/_pages", "inner")
    assert defcoop("explain", "DC101").out == "inner\n"


def test_the_checkout_has_its_pages_where_they_are_looked_for(checkout: Path, defcoop: Callable[..., Result]) -> None:
    page = checkout / "docs/codes/DC101.md"
    assert defcoop("explain", "DC101").out == page.read_text(encoding="utf-8").rstrip("\n") + "\n"


def test_small_letters_do_as_well(package: Path, defcoop: Callable[..., Result]) -> None:
    write(package / "docs/codes", "page")
    assert defcoop("explain", "dc101").out == "page\n"


def test_a_missing_page_is_told_without_a_traceback(package: Path, defcoop: Callable[..., Result]) -> None:
    found = defcoop("explain", "DC101")
    assert (found.code, found.out) == (2, "")
    assert f"{package}/defcoop/../docs/codes/DC101.md" in found.err


def test_a_slip_gets_a_suggestion(defcoop: Callable[..., Result]) -> None:
    found = defcoop("explain", "DC 101")
    assert (found.code, found.out) == (2, "")
    assert "DC 101 is no code. Did you mean DC101? `defcoop explain` lists all codes." in found.err


@pytest.mark.parametrize("given", ["nonsense", "", "../DC101", "a\x1b[31m\n"])
def test_anything_else_is_refused(given: str, defcoop: Callable[..., Result]) -> None:
    found = defcoop("explain", given)
    assert (found.code, found.out) == (2, "")
    assert "is no code." in found.err
    assert "`defcoop explain` lists all codes." in found.err
    assert "\x1b" not in found.err


def test_without_a_code_all_are_listed_by_range(defcoop: Callable[..., Result]) -> None:
    found = defcoop("explain")
    lines = found.out.splitlines()
    assert (found.code, lines[0]) == (0, "# Codes of findings")
    assert [line.split(" ")[1].strip(":") for line in lines if line.startswith("- ")] == sorted(CODES)
    assert "- DC101: A field is missing" in lines[lines.index("## DC1: Structure") : lines.index("## DC2: Ids")]


def test_warnings_are_told_from_errors(monkeypatch: pytest.MonkeyPatch, defcoop: Callable[..., Result]) -> None:
    monkeypatch.setitem(CODES, "DC101", CODES["DC101"]._replace(severity="warning"))
    shown = defcoop("explain").out
    assert "\n- DC101 (warning): A field is missing\n" in shown
    assert "\n- DC102: A field is unknown\n" in shown


def test_every_range_has_a_concern_and_a_code() -> None:
    assert sorted({code[:3] for code in CODES}) == sorted(explaining.RANGES)


def test_a_terminal_gets_the_page_rendered(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    write(package / "docs/codes", "# Title\n\n- **bold**\n")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("sys.stdout", terminal := Terminal())
    explaining.explain.callback("DC101")
    assert "Title" in terminal.getvalue()
    assert "bold" in terminal.getvalue()
    assert "#" not in terminal.getvalue()
    assert "**" not in terminal.getvalue()
