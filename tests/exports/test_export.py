"""An export takes its place in one step, replaces nothing else, and says what is wrong."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from defcoop.exports import EXPORTS, export
from defcoop.io import atomic_folder
from defcoop.package import PackageError
from tests.exports.packages import Cell, copied, edited, zipped
from tests.exports.readers import from_sqlite
from tests.processes import python

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.package import Package

MINE = pytest.mark.parametrize("form", ["sqlite", "parquet", "duckdb", "xlsx"])
WRONG = Cell("actors", "kind", "no such kind")


@pytest.fixture(scope="module")
def package(small: Package) -> Package:
    return small


def content(place: Path) -> dict[str, bytes]:
    files = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    return {path.relative_to(place.parent).as_posix(): path.read_bytes() for path in files}


@MINE
def test_an_export_takes_the_place_of_the_one_before(form: str, package: Package, tmp_path: Path) -> None:
    place = tmp_path / "new" / "place"
    other = edited(package, tmp_path / "other", Cell("actors", "summary", "Another."))
    assert export(form, other, place) == place
    before = content(place)
    export(form, package, place)
    assert content(place).keys() == before.keys()
    assert content(place) != before
    assert [*place.parent.iterdir()] == [place]


@pytest.mark.parametrize("form", ["sqlite", "parquet", "duckdb"])
def test_a_package_that_is_not_sound_leaves_the_old_export(form: str, package: Package, tmp_path: Path) -> None:
    place = export(form, package, tmp_path / "exports" / "place")
    before = content(place)
    with pytest.raises(PackageError, match=r"no such kind|vocabulary"):
        export(form, edited(package, tmp_path / "package", WRONG), place)
    assert content(place) == before
    assert [*place.parent.iterdir()] == [place]


@MINE
def test_a_descriptor_that_lacks_something_is_named(form: str, package: Package, tmp_path: Path) -> None:
    copy = copied(package, tmp_path / "package")
    del copy.descriptor["resources"][0]["schema"]["primaryKey"]
    with pytest.raises(PackageError, match=r"^datapackage\.json: resources\.0\.schema\.primaryKey: Field required"):
        export(form, copy, tmp_path / "x")


@pytest.mark.parametrize("form", ["sqlite", "parquet", "xlsx"])
def test_the_same_package_gives_the_same_bytes_everywhere(form: str, package: Package, tmp_path: Path) -> None:
    for folder, zone, seed, umask in (("one", "Asia/Qatar", "1", 0o077), ("two", "Pacific/Auckland", "2", 0o002)):
        place = str(tmp_path / folder / "x")
        words = ("-m", "defcoop", "export", form, "--package", str(package.place), "--out", place)
        done = python(*words, env={"TZ": zone, "PYTHONHASHSEED": seed}, umask=umask)
        assert (done.returncode, done.stdout) == (0, f"{place}\n"), done.stderr
    assert content(tmp_path / "one" / "x") == content(tmp_path / "two" / "x")
    assert (tmp_path / "one" / "x").stat().st_mode == (tmp_path / "two" / "x").stat().st_mode


@MINE
def test_a_disk_without_room_leaves_the_old_export_and_a_message(form: str, package: Package, tmp_path: Path) -> None:
    place = export(form, package, tmp_path / "place")
    before = content(place)
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000));"
        "from defcoop.cli import main; sys.argv[0] = 'defcoop'; main()"
    )
    done = python("-c", limited, "export", form, "--package", str(package.place), "--out", str(place))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"defcoop: {place}: ")
    assert len(done.stderr.splitlines()) == 1
    assert content(place) == before
    assert [*tmp_path.iterdir()] == [place]


@pytest.mark.parametrize("form", ["sqlite", "csvw"])
def test_killed_at_any_moment_the_old_or_the_new_export_is_there(form: str, package: Package, tmp_path: Path) -> None:
    place = export(form, package, tmp_path / "place")
    old = content(place)
    new = content(export(form, edited(package, tmp_path / "other", Cell("actors", "note", "New.")), tmp_path / "place"))
    export(form, package, place)
    words = [sys.executable, "-m", "defcoop", "export", form, "--package", str(tmp_path / "other"), "--out", str(place)]
    begin = time.perf_counter()
    subprocess.run(words, check=True, capture_output=True)
    whole = time.perf_counter() - begin
    export(form, package, place)
    for part in (0.6, 0.75, 0.9):
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        time.sleep(whole * part)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert content(place) in (old, new)
    export(form, package, place)
    assert content(place) == old
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "place"], "what killed runs left is swept"


def test_what_killed_runs_left_is_swept_and_nothing_else(package: Package, tmp_path: Path) -> None:
    left, alive, foreign = (
        tmp_path / name for name in (".x.abcdefgh.defcoop-part", ".x.12345678.defcoop-part", ".x.backup")
    )
    for folder in (left, alive, foreign):
        folder.mkdir()
        (folder / "file").touch()
    handle = os.open(alive, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    export("sqlite", package, tmp_path / "x")
    os.close(handle)
    assert sorted(path.name for path in tmp_path.iterdir()) == [alive.name, foreign.name, "x"]


def test_an_export_that_a_killed_run_moved_aside_goes_back(package: Package, tmp_path: Path) -> None:
    place = export("parquet", package, tmp_path / "x")
    aside = tmp_path / ".x.abcdefgh.defcoop-part" / "x.old"
    aside.parent.mkdir()
    place.rename(aside)
    with pytest.raises(PackageError):
        export("parquet", edited(package, tmp_path / "package", WRONG), place)
    assert (place / "claims.parquet").is_file()
    assert not aside.parent.exists()


@pytest.mark.parametrize("form", ["sqlite", "parquet"])
def test_a_folder_that_holds_something_else_is_not_replaced(form: str, package: Package, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "thesis.txt").touch()
    with pytest.raises(FileExistsError, match=f"holds something else than a {form} export"):
        export(form, package, folder)
    assert [*tmp_path.rglob("*")] == [folder, folder / "thesis.txt"]


def test_a_file_that_was_put_into_an_export_is_not_lost(package: Package, tmp_path: Path) -> None:
    place = export("parquet", package, tmp_path / "place")
    (place / "nested" / "thesis.txt").touch()
    with pytest.raises(FileExistsError, match="holds something else"):
        export("parquet", package, place)
    assert (place / "nested" / "thesis.txt").is_file()


def test_another_format_in_the_place_is_not_replaced(package: Package, tmp_path: Path) -> None:
    place = export("parquet", package, tmp_path / "place")
    (place / ".defcoop-export").write_text((place / ".defcoop-export").read_text().replace("parquet", "csvw", 1))
    with pytest.raises(FileExistsError):
        export("parquet", package, place)


def test_an_empty_folder_is_taken(package: Package, tmp_path: Path) -> None:
    assert (export("parquet", package, tmp_path) / "claims.parquet").is_file()


def test_a_file_is_not_replaced_by_a_folder(package: Package, tmp_path: Path) -> None:
    (tmp_path / "place").touch()
    with pytest.raises(FileExistsError, match="is there and is no folder"):
        export("parquet", package, tmp_path / "place")


def test_a_link_to_an_export_stays_a_link(package: Package, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "far" / "place.sqlite")
    export("sqlite", package, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert len(from_sqlite(tmp_path / "far" / "place.sqlite", "records")) == 20


def test_the_package_itself_is_never_written_to(package: Package, tmp_path: Path) -> None:
    archive = zipped(package, tmp_path / "package.zip")
    for one, place in ((package, package.place / "data" / "claims.csv"), (archive, tmp_path / "package.zip")):
        before = place.read_bytes()
        with pytest.raises(FileExistsError, match="lies in the package itself"):
            export("sqlite", one, place)
        assert place.read_bytes() == before


def test_a_format_that_is_not_there_is_named_with_those_that_are(package: Package, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="stata is none of sqlite, parquet"):
        export("stata", package, tmp_path / "x")


@pytest.mark.parametrize("form", [one for one in EXPORTS if one.extra], ids=lambda form: form.name)
def test_a_missing_library_is_named_with_its_extra(
    form: object, package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = {"parquet": "pyarrow", "duckdb": "duckdb", "xlsx": "xlsxwriter"}
    name = form.name  # type: ignore[attr-defined]
    for module in [one for one in sys.modules if one.startswith("defcoop.exports.")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, library[name], None)  # type: ignore[arg-type]
    with pytest.raises(ImportError, match=rf"the format {name} needs {library[name]}: pip install 'defcoop\[{name}\]'"):
        export(name, package, tmp_path / "x")
    assert [*tmp_path.iterdir()] == []


def test_a_module_of_ours_that_is_missing_is_no_missing_library(
    package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "defcoop.exports.xlsx", None)  # type: ignore[arg-type]
    with pytest.raises(ModuleNotFoundError, match=r"defcoop\.exports\.xlsx"):
        export("xlsx", package, tmp_path / "x")


def test_a_folder_that_cannot_be_moved_in_leaves_the_old_one(
    package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = export("parquet", package, tmp_path / "place")
    before = content(place)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(atomic_folder, "replace_folder", refuse)
    with pytest.raises(PermissionError):
        export("parquet", package, place)
    assert content(place) == before
    assert [*tmp_path.iterdir()] == [place]


def test_listing_the_formats_needs_none_of_their_libraries() -> None:
    heavy = "{'pyarrow', 'duckdb', 'xlsxwriter', 'sqlite3', 'pydantic'}"
    done = python("-c", f"import sys, defcoop.cli.export; print(sorted({heavy} & set(sys.modules)))")
    assert done.stdout == "[]\n", done.stderr
