from __future__ import annotations

import io
import os
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from defcoop.cli.formats import FORMATS, _screen, text
from defcoop.cli.formats._groups import groups
from defcoop.validation.findings import Finding
from tests.cli.format_samples import EVIL, OTHER, SOUND, WARNING, report

if TYPE_CHECKING:
    from pathlib import Path


WORSE = SOUND._replace(message="act-x: kind: is worse")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "dataset/actors").mkdir(parents=True)
    (tmp_path / "dataset/actors/act-x.yaml").write_text("a: 1\nb: 2\r\nc: 3\nkind: a\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_screen, "sys", SimpleNamespace(stdout=Terminal()))
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)


def alike(*stems: str, code: str = "DC104") -> list[Finding]:
    return [Finding(code, f"d/{stem}.yaml", f"{stem}: kind: 'a' is not", "Use b.", (), 4, 7) for stem in stems]


def test_a_finding_comes_with_its_line_a_mark_and_a_hint(files: Path) -> None:
    assert FORMATS["text"](report(SOUND), files).splitlines() == [
        "dataset/actors/act-x.yaml:4:7: error DC104 act-x: kind: 'a' is not",
        "    4 | kind: a",
        "      |       ^",
        "    Use b.",
    ]


def test_line_breaks_of_any_kind_are_counted(files: Path) -> None:
    assert "    3 | c: 3" in FORMATS["text"](report(SOUND._replace(line=3, column=1)), files).splitlines()


def test_a_file_with_two_findings_shows_both_lines(files: Path) -> None:
    shown = text.render(report(SOUND._replace(line=1), WORSE), files).splitlines()
    assert [line for line in shown if "| " in line and "^" not in line] == ["    1 | a: 1", "    4 | kind: a"]


def test_without_a_hint_there_is_no_empty_line(files: Path) -> None:
    assert FORMATS["text"](report(SOUND._replace(hint="")), files).splitlines()[-1] == "      |       ^"


@pytest.mark.parametrize(
    "found",
    [
        OTHER,
        SOUND._replace(line=9),
        SOUND._replace(line=0),
        SOUND._replace(code="DC014"),
        SOUND._replace(path="dataset/../dataset/actors/act-x.yaml"),
        SOUND._replace(path="dataset/actors"),
        SOUND._replace(path="dataset/\0"),
        SOUND._replace(path="dataset/\ud800"),
    ],
)
def test_what_cannot_be_shown_is_left_out(files: Path, found: Finding) -> None:
    assert len(text.render(report(found), files).splitlines()) == 2


def test_an_absolute_path_is_not_read(files: Path) -> None:
    found = SOUND._replace(path=str(files / "dataset/actors/act-x.yaml"))
    assert len(text.render(report(found), files).splitlines()) == 2


@pytest.mark.parametrize("content", [b"\xff\n\n\n\n", b"a\n" * 500_001])
def test_a_file_that_is_no_text_or_too_large_is_not_shown(files: Path, content: bytes) -> None:
    (files / SOUND.path).write_bytes(content)
    assert len(text.render(report(SOUND), files).splitlines()) == 2


def test_links_and_pipes_are_not_read(files: Path) -> None:
    (files / "dataset/actors/act-l.yaml").symlink_to(files / SOUND.path)
    os.mkfifo(files / "dataset/actors/act-p.yaml")
    for name in ("l", "p"):
        found = SOUND._replace(path=f"dataset/actors/act-{name}.yaml")
        assert len(text.render(report(found), files).splitlines()) == 2


def test_without_a_checkout_there_are_no_lines() -> None:
    assert text.render(report(SOUND)).splitlines() == [
        "dataset/actors/act-x.yaml:4:7: error DC104 act-x: kind: 'a' is not",
        "    Use b.",
    ]


def test_nothing_found_is_nothing_said(files: Path) -> None:
    assert FORMATS["text"](report(), files) == ""


def test_arabic_in_a_message_is_isolated() -> None:
    assert "\u2068عربي\u2069 is not" in text.render(report(SOUND._replace(message="عربي is not")))


def test_a_hostile_finding_stays_on_its_lines(files: Path) -> None:
    shown = text.render(report(EVIL), files)
    assert len(shown.splitlines()) == 2
    assert shown.replace("\n", "").replace("\u2068", "").replace("\u2069", "").isprintable()
    shown.encode()


def test_the_same_mistake_in_three_files_is_told_once_with_all_places() -> None:
    assert text.render(report(*alike("a", "b", "c"), OTHER)).splitlines() == [
        "d/a.yaml:4:7: error DC104 a: kind: 'a' is not",
        "    Use b.",
        "    The same in 2 more places:",
        "      d/b.yaml:4:7",
        "      d/c.yaml:4:7",
        "dataset/actors/act-y.yaml:2:1: error DC012 act-y: null",
        "    Leave it out.",
    ]


def test_a_hundred_places_are_all_named() -> None:
    shown = text.render(report(*alike(*map(str, range(100)))))
    assert all(f"d/{number}.yaml:4:7" in shown for number in range(100))


@pytest.mark.parametrize(
    "findings",
    [
        alike("a", "b"),
        [*alike("a", "b"), alike("b")[0]._replace(line=5)],
        [*alike("a", "b"), *alike("c", code="DC103")],
        [*alike("a", "b"), alike("c")[0]._replace(hint="Use c.")],
        [*alike("a", "b"), alike("c")[0]._replace(message="c: kind: 'b' is not")],
    ],
)
def test_fewer_files_or_other_mistakes_are_not_grouped(findings: list[Finding]) -> None:
    assert groups(findings) == [[found] for found in findings]


def test_a_group_stands_where_its_first_finding_stood() -> None:
    a, b, c = alike("a", "b", "c")
    assert groups([a, OTHER, b, WORSE, c]) == [[a, b, c], [OTHER], [WORSE]]


def test_stray_files_are_alike_but_for_their_paths() -> None:
    stray = [Finding("DC014", f"d/{name}", f"d/{name} is a link") for name in "abc"]
    assert groups(stray) == [stray]


@pytest.mark.usefixtures("terminal")
def test_a_terminal_gets_colour_and_lines_of_its_width(files: Path) -> None:
    (files / SOUND.path).write_text("a: 1\n" * 3 + "kind: " + "a" * 90, encoding="utf-8")
    shown = FORMATS["text"](report(SOUND), files)
    assert "\x1b[1;31merror\x1b[0m" in shown
    assert f"kind: {'a' * 34}…" in shown


@pytest.mark.usefixtures("terminal")
def test_a_terminal_shows_a_warning_in_another_colour() -> None:
    assert "\x1b[1;33mwarning\x1b[0m" in text.render(report(WARNING))


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colour_where_it_is_not_welcome(variable: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, value)
    assert "\x1b" not in text.render(report(SOUND))


@pytest.mark.usefixtures("terminal")
def test_a_narrow_terminal_still_gets_forty_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "5")
    assert _screen.screen().width == 40


def test_a_pipe_has_the_same_width_everywhere_and_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert _screen.screen() == (100, False)
