"""Without a checkout, the commands take the data that came with the library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from defcoop.dataset.loading import shipped_card
from tests.processes import CHECKOUT, python

if TYPE_CHECKING:
    from pathlib import Path


def defcoop(folder: Path, *args: str) -> tuple[int, str]:
    run = python("-m", "defcoop", *args, cwd=folder, env={"PYTHONPATH": str(CHECKOUT)})
    return run.returncode, run.stdout + run.stderr


def test_the_released_package_is_unpacked(tmp_path: Path) -> None:
    version = shipped_card().version
    assert defcoop(tmp_path, "get", version, "--out", "here") == (0, "here/datapackage.json\n")
    assert json.loads((tmp_path / "here/datapackage.json").read_bytes())["name"] == "defcoop"
    code, said = defcoop(tmp_path, "get", "99.0.0")
    assert (code, f"this library brings the data of version {version}" in said) == (2, True)


def test_a_package_is_built_packed_and_verified(tmp_path: Path) -> None:
    written = "build/package/datapackage.json\nbuild/package.zip\n"
    assert defcoop(tmp_path, "build", "--zip") == (0, written)
    assert defcoop(tmp_path, "verify", "build/package.zip")[0] == 0


def test_export_and_verify_need_nothing_built(tmp_path: Path) -> None:
    assert defcoop(tmp_path, "export", "csvw") == (0, "build/csvw\n")
    code, said = defcoop(tmp_path, "verify")
    assert (code, "Nothing failed." in said) == (0, True)


def test_a_checkout_is_built_first(tmp_path: Path) -> None:
    (tmp_path / "dataset").mkdir()
    code, said = defcoop(tmp_path, "export", "csvw")
    assert (code, "run `defcoop build` first" in said) == (2, True)
