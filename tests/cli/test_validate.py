"""`defcoop validate`: findings on stdout, the summary on stderr, and an exit code for each outcome."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from defcoop.validation import pool, validate
from defcoop.validation.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Result

QATAR = "dataset/actors/act-qat.yaml"
CLEAN = (
    "84 records, 5 source cards: 0 errors, 0 warnings.\n"
    "Passages: 0 checked against their texts, 258 not checked (the seed texts are not here).\n"
)


def damage(path: str, old: str, new: str) -> None:
    file = Path(path)
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.usefixtures("copied")
def test_a_clean_dataset_ends_with_0_and_an_empty_stdout(defcoop: Callable[..., Result]) -> None:
    assert defcoop("validate") == (0, "", CLEAN)


@pytest.mark.usefixtures("copied")
def test_a_finding_ends_with_1_and_says_where_what_and_how(defcoop: Callable[..., Result]) -> None:
    damage(QATAR, "kind: state", "kind: stat")
    found = defcoop("validate")
    line = Path(QATAR).read_text(encoding="utf-8").splitlines().index("kind: stat") + 1
    assert found.code == 1
    first, *excerpt, last = found.out.splitlines()
    assert first == f"{QATAR}:{line}:7: error DC104 act-qat: kind: 'stat' is not in the vocabulary"
    assert last == "    Did you mean state?"
    assert not excerpt or "kind: stat" in excerpt[0]
    assert found.err.startswith("83 records, 5 source cards: 1 error, 0 warnings.\n")


@pytest.mark.parametrize("paths", [[], [QATAR], ["dataset"], ["dataset/actors"]])
@pytest.mark.usefixtures("copied")
def test_json_is_the_report(paths: list[str], defcoop: Callable[..., Result]) -> None:
    damage(QATAR, "kind: state", "kind: stat")
    report = validate(Path("dataset"))
    found = defcoop("validate", "--format", "json", *paths)
    assert found.code == 1
    assert json.loads(found.out) == {
        "ok": report.ok,
        "records": report.records,
        "sources": report.sources,
        "passages": {"checked": report.passages_checked, "unchecked": report.passages_unchecked},
        "findings": [finding.as_dict() for finding in report.findings],
    }
    assert len(report.findings) == 1
    assert found.err.startswith("83 records, 5 source cards: 1 error")


@pytest.mark.usefixtures("copied")
def test_json_of_a_clean_dataset(defcoop: Callable[..., Result]) -> None:
    found = defcoop("validate", "--format", "json")
    assert (found.code, found.err) == (0, CLEAN)
    assert json.loads(found.out) == {
        "ok": True,
        "records": 84,
        "sources": 5,
        "passages": {"checked": 0, "unchecked": 258},
        "findings": [],
    }


@pytest.mark.usefixtures("copied")
def test_json_shows_arabic_as_it_is(defcoop: Callable[..., Result]) -> None:
    damage(QATAR, "kind: state", "kind: دولة")
    assert "دولة" in defcoop("validate", "--format", "json").out


@pytest.mark.usefixtures("copied")
def test_an_unknown_format_ends_with_2_and_names_the_known(defcoop: Callable[..., Result]) -> None:
    found = defcoop("validate", "--format", "xml")
    assert (found.code, found.out) == (2, "")
    assert "xml is none of text, json" in found.err


@pytest.mark.usefixtures("copied")
def test_a_path_that_is_not_there_ends_with_2(defcoop: Callable[..., Result]) -> None:
    found = defcoop("validate", "dataset/actors/act-nobody.yaml")
    assert (found.code, found.out) == (2, "")
    assert "dataset/actors/act-nobody.yaml" in found.err


@pytest.mark.parametrize(
    ("paths", "code"),
    [
        (["dataset/agreements"], 0),
        ([QATAR.replace("qat", "tur")], 0),
        (["seeds"], 0),
        (["dataset/agreements", QATAR], 1),
        (["."], 1),
        (["dataset/../dataset/actors"], 1),
    ],
)
def test_only_findings_in_the_paths_are_shown_and_counted(
    paths: list[str], code: int, copied: Path, defcoop: Callable[..., Result]
) -> None:
    damage(QATAR, "kind: state", "kind: stat")
    found = defcoop("validate", *paths)
    assert (found.code, found.out.count(" error ")) == (code, code)
    assert f": {code} error{'' if code else 's'}, " in found.err
    assert defcoop("validate", *(str(copied / path) for path in paths)).code == code


@pytest.mark.parametrize("subfolder", [False, True])
def test_the_dataset_may_lie_elsewhere(
    subfolder: bool,  # noqa: FBT001 - a parameter of the test
    copied: Path,
    defcoop: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    damage(QATAR, "kind: state", "kind: stat")
    (copied / "sub").mkdir()
    monkeypatch.chdir(copied / "sub" if subfolder else "/")
    found = defcoop("validate", "--dataset", str(copied / "dataset"), str(copied / QATAR))
    assert found.code == 1
    assert found.out.startswith(f"{QATAR}:")


def test_the_dataset_may_be_the_current_folder(
    copied: Path, defcoop: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copied / "dataset")
    assert defcoop("validate", "--dataset", ".").code == 0


def test_a_linked_dataset_can_be_filtered(copied: Path, defcoop: Callable[..., Result]) -> None:
    damage(QATAR, "kind: state", "kind: stat")
    (copied / "linked").symlink_to("dataset")
    assert defcoop("validate", "--dataset", "linked").code == 1
    assert defcoop("validate", "--dataset", "linked", "linked/actors").code == 1


@pytest.mark.usefixtures("copied")
def test_a_broken_file_makes_no_acceptance_elsewhere_stale(defcoop: Callable[..., Result]) -> None:
    damage(QATAR, "kind: state", "kind: stat")
    assert "DC801" not in defcoop("validate").out


def put_link(path: Path) -> None:
    target = path.rename(path.parents[2] / "kept")
    path.symlink_to(target)


def put_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def put_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def put_bytes(path: Path) -> None:
    path.write_bytes(b"\xff")


def put_nothing(path: Path) -> None:
    path.write_bytes(b"")


def put_too_much(path: Path) -> None:
    path.write_bytes(b"#" * 1_000_001)


@pytest.mark.parametrize("output", ["text", "json"])
@pytest.mark.parametrize("put", [put_link, put_pipe, put_folder, put_bytes, put_nothing, put_too_much])
def test_a_file_that_cannot_be_read_is_a_finding(
    put: Callable[[Path], None], output: str, copied: Path, defcoop: Callable[..., Result]
) -> None:
    put(copied / QATAR)
    found = defcoop("validate", "--format", output, "dataset")
    assert found.code == 1
    assert QATAR in found.out


def test_a_link_in_the_dataset_is_a_finding_when_asked_for_by_path(
    copied: Path, defcoop: Callable[..., Result]
) -> None:
    put_link(copied / QATAR)
    assert defcoop("validate", QATAR).code == 1


def test_a_stray_file_is_a_finding(copied: Path, defcoop: Callable[..., Result]) -> None:
    (copied / "dataset" / "actors" / "notes.txt").touch()
    found = defcoop("validate")
    assert found.code == 1
    assert found.out.startswith("dataset/actors/notes.txt:1:1: error DC014 ")


def test_a_stray_file_comes_with_a_hint(copied: Path, defcoop: Callable[..., Result]) -> None:
    (copied / "dataset" / "actors" / "notes.txt").touch()
    assert defcoop("validate").out.splitlines()[-1] == f"    {CODES['DC014'].remedy}"


def test_a_file_name_that_is_no_text_does_no_harm(copied: Path, defcoop: Callable[..., Result]) -> None:
    os.close(os.open(os.fsencode(copied) + b"/dataset/actors/\xff.txt", os.O_CREAT))
    assert defcoop("validate").code == 1


@pytest.mark.texts
@pytest.mark.usefixtures("copied")
@pytest.mark.parametrize("by_variable", [False, True])
def test_with_the_texts_every_passage_is_checked(
    by_variable: bool,  # noqa: FBT001 - a parameter of the test
    texts_folder: Path,
    defcoop: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if by_variable:
        monkeypatch.setenv("DEFCOOP_SEEDS", str(texts_folder.resolve()))
    found = defcoop("validate", *([] if by_variable else ["--seeds", str(texts_folder.resolve())]))
    assert found.code == 0
    assert found.err.splitlines()[1] == "Passages: 258 checked against their texts, 0 not checked."


@pytest.mark.usefixtures("copied")
def test_an_empty_folder_of_texts_leaves_all_unchecked(tmp_path: Path, defcoop: Callable[..., Result]) -> None:
    (tmp_path / "empty").mkdir()
    assert defcoop("validate", "--seeds", str(tmp_path / "empty")) == (0, "", CLEAN)


def warn() -> None:
    """Take an acceptance out of a record, so that its warning is told."""
    path = Path("dataset/actors/act-khalifa-haftar.yaml")
    text, count = re.subn(r"^accept:\n(  .*\n)+", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert count == 1
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("args", "code"), [([], 0), (["--strict"], 1)])
@pytest.mark.usefixtures("copied")
def test_a_warning_fails_only_when_strict(args: list[str], code: int, defcoop: Callable[..., Result]) -> None:
    warn()
    found = defcoop("validate", *args)
    assert (found.code, found.out.count(" warning DC804 ")) == (code, 1)
    assert found.err.startswith("84 records, 5 source cards: 0 errors, 1 warning.\n")


@pytest.mark.usefixtures("copied")
def test_strict_counts_only_what_is_found_in_the_paths(defcoop: Callable[..., Result]) -> None:
    warn()
    assert defcoop("validate", "--strict", "dataset/actors").code == 1
    assert defcoop("validate", "--strict", "dataset/agreements").code == 0


@pytest.mark.parametrize(("spoilt", "code"), [(False, 0), (True, 1)])
@pytest.mark.usefixtures("copied")
def test_strict_changes_nothing_else(defcoop: Callable[..., Result], *, spoilt: bool, code: int) -> None:
    if spoilt:
        damage(QATAR, "kind: state", "kind: stat")
    found = defcoop("validate", "--strict")
    assert found.code == code
    assert found == defcoop("validate")


@pytest.mark.parametrize("output", ["text", "json"])
@pytest.mark.parametrize("spoilt", [False, True])
@pytest.mark.usefixtures("copied")
def test_two_processes_tell_what_one_tells(
    output: str, defcoop: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, *, spoilt: bool
) -> None:
    monkeypatch.setattr(pool, "_CHUNK", 10)
    if spoilt:
        damage(QATAR, "kind: state", "kind: stat")
        Path("dataset/actors/act-tur.yaml").write_bytes(b"\xff")
        Path("dataset/facilities/notes.txt").touch()
    one, two = (defcoop("validate", "--no-cache", "--jobs", jobs, "--format", output) for jobs in "12")
    assert one == two
    assert one.code == spoilt


@pytest.mark.parametrize("jobs", ["0", "-1", "many"])
def test_a_number_of_jobs_is_at_least_one(jobs: str, defcoop: Callable[..., Result]) -> None:
    found = defcoop("validate", f"--jobs={jobs}")
    assert (found.code, found.out) == (2, "")
    assert "--jobs" in found.err


@pytest.mark.usefixtures("copied")
def test_what_was_found_is_kept_in_the_cache_of_the_user(cache_home: Path, defcoop: Callable[..., Result]) -> None:
    damage(QATAR, "kind: state", "kind: stat")
    without = defcoop("validate", "--no-cache")
    assert list(cache_home.iterdir()) == []
    assert [defcoop("validate") for _ in range(3)] == [without] * 3
    [cache] = cache_home.rglob("*.cache")
    assert cache.parent == cache_home / "defcoop"
    cache.write_bytes(b"spoilt")
    assert defcoop("validate", "--no-cache") == without
    assert cache.read_bytes() == b"spoilt"
    assert defcoop("validate") == without


@pytest.mark.usefixtures("copied")
def test_a_change_is_seen_through_the_cache(defcoop: Callable[..., Result]) -> None:
    assert defcoop("validate").code == 0
    damage(QATAR, "kind: state", "kind: stat")
    assert defcoop("validate").code == 1
    damage(QATAR, "kind: stat", "kind: state")
    assert defcoop("validate") == (0, "", CLEAN)


def test_a_cache_that_cannot_be_written_does_no_harm(
    copied: Path, defcoop: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    (copied / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(copied / "file"))
    assert defcoop("validate") == (0, "", CLEAN)


@pytest.mark.usefixtures("copied")
def test_a_path_that_holds_no_record_of_the_dataset_cannot_be_checked(
    tmp_path_factory: pytest.TempPathFactory, defcoop: Callable[..., Result]
) -> None:
    Path("README.md").touch()
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for path in ("README.md", str(elsewhere), ".."):
        shown = defcoop("validate", path)
        if path == "..":  # which holds the dataset
            assert shown.code == 0
        else:
            assert shown.code == 2
            assert "lies outside the records" in shown.err
            assert CLEAN not in shown.err
    for path in (".", "dataset", "seeds", QATAR, "seeds/seed-000.yaml"):
        assert defcoop("validate", path).code == 0


def test_without_a_home_nothing_is_kept_anywhere(
    copied: Path,
    defcoop: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    shared = tmp_path_factory.mktemp("shared")
    before = sorted(copied.rglob("*"))
    for variables in ({}, {"XDG_CACHE_HOME": ""}, {"XDG_CACHE_HOME": "cache"}, {"HOME": ""}, {"HOME": "home"}):
        monkeypatch.setenv("TMPDIR", str(shared))
        for name in ("HOME", "XDG_CACHE_HOME"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        assert defcoop("validate") == (0, "", CLEAN)
        assert sorted(copied.rglob("*")) == before
        assert list(shared.iterdir()) == []


def test_a_cache_in_a_folder_that_others_may_enter_is_not_used(
    cache_home: Path, copied: Path, defcoop: Callable[..., Result]
) -> None:
    assert defcoop("validate").code == 0
    damage(QATAR, "kind: state", "kind: stat")
    assert defcoop("validate").code == 1
    (cache,) = cache_home.rglob("*.cache")
    kept = cache.read_bytes()
    (cache_home / "defcoop").chmod(0o755)
    damage(QATAR, "kind: stat", "kind: state")
    assert defcoop("validate") == (0, "", CLEAN)
    assert cache.read_bytes() == kept
    assert copied.is_dir()
