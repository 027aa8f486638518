"""A package as one zip: canonical, opened by everybody, written whole or not at all."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

from defcoop.package import PackageError, open_package, pack
from tests.processes import CHECKOUT, python

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def archive(package: Path, tmp_path: Path) -> Path:
    pack(package, tmp_path / "package.zip")
    return tmp_path / "package.zip"


def test_it_holds_the_files_of_the_package_and_nothing_else(package: Path, archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        packed = {name: opened.read(name) for name in opened.namelist()}
    assert packed == {
        path.relative_to(package).as_posix(): path.read_bytes() for path in package.rglob("*") if path.is_file()
    }


def test_it_is_opened_as_a_package(package: Path, archive: Path) -> None:
    assert open_package(archive).descriptor == open_package(package).descriptor
    assert open_package(archive).contents() == open_package(package).contents()


def test_other_programs_open_it(archive: Path, package: Path, tmp_path: Path) -> None:
    told = subprocess.run(["unzip", "-t", str(archive)], capture_output=True, encoding="utf-8", check=True).stdout
    assert told.endswith(f"No errors detected in compressed data of {archive}.\n")
    subprocess.run(["unzip", "-q", str(archive), "-d", str(tmp_path / "unzipped")], check=True)
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=tmp_path / "unzipped", check=True
    )
    assert done.returncode == 0
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "unzipped/data").iterdir()} == {0o644}
    assert len(list((tmp_path / "unzipped/data").iterdir())) == len(list((package / "data").iterdir()))


def test_its_entries_say_nothing_of_the_machine_or_the_time(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        entries = opened.infolist()
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {(entry.date_time, entry.create_system, entry.external_attr >> 16) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o100644)
    }
    # A compressor writes other bytes from one version to the next.
    assert {(entry.compress_type, entry.extra, entry.comment) for entry in entries} == {(0, b"", b"")}


def test_the_same_files_give_the_same_bytes_everywhere(package: Path, archive: Path, tmp_path: Path) -> None:
    other = shutil.copytree(package, tmp_path / "\u0639\u0645\u0644 other")
    for number, path in enumerate(sorted(other.rglob("*"), reverse=True)):
        path.chmod(0o700)
        os.utime(path, (number * 10_000_000, number * 10_000_000))
    code = "import sys; from pathlib import Path; from defcoop.package import pack; pack(*map(Path, sys.argv[1:]))"
    elsewhere = {"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
    run = python("-c", code, str(other), str(tmp_path / "there.zip"), cwd=CHECKOUT, env=elsewhere, umask=0o077)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "there.zip").read_bytes() == archive.read_bytes()
    assert stat.S_IMODE((tmp_path / "there.zip").stat().st_mode) == stat.S_IMODE(archive.stat().st_mode) == 0o644


def test_other_files_give_other_bytes(package: Path, archive: Path, tmp_path: Path) -> None:
    other = shutil.copytree(package, tmp_path / "other")
    with (other / "data/actors.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    pack(other, tmp_path / "other.zip")
    assert (tmp_path / "other.zip").read_bytes() != archive.read_bytes()


def test_what_is_no_package_is_not_packed(package: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        pack(tmp_path / "nowhere", tmp_path / "package.zip")
    other = shutil.copytree(package, tmp_path / "other")
    (other / "datapackage.json").write_text('{"name": "other"}', encoding="utf-8")
    with pytest.raises(PackageError, match="is no package of defcoop"):
        pack(other, tmp_path / "package.zip")
    assert not (tmp_path / "package.zip").exists()


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_an_archive_that_breaks_off_leaves_the_old_one(
    error: BaseException, package: Path, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = archive.read_bytes()

    def refuse(_: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(type(error)):
        pack(package, archive)
    assert archive.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["package.zip"]
