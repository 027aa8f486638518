"""The frame of the command line: help, versions, and what a user sees when it cannot run."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from defcoop import version
from defcoop.cli import COMMANDS, app, main
from defcoop.docgen import schemas
from defcoop.release.versions import with_constants
from tests.processes import python
from tests.release.repositories import git

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Result


def test_version_prints_the_three_numbers(defcoop: Callable[..., Result]) -> None:
    found = defcoop("--version")
    assert found == (0, f"defcoop {version.LIBRARY}, schema {version.SCHEMA}, data {version.DATA}\n", "")


def test_help_lists_the_commands_in_their_order(defcoop: Callable[..., Result]) -> None:
    found = defcoop("--help")
    assert found.code == 0
    assert re.findall(r"^  ([a-z]+) ", found.out.partition("Commands:")[2], flags=re.MULTILINE) == [*COMMANDS]
    assert defcoop("-h") == found


def test_without_a_command_the_help_is_shown_and_it_counts_as_misuse(defcoop: Callable[..., Result]) -> None:
    found = defcoop()
    assert found.code == 2
    assert "Commands:" in found.out + found.err


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_each_command_has_an_example_that_runs(
    name: str, copied: Path, checkout: Path, defcoop: Callable[..., Result]
) -> None:
    found = defcoop(name, "--help")
    assert found.code == 0
    (example,) = re.findall(rf"Example: defcoop ({name}.*)", found.out)
    shutil.copytree(checkout / "schema", copied / "schema")
    defcoop("build")
    shutil.copytree(checkout / "changelog.d", copied / "changelog.d")
    shutil.copy(checkout / "CHANGELOG.md", copied)
    (copied / "defcoop").mkdir()
    shutil.copy(checkout / "defcoop" / "version.py", copied / "defcoop")
    if name == "merge":
        shutil.copytree(copied / "dataset", copied / "theirs/dataset")
        shutil.copytree(copied / "seeds", copied / "theirs/seeds")
    if name == "release":
        _before_the_first_release(copied)
    if name == "update":
        defcoop("init", "nordic")
    (copied / ".gitignore").write_text("build\n")
    (copied / "trade-register.csv").write_text("Supplier,Recipient,Year of order\nTurkiye,Qatar,2031\n")  # for `align`
    for words in (["init"], ["add", "."], ["commit", "--message", "records"]):
        git(copied, *words)
    assert defcoop(*example.split()).code == 0


def _before_the_first_release(folder: Path) -> None:
    """Let a checkout stand where no tag of an earlier release is needed."""
    module = folder / "defcoop" / "version.py"
    numbers = {"LIBRARY": "9.0.0.dev0", "SCHEMA": "9.0.0-dev", "DATA": "9.0.0-dev", "RELEASED": ""}
    module.write_text(with_constants(module.read_text(encoding="utf-8"), **numbers), encoding="utf-8")
    for file, text in schemas.files("9.0.0-dev").items():
        (folder / "schema" / file).write_text(text, encoding="utf-8")
    card = (folder / "dataset.yaml").read_text(encoding="utf-8")
    unreleased = re.sub(r"\nversion: .*\nreleased: .*", "\nversion: 9.0.0-dev", card)
    (folder / "dataset.yaml").write_text(unreleased, encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_each_command(name: str, checkout: Path) -> None:
    assert f"`defcoop {name}" in (checkout / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("args", [["nonsense"], ["--nonsense"], ["validate", "--nonsense"], ["build", "surplus"]])
def test_misuse_ends_with_2_and_a_word_on_usage(args: list[str], defcoop: Callable[..., Result]) -> None:
    found = defcoop(*args)
    assert (found.code, found.out) == (2, "")
    assert "Usage: " in found.err


@pytest.mark.parametrize("name", ["validate", "build"])
@pytest.mark.parametrize("missing", ["dataset", "seeds"])
def test_a_missing_folder_ends_with_2_and_one_line_that_names_it(
    name: str, missing: str, copied: Path, defcoop: Callable[..., Result]
) -> None:
    (copied / missing).rename(copied / "gone")
    found = defcoop(name)
    assert (found.code, found.out) == (2, "")
    missed = {"dataset": "dataset: no such file or folder", "seeds": f"{copied / 'seeds'}: No such file or directory"}
    assert found.err == f"defcoop: {missed[missing]}\n"


@pytest.mark.parametrize("name", ["validate", "build"])
def test_a_missing_folder_of_texts_ends_with_2(name: str, copied: Path, defcoop: Callable[..., Result]) -> None:
    found = defcoop(name, "--seeds", str(copied / "nowhere"))
    assert (found.code, found.out) == (2, "")
    assert found.err == f"defcoop: {copied / 'nowhere'}: no such folder\n"


def test_a_missing_path_is_said_to_be_missing(copied: Path, defcoop: Callable[..., Result]) -> None:
    found = defcoop("validate", "nowhere")
    assert (found.code, found.out, found.err) == (2, "", f"defcoop: {copied / 'nowhere'}: no such file or folder\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_of_a_command_what_its_own_help_begins_with(name: str) -> None:
    command = app.get_command(click.Context(app), name)
    assert command
    assert (command.help or "").partition("\n\n")[0].replace("\n", " ") == COMMANDS[name]


def _broken(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("defcoop.dataset.load", fail)


@pytest.mark.parametrize(
    "error", [RuntimeError("two\nlines"), ValueError("no number"), RecursionError(), ImportError()]
)
def test_a_bug_ends_with_2_and_one_line_on_where_to_report_it(
    error: Exception, tmp_path: Path, defcoop: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _broken(monkeypatch, error)
    found = defcoop("show", "act-x")
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    assert (found.code, found.out, found.err.count("\n")) == (2, "", 1)
    assert found.err.startswith(
        f"defcoop: this is a mistake in defcoop and not in your data: {reason}. Please report it"
    )


def test_the_traceback_of_a_bug_can_be_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DEFCOOP_TRACEBACK", "1")
    monkeypatch.setattr("sys.argv", ["defcoop", "show", "act-x"])
    _broken(monkeypatch, RuntimeError("a bug"))
    with pytest.raises(SystemExit) as exit_:
        main()
    assert exit_.value.code == 2
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupt_within_a_command_ends_with_130(
    tmp_path: Path, defcoop: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _broken(monkeypatch, KeyboardInterrupt())
    assert defcoop("show", "act-x").code == 130


def test_an_interrupt_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("defcoop.cli.app.main", interrupt)
    with pytest.raises(SystemExit) as exit_:
        main()
    assert exit_.value.code == 130


def test_click_runs_the_same_app() -> None:
    found = CliRunner().invoke(app, ["--version"])
    assert (found.exit_code, found.output.split()[1]) == (0, f"{version.LIBRARY},")


def test_the_module_is_the_command() -> None:
    found = python("-m", "defcoop", "--version")
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith(f"defcoop {version.LIBRARY}, ")


def test_a_process_without_a_dataset_ends_with_2_and_no_traceback(tmp_path: Path) -> None:
    found = python("-m", "defcoop", "validate", cwd=tmp_path)
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr == "defcoop: dataset: no such file or folder\n"


def test_a_command_that_is_named_loads_no_other() -> None:
    found = python(
        "-c",
        "import sys; from defcoop.cli import main; sys.argv = ['defcoop', 'schema', '-h']\n"
        "try: main()\nfinally: print(*[name for name in sys.modules if name.startswith('defcoop.cli.')])",
    )
    loaded = found.stdout.splitlines()[-1].split()
    assert [name for name in loaded if "._" not in name] == ["defcoop.cli.schema"]
