"""The wheel and the source archive: the same bytes everywhere, nothing by accident, and all that they promise."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

import defcoop
from defcoop import version
from defcoop.docgen.codebook import codebook
from defcoop.docgen.schemas import files, folder
from defcoop.models.registry import BY_FOLDER
from defcoop.package import build as build_package
from tests.processes import CHECKOUT, EDITION, REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EPOCH = 1_900_000_000
WHEEL, SDIST = f"defcoop-{version.LIBRARY}-py3-none-any.whl", f"defcoop-{version.LIBRARY}.tar.gz"
FOLDERS = {"schema": "_schema", "docs/codes": "_pages"}
"""Where folders of the checkout lie in the installed library."""

LISTS = {f"defcoop/_data/{name}.json" for name in (*BY_FOLDER, "seeds", "dataset")}
"""The files that the wheel has instead of those of the data, and of the card of the dataset."""

DIRT = {
    "seeds/text/000_text.txt": "the text of a seed",
    "seeds/notes.txt": "",
    "dataset/actors/.act-qat.yaml.swp": "",
    "dataset/actors/act-qat.yaml.orig": "",
    "defcoop/__pycache__/x.cpython-311.pyc": "",
    "defcoop/models/record.py.rej": "",
    "build/package/datapackage.json": "{}",
    "dist/old.whl": "",
    "texts/000_text.txt": "the text of a seed",
    ".coverage": "",
    ".venv/bin/python": "",
    "htmlcov/index.html": "",
    "scratch.py": "",
}
"""What lies about in a checkout and is no part of it."""


class Build(NamedTuple):
    """What was built: both archives, and the tree that they were built from."""

    wheel: Path
    sdist: Path
    source: Path


def listed() -> list[str]:
    """The files of the checkout that git knows or would take, the data aside."""
    done = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z", ":!dataset", ":!seeds"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if not done.stdout:
        pytest.skip("not a git checkout")
    return sorted(name for name in done.stdout.split("\0") if name and (REPOSITORY / name).is_file())


def copied(folder: Path, names: list[str], source: Path) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source / name, folder / name)
    return folder


def build(source: Path, *targets: str, umask: int = -1, **environment: str) -> Build:
    out = source.parent / f"{source.name} built"
    kept = {name: value for name, value in os.environ.items() if name not in {"SOURCE_DATE_EPOCH", "PYTHONPATH"}}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "hatchling",
            "build",
            "-d",
            str(out),
            *(part for one in targets for part in ("-t", one)),
        ],
        cwd=source,
        env=kept | environment,
        umask=umask,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return Build(out / WHEEL, out / SDIST, source)


@pytest.fixture(scope="module")
def names() -> list[str]:
    """The files of a checkout whose data are the edition's."""
    data = (path.relative_to(EDITION).as_posix() for path in EDITION.rglob("*.yaml"))
    return sorted([*listed(), *data])


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> Build:
    """Built in a clean checkout."""
    source = shutil.copytree(EDITION, tmp_path_factory.mktemp("here") / "defcoop")
    copied(source, [name for name in names if not (source / name).exists()], REPOSITORY)
    return build(
        source, "wheel", "sdist", umask=0o022, SOURCE_DATE_EPOCH=str(EPOCH), TZ="UTC", LC_ALL="C", PYTHONHASHSEED="0"
    )


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory, names: list[str], here: Build) -> Build:
    """Built elsewhere: other path, order, modes, times, locale, zone and umask, and with things lying about."""
    source = copied(tmp_path_factory.mktemp("there") / "عمل two" / "a checkout", list(reversed(names)), here.source)
    for name, text in DIRT.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    for number, path in enumerate(sorted(source.rglob("*"))):
        path.chmod(0o700 if path.is_dir() or os.access(path, os.X_OK) else 0o600 | number % 2 * 0o066)
        os.utime(path, (number * 10_000_000, number * 10_000_000))
    return build(
        source,
        "sdist",
        "wheel",
        umask=0o077,
        SOURCE_DATE_EPOCH=str(EPOCH),
        TZ="Asia/Kathmandu",
        LC_ALL="C.UTF-8",
        LANGUAGE="ar",
        PYTHONHASHSEED="4242",
        COLUMNS="20",
    )


def test_the_wheel_is_the_same_everywhere(here: Build, there: Build) -> None:
    assert here.wheel.read_bytes() == there.wheel.read_bytes()


def test_the_source_archive_is_the_same_everywhere(here: Build, there: Build) -> None:
    assert here.sdist.read_bytes() == there.sdist.read_bytes()


def test_the_wheel_made_from_the_source_archive_is_the_same(here: Build, tmp_path: Path) -> None:
    with tarfile.open(here.sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    again = build(tmp_path / SDIST.removesuffix(".tar.gz"), "wheel", SOURCE_DATE_EPOCH=str(EPOCH))
    assert again.wheel.read_bytes() == here.wheel.read_bytes()


def test_what_differs_in_the_tree_differs_in_the_wheel(here: Build, tmp_path: Path) -> None:
    """So that the tests above do not compare two things that cannot differ."""
    other = shutil.copytree(here.source, tmp_path / "other")
    (other / "dataset/actors/act-qat.yaml").open("a", encoding="utf-8").write("note: A remark.\n")
    assert build(other, "wheel", SOURCE_DATE_EPOCH=str(EPOCH)).wheel.read_bytes() != here.wheel.read_bytes()


def test_times_are_those_that_are_asked_for(here: Build) -> None:
    moment = datetime.fromtimestamp(EPOCH, UTC)
    with zipfile.ZipFile(here.wheel) as archive:
        assert {info.date_time[:5] for info in archive.infolist()} == {moment.timetuple()[:5]}
    with tarfile.open(here.sdist) as archive:
        assert {info.mtime for info in archive.getmembers()} == {EPOCH}


def test_the_builder_of_the_tests_is_that_of_the_build() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    [builder] = project["build-system"]["requires"]
    assert "==" in builder
    assert builder in project["project"]["optional-dependencies"]["dev"]


def in_wheel(name: str) -> str | None:
    """Say where a file of the checkout stands in the wheel."""
    if name.startswith("defcoop/"):
        return name
    for below, place in FOLDERS.items():
        if name.startswith(f"{below}/"):
            return f"defcoop/{place}/{name.removeprefix(f'{below}/')}"
    return None


def test_the_wheel_holds_the_library_its_data_and_schemas_and_nothing_else(here: Build, names: list[str]) -> None:
    with zipfile.ZipFile(here.wheel) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}
        assert archive.read("defcoop/_schema/codebook.html") == (here.source / "schema/codebook.html").read_bytes()
    assert found == {place for name in names if (place := in_wheel(name))} | LISTS


def test_the_source_archive_holds_the_checkout_and_nothing_else(here: Build, names: list[str]) -> None:
    root = SDIST.removesuffix(".tar.gz")
    with tarfile.open(here.sdist) as archive:
        found = {member.name for member in archive.getmembers() if member.isfile()}
        modes = {member.name: member.mode for member in archive.getmembers()}
    assert found == {f"{root}/{name}" for name in [*names, "PKG-INFO"]}
    assert modes[f"{root}/.ci/run"] == 0o755
    assert modes[f"{root}/README.md"] == 0o644


def contents(built: Build) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(built.wheel) as archive:
        yield from ((name, archive.read(name)) for name in archive.namelist())
    with tarfile.open(built.sdist) as archive:
        for member in archive.getmembers():
            if file := archive.extractfile(member):
                yield member.name, file.read()


def runs_of(text: str, length: int) -> Iterator[str]:
    return (text[start : start + length] for start in range(len(text) - length + 1))


@pytest.mark.texts
def test_no_run_of_a_seed_text_is_in_either(here: Build, texts: Mapping[str, str]) -> None:
    runs = {run for text in texts.values() for run in runs_of(text, 81)}
    assert len(runs) > 5000
    for name, source in contents(here):
        # Only what has Arabic in it can hold a run of these texts.
        text = source.decode("utf-8", "replace")
        if any("\u0600" <= letter <= "\u06ff" for letter in set(text)):
            assert next((run for run in runs_of(text, 81) if run in runs), None) is None, name


@pytest.fixture(scope="module")
def installed(here: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel in an environment of its own, offline; what it depends on comes from the environment of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], check=True, timeout=600)
    python = folder / "venv/bin/python"
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-index", "--no-deps", "--quiet",
         "--disable-pip-version-check", str(here.wheel)],
        env=os.environ | {"PIP_NO_CACHE_DIR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    [site] = (folder / "venv/lib").glob("python*/site-packages")
    # A plain path: the .pth file there, which leads to the checkout, is not followed.
    (site / "others.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return folder


def run(folder: Path, *command: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DEFCOOP", "PYTHON"))}
    nowhere = {f"{kind}_proxy": "http://127.0.0.1:9" for kind in ("http", "https", "all")}
    (folder / "elsewhere").mkdir(exist_ok=True)
    done = subprocess.run(
        [folder / "venv/bin" / command[0], *command[1:]],
        cwd=folder / "elsewhere",
        env=clean | nowhere | {"XDG_CACHE_HOME": str(folder / "cache")},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_installed_library_loads_the_released_data(installed: Path, shipped: defcoop.Dataset) -> None:
    code = (
        "import sys, defcoop; ds = defcoop.load(); print(defcoop.__file__, 'yaml' in sys.modules); print(ds); "
        "print(ascii([list(ds), list(ds.seeds.values())]))"
    )
    place, shown, everything = run(installed, "python", "-c", code).splitlines()
    file, reads_yaml = place.split()
    assert Path(file).is_relative_to(installed / "venv")
    assert reads_yaml == "False"
    assert shown == repr(shipped)
    assert everything == ascii([list(shipped), list(shipped.seeds.values())])


def test_the_installed_library_tells_its_three_versions(installed: Path) -> None:
    told = run(installed, "defcoop", "--version").strip()
    assert told == f"defcoop {version.LIBRARY}, schema {version.SCHEMA}, data {version.DATA}"


def test_the_installed_library_has_its_schemas_and_codebook_as_files(installed: Path) -> None:
    code = "from defcoop.docgen.schemas import folder; print(folder())"
    found = Path(run(installed, "python", "-c", code).strip())
    assert found.is_relative_to(installed / "venv")
    expected = files() | codebook()
    assert {path.name: path.read_bytes().decode() for path in found.iterdir()} == expected


def test_a_library_that_runs_from_a_checkout_has_them_there() -> None:
    assert folder() == CHECKOUT / "schema"


def test_the_installed_library_writes_its_schemas_and_codebook(installed: Path) -> None:
    run(installed, "defcoop", "schema", "--out", "written")
    run(installed, "defcoop", "codebook", "--out", "written")
    written = {path.name: path.read_bytes().decode() for path in (installed / "elsewhere/written").iterdir()}
    assert written == files() | codebook()


def test_the_installed_library_explains_codes(installed: Path) -> None:
    assert run(installed, "defcoop", "explain", "DC101").startswith("# DC101")


def test_the_metadata_of_the_wheel_names_both_licences(here: Build) -> None:
    with zipfile.ZipFile(here.wheel) as archive:
        info = f"defcoop-{version.LIBRARY}.dist-info"
        metadata = archive.read(f"{info}/METADATA").decode()
        names = archive.namelist()
    assert "\nLicense-Expression: Apache-2.0 AND CC-BY-4.0\n" in metadata
    assert {f"{info}/licenses/LICENSE", f"{info}/licenses/LICENSE-DATA"} <= set(names)


@pytest.fixture
def prepared(here: Build, tmp_path: Path) -> Path:
    """A clone after `.ci/run`; this session's Python stands in for what make installs, and notes what is verified."""
    source = shutil.copytree(here.source, tmp_path / "clone")
    binaries = source / ".venv/bin"
    binaries.mkdir(parents=True)
    program = f'#!/bin/bash\nPYTHONPATH="{source}" exec "{sys.executable}" "$@"\n'
    verify = f'#!/bin/bash\necho "$@" >"{tmp_path}/verified"; exit "${{VERIFY_ENDS_WITH:-0}}"\n'
    for name, text in (("python", program), ("defcoop", verify)):
        (binaries / name).write_text(text, encoding="utf-8")
        (binaries / name).chmod(0o755)
    build_package(defcoop.load(source), source / "build/package")
    return source


def publish(source: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [".ci/release", "dist"],
        cwd=source,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(EPOCH)} | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )


def test_a_release_publishes_three_files_with_their_hashes(
    prepared: Path, here: Build, shipped: defcoop.Dataset
) -> None:
    done = publish(prepared)
    assert done.returncode == 0, done.stderr
    told = json.loads((prepared / "build/package/datapackage.json").read_bytes())["version"]
    data = prepared / f"dist/defcoop-data-{told}.zip"
    assert {path.name for path in (prepared / "dist").iterdir()} == {WHEEL, SDIST, data.name, "SHA256SUMS"}
    assert (prepared / "dist" / WHEEL).read_bytes() == here.wheel.read_bytes()
    assert list(defcoop.load(data)) == list(shipped)
    assert (prepared.parent / "verified").read_text(encoding="utf-8") == "verify build/package\n"
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=prepared / "dist", capture_output=True, check=True
    )
    assert checked.stdout.count(b": OK") == 3


def test_the_zip_of_a_release_is_the_same_everywhere(prepared: Path) -> None:
    assert publish(prepared).returncode == 0
    (prepared / "dist").rename(prepared / "first")
    for number, path in enumerate(sorted((prepared / "build/package").rglob("*"))):
        path.chmod(0o700)
        os.utime(path, (number * 10_000_000, number * 10_000_000))
    assert publish(prepared, TZ="Asia/Kathmandu", LC_ALL="C", PYTHONHASHSEED="7").returncode == 0
    for path in (prepared / "first").iterdir():
        assert path.read_bytes() == (prepared / "dist" / path.name).read_bytes()


def test_a_release_is_not_made_of_what_cannot_be_verified_or_over_another(prepared: Path) -> None:
    assert publish(prepared, VERIFY_ENDS_WITH="1").returncode == 1
    assert not (prepared / "dist").exists()
    (prepared / "dist").mkdir()
    assert publish(prepared).returncode == 2
