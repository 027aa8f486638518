"""A finished folder takes the place of an old one, and one of the two is always whole."""

from __future__ import annotations

import ctypes
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from defcoop.io import atomic_folder

if TYPE_CHECKING:
    from collections.abc import Callable


def folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "file").write_text(text)
    return path


def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace())


def with_refused_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace(renameat2=lambda *_: -1))


WAYS = pytest.mark.parametrize("hinder", [lambda _: None, without_exchange, with_refused_exchange])


@WAYS
def test_the_fresh_folder_takes_the_place_of_the_old(
    hinder: Callable[[pytest.MonkeyPatch], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hinder(monkeypatch)
    fresh, place = folder(tmp_path / ".fresh", "new"), folder(tmp_path / "place", "old")
    atomic_folder.replace_folder(fresh, place)
    assert (place / "file").read_text() == "new"
    assert list(tmp_path.iterdir()) == [place]


def test_the_fresh_folder_takes_an_empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(atomic_folder, "_exchange")
    place = tmp_path / "place"
    atomic_folder.replace_folder(folder(tmp_path / ".fresh", "new"), place)
    assert (place / "file").read_text() == "new"
    assert list(tmp_path.iterdir()) == [place]


def test_where_the_system_can_names_are_exchanged_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(ctypes.CDLL(None), "renameat2"):
        pytest.skip("this system has no renameat2")
    monkeypatch.delattr(Path, "rename")
    fresh, place = folder(tmp_path / ".fresh", "new"), folder(tmp_path / "place", "old")
    atomic_folder.replace_folder(fresh, place)
    assert (place / "file").read_text() == "new"


def test_what_was_there_stays_if_it_cannot_be_moved_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh, place = folder(tmp_path / ".fresh", "new"), folder(tmp_path / "place", "old")
    without_exchange(monkeypatch)
    monkeypatch.setattr(Path, "rename", refusing(0))
    with pytest.raises(PermissionError):
        atomic_folder.replace_folder(fresh, place)
    assert (place / "file").read_text() == "old"
    assert (fresh / "file").read_text() == "new"


def test_what_was_there_stays_if_the_fresh_one_cannot_be_moved_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, place = folder(tmp_path / ".fresh", "new"), folder(tmp_path / "place", "old")
    without_exchange(monkeypatch)
    monkeypatch.setattr(Path, "rename", refusing(1))
    with pytest.raises(PermissionError):
        atomic_folder.replace_folder(fresh, place)
    assert (place / "file").read_text() == "old"
    assert (fresh / "file").read_text() == "new"
    assert sorted(tmp_path.iterdir()) == [fresh, place]


def refusing(turn: int) -> Callable[[Path, Path], Path]:
    """Make a rename that fails at one turn, counted from 0."""
    rename, turns = Path.rename, iter(range(9))

    def rename_or_refuse(source: Path, target: Path) -> Path:
        if next(turns) == turn:
            raise PermissionError
        return rename(source, target)

    return rename_or_refuse
