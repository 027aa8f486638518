"""Formats of installed packages, and of packages whose formats are broken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from defcoop.errors import DefcoopError
from defcoop.exports import EXPORTS, export, formats

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.package import Package

FORMAT = """\
from defcoop.exports import Format

COUNTS = Format("counts", "How many rows each table has.", "counting", ".txt")
SQLITE = Format("sqlite", "Another's.", "counting", ".txt")


def write(package, out):
    out.write_text("".join(f"{name} {len([*package.rows(name)])}\\n" for name in package.tables))
"""
OFFERS = """\
[defcoop.exports]
counts = counting:COUNTS
sqlite = counting:SQLITE
absent = no_such_module:FORMAT
plain = counting:write
leaves = leaving:FORMAT
"""


@pytest.fixture
def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay out a package as installers do."""
    folder = tmp_path / "site"
    about = folder / "counting-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: counting\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(OFFERS)
    (folder / "counting.py").write_text(FORMAT)
    (folder / "leaving.py").write_text("raise SystemExit(7)\n")
    monkeypatch.syspath_prepend(folder)


@pytest.mark.usefixtures("_installed")
def test_a_format_of_an_installed_package_is_written(package: Package, tmp_path: Path) -> None:
    out = export("counts", package, tmp_path / "counts.txt")
    expected = {table: sum(1 for _ in package.rows(table)) for table in package.tables}
    assert out.read_text() == "".join(f"{table} {count}\n" for table, count in expected.items())


@pytest.mark.usefixtures("_installed")
def test_it_stands_after_ours_and_takes_no_name_of_theirs() -> None:
    found = formats()
    assert [*found][: len(EXPORTS)] == [form.name for form in EXPORTS]
    assert set(found) - {form.name for form in EXPORTS} == {"counts", "absent", "plain", "leaves"}
    assert found["sqlite"] == EXPORTS[0]
    assert found["counts"].what == "How many rows each table has."


@pytest.mark.usefixtures("_installed")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("absent", "the format absent (no_such_module:FORMAT) cannot be loaded: No module named 'no_such_module'"),
        ("plain", "the format plain (counting:write) cannot be loaded: it is no Format of defcoop"),
        ("leaves", "the format leaves (leaving:FORMAT) cannot be loaded: SystemExit: 7"),
    ],
)
def test_one_that_is_broken_says_why_and_breaks_no_other(
    name: str, reason: str, package: Package, tmp_path: Path
) -> None:
    assert formats()[name].what == reason
    with pytest.raises(DefcoopError, match=re.escape(reason)):
        export(name, package, tmp_path / "x")
    assert export("csvw", package, tmp_path / "csvw").is_dir()


def test_where_nobody_offers_any_there_are_ours_alone() -> None:
    assert tuple(formats().values()) == EXPORTS
