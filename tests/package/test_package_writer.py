"""A package is written beside its place, locked meanwhile, and replaces nothing but a package of ours."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import signal
import stat
from typing import TYPE_CHECKING

import pytest

import defcoop
from defcoop.io import atomic_folder
from defcoop.package import build, open_package, package_writer, row_batch, writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LEFT = ".package.abcd_123.defcoop-part"


@pytest.fixture
def smaller(shipped: defcoop.Dataset) -> defcoop.Dataset:
    return defcoop.Dataset([shipped["act-qat"]], shipped.seeds.values())


@pytest.fixture
def out(smaller: defcoop.Dataset, tmp_path: Path) -> Path:
    build(smaller, tmp_path / "package")
    return tmp_path / "package"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# What is written


def test_a_package_that_is_not_finished_is_not_published(smaller: defcoop.Dataset, tmp_path: Path) -> None:
    with package_writer(tmp_path / "package") as one:
        one.add(row_batch(list(smaller), smaller.seeds))
    assert names(tmp_path) == []


def test_it_gives_the_version_and_the_hash_of_the_data(smaller: defcoop.Dataset, tmp_path: Path) -> None:
    found = build(smaller, tmp_path / "package")
    lines = (tmp_path / "package/SHA256SUMS").read_text(encoding="utf-8").splitlines(keepends=True)
    data = "".join(line for line in lines if "  data/" in line)
    assert found.digest == hashlib.sha256(data.encode()).hexdigest()
    assert found.version == f"{smaller.card.version}+{found.digest[:8]}" == open_package(tmp_path / "package").version


def test_a_version_that_is_asked_for_stands_in_the_descriptor_alone(smaller: defcoop.Dataset, tmp_path: Path) -> None:
    first, other = build(smaller, tmp_path / "first"), build(smaller, tmp_path / "other", "1.2.3")
    assert (other.version, other.digest) == ("1.2.3", first.digest)
    assert open_package(tmp_path / "other").version == "1.2.3"
    changed = {
        name for name, text in contents(tmp_path / "other").items() if text != (tmp_path / "first" / name).read_bytes()
    }
    assert changed == {"SHA256SUMS", "datapackage.json"}


def test_every_file_has_its_size_and_hash(out: Path) -> None:
    descriptor = json.loads((out / "datapackage.json").read_bytes())
    for resource in descriptor["resources"]:
        source = (out / resource["path"]).read_bytes()
        assert resource["bytes"] == len(source)
        assert resource["hash"] == f"sha256:{hashlib.sha256(source).hexdigest()}"
    told = (out / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert [line.split("  ")[1] for line in told] == sorted(set(contents(out)) - {"SHA256SUMS"})


def test_modes_do_not_hang_on_the_umask(smaller: defcoop.Dataset, tmp_path: Path) -> None:
    umask = os.umask(0o077)
    try:
        build(smaller, tmp_path / "package")
    finally:
        os.umask(umask)
    for path in [tmp_path / "package", *(tmp_path / "package").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644)


# What killed builds left


def test_what_a_killed_build_left_is_swept(out: Path, smaller: defcoop.Dataset) -> None:
    for name in ("package", "package.old"):
        shutil.copytree(out, out.parent / LEFT / name)
    build(smaller, out)
    assert names(out.parent) == ["package"]


def test_what_is_not_a_draft_is_not_swept(out: Path, smaller: defcoop.Dataset) -> None:
    kept = [
        ".package.previous", ".package.d", ".packages.abcd1234.defcoop-part", ".package.abcd1234.defcoop-part.mine",
        ".package.abcd.defcoop-part", "package.abcd1234.defcoop-part",
    ]  # fmt: skip
    for name in kept:
        (out.parent / name).mkdir()
    (out.parent / ".package.swp").touch()
    build(smaller, out)
    assert names(out.parent) == sorted([*kept, ".package.swp", "package"])


def test_a_place_whose_name_is_a_pattern_sweeps_nothing_of_others(smaller: defcoop.Dataset, tmp_path: Path) -> None:
    other = tmp_path / ".a.abcd1234.defcoop-part"
    other.mkdir()
    build(smaller, tmp_path / "[ab]")
    assert names(tmp_path) == [".a.abcd1234.defcoop-part", "[ab]"]


def test_a_link_that_looks_like_a_draft_is_not_followed(out: Path, smaller: defcoop.Dataset, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis/text").touch()
    (tmp_path / LEFT).symlink_to("thesis")
    build(smaller, out)
    assert (tmp_path / "thesis/text").exists()


def test_a_draft_that_is_held_is_left_alone(out: Path, smaller: defcoop.Dataset) -> None:
    (out.parent / LEFT).mkdir()
    handle = os.open(out.parent / LEFT, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    build(smaller, out)
    assert names(out.parent) == [LEFT, "package"]
    os.close(handle)
    build(smaller, out)
    assert names(out.parent) == ["package"]


def test_a_package_that_was_moved_aside_comes_back(out: Path) -> None:
    """Where names cannot be exchanged in one step, a kill can come between the two that it takes."""
    before = contents(out)
    (out.parent / LEFT).mkdir()
    out.rename(out.parent / LEFT / "package.old")
    with package_writer(out):
        assert contents(out) == before
    assert contents(out) == before
    assert names(out.parent) == ["package"]


@pytest.mark.parametrize("turn", [0, 1])
def test_a_kill_without_an_exchange_of_names_loses_nothing(
    turn: int, out: Path, shipped: defcoop.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(out)
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(atomic_folder, "_exchange", lambda *_: False)
        monkeypatch.setattr(type(out), "rename", killing(turn, type(out).rename))
        build(shipped, out)
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert out.exists() is (turn == 0)
    with pytest.raises(ZeroDivisionError), package_writer(out):  # a build that comes to nothing brings the old one back
        _ = 1 / 0
    assert contents(out) == before
    assert names(out.parent) == ["package"]


def killing(turn: int, rename: Callable[..., object]) -> Callable[..., object]:
    turns = iter(range(9))

    def rename_or_die(*given: object) -> object:
        if next(turns) == turn:
            os.kill(os.getpid(), signal.SIGKILL)
        return rename(*given)

    return rename_or_die


# What may be replaced


@pytest.mark.parametrize("name", ["notes.txt", "data/notes.txt", "data/more/notes.txt", "data/.hidden", "empty/"])
def test_a_package_with_something_else_in_it_is_not_replaced(name: str, out: Path, shipped: defcoop.Dataset) -> None:
    if name.endswith("/"):
        (out / name).mkdir()
    else:
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text("years of work", encoding="utf-8")
    before = contents(out)
    with pytest.raises(FileExistsError, match="is there and is no package of defcoop"):
        build(shipped, out)
    assert contents(out) == before
    assert names(out.parent) == ["package"]


def test_what_came_into_its_place_meanwhile_is_not_replaced(smaller: defcoop.Dataset, tmp_path: Path) -> None:
    def build_slowly() -> None:
        with package_writer(tmp_path / "package") as one:
            one.add(row_batch(list(smaller), smaller.seeds))
            one.finish()
            (tmp_path / "package").mkdir()
            (tmp_path / "package/thesis.tex").write_text("years of work", encoding="utf-8")

    with pytest.raises(FileExistsError, match="is there and is no package of defcoop"):
        build_slowly()
    assert names(tmp_path / "package") == ["thesis.tex"]
    assert names(tmp_path) == ["package"]


def test_an_error_names_the_place_and_not_the_draft(
    out: Path, smaller: defcoop.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer.os, "fsync", refuse)
    with pytest.raises(OSError, match=r"No space left on device: '.*/package'$"):
        build(smaller, out)


def test_the_fresh_package_is_on_the_disk_before_it_takes_its_place(
    out: Path, shipped: defcoop.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[int] = set()
    monkeypatch.setattr(writer.os, "fsync", lambda handle: synced.add(os.fstat(handle).st_ino))
    replace_folder = writer.replace_folder

    def put_and_look(fresh: Path, place: Path) -> None:
        found = {path.stat().st_ino for path in [fresh, *fresh.rglob("*")]}
        assert found <= synced
        replace_folder(fresh, place)

    monkeypatch.setattr(writer, "replace_folder", put_and_look)
    build(shipped, out)
    assert out.parent.stat().st_ino in synced
