"""`defcoop migrate`: files of an older schema are rewritten in place, and what a person has to decide is listed."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from defcoop.io import atomic_file, migration

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Result

DEPLOYMENT, FACILITY, EXERCISE = (
    f"dataset/{path}.yaml" for path in ("deployments/dep-aaa-bbb", "facilities/fac-aaa", "exercises/exe-aaa")
)
OLD = {
    DEPLOYMENT: "# a comment\nid: dep-aaa-bbb\nperiod: 2017/2019 # عن الاتفاقية\nstatus: deployed\n",
    FACILITY: "id: fac-aaa\r\nstatus: 'alleged' # by whom?\r\n",
    EXERCISE: "id: exe-aaa\nstatus: held\n",
}
NEW = {
    DEPLOYMENT: '# a comment\nid: dep-aaa-bbb\nstart: "2017" # عن الاتفاقية\nend: "2019"\nstatus: deployed\n',
    FACILITY: "id: fac-aaa\r\nstatus: 'unstated' # by whom?\r\n",
    EXERCISE: OLD[EXERCISE],
}
TOLD_OF_DEPLOYMENT = f"""\
{DEPLOYMENT}
  period → start
  period: 2017/2019 → 2017
  end: + 2019
"""
QUESTION = (
    "  to decide: status: was alleged; which stage do the texts tell? "
    "That it is alleged follows from the stances of its evidence now\n"
)
TOLD_OF_FACILITY = f"{FACILITY}\n  status: alleged → unstated\n{QUESTION}"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go where a small dataset of an older schema is."""
    monkeypatch.chdir(tmp_path)
    for path, text in OLD.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(text.encode())
    return tmp_path


def held() -> dict[str, str]:
    return {path: Path(path).read_bytes().decode() for path in OLD}


def test_the_dataset_is_rewritten_and_what_is_left_is_listed(defcoop: Callable[..., Result]) -> None:
    stamp = Path(EXERCISE).stat()
    told = defcoop("migrate")
    assert told == (1, TOLD_OF_DEPLOYMENT + TOLD_OF_FACILITY, "3 records: 2 rewritten, 1 question to decide.\n")
    assert held() == NEW
    assert (Path(EXERCISE).stat().st_ino, Path(EXERCISE).stat().st_mtime_ns) == (stamp.st_ino, stamp.st_mtime_ns)
    assert defcoop("migrate") == (0, "", "3 records: 0 rewritten, 0 questions to decide.\n")
    assert held() == NEW


@pytest.mark.parametrize("path", ["dataset/deployments", DEPLOYMENT, f"./{DEPLOYMENT}"])
def test_only_what_is_named_is_rewritten_and_no_question_ends_with_0(path: str, defcoop: Callable[..., Result]) -> None:
    assert defcoop("migrate", path) == (0, TOLD_OF_DEPLOYMENT, "1 record: 1 rewritten, 0 questions to decide.\n")
    assert held() == {**OLD, DEPLOYMENT: NEW[DEPLOYMENT]}


def test_what_is_named_twice_is_rewritten_once(defcoop: Callable[..., Result]) -> None:
    told = defcoop("migrate", DEPLOYMENT, "dataset", str(Path(DEPLOYMENT).absolute()))
    assert told.err == "3 records: 2 rewritten, 1 question to decide.\n"


def test_another_folder_of_records_can_be_named(defcoop: Callable[..., Result]) -> None:
    Path("dataset").rename("records")
    assert defcoop("migrate", "--dataset", "records").err == "3 records: 2 rewritten, 1 question to decide.\n"


def test_check_writes_nothing_and_ends_with_1_if_it_would(defcoop: Callable[..., Result]) -> None:
    told = defcoop("migrate", "--check", DEPLOYMENT)
    assert told == (1, TOLD_OF_DEPLOYMENT, "1 record: 1 to rewrite, 0 questions to decide.\n")
    assert held() == OLD
    assert defcoop("migrate", "--check", EXERCISE) == (0, "", "1 record: 0 to rewrite, 0 questions to decide.\n")


def test_diff_shows_a_patch_and_writes_nothing(defcoop: Callable[..., Result]) -> None:
    told = defcoop("migrate", "--diff")
    assert (told.code, told.err) == (1, "3 records: 2 to rewrite, 1 question to decide.\n")
    assert held() == OLD
    assert told.out.startswith(f"""\
--- {DEPLOYMENT}
+++ {DEPLOYMENT}
@@ -1,4 +1,5 @@
 # a comment
 id: dep-aaa-bbb
-period: 2017/2019 # عن الاتفاقية
+start: "2017" # عن الاتفاقية
+end: "2019"
 status: deployed
--- {FACILITY}
""")
    assert QUESTION in told.out
    done = subprocess.run(["git", "apply", "-p0"], input=told.out.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert held() == NEW


def test_a_line_without_an_end_stays_so_in_a_patch(defcoop: Callable[..., Result]) -> None:
    Path(DEPLOYMENT).write_text("status: deployed\nperiod: '2019'", encoding="utf-8")
    assert defcoop("migrate", "--diff", DEPLOYMENT).out.endswith(
        "-period: '2019'\n\\ No newline at end of file\n+start: '2019'\n\\ No newline at end of file\n"
    )


def test_a_file_that_cannot_be_read_is_told_as_validate_does_and_the_others_are_rewritten(
    defcoop: Callable[..., Result],
) -> None:
    Path(EXERCISE).write_text("id: exe-aaa\nstatus: &s held\n", encoding="utf-8")
    Path(FACILITY).write_bytes(b"")
    told = defcoop("migrate")
    assert told.code == 1
    assert f"{EXERCISE}:2:9: error DC007 exe-aaa: sets the anchor &s\n    2 | status: &s held\n" in told.out
    assert f"{FACILITY}:1:1: error DC005 fac-aaa: is empty\n" in told.out
    assert told.err == "3 records: 1 rewritten, 0 questions to decide, 2 not readable.\n"
    assert Path(DEPLOYMENT).read_text(encoding="utf-8") == NEW[DEPLOYMENT]


def test_links_are_not_followed(tmp_path: Path, defcoop: Callable[..., Result]) -> None:
    outside = tmp_path / "outside.yaml"
    Path(DEPLOYMENT).rename(outside)
    Path(DEPLOYMENT).symlink_to(outside)
    assert defcoop("migrate").err == "2 records: 1 rewritten, 1 question to decide.\n"
    told = defcoop("migrate", DEPLOYMENT)
    assert told.code == 1
    assert "DC001 dep-aaa-bbb: the file is a symbolic link" in told.out
    assert outside.read_text(encoding="utf-8") == OLD[DEPLOYMENT]


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["nowhere"], "nowhere: No such file or directory"),
        (["--dataset", "nowhere"], "nowhere: no such file or folder"),
        (["stray.yaml"], "stray.yaml lies in none of the folders of records: actors, agreements"),
    ],
)
def test_what_cannot_be_done_ends_with_2(args: list[str], line: str, defcoop: Callable[..., Result]) -> None:
    Path("stray.yaml").write_text("period: '2019'\n", encoding="utf-8")
    told = defcoop("migrate", *args)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"defcoop: {line}")
    assert held() == OLD


def test_a_file_stays_whole_if_it_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, defcoop: Callable[..., Result]
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic_file.os, "fsync", full)
    told = defcoop("migrate")
    assert (told.code, told.err) == (2, f"defcoop: {DEPLOYMENT}: No space left on device\n")
    assert held() == OLD
    assert [path.name for path in Path("dataset/deployments").iterdir()] == ["dep-aaa-bbb.yaml"]


def test_a_text_that_cannot_be_edited_stays_and_is_named(
    monkeypatch: pytest.MonkeyPatch, defcoop: Callable[..., Result]
) -> None:
    monkeypatch.setattr(migration, "edit_text", lambda text, _: text)
    told = defcoop("migrate", DEPLOYMENT)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("defcoop: dep-aaa-bbb is written in a way that cannot be edited in place")
    assert held() == OLD


def test_a_path_that_acts_is_made_visible(defcoop: Callable[..., Result]) -> None:
    Path(DEPLOYMENT).rename("dataset/deployments/dep-\x1b[31m.yaml")
    for args in ([], ["--diff"]):
        assert "\x1b" not in defcoop("migrate", "--check", *args, "dataset/deployments").out
