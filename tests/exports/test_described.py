"""The formats that describe the package: the same bytes from a folder and a zip, in any locale, zone and hash order."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from defcoop.exports import export, formats
from tests.exports.packages import zipped

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.package import Package


def content(place: Path) -> dict[str, bytes]:
    if place.is_file():
        return {"": place.read_bytes()}
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


@pytest.mark.parametrize("form", ["croissant", "csvw", "jsonld", "ftm", "dcad", "atop"])
def test_the_same_package_gives_the_same_bytes(form: str, small: Package, tmp_path: Path) -> None:
    ours = export(form, zipped(small, tmp_path / "package.zip"), tmp_path / f"ours{formats()[form].suffix}")
    theirs = tmp_path / f"theirs{formats()[form].suffix}"
    subprocess.run(
        [sys.executable, "-m", "defcoop", "export", form, "--package", small.place, "--out", theirs],
        env=os.environ | {"PYTHONHASHSEED": "1", "TZ": "Asia/Qatar", "LC_ALL": "C"},
        check=True,
        capture_output=True,
    )
    assert content(theirs) == content(ours)
    assert all(content(ours).values())


@pytest.mark.parametrize(("form", "file"), [("croissant", "croissant.json"), ("jsonld", "")])
def test_a_homepage_is_told_where_there_is_one(form: str, file: str, small: Package, tmp_path: Path) -> None:
    home = "https://example.org/defcoop"
    told = replace(small, descriptor=small.descriptor | {"homepage": home})
    assert home.encode() in content(export(form, told, tmp_path / "told"))[file]
    untold = replace(small, descriptor={k: v for k, v in small.descriptor.items() if k != "homepage"})
    assert home.encode() not in content(export(form, untold, tmp_path / "untold"))[file]
