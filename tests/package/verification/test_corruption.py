"""No byte of a package can be another without being found out."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from defcoop.package import PackageError
from defcoop.package.archive import pack
from defcoop.package.verification import verify

if TYPE_CHECKING:
    from pathlib import Path

_PARTS = 5
_FLIPS = 200
_ZIP_FLIPS = 60


@pytest.mark.parametrize("part", range(_PARTS))
def test_a_thousand_random_bytes_of_all_files_are_caught(part: int, copy: Path) -> None:
    chance = random.Random(part)  # noqa: S311 - bytes to flip, no secrets
    files = {path: path.read_bytes() for path in sorted(copy.rglob("*")) if path.is_file()}
    assert verify(copy).ok
    for _ in range(_FLIPS):
        [path] = chance.choices(list(files), [len(source) for source in files.values()])
        place, by = chance.randrange(len(files[path])), chance.randrange(1, 256)
        flip(path, place, by)
        assert not verify(copy).ok, (path, place, by)
        path.write_bytes(files[path])
    assert verify(copy).ok


@pytest.mark.parametrize("name", ["SHA256SUMS", "datapackage.json", "data/redirects.csv", "data/redirects.json"])
def test_bytes_of_the_smallest_and_the_telling_files_are_caught(name: str, copy: Path) -> None:
    path = copy / name
    source = path.read_bytes()
    for place in {0, 1, len(source) // 2, len(source) - 2, len(source) - 1}:
        flip(path, place, 1)
        assert not verify(copy).ok, place
        path.write_bytes(source[:place] + source[place + 1 :])
        assert not verify(copy).ok, place
        path.write_bytes(source[:place] + b" " + source[place:])
        assert not verify(copy).ok, place
        path.write_bytes(source)


def test_random_bytes_of_a_zip_are_caught_wherever_they_stand(package: Path, tmp_path: Path) -> None:
    place = tmp_path / "package.zip"
    pack(package, place)
    source = place.read_bytes()
    chance = random.Random(0)  # noqa: S311 - bytes to flip, no secrets
    headers = [at for at in range(len(source) - 4) if source.startswith((b"PK\3\4", b"PK\1\2", b"PK\5\6"), at)]
    spots = [chance.randrange(len(source)) for _ in range(_ZIP_FLIPS)]
    spots += [chance.choice(headers) + chance.randrange(22) for _ in range(_ZIP_FLIPS)]
    for spot in spots:
        flip(place, spot, chance.randrange(1, 256))
        assert is_caught(place), spot
        place.write_bytes(source)
    assert not is_caught(place)


@pytest.mark.parametrize("more", [b"\0", b"more"])
def test_bytes_before_and_behind_a_zip_are_caught(more: bytes, package: Path, tmp_path: Path) -> None:
    place = tmp_path / "package.zip"
    pack(package, place)
    source = place.read_bytes()
    for changed in (more + source, source + more, source[:-1], source[1:]):
        place.write_bytes(changed)
        assert is_caught(place)


def is_caught(place: Path) -> bool:
    """Tell whether a zip fails, or cannot be opened at all."""
    try:
        return not verify(place).ok
    except PackageError:
        return True


def flip(path: Path, place: int, by: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ by]))


def test_a_copy_of_a_package_elsewhere_is_as_sound(package: Path, tmp_path: Path) -> None:
    assert verify(shutil.copytree(package, tmp_path / "a place" / "with spaces")).ok
