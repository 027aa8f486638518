"""Git repositories to make releases in: of the good checkout, in which one takes a moment, and of this one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

from defcoop.docgen import schemas
from defcoop.release.versions import with_constants, with_version
from tests.checkouts import GOOD, copy_of_the_good, edit
from tests.processes import EDITION, REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

DATE = "2031-04-05"

WHO = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in
       (("NAME", "A Tester"), ("EMAIL", "tester@example.org"))}  # fmt: skip
QUICK = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsync", "GIT_CONFIG_VALUE_0": "none"}
GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"} | WHO | QUICK
"""An environment for git in which nothing of the machine's settings counts, and no test waits for a disk."""

VERSION = '''\
"""The three version numbers."""

LIBRARY = "0.1.0.dev0"
SCHEMA = "0.1.0-dev"
DATA = "0.1.0-dev"

RELEASED = ""
"""The hash of the data that bear the version."""
'''

CHANGELOG = """\
# Changelog

Of three parts.

## Unreleased

### Data

- First records.

### Library

- Everything.
"""

PARTS = """
    dataset.yaml defcoop schema changelog.d docs/codes CHANGELOG.md CITATION.cff .zenodo.json .gitignore pyproject.toml
""".split()
"""What a release reads or writes in this checkout beside the data, and the library that makes it."""


def git(folder: Path, *args: str) -> str:
    done = subprocess.run(
        ["git", *args], cwd=folder, env=os.environ | GIT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder: Path, message: str = "A change") -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", f"--message={message}")
    return git(folder, "rev-parse", "HEAD")


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def of_the_good(folder: Path) -> Path:
    """Make a repository of the good checkout, with what a release needs beside the records; the texts stay out."""
    copy_of_the_good(folder)
    shutil.rmtree(folder / "texts")
    write(folder, "defcoop/version.py", VERSION)
    (folder / "dataset.yaml").unlink()  # as before there were cards: the version stands in the library
    write(folder, "CHANGELOG.md", CHANGELOG)
    write(folder, "changelog.d/README.md", "About fragments.\n")
    write(folder, "changelog.d/a-thing.library.md", "- A thing.\n")
    write(folder, ".gitignore", "/dist/\n/build/\n")
    for name, text in schemas.files("0.1.0-dev").items():
        write(folder, f"schema/{name}", text)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "Good")
    return folder


def of_this_checkout(folder: Path) -> Path:
    """Make a repository of what a release needs of this checkout, and of the edition, before a release of 9.0.0."""
    for name in git(REPOSITORY, "ls-files", "-co", "--exclude-standard", "-z", "--", *PARTS).split("\0"):
        if name and (REPOSITORY / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(REPOSITORY / name, folder / name)
    for name in ("dataset", "seeds"):
        shutil.copytree(EDITION / name, folder / name)
    module = (folder / "defcoop/version.py").read_text(encoding="utf-8")
    numbers = {"LIBRARY": "9.0.0.dev0", "SCHEMA": "9.0.0-dev", "DATA": "9.0.0-dev"}
    write(folder, "defcoop/version.py", with_constants(module, **numbers))
    card = (folder / "dataset.yaml").read_text(encoding="utf-8")
    write(folder, "dataset.yaml", re.sub(r"(?m)^(released|requires):.*\n", "", with_version(card, "9.0.0-dev", "x")))
    for name, text in schemas.files("9.0.0-dev").items():
        write(folder, f"schema/{name}", text)
    write(folder, "changelog.d/a-thing.library.md", "- A thing.\n")
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "This checkout")
    return folder


TEXTS = GOOD / "texts"

LEAGUE = "dataset/actors/act-coast-league.yaml"
UNION = "dataset/actors/act-hill-union.yaml"
VISIT = "dataset/engagements/eng-coast-league-qat-doha-visit.yaml"


def correct(folder: Path) -> str:
    """Correct a record and commit that."""
    edit(folder, LEAGUE, ("An invented organisation of states.", "An invented organisation of coastal states."))
    return commit(folder, "A correction")


def add(folder: Path) -> str:
    """Add a record and commit that."""
    head, _, rest = (folder / LEAGUE).read_text(encoding="utf-8").partition("names:\n")
    evidence = rest.partition("evidence:\n")[2].split("  - seed: ")[2]
    fields = """\
names:
  - {text: Hill Union, lang: en, kind: editorial}
summary: A union.
kind: igo
accept: [{code: DC804, reason: It is to be.}]
evidence:
  - seed: """
    write(folder, UNION, head.replace("act-coast-league", "act-hill-union") + fields + evidence)
    return commit(folder, "A record")


def state(folder: Path) -> dict[str, bytes | None]:
    """Give all that is in a folder, git's own files too; of folders, that they are there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }
