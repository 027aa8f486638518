"""Every command and function that takes a dataset takes it under the same names, and says the same of a missing one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

import defcoop as library
from defcoop.errors import DefcoopError
from defcoop.package.zip_writer import pack
from tests.checkouts import GOOD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Result

CHECKOUTS = ("co", "co/dataset", "co/")
PACKAGES = ("pkg", "pkg/datapackage.json", "pkg.zip")
ACTOR = "act-qat"

COMMANDS: dict[str, tuple[list[str], tuple[str, ...]]] = {
    "validate": (["validate", "--dataset", "@"], CHECKOUTS),
    "build": (["build", "--dataset", "@", "--out", "out"], CHECKOUTS),
    "migrate": (["migrate", "--check", "--dataset", "@"], CHECKOUTS),
    "codebook": (["codebook", "--dataset", "@", "--out", "codebook"], CHECKOUTS + PACKAGES),
    "show": (["show", ACTOR, "--dataset", "@"], CHECKOUTS + PACKAGES),
    "show, a package": (["show", ACTOR, "--package", "@"], CHECKOUTS + PACKAGES),
    "panel": (["panel", "--years", "2031", "--any-actor", "--dataset", "@"], CHECKOUTS + PACKAGES),
    "panel, a package": (["panel", "--years", "2031", "--any-actor", "--package", "@"], CHECKOUTS + PACKAGES),
    "plot": (["plot", "timeline", "--dataset", "@", "--out", "plot.html"], CHECKOUTS + PACKAGES),
    "plot, a package": (["plot", "timeline", "--package", "@", "--out", "plot.html"], CHECKOUTS + PACKAGES),
    "verify": (["verify", "@"], PACKAGES),
    "diff, the old": (["diff", "@", "pkg"], CHECKOUTS + PACKAGES),
    "diff, the new": (["diff", "pkg", "@"], CHECKOUTS + PACKAGES),
    "export": (["export", "csvw", "--package", "@", "--out", "csvw"], PACKAGES),
}

FUNCTIONS: dict[str, tuple[Callable[[str], Any], tuple[str, ...]]] = {
    "load": (library.load, CHECKOUTS + PACKAGES),
    "validate": (library.validate, CHECKOUTS),
    "build": (lambda path: library.build(path, "out"), CHECKOUTS),
    "verify": (library.verify, PACKAGES),
    "diff": (lambda path: library.diff(path, "pkg"), CHECKOUTS + PACKAGES),
    "export": (lambda path: library.export("csvw", path, "csvw"), PACKAGES),
}


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("named")
    for name in ("dataset", "seeds"):
        shutil.copytree(GOOD / name, folder / "co" / name)
    assert library.build(folder / "co", folder / "pkg").ok
    pack(folder / "pkg", folder / "pkg.zip")
    (folder / "notes.txt").write_text("These are notes.", encoding="utf-8")
    (folder / "hollow" / "inside").mkdir(parents=True)
    return folder


@pytest.fixture
def here(places: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(places)
    return places


@pytest.mark.usefixtures("here", "cache_home")
@pytest.mark.parametrize("place", CHECKOUTS + PACKAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_takes_a_dataset_by_any_name_or_says_of_what_kind_it_is(
    command: str, place: str, defcoop: Callable[..., Result]
) -> None:
    words, takes = COMMANDS[command]
    found = defcoop(*(place if word == "@" else word for word in words))
    if place in takes:
        assert found.code == 0, found
    else:
        assert (found.code, found.out) == (2, "")
        assert " package" in found.err.splitlines()[-1]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("place", CHECKOUTS + PACKAGES)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_so_does_a_function(function: str, place: str) -> None:
    call, takes = FUNCTIONS[function]
    if place in takes:
        call(place)
    else:
        with pytest.raises(DefcoopError, match=" package"):
            call(place)


SAYS = {"diff, the old": "is no path here, and no revision", "export": "there is no package in nowhere/at"}
SAYS["diff, the new"] = SAYS["diff"] = SAYS["diff, the old"]
MISSING = "nowhere/at: no such file or folder"


@pytest.mark.usefixtures("here", "cache_home")
@pytest.mark.parametrize("command", [*COMMANDS, "release"])
def test_of_what_is_not_there_a_command_says_the_same(command: str, defcoop: Callable[..., Result]) -> None:
    words, _ = COMMANDS.get(command, (["release", "--dry-run", "--checkout", "@"], ()))
    found = defcoop(*("nowhere/at" if word == "@" else word for word in words))
    assert (found.code, found.out) == (2, "")
    assert SAYS.get(command, f"defcoop: {MISSING}\n") in found.err


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("function", FUNCTIONS)
def test_so_does_a_function_of_what_is_not_there(function: str) -> None:
    with pytest.raises((FileNotFoundError, DefcoopError)) as caught:
        FUNCTIONS[function][0]("nowhere/at")
    assert SAYS.get(function, "no such file or folder: 'nowhere/at'") in str(caught.value)


@pytest.mark.usefixtures("here", "cache_home")
@pytest.mark.parametrize("place", ["hollow", "notes.txt"])
@pytest.mark.parametrize("command", ["validate", "build", "migrate", "release"])
def test_what_is_no_dataset_is_not_taken_for_one(command: str, place: str, defcoop: Callable[..., Result]) -> None:
    words, _ = COMMANDS.get(command, (["release", "--dry-run", "--checkout", "@"], ()))
    found = defcoop(*(place if word == "@" else word for word in words))
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(f"defcoop: {place} is neither a package nor a checkout")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("place", PACKAGES)
def test_a_release_is_made_of_a_checkout(place: str, defcoop: Callable[..., Result]) -> None:
    found = defcoop("release", "--dry-run", "--checkout", place)
    assert (found.code, found.out, found.err) == (2, "", f"defcoop: {place} is a package: `defcoop verify` checks it\n")
