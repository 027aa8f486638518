"""Environments that are not the usual one: code pages without Arabic, python -OO, a wheel that is not unpacked."""

from __future__ import annotations

import filecmp
import json
import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from defcoop.models.registry import OWN_TYPES
from tests.processes import CHECKOUT, EDITION, python

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("page", ["cp1252", "cp437", "cp1256"])
def test_where_a_code_page_lacks_letters_they_come_as_escapes_and_nothing_is_lost(page: str) -> None:
    shown = python("-m", "defcoop", "show", "act-qat", env={"PYTHONIOENCODING": "utf-8"}).stdout
    done = subprocess.run(
        [sys.executable, "-m", "defcoop", "show", "act-qat"],
        cwd=CHECKOUT,
        env=os.environ | {"PYTHONIOENCODING": page, "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
    )
    assert done.stdout == shown.encode(page, errors="backslashreplace")
    assert done.stdout.count(b"\n") > 10


def test_findings_for_programs_stay_json_in_a_code_page(tmp_path: Path) -> None:
    bad = EDITION.parent / "bad/DC408/spelling/dataset"
    (tmp_path / "dataset").symlink_to(bad)
    (tmp_path / "copy").mkdir()
    for name in ("dataset", "seeds", "texts"):
        (tmp_path / "copy" / name).symlink_to(EDITION.parent / "good" / name)
    command = ("-m", "defcoop", "validate", "--format", "json", "--dataset", str(tmp_path / "dataset"))
    done = subprocess.run(
        [sys.executable, *command],
        cwd=CHECKOUT,
        env=os.environ | {"PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=False,
    )
    assert json.loads(done.stdout)["findings"]


def test_without_docstrings_the_same_package_is_built_verified_and_loaded(tmp_path: Path) -> None:
    for name, level in (("plain", "0"), ("stripped", "2")):
        built = python(
            "-m", "defcoop", "build", "--out", str(tmp_path / name), env={"PYTHONOPTIMIZE": level, "DEFCOOP_SEEDS": ""}
        )
        assert built.returncode == 0, built.stderr
    compared = filecmp.dircmp(tmp_path / "plain", tmp_path / "stripped")
    assert compared.left_list == compared.right_list
    assert (tmp_path / "plain/SHA256SUMS").read_bytes() == (tmp_path / "stripped/SHA256SUMS").read_bytes()
    stripped = {"PYTHONOPTIMIZE": "2"}
    assert python("-m", "defcoop", "verify", str(tmp_path / "stripped"), env=stripped).returncode == 0
    code = f"import defcoop; print(len(defcoop.load()), len(defcoop.load({str(tmp_path / 'plain')!r})))"
    assert python("-c", code, env=stripped).stdout.split() == ["84", "84"]  # the edition's
    for command in ("schema", "codebook"):
        assert python("-m", "defcoop", command, "--check", env=stripped).returncode == 0, command


def test_a_library_that_is_run_from_a_zip_has_its_files(tmp_path: Path) -> None:
    """A wheel on the path is not unpacked: data beside the code are read through the importer."""
    wheel = tmp_path / "defcoop.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path in sorted((CHECKOUT / "defcoop").rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                archive.write(path, path.relative_to(CHECKOUT).as_posix())
        for kind in OWN_TYPES:
            archive.writestr(f"defcoop/_data/{kind.folder}.json", "[]")
        archive.writestr("defcoop/_data/seeds.json", "[]")
    code = (
        f"import sys; sys.path.insert(0, {str(wheel)!r}); import defcoop; assert '.whl' in defcoop.__file__; "
        "report = defcoop.validate(sys.argv[1]); print(len(defcoop.load()), report.records, len(report.findings))"
    )
    done = python("-c", code, str(EDITION.parent / "good/dataset"), cwd=tmp_path)
    assert done.stdout.split() == ["0", "20", "0"], done.stderr
