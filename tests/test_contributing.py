"""CONTRIBUTING.md works when it is followed to the letter, in a fresh clone, by somebody with nothing but the page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from defcoop.io.yaml_reader import read
from defcoop.io.yaml_writer import write_yaml
from defcoop.models import SourceCard
from defcoop.models.registry import BY_FOLDER
from tests.processes import REPOSITORY

PAGE = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")

STEP = re.compile(
    r"^Save as `(?P<file>[^`]+)`:\n\n```\w+\n(?P<body>.*?)^```$"
    r"|Change the line\n\n```\w+\n(?P<old>.*?)^```\n\nof `(?P<changed>[^`]+)` to\n\n```\w+\n(?P<new>.*?)^```$"
    r"|^```console\n(?P<console>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
"""What the page tells its reader to do: save a file, change a line, or type commands."""


QUICK = "tests/test_living.py tests/test_accounting.py tests/test_repository_files.py tests/dataset/test_loading.py"
"""The tests that look at the living data, and some that name records."""


class Command(NamedTuple):
    """A command of the page with what it is said to print; `…` stands for anything."""

    line: str
    shown: str

    @property
    def fails(self) -> bool:
        return bool(re.search(r": error DC\d{3}", self.shown))


def commands(console: str) -> list[Command]:
    return [Command(*part.split("\n", 1)) for part in re.split(r"^\$ ", console, flags=re.MULTILINE) if part]


def shows(shown: str, printed: str) -> bool:
    """Say whether a printed text is the one shown: `…` is anything in a line, on a line of its own any lines."""
    lines = (
        r"(?:.*\n)*" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n"
        for line in shown.splitlines()
    )
    return bool(re.fullmatch("".join(lines), printed))


class Newcomer:
    """Somebody who has a clone of their fork, and does what the page says."""

    def __init__(self, folder: Path) -> None:
        self.clone = folder / "clone"
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "MYPY_CACHE_DIR": str(REPOSITORY / ".mypy_cache"),
            "PYTHONPATH": str(self.clone),
            **{f"GIT_{who}_NAME": "A Newcomer" for who in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{who}_EMAIL": "newcomer@example.org" for who in ("AUTHOR", "COMMITTER")},
        }

    def type(self, line: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", line],
            cwd=self.clone,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            timeout=300,
        )

    def follow(self, page: str) -> int:
        """Do all that a page says, and count the steps."""
        steps = list(STEP.finditer(page))
        for step in steps:
            if step["file"]:
                path = self.clone / step["file"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(step["body"], encoding="utf-8")
            elif step["changed"]:
                path = self.clone / step["changed"]
                before = path.read_text(encoding="utf-8")
                assert before.count(step["old"]) == 1
                path.write_text(before.replace(step["old"], step["new"]), encoding="utf-8")
            else:
                for command in commands(step["console"]):
                    done = self.type(command.line)
                    assert done.returncode == command.fails, f"{command.line}\n{done.stdout}"
                    assert shows(command.shown, done.stdout), f"{command.line}\n{done.stdout}"
        return len(steps)


@pytest.fixture
def newcomer(tmp_path: Path) -> Newcomer:
    """A clone of the working tree with a fork to push to; this session's Python stands in for what make installs."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if not listed.stdout or not shutil.which("make"):
        pytest.skip("needs make and a git checkout")
    newcomer = Newcomer(tmp_path)
    for name in filter(None, listed.stdout.split("\0")):
        if (REPOSITORY / name).is_file():
            target = newcomer.clone / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, target)
    for line in (
        "git init --quiet --initial-branch=main && git add . && git commit --quiet --message=Before",
        "git clone --quiet --bare . ../fork.git && git remote add origin ../fork.git",
    ):
        assert newcomer.type(line).returncode == 0
    binaries = newcomer.clone / ".venv/bin"
    binaries.mkdir(parents=True)
    for name in ("python", "defcoop", "ruff", "mypy", "interrogate"):
        module = "" if name == "python" else f"-m {name}"
        (binaries / name).write_text(f'#!/bin/bash\nexec "{sys.executable}" {module} "$@"\n', encoding="utf-8")
        (binaries / name).chmod(0o755)
    for name in (".core", ".dev"):
        (newcomer.clone / ".venv" / name).touch()
    return newcomer


def test_every_command_and_file_of_the_page_is_understood_by_this_test() -> None:
    fences = re.findall(r"^```\w+$", PAGE, re.MULTILINE)
    understood = list(STEP.finditer(PAGE))
    assert len(fences) == len(understood) + sum(bool(step["changed"]) for step in understood)


def test_the_page_followed_to_the_letter_leads_to_a_merged_record(newcomer: Newcomer) -> None:
    taking_it_away = PAGE.index("GitHub now offers")
    newcomer.follow(PAGE[:taking_it_away])

    # What the fork now has is sound for others, who have no texts, and is not what it was before.
    for line in (
        "git -C .. clone --quiet --branch=practice fork.git merged && cd ../merged && git diff --stat --exit-code",
        'cd ../merged && PYTHONPATH="$PWD" ../clone/.venv/bin/defcoop validate --format json',
    ):
        done = newcomer.type(line)
        assert done.returncode == 0, done.stdout
    changed = newcomer.type("git diff --name-only main practice").stdout.split()
    assert changed == [
        "changelog.d/coast-league.data.md",
        "dataset/actors/act-coast-league.yaml",
        "dataset/engagements/eng-coast-league-qat-doha-visit-2031.yaml",
        "seeds/seed-900.yaml",
    ]

    # All is green with the new record, its text at hand, and nothing else is touched; what is installed stands in.
    for line in (
        f"DEFCOOP_SEEDS=../texts make -o tools -o .venv/.dev test ARGS='-n 0 {QUICK}'",
        "make -o .venv/.dev check",
        "git status --porcelain | grep . && exit 1 || exit 0",
    ):
        done = newcomer.type(line)
        assert done.returncode == 0, f"{line}\n{done.stdout}"

    newcomer.follow(PAGE[taking_it_away:])
    assert newcomer.type("git status --short --branch").stdout.strip() == "## main"
    assert newcomer.type("git ls-remote --heads origin").stdout.split()[1::2] == ["refs/heads/main"]


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a … c\n", "a b b c\n", True),
        ("a … c\n", "a b\nc\n", False),
        ("a\n…\nb\n", "a\nx\ny\nb\n", True),
        ("a\n…\nb\n", "a\nb\n", True),
        ("a\n", "a\nb\n", False),
        ("", "", True),
        ("", "a\n", False),
    ],
)
def test_what_is_shown_stands_for_what_is_printed(*, shown: str, printed: str, same: bool) -> None:
    assert shows(shown, printed) is same


def test_the_practice_files_are_in_the_canonical_layout() -> None:
    files = [step for step in STEP.finditer(PAGE) if (step["file"] or "").endswith(".yaml")]
    assert len(files) == 3
    for step in files:
        kind = BY_FOLDER.get(Path(step["file"]).parent.name)
        model, name = (kind.model, kind.name) if kind else (SourceCard, "source_card")
        assert write_yaml(model.model_validate(read(step["body"].encode())), name) == step["body"]
