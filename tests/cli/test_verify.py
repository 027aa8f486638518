"""`defcoop verify`: says what is verified, what is not checked and what failed."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from defcoop.dataset import read_checkout
from defcoop.package import build
from tests.checkouts import GOOD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Result


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "package"
    build(read_checkout(GOOD / "dataset", GOOD / "seeds"), folder)
    return folder


@pytest.fixture
def here(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the package to a folder without texts, and go there."""
    room = tmp_path / "somewhere"
    shutil.copytree(built, room / "package")
    monkeypatch.chdir(room)
    monkeypatch.delenv("DEFCOOP_SEEDS", raising=False)
    return room


def spoil(package: Path) -> None:
    path = package / "data" / "actors.csv"
    path.write_bytes(path.read_bytes().replace(b",state,", b",estate,"))


def test_a_sound_package_ends_with_0_and_says_what_was_not_checked(here: Path, defcoop: Callable[..., Result]) -> None:
    found = defcoop("verify", "package")
    assert (found.code, found.err) == (0, "")
    lines = found.out.splitlines()
    assert lines[0].split() == ["files", str(len(list((here / "package").rglob("*.*"))) + 1), "files", "verified"]
    assert any(
        line.startswith("passages ") and line.endswith(" not checked (the seed texts are not here)") for line in lines
    )
    assert lines[-1] == "Nothing failed."


def test_with_the_texts_passages_are_verified(here: Path, defcoop: Callable[..., Result]) -> None:
    assert here.is_dir()
    found = defcoop("verify", "package", "--seeds", str(GOOD / "texts"))
    assert found.code == 0
    [line] = [line for line in found.out.splitlines() if line.startswith("passages ")]
    assert line.endswith(" passages verified")


def test_texts_are_looked_for_where_validate_looks(
    here: Path, defcoop: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert here.is_dir()
    monkeypatch.setenv("DEFCOOP_SEEDS", str(GOOD / "texts"))
    assert "not here" not in defcoop("verify", "package").out


def test_a_deep_verification_says_so(here: Path, defcoop: Callable[..., Result]) -> None:
    assert here.is_dir()
    assert "rebuilding    " in defcoop("verify", "package", "--deep").out
    assert "deep" not in defcoop("verify", "package", "--deep").out


def test_a_failure_ends_with_1_and_names_file_line_and_what_was_found(
    here: Path, defcoop: Callable[..., Result]
) -> None:
    spoil(here / "package")
    found = defcoop("verify", "package")
    assert (found.code, found.err) == (1, "")
    assert "data/actors.csv: files: has another SHA-256 than SHA256SUMS says" in found.out
    assert "vocabularies: kind: estate is not in the vocabulary" in found.out
    assert found.out.splitlines()[-1] == "The package is not sound."
    [line] = [line for line in found.out.splitlines() if line.startswith("files ")]
    assert line.endswith(" files verified, 1 file failed")


def test_more_failures_than_are_shown_are_counted(here: Path, defcoop: Callable[..., Result]) -> None:
    path = here / "package" / "data" / "claims.csv"
    path.write_bytes(path.read_bytes().replace(b",supports,", b",support,"))
    out = defcoop("verify", "package").out
    assert out.count(": claim ids: ") == 20
    assert "claim ids: " in [line[:11] for line in out.splitlines() if line.endswith(" more")]


def test_the_verdict_can_be_had_as_json(here: Path, defcoop: Callable[..., Result]) -> None:
    sound = json.loads(defcoop("verify", "package", "--format", "json").out)
    assert sound["ok"] is True
    assert {check["check"]: check["failed"] for check in sound["checks"]} == dict.fromkeys(
        [check["check"] for check in sound["checks"]], 0
    )
    spoil(here / "package")
    found = defcoop("verify", "package", "--format", "json")
    verdict = json.loads(found.out)
    assert (found.code, verdict["ok"]) == (1, False)
    [words] = [check for check in verdict["checks"] if check["check"] == "vocabularies"]
    assert words["failures"][0] == {
        "path": "data/actors.csv",
        "line": words["failures"][0]["line"],
        "column": "kind",
        "message": "estate is not in the vocabulary",
    }
    [passages] = [check for check in verdict["checks"] if check["check"] == "passages"]
    assert passages["not_checked"] > 0
    assert passages["reasons"] == ["the seed texts are not here"]


def test_what_acts_on_a_terminal_is_shown_as_an_escape(here: Path, defcoop: Callable[..., Result]) -> None:
    (here / "package" / "data" / "\x1b[31m.csv").write_bytes(b"")
    path = here / "package" / "data" / "actors.csv"
    path.write_bytes(path.read_bytes().replace(b",state,", b",\x1b[2Jstate\xe2\x80\xae,"))
    for output in ("text", "json"):
        out = defcoop("verify", "package", "--format", output).out
        assert "\x1b" not in out
        assert "\u202e" not in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "nothing: no such file or folder"),
        ([".."], "has neither datapackage.json nor SHA256SUMS"),
        (["package", "--seeds", "nothing"], "nothing: no such folder"),
        (["package", "--format", "xml"], "xml is none of text, json"),
    ],
)
def test_what_cannot_be_verified_ends_with_2(
    words: list[str], said: str, here: Path, defcoop: Callable[..., Result]
) -> None:
    assert here.is_dir()
    found = defcoop("verify", *words)
    assert (found.code, found.out) == (2, "")
    assert said in found.err
