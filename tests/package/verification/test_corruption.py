"""No byte of a package can be another without being found out. The campaign beside it spoils them by the thousand."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from defcoop.package.verification import verify
from defcoop.package.zip_writer import pack
from tests.package.verification.campaign import flip, flips_of_a_zip, is_caught

if TYPE_CHECKING:
    from pathlib import Path

_ZIP_FLIPS = 12


def test_a_byte_of_any_file_is_caught(texted: Path) -> None:
    chance = random.Random(0)  # noqa: S311 - bytes to flip, no secrets
    assert verify(texted).ok
    for path in sorted(path for path in texted.rglob("*") if path.is_file()):
        source = path.read_bytes()
        place, by = chance.randrange(len(source)), chance.randrange(1, 256)
        flip(path, place, by)
        assert not verify(texted).ok, (path, place, by)
        path.write_bytes(source)
    assert verify(texted).ok


@pytest.mark.parametrize("name", ["SHA256SUMS", "datapackage.json", "data/redirects.csv", "data/redirects.json"])
def test_bytes_of_the_smallest_and_the_telling_files_are_caught(name: str, texted: Path) -> None:
    path = texted / name
    source = path.read_bytes()
    for place in {0, len(source) // 2, len(source) - 1}:
        flip(path, place, 1)
        assert not verify(texted).ok, place
        path.write_bytes(source[:place] + source[place + 1 :])
        assert not verify(texted).ok, place
        path.write_bytes(source[:place] + b" " + source[place:])
        assert not verify(texted).ok, place
        path.write_bytes(source)


def test_bytes_of_a_zip_are_caught_wherever_they_stand(invented: Path, tmp_path: Path) -> None:
    place = tmp_path / "package.zip"
    pack(invented, place)
    source = place.read_bytes()
    for spot, by in flips_of_a_zip(source, _ZIP_FLIPS, random.Random(0)):  # noqa: S311 - bytes to flip, no secrets
        flip(place, spot, by)
        assert is_caught(place), spot
        place.write_bytes(source)
    assert not is_caught(place)


@pytest.mark.parametrize("more", [b"\0", b"more"])
def test_bytes_before_and_behind_a_zip_are_caught(more: bytes, invented: Path, tmp_path: Path) -> None:
    place = tmp_path / "package.zip"
    pack(invented, place)
    source = place.read_bytes()
    for changed in (more + source, source + more, source[:-1], source[1:]):
        place.write_bytes(changed)
        assert is_caught(place)


def test_a_copy_of_a_package_elsewhere_is_as_sound(invented: Path, tmp_path: Path) -> None:
    assert verify(shutil.copytree(invented, tmp_path / "a place" / "with spaces")).ok
