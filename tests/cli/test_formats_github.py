from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from defcoop.cli.formats import FORMATS, job_summary
from defcoop.cli.formats._visible import visible
from tests.cli.format_samples import EVIL, HOSTILE, OTHER, SOUND, WARNING, report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Result

COMMAND = re.compile(r"::(error|warning) file=([^:,\r\n]*),line=(\d+),col=(\d+),title=(DC\d{3})::([^\r\n]*)\Z")


def cells(markdown: str) -> list[list[str]]:
    """Read a table as GitHub does, every cell as the text that is seen."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    seen = [token for token in tokens if token.type in {"tr_open", "inline"}]
    rows: list[list[str]] = []
    for token in seen[2:]:
        if token.type == "tr_open":
            rows.append([])
            continue
        assert {child.type for child in token.children or ()} <= {"text", "text_special", "html_inline"}
        rows[-1].append("".join(child.content for child in token.children or ()).replace("<br>", "\n"))
    return rows[1:]


def test_an_error_and_a_warning_are_one_command_each(tmp_path: Path) -> None:
    assert FORMATS["github"](report(SOUND, WARNING), tmp_path).splitlines() == [
        "::error file=dataset/actors/act-x.yaml,line=4,col=7,title=DC104::act-x: kind: 'a' is not%0AUse b.",
        "::warning file=dataset/actors/act-x.yaml,line=9,col=5,title=DC701::act-x: accept[0]: is stale%0ATake it out.",
    ]


def test_without_a_hint_the_message_ends(tmp_path: Path) -> None:
    assert FORMATS["github"](report(SOUND._replace(hint="")), tmp_path).endswith("::act-x: kind: 'a' is not")


def test_each_part_is_escaped_as_the_runner_reads_it(tmp_path: Path) -> None:
    found = SOUND._replace(path="d/a%:,\r\n.yaml", message="50%: a, b\r\nc", hint="")
    assert FORMATS["github"](report(found), tmp_path) == (
        "::error file=d/a%25%3A%2C%0D%0A.yaml,line=4,col=7,title=DC104::50%25: a, b%0D%0Ac"
    )


def test_a_hostile_finding_is_still_one_command(tmp_path: Path) -> None:
    shown = FORMATS["github"](report(EVIL), tmp_path)
    assert shown.isprintable()
    command = COMMAND.match(shown)
    assert command
    assert unquote(command[2]) == visible(EVIL.path, keep="\r\n")
    assert unquote(command[6]) == visible(f"{HOSTILE}\n{HOSTILE}", keep="\r\n")


@pytest.mark.parametrize("make", ["folder", "file"])
@pytest.mark.parametrize(("below", "prefix"), [("", ""), ("data", "data/"), ("a/b", "a/b/")])
def test_paths_are_relative_to_the_root_of_the_repository(make: str, below: str, prefix: str, tmp_path: Path) -> None:
    git = tmp_path / ".git"
    if make == "folder":
        git.mkdir()
    else:
        git.write_text("gitdir: elsewhere", encoding="utf-8")
    checkout = tmp_path / below
    checkout.mkdir(parents=True, exist_ok=True)
    assert f"file={prefix}dataset/actors/act-x.yaml," in FORMATS["github"](report(SOUND), checkout)


def test_the_summary_has_the_totals_and_a_row_for_every_finding() -> None:
    shown = job_summary.summary(report(SOUND, WARNING, OTHER))
    assert shown.startswith("### defcoop\n\n2 records\\, 1 source card\\: 2 errors\\, 1 warning\\.<br>Passages")
    assert cells(shown) == [
        ["dataset/actors/act-x.yaml:4:7", "error", "DC104", "act-x: kind: 'a' is not", "Use b."],
        ["dataset/actors/act-x.yaml:9:5", "warning", "DC701", "act-x: accept[0]: is stale", "Take it out."],
        ["dataset/actors/act-y.yaml:2:1", "error", "DC012", "act-y: null", "Leave it out."],
    ]


def test_a_hostile_finding_is_one_row_of_plain_text() -> None:
    shown = job_summary.summary(report(EVIL))
    text = visible(HOSTILE, keep="\n")
    [row] = [[cell.replace(" \n", "\n") for cell in row] for row in cells(shown)]
    assert row == [f"dataset/{text}.yaml:3:2", "error", "DC301", text, text]


def test_without_findings_the_summary_has_no_table() -> None:
    assert "|" not in job_summary.summary(report())


def test_a_summary_that_github_would_refuse_says_what_it_leaves_out() -> None:
    many = report(*[SOUND._replace(line=line, message="x" * 1000) for line in range(1, 2001)])
    shown = job_summary.summary(many)
    assert len(shown.encode()) < 2**20
    rows = shown.count("| error |")
    assert shown.endswith(f"\n\n{2000 - rows} more do not fit into a summary; the log has them all.\n")
    assert rows > 900


@pytest.mark.parametrize(("output", "written"), [("github", True), ("text", False)])
def test_validate_appends_the_summary_where_github_asks_for_it(
    output: str, *, written: bool, copied: Path, defcoop: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = copied / "summary.md"
    file.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    (copied / "dataset/actors/stray.txt").touch()
    found = defcoop("validate", "--format", output)
    assert found.code == 1
    assert ("stray\\.txt" in file.read_text(encoding="utf-8")) == written
    assert file.read_text(encoding="utf-8").startswith("before\n")


def test_no_summary_is_written_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.chdir(tmp_path)
    job_summary.append(report(SOUND))
    assert list(tmp_path.iterdir()) == []
