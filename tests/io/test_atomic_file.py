"""A file is written beside its place and takes it whole; a killed run leaves nothing that hinders the next."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING

import pytest

from defcoop.io import atomic_file
from defcoop.io.atomic_file import PART, naming, part_of, replacing

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "file").write_bytes(b"old")
    return tmp_path / "file"


def write(place: Path, source: bytes = b"new") -> None:
    with replacing(place) as file:
        file.write(source)
        assert part_of(place).is_file()


def test_a_new_file_takes_the_place_of_the_old(place: Path) -> None:
    umask = os.umask(0o077)
    try:
        write(place)
    finally:
        os.umask(umask)
    assert place.read_bytes() == b"new"
    assert stat.S_IMODE(place.stat().st_mode) == 0o644
    assert list(place.parent.iterdir()) == [place]


def test_folders_above_are_made(tmp_path: Path) -> None:
    write(tmp_path / "a/b/file")
    assert (tmp_path / "a/b/file").read_bytes() == b"new"


def test_what_a_killed_run_left_is_written_over(place: Path) -> None:
    part_of(place).write_bytes(b"something longer that was left")
    write(place)
    assert place.read_bytes() == b"new"
    assert list(place.parent.iterdir()) == [place]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError()])
def test_the_old_file_stays_when_the_writing_breaks_off(error: BaseException, place: Path) -> None:
    def write_half() -> None:
        with replacing(place) as file:
            file.write(b"half")
            raise error

    with pytest.raises(type(error)):
        write_half()
    assert place.read_bytes() == b"old"
    assert list(place.parent.iterdir()) == [place]


def test_nobody_writes_the_same_at_once(place: Path) -> None:
    with replacing(place) as file:
        file.write(b"mine")
        with pytest.raises(BlockingIOError, match="another run is writing it") as error:
            write(place)
        assert error.value.filename == str(place)
        assert part_of(place).is_file()
    assert place.read_bytes() == b"mine"


def test_a_file_that_another_run_finishes_meanwhile_is_not_touched(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the opening of the part and the holding of it, it becomes the other's finished file."""
    lock = atomic_file.fcntl.flock

    def finish_first(handle: int, how: int) -> None:
        os.pwrite(handle, b"theirs", 0)
        part_of(place).replace(place)
        lock(handle, how)

    monkeypatch.setattr(atomic_file.fcntl, "flock", finish_first)
    with pytest.raises(BlockingIOError, match="another run is writing it"):
        write(place)
    assert place.read_bytes() == b"theirs"


def test_a_link_in_the_place_of_the_part_is_not_followed(place: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis").write_bytes(b"years of work")
    part_of(place).symlink_to("thesis")
    with pytest.raises(OSError, match="symbolic links"):
        write(place)
    assert (tmp_path / "thesis").read_bytes() == b"years of work"


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError, match=re.escape(str(tmp_path / "folder"))):
        write(tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


@pytest.mark.parametrize(
    ("error", "named"),
    [
        (OSError(28, "No space left on device"), "place"),
        (OSError(30, "Read-only file system", f"elsewhere/.place.abcd{PART}"), "place"),
        (OSError(2, "No such file or directory", "other"), "other"),
        (FileExistsError("it is there"), None),
    ],
)
def test_an_error_names_the_place_unless_it_names_something_else(
    error: OSError, named: str | None, tmp_path: Path
) -> None:
    with pytest.raises(OSError, match=r".") as raised, naming(tmp_path / "place"):
        raise error
    assert raised.value.filename == (str(tmp_path / "place") if named == "place" else named)
