"""The shell steps of action.yml do what they say, run as a runner runs them, in a temporary git repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from click.testing import CliRunner

from defcoop.cli import app

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CHECKOUT = Path(__file__).parent.parent
ACTION = yaml.safe_load((CHECKOUT / "action.yml").read_text(encoding="utf-8"))
RECORD = "dataset/engagements/eng-coast-league-qat-meeting.yaml"
HELP = CliRunner().invoke(app, ["validate", "--help"]).output

TOLD = """\
#!/bin/bash
printf '%s\\n' "in $PWD" "$@"
exit "${ENDS_WITH:-0}"
"""
"""A stand-in for defcoop that tells where it was run and with which arguments."""

PYTHON = """\
#!/bin/bash
printf 'python'; printf ' [%s]' "$@"; echo
if [[ $3 == venv ]]; then mkdir -p "$5/bin"; cp "$0" "$5/bin/python"; cp "$0" "$5/bin/defcoop"; fi
"""
"""A stand-in for Python that tells its arguments and makes environments out of itself."""


def needs(*options: str) -> pytest.MarkDecorator:
    missing = [option for option in options if not re.search(rf"(?<![\w-]){option}\b", HELP)]
    return pytest.mark.skipif(bool(missing), reason=f"defcoop validate has no {' '.join(missing)} yet")


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def git(folder: Path, *args: str) -> None:
    who = ["-c", "user.name=A Tester", "-c", "user.email=tester@example.org"]
    subprocess.run(["git", *who, *args], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    shutil.copytree(CHECKOUT / "tests/good", folder, ignore=shutil.ignore_patterns("texts"))
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message=Records")
    return folder


class Runner:
    """As much of a GitHub runner as the action meets."""

    def __init__(self, workspace: Path, folder: Path) -> None:
        self.workspace = workspace
        self.summary = folder / "summary.md"
        self.temp = folder / "temp"
        self.temp.mkdir()
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(CHECKOUT),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_WORKSPACE": str(workspace),
            "RUNNER_TEMP": str(self.temp),
        }

    def step(self, name: str, env: Mapping[str, str] | None = None, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run one step of the action with inputs and further variables."""
        [step] = [step for step in ACTION["runs"]["steps"] if step["name"] == name]
        given = {name: entry["default"] for name, entry in ACTION["inputs"].items()} | inputs
        values = {key: given[re.fullmatch(r"\$\{\{ inputs\.(\w+) \}\}", text)[1]] for key, text in step["env"].items()}
        file = script(self.temp / "step.sh", step["run"])
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(file)],
            cwd=self.workspace,
            env=self.env | values | dict(env or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            timeout=600,
        )


@pytest.fixture
def runner(workspace: Path, tmp_path: Path) -> Runner:
    return Runner(workspace, tmp_path)


@pytest.fixture
def told(runner: Runner) -> Callable[..., list[str]]:
    """Run the step Validate with the stand-in for defcoop, and give the lines that it tells."""
    script(runner.temp / "defcoop/bin/defcoop", TOLD)

    def run(env: Mapping[str, str] | None = None, **inputs: str) -> list[str]:
        done = runner.step("Validate", env, **inputs)
        assert done.returncode == 0, done.stdout
        return done.stdout.splitlines()

    return run


@pytest.fixture
def real(runner: Runner) -> Runner:
    """A runner whose environment holds the defcoop of this checkout."""
    script(runner.temp / "prepared/bin/defcoop", f'#!/bin/bash\nexec "{sys.executable}" -m defcoop "$@"\n')
    runner.env |= {"DEFCOOP_VENV": str(runner.temp / "prepared"), "PYTHONPATH": str(CHECKOUT)}
    return runner


def spoil(folder: Path) -> int:
    """Put a mistake into a record and give its line."""
    record = folder / RECORD
    sound = record.read_text(encoding="utf-8")
    record.write_text(sound.replace("\nkind: ", "\nkind: no_", 1), encoding="utf-8")
    return sound.split("\nkind: ")[0].count("\n") + 2


def test_no_expression_stands_in_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


def test_the_inputs_are_those_documented() -> None:
    assert {name: entry["default"] for name, entry in ACTION["inputs"].items()} == {
        "path": ".",
        "strict": "false",
        "version": "",
    }


def test_the_placeholder_is_that_of_the_action() -> None:
    with (CHECKOUT / "pyproject.toml").open("rb") as file:
        urls = tomllib.load(file)["project"]["urls"]
    [repository] = re.findall(r"uses: (\S+/defcoop)@", (CHECKOUT / "action.yml").read_text(encoding="utf-8"))
    home = f"https://github.com/{repository}"
    assert urls["Repository"] == home
    assert all(url == home or url.startswith(f"{home}/") for url in urls.values())
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"https://github\.com/[^/\s)]+/defcoop", readme)) == {home}


def test_install_takes_the_version_beside_the_action(runner: Runner) -> None:
    folder = script(runner.temp / "bin/python", PYTHON).parent
    done = runner.step("Install defcoop", {"PATH": f"{folder}:{os.environ['PATH']}"})
    assert done.stdout.splitlines() == [
        f"python [-I] [-m] [venv] [--clear] [{runner.temp}/defcoop]",
        f"python [-I] [-m] [pip] [install] [--quiet] [--disable-pip-version-check] [{CHECKOUT}]",
        "python [--version]",
    ]


def test_install_takes_a_version_from_pypi(runner: Runner) -> None:
    folder = script(runner.temp / "bin/python", PYTHON).parent
    done = runner.step("Install defcoop", {"PATH": f"{folder}:{os.environ['PATH']}"}, version="1.2.0rc1")
    assert "[defcoop==1.2.0rc1]" in done.stdout


@pytest.mark.parametrize(
    "version", ["1.0 --index-url=x", "$(touch evil)", "1;touch evil", "-e.", "1\n::warning::x", " "]
)
def test_install_refuses_what_is_no_version(runner: Runner, version: str) -> None:
    folder = script(runner.temp / "bin/python", PYTHON).parent
    done = runner.step("Install defcoop", {"PATH": f"{folder}:{os.environ['PATH']}"}, version=version)
    assert done.returncode == 2
    assert done.stdout == '::error title=defcoop::The input "version" is not a version number.\n'
    assert not (runner.workspace / "evil").exists()


def test_install_uses_a_prepared_environment_as_it_is(runner: Runner) -> None:
    prepared = script(runner.temp / "kept/bin/defcoop", TOLD).parent.parent
    done = runner.step("Install defcoop", {"DEFCOOP_VENV": str(prepared)})
    assert done.stdout.splitlines() == [
        "Using the environment in DEFCOOP_VENV.",
        f"in {runner.workspace}",
        "--version",
    ]


def test_install_fills_an_empty_environment_for_the_next_time(runner: Runner) -> None:
    folder = script(runner.temp / "bin/python", PYTHON).parent
    kept = runner.temp / "kept"
    runner.step("Install defcoop", {"DEFCOOP_VENV": str(kept), "PATH": f"{folder}:{os.environ['PATH']}"})
    assert (kept / "bin/defcoop").exists()
    assert not (runner.temp / "defcoop").exists()


def test_without_a_base_everything_is_checked(told: Callable[..., list[str]], workspace: Path) -> None:
    assert told() == [f"in {workspace}", "validate", "--format", "github"]


def test_strict_is_passed_on(told: Callable[..., list[str]]) -> None:
    assert told(strict="true")[1:] == ["validate", "--format", "github", "--strict"]


@pytest.mark.parametrize("strict", ["True", "yes", "", "--help", "$(touch evil)"])
def test_another_value_of_strict_is_refused(runner: Runner, strict: str) -> None:
    done = runner.step("Validate", strict=strict)
    assert (done.returncode, done.stdout) == (
        2,
        '::error title=defcoop::The input "strict" is neither true nor false.\n',
    )
    assert not (runner.workspace / "evil").exists()


def test_a_pull_request_is_compared_with_its_base(told: Callable[..., list[str]], workspace: Path) -> None:
    git(workspace, "update-ref", "refs/remotes/origin/release/1", "HEAD")
    assert told({"GITHUB_BASE_REF": "release/1"})[1:] == [
        "validate",
        "--format",
        "github",
        "--changed-since",
        "origin/release/1",
    ]


@pytest.mark.parametrize("base", ["main", "--help", "$(touch evil)", ""])
def test_a_base_that_is_not_there_is_left_out(told: Callable[..., list[str]], workspace: Path, base: str) -> None:
    assert told({"GITHUB_BASE_REF": base})[1:] == ["validate", "--format", "github"]
    assert not (workspace / "evil").exists()


def test_a_base_of_which_the_checkout_lacks_the_history_is_left_out(
    told: Callable[..., list[str]], runner: Runner, workspace: Path, tmp_path: Path
) -> None:
    git(workspace, "switch", "--quiet", "--create", "side")
    git(workspace, "commit", "--quiet", "--allow-empty", "--message=Of the side")
    git(workspace, "commit", "--quiet", "--allow-empty", "--message=More of the side")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=side", f"file://{workspace}", str(clone))
    git(clone, "fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main")
    runner.workspace = clone
    notice, _, *arguments = told({"GITHUB_BASE_REF": "main"})
    assert notice == "::notice title=defcoop::Everything is checked: the history to tell what changed is not here."
    assert arguments == ["validate", "--format", "github"]
    git(clone, "fetch", "--quiet", "--unshallow", "origin")
    assert told({"GITHUB_BASE_REF": "main"})[-2:] == ["--changed-since", "origin/main"]


def test_a_folder_without_git_is_checked_whole(told: Callable[..., list[str]], workspace: Path) -> None:
    shutil.rmtree(workspace / ".git")
    assert told({"GITHUB_BASE_REF": "main"})[1:] == ["validate", "--format", "github"]


HOSTILE = ["two words", 'it\'s "quoted"', "$(touch evil)", "`touch evil`", "a; touch evil", "-rf", "*", "a\n::error::b"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_folder_with_a_hostile_name_is_only_a_folder(
    told: Callable[..., list[str]], workspace: Path, name: str
) -> None:
    (workspace / name / "dataset").mkdir(parents=True)
    assert "\n".join(told(path=name)).startswith(f"in {workspace}/{name}\nvalidate\n")
    assert not list(workspace.rglob("evil"))


@pytest.mark.parametrize("name", [*HOSTILE, "", "..", "/nowhere", "dataset", "-"])
def test_a_path_that_is_no_checkout_is_refused(runner: Runner, name: str) -> None:
    done = runner.step("Validate", path=name)
    assert done.returncode == 2
    assert done.stdout == '::error title=defcoop::The input "path" names no folder that holds dataset/.\n'
    assert not list(runner.workspace.rglob("evil"))


@pytest.mark.parametrize("code", [1, 2])
def test_the_step_ends_as_defcoop_ends(runner: Runner, code: int) -> None:
    script(runner.temp / "defcoop/bin/defcoop", TOLD)
    assert runner.step("Validate", {"ENDS_WITH": str(code)}).returncode == code


@needs("github")
def test_a_sound_checkout_passes(real: Runner) -> None:
    assert real.step("Install defcoop").returncode == 0
    done = real.step("Validate")
    assert done.returncode == 0, done.stdout
    assert "::error" not in done.stdout
    assert real.summary.read_text(encoding="utf-8").strip()


@needs("github")
def test_a_mistake_is_put_on_its_line(real: Runner) -> None:
    line = spoil(real.workspace)
    done = real.step("Validate")
    assert done.returncode == 1
    [error] = re.findall(r"^::error (.*?)::", done.stdout, re.MULTILINE)
    assert {f"file={RECORD}", f"line={line}"} <= set(error.split(","))
    assert Path(RECORD).stem in real.summary.read_text(encoding="utf-8").replace("\\", "")


@needs("github")
def test_a_mistake_in_a_checkout_below_is_put_on_the_file_of_the_repository(real: Runner) -> None:
    below = real.workspace / "two words"
    below.mkdir()
    for name in ("dataset", "seeds"):
        (real.workspace / name).rename(below / name)
    spoil(below)
    done = real.step("Validate", path="two words")
    assert done.returncode == 1
    assert f"file=two words/{RECORD}," in done.stdout


@needs("github", "--strict", "--changed-since")
def test_a_pull_request_with_a_mistake_fails(real: Runner) -> None:
    git(real.workspace, "update-ref", "refs/remotes/origin/main", "HEAD")
    line = spoil(real.workspace)
    git(real.workspace, "commit", "--quiet", "--all", "--message=A mistake")
    done = real.step("Validate", {"GITHUB_BASE_REF": "main"}, strict="true")
    assert done.returncode == 1
    assert f"file={RECORD},line={line}," in done.stdout


@needs("github", "--strict", "--changed-since")
def test_a_pull_request_without_a_mistake_passes(real: Runner) -> None:
    git(real.workspace, "update-ref", "refs/remotes/origin/main", "HEAD")
    record = real.workspace / RECORD
    record.write_text(record.read_text(encoding="utf-8") + "# A remark\n", encoding="utf-8")
    git(real.workspace, "commit", "--quiet", "--all", "--message=A remark")
    done = real.step("Validate", {"GITHUB_BASE_REF": "main"}, strict="true")
    assert done.returncode == 0, done.stdout


HOOKS: list[dict[str, Any]] = yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def test_the_hook_is_for_records_and_source_cards() -> None:
    [hook] = HOOKS
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == ("defcoop-validate", "python", True)
    assert re.search(hook["files"], "dataset/actors/act-qat.yaml")
    assert re.search(hook["files"], "seeds/seed-000.yaml")
    assert not re.search(hook["files"], "docs/dataset/a.yaml")


@pytest.mark.parametrize(("spoilt", "code"), [(False, 0), (True, 1)])
def test_the_hook_checks_a_changed_file(workspace: Path, tmp_path: Path, *, spoilt: bool, code: int) -> None:
    if spoilt:
        spoil(workspace)
    command = HOOKS[0]["entry"].split()
    assert command[0] == "defcoop"
    done = subprocess.run(
        [sys.executable, "-m", *command, RECORD],
        cwd=workspace,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT), "DEFCOOP_SEEDS": "", "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert (RECORD in done.stdout) == spoilt
