"""Reading regular files: links, pipes, devices and too large files are refused without waiting."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from defcoop.io.files import FileError, read_regular


def test_a_file_is_read_whole_up_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "five"
    path.write_bytes(b"12345")
    assert read_regular(path, 5) == b"12345"
    assert read_regular(str(path), 6) == b"12345"


def test_a_file_one_byte_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long"
    path.write_bytes(b"#" * 1001)
    with pytest.raises(FileError, match=r"\Ahas 1,001 bytes, more than 1,000\Z"):
        read_regular(path, 1000)


def test_an_empty_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert read_regular(tmp_path / "empty", 0) == b""


@pytest.mark.parametrize("target", ["real", "missing"])
def test_a_link_is_not_followed(target: str, tmp_path: Path) -> None:
    (tmp_path / "real").write_text("secret", encoding="utf-8")
    (tmp_path / "link").symlink_to(target)
    with pytest.raises(FileError, match=r"\Ais a symbolic link\Z"):
        read_regular(tmp_path / "link", 100)


def test_a_pipe_without_a_writer_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileError, match=r"\Ais not a regular file\Z"):
        read_regular(tmp_path / "pipe", 100)


@pytest.mark.parametrize("path", ["/dev/null", "/dev/zero", "/"])
def test_a_device_or_folder_is_refused(path: str) -> None:
    with pytest.raises(FileError, match=r"\Ais not a regular file\Z"):
        read_regular(path, 100)


def test_a_file_that_is_not_there_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"\Acannot be opened: No such file or directory\Z"):
        read_regular(tmp_path / "nowhere", 100)


def test_a_file_that_stops_being_readable_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    (tmp_path / "file").touch()
    monkeypatch.setattr(os, "read", broken)
    with pytest.raises(FileError, match=r"\Acannot be read: Input/output error\Z"):
        read_regular(tmp_path / "file", 100)


def test_a_file_that_comes_in_pieces_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = os.read
    (tmp_path / "file").write_bytes(b"0123456789")
    monkeypatch.setattr(os, "read", lambda handle, size: read(handle, min(size, 3)))
    assert read_regular(tmp_path / "file", 100) == b"0123456789"


def test_a_file_that_shrinks_while_it_is_read_ends_where_it_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = [b"01", b"2", b""]
    (tmp_path / "file").write_bytes(b"0123456789")
    monkeypatch.setattr(os, "read", lambda *_: pieces.pop(0))
    assert read_regular(tmp_path / "file", 100) == b"012"


def test_no_handle_stays_open(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    before = open_handles()
    read_regular(tmp_path / "file", 1)
    for path, limit in ((tmp_path / "file", 0), (tmp_path / "pipe", 1)):
        with pytest.raises(FileError):
            read_regular(path, limit)
    assert open_handles() == before


def open_handles() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())
