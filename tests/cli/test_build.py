"""`defcoop build`: writes the package of a sound dataset and nothing of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from defcoop.package import open_package
from defcoop.validation import pool

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import defcoop as library
    from tests.cli.conftest import Result


def test_a_sound_dataset_is_written(copied: Path, defcoop: Callable[..., Result], shipped: library.Dataset) -> None:
    found = defcoop("build")
    assert (found.code, found.out) == (0, "build/package/datapackage.json\n")
    assert found.err.startswith("84 records, 5 source cards: 0 errors, 0 warnings.\n")
    records, _ = open_package(copied / "build" / "package").contents()
    assert sorted(record.id for record in records) == [record.id for record in shipped]


def test_the_folder_to_write_can_be_named(copied: Path, defcoop: Callable[..., Result]) -> None:
    assert defcoop("build", "--out", "here").out == "here/datapackage.json\n"
    assert (copied / "here" / "datapackage.json").is_file()


def test_a_finding_ends_with_1_and_nothing_is_written(copied: Path, defcoop: Callable[..., Result]) -> None:
    (copied / "dataset" / "actors" / "notes.txt").touch()
    found = defcoop("build")
    assert found.code == 1
    assert found.out.startswith("dataset/actors/notes.txt:1:1: error DC014 ")
    assert found.err.splitlines()[0] == "84 records, 5 source cards: 1 error, 0 warnings."
    assert found.err.splitlines()[-1] == "Nothing was written."
    assert list((copied / "build").iterdir()) == []


def test_a_finding_leaves_the_old_package(copied: Path, defcoop: Callable[..., Result]) -> None:
    defcoop("build")
    before = (copied / "build" / "package" / "datapackage.json").stat()
    (copied / "dataset" / "actors" / "notes.txt").touch()
    assert defcoop("build").code == 1
    after = (copied / "build" / "package" / "datapackage.json").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("out", ["dataset", "seeds/seed-000.yaml"])
def test_what_is_no_package_is_not_replaced(out: str, copied: Path, defcoop: Callable[..., Result]) -> None:
    found = defcoop("build", "--out", out)
    assert (found.code, found.out) == (2, "")
    assert found.err.endswith(f"defcoop: {copied / out} is there and is no package of defcoop\n")
    assert (copied / "seeds" / "seed-000.yaml").is_file()
    assert len(list((copied / "dataset").iterdir())) == 7


def test_a_folder_that_cannot_be_made_ends_with_2(copied: Path, defcoop: Callable[..., Result]) -> None:
    (copied / "file").touch()
    found = defcoop("build", "--out", "file/package")
    assert (found.code, found.out) == (2, "")
    assert "defcoop: " in found.err


def test_any_number_of_processes_writes_the_same(
    copied: Path, defcoop: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "_LEAST", 100)
    for number in range(300):
        path = copied / "dataset" / "actors" / f"act-made-up-{number}.yaml"
        source = (copied / "dataset" / "actors" / "act-nabd.yaml").read_text(encoding="utf-8")
        path.write_text(source.replace("id: act-nabd\n", f"id: {path.stem}\n").replace("Nabd", f"Nabd {number}"))
    built = []
    for jobs in ("1", "2"):
        defcoop("build", "--jobs", jobs, "--out", jobs)
        built.append({path.name: path.read_bytes() for path in (copied / jobs).rglob("*") if path.is_file()})
    assert built[0] == built[1]
    assert built[0]["actors.csv"].count(b"\nact-made-up-") == 300


def test_a_seed_without_a_card_is_a_finding_and_nothing_is_written(
    copied: Path, defcoop: Callable[..., Result]
) -> None:
    (copied / "seeds" / "seed-004.yaml").unlink()
    found = defcoop("build")
    assert found.code == 1
    assert "DC301" in found.out
    assert list((copied / "build").iterdir()) == []
