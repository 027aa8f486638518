"""Commands of installed packages, and of packages whose commands are broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.processes import python

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess

COMMAND = """\
import click

@click.command
@click.option("--loud", is_flag=True)
def greet(loud):
    \"\"\"Greet the world.\"\"\"
    click.echo("HELLO" if loud else "hello")

def validate():
    raise AssertionError("never run")
"""
OFFERS = """\
[defcoop.commands]
greet = greetings:greet
validate = greetings:validate
absent = no_such_module:command
plain = greetings:validate
leaves = leaving:command
"""


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Lay out a package as installers do."""
    about = tmp_path / "greetings-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: greetings\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(OFFERS)
    (tmp_path / "greetings.py").write_text(COMMAND)
    (tmp_path / "leaving.py").write_text("raise SystemExit(7)\n")
    return tmp_path


def run(folder: Path, *args: str) -> CompletedProcess[str]:
    code = f"import sys; sys.path.append({str(folder)!r}); sys.argv = {['defcoop', *args]!r}\n"
    return python("-c", code + "from defcoop.cli import main; main()")


def test_a_command_of_an_installed_package_runs(installed: Path) -> None:
    found = run(installed, "greet", "--loud")
    assert (found.returncode, found.stdout, found.stderr) == (0, "HELLO\n", "")


def test_the_help_lists_it_after_ours_and_says_which_are_broken(installed: Path) -> None:
    found = run(installed, "--help")
    assert (found.returncode, found.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in found.stdout.splitlines()]
    assert "greet Greet the world." in lines
    assert lines.index("greet Greet the world.") > next(
        n for n, line in enumerate(lines) if line.startswith("codebook")
    )
    assert "absent (the command absent (no_such_module:command) cannot be loaded: No module" in " ".join(lines)
    assert sum(line.startswith("validate ") for line in lines) == 1


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("absent", "(no_such_module:command) cannot be loaded: No module named 'no_such_module'"),
        ("plain", "(greetings:validate) cannot be loaded: it is no Command of click"),
        ("leaves", "(leaving:command) cannot be loaded: SystemExit: 7"),
    ],
)
def test_a_broken_one_ends_with_2_and_a_reason(name: str, reason: str, installed: Path) -> None:
    found = run(installed, name)
    assert (found.returncode, found.stdout, found.stderr) == (2, "", f"defcoop: the command {name} {reason}\n")


def test_it_takes_no_name_of_ours(installed: Path) -> None:
    found = run(installed, "validate", "--help")
    assert (found.returncode, found.stderr) == (0, "")
    assert "Check records, references, evidence and passages." in found.stdout


def test_without_any_the_slow_metadata_are_not_imported(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['defcoop', '--help']\n"
        "from defcoop.cli import main\n"
        "try: main()\nfinally: print('importlib.metadata' in sys.modules)"
    )
    assert python("-c", code, cwd=tmp_path).stdout.splitlines()[-1] == "False"
