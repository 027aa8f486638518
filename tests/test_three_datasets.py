"""Three teams start datasets from the wheel, and everything works there under their own name."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import frictionless
import pytest
import yaml

from defcoop import version
from defcoop.exports import EXPORTS
from tests.processes import EDITION, REPOSITORY
from tests.release.repositories import GIT
from tests.teams import NORDIC, TEAMS, Team
from tests.test_wheel import build, copied, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS = re.compile(r"qatar|قطر(?!ا)|katar\b|defcoop contributors|five (?:arabic )?(?:news )?texts|of 571", re.IGNORECASE)
"""What is said of this project's data alone."""

NOWHERE = {f"{kind}_proxy": "http://127.0.0.1:9" for kind in ("http", "https", "all")}


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The libraries that defcoop needs, without defcoop: what a registry would give."""
    folder = tmp_path_factory.mktemp("others")
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if "defcoop" not in path.name and path.suffix != ".pth":
            (folder / path.name).symlink_to(path)
    return folder


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = shutil.copytree(EDITION, tmp_path_factory.mktemp("wheel") / "defcoop")
    copied(source, [name for name in listed() if not (source / name).exists()], REPOSITORY)
    return build(source, "wheel").wheel


@pytest.fixture(scope="module")
def program(wheel: Path, others: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an empty environment, and give the program."""
    venv = tmp_path_factory.mktemp("empty") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True, timeout=60)
    pip = [sys.executable, "-m", "pip", "--python", str(venv / "bin/python"), "install", "--no-index", "--no-deps"]
    subprocess.run([*pip, "--quiet", "--disable-pip-version-check", str(wheel)], check=True, timeout=120)
    [site] = (venv / "lib").glob("python*/site-packages")
    (site / "others.pth").write_text(f"{others}\n", encoding="utf-8")
    return venv / "bin/defcoop"


def run(folder: Path, *command: str | Path, **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DEFCOOP", "PYTHON", "PIP"))}
    done = subprocess.run(
        command,
        cwd=folder,
        env=kept | NOWHERE | GIT | {"XDG_CACHE_HOME": str(folder.parent / "cache")} | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


@pytest.fixture(scope="module", params=TEAMS, ids=lambda team: team.name)
def team(request: pytest.FixtureRequest) -> Team:
    """Each of the three teams."""
    chosen: Team = request.param
    return chosen


@pytest.fixture(scope="module")
def dataset(team: Team, program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of a team, in a git repository, with everything made of it."""
    place = tmp_path_factory.mktemp("teams")
    (place / "answers.yaml").write_text(yaml.safe_dump(dict(team.answers), allow_unicode=True), encoding="utf-8")
    run(place, program, "init", team.name, "--from", "answers.yaml")
    folder = place / team.name
    team.write(folder)
    run(folder, program, "validate", "--strict")
    run(folder, program, "build")
    run(folder, program, "verify", "build/package")
    run(folder, program, "panel", "--out", "build/panel.csv")
    for form in EXPORTS:
        run(folder, program, "export", form.name)
    run(folder, program, "codebook", "--dataset", "dataset", "--out", "build/codebook")
    run(folder, program, "update", "--check")
    for words in (["init"], ["add", "--all"], ["commit", "--message", "First records"]):
        run(folder, "git", *words)
    run(folder, program, "release", "--date", "2032-07-01")
    return folder


def test_the_package_is_the_teams_and_valid(team: Team, dataset: Path) -> None:
    place = dataset / "build/package/datapackage.json"
    descriptor = json.loads(place.read_bytes())
    assert (descriptor["name"], descriptor["title"]) == (team.name, team.answers["title"])
    assert frictionless.validate(str(place)).valid


def test_the_states_are_there_without_a_file(team: Team, dataset: Path) -> None:
    assert not (dataset / "dataset/actors").exists() or not any((dataset / "dataset/actors").iterdir())
    actors = (dataset / "build/package/data/actors.csv").read_text(encoding="utf-8")
    named = [*team.said["exercise"]["actors"], *team.said["agreement"]["parties"], team.said["mission"]["host"]]
    assert all(f"\n{actor}," in actors for actor in named)


def test_the_release_is_the_teams(team: Team, dataset: Path) -> None:
    assert run(dataset, "git", "tag").split() == ["v0.1.0"]
    card = yaml.safe_load((dataset / "dataset.yaml").read_text(encoding="utf-8"))
    assert (card["name"], card["version"]) == (team.name, "0.1.0")
    assert any(team.name in path.name and path.suffix == ".zip" for path in (dataset / "dist").iterdir())
    assert team.answers["title"] in (dataset / "CITATION.cff").read_text(encoding="utf-8")


def texts(name: str, source: bytes) -> Iterator[tuple[str, str]]:
    """Yield all text in a file: those in a zip, such as a workbook, and the cells of a database one by one."""
    if zipfile.is_zipfile(io.BytesIO(source)):
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            for inner in archive.namelist():
                yield from texts(f"{name}!{inner}", archive.read(inner))
    else:
        yield name, source.decode("utf-8", "replace")


def test_no_output_names_this_projects_data(dataset: Path) -> None:
    files = [path for path in dataset.rglob("*") if path.is_file() and ".git" not in path.relative_to(dataset).parts]
    assert len(files) > 100
    for path in files:
        for name, text in texts(str(path.relative_to(dataset)), path.read_bytes()):
            assert (found := OURS.search(text)) is None, (name, found and text[found.start() - 60 : found.end() + 40])
    with sqlite3.connect(dataset / "build/sqlite.sqlite") as database:
        assert OURS.search("\n".join(database.iterdump())) is None


@pytest.mark.parametrize("text", ["State of Qatar", "دولة قطر", "The defcoop contributors", "five Arabic news texts"])
def test_the_search_finds_what_it_looks_for(text: str) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as inside:
        inside.writestr("a.txt", text)
    [(_, inner)] = texts("a.zip", archive.getvalue())
    assert OURS.search(inner)


def test_make_data_and_make_test_work_in_a_new_folder(wheel: Path, program: Path, others: Path, tmp_path: Path) -> None:
    run(tmp_path, program, "init", NORDIC.name)
    python = tmp_path / "python"
    pth = '.venv/lib/python*/site-packages; do echo "$OTHERS" >$site/others.pth; done'
    python.write_text(f'#!/bin/bash\n"{sys.executable}" "$@" && for site in {pth}\n', encoding="utf-8")
    python.chmod(0o755)
    folder = tmp_path / NORDIC.name
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "OTHERS": str(others)}
    for target in ("data", "test"):
        run(folder, "make", target, f"PYTHON={python}", f"DEFCOOP={wheel}", **offline)
    assert (folder / "build/package/datapackage.json").is_file()
    assert run(folder, folder / ".venv/bin/defcoop", "--version").startswith(f"defcoop {version.LIBRARY}")
