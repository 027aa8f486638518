"""`defcoop schema` and `defcoop codebook`: write generated files, or notice that they are out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from defcoop.docgen.codebook import codebook
from defcoop.docgen.schemas import files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.cli.conftest import Result

FILES: Mapping[str, Mapping[str, str]] = {"schema": files(), "codebook": codebook()}
BOTH = pytest.mark.parametrize("name", FILES)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(folder: Path) -> dict[str, str]:
    return {path.name: path.read_bytes().decode() for path in folder.iterdir()}


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.iterdir()}


@BOTH
@pytest.mark.parametrize("folder", ["schema", "a/b"])
def test_the_files_are_written_and_named(
    name: str, folder: str, tmp_path: Path, defcoop: Callable[..., Result]
) -> None:
    found = defcoop(name, *([] if folder == "schema" else ["--out", folder]))
    assert (found.code, found.err) == (0, "")
    assert found.out.splitlines() == [f"{folder}/{file}" for file in FILES[name]]
    assert written(tmp_path / folder) == FILES[name]


@BOTH
def test_what_is_up_to_date_is_left_alone(name: str, tmp_path: Path, defcoop: Callable[..., Result]) -> None:
    defcoop(name)
    before = stamps(tmp_path / "schema")
    assert defcoop(name) == (0, "", "")
    assert defcoop(name, "--check") == (0, "", "")
    assert stamps(tmp_path / "schema") == before


@BOTH
@pytest.mark.parametrize("drift", ["changed", "gone"])
def test_drift_is_told_by_check_and_mended_without(
    name: str, drift: str, tmp_path: Path, defcoop: Callable[..., Result]
) -> None:
    defcoop(name)
    path = tmp_path / "schema" / list(FILES[name])[-1]
    source = path.read_bytes()
    if drift == "gone":
        path.unlink()
    else:
        path.write_bytes(source + b"\n")
    found = defcoop(name, "--check")
    assert (found.code, found.err) == (1, "")
    assert found.out == f"schema/{path.name} is not what the models say; run the command without --check\n"
    assert path.is_file() is (drift != "gone")
    assert not path.is_file() or path.read_bytes() != source
    assert defcoop(name) == (0, f"schema/{path.name}\n", "")
    assert path.read_bytes() == source


@BOTH
def test_check_writes_nothing(name: str, tmp_path: Path, defcoop: Callable[..., Result]) -> None:
    found = defcoop(name, "--check")
    assert (found.code, found.out.count("\n")) == (1, len(FILES[name]))
    assert list(tmp_path.iterdir()) == []


@BOTH
def test_the_committed_files_are_up_to_date(name: str, checkout: Path, defcoop: Callable[..., Result]) -> None:
    assert defcoop(name, "--check", "--out", str(checkout / "schema")) == (0, "", "")


@BOTH
def test_a_file_in_the_folders_place_ends_with_2(name: str, tmp_path: Path, defcoop: Callable[..., Result]) -> None:
    (tmp_path / "schema").touch()
    found = defcoop(name)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith("defcoop: ")


@BOTH
def test_line_ends_that_git_changed_are_no_difference(
    name: str, tmp_path: Path, defcoop: Callable[..., Result]
) -> None:
    defcoop(name)
    for path in (tmp_path / "schema").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert defcoop(name, "--check") == (0, "", "")
    assert defcoop(name) == (0, "", "")
