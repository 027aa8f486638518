"""`defcoop diff OLD NEW`, as a user types it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from defcoop.cli.diff_formats import FORMATS
from defcoop.cli.diff_formats.markdown import MAX_BYTES
from defcoop.dataset import load
from defcoop.difference import Difference, apply, find
from defcoop.package import build
from tests.checkouts import QATAR, REGIMENT, WAVE, copy_of_the_good, edit
from tests.difference.conftest import repository
from tests.repositories import commit

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Result

__all__ = ["repository"]  # a fixture


@pytest.fixture
def corrected(repository: Path) -> Path:
    """Correct, add and remove a record in a second commit."""
    edit(repository, WAVE, ("\nstatus: held", "\nstatus: planned"))
    text = Path(QATAR).read_text(encoding="utf-8")
    Path(QATAR.replace("qat", "tern")).write_text(text.replace("id: act-qat", "id: act-tern"), encoding="utf-8")
    Path(REGIMENT).unlink()
    commit()
    return repository


def test_where_nothing_changed_the_exit_code_is_0(repository: Path, defcoop: Callable[..., Result]) -> None:
    found = defcoop("diff", "HEAD", str(repository))
    assert (found.code, found.err) == (0, "")
    assert "\nNothing changed.\n" in found.out


@pytest.mark.usefixtures("corrected")
def test_changes_are_told_with_the_step_that_they_call_for(defcoop: Callable[..., Result]) -> None:
    found = defcoop("diff", "HEAD~1", "HEAD")
    assert (found.code, found.err) == (1, "")
    assert re.match(r"HEAD~1 \([0-9a-f]{12}\) → HEAD \([0-9a-f]{12}\)\nThis calls for a major step", found.out)
    assert "Records removed without a tombstone: 1\n  act-gull-regiment  " in found.out
    assert "Records added: 1\n  act-tern  " in found.out
    assert "\n    status: held → planned\n      = seed-900[" in found.out
    assert found.out.count(" does not tell its tables; those of this library are taken for them.") == 2


@pytest.mark.parametrize("output", ["text", "markdown"])
@pytest.mark.usefixtures("corrected")
def test_every_format_for_people_names_every_change(output: str, defcoop: Callable[..., Result]) -> None:
    out = defcoop("diff", "HEAD~1", "HEAD", "--format", output).out.replace("\\", "")
    for word in ("act-gull-regiment", "act-tern", "exe-coast-league-qat-wave-2031", "planned", "major"):
        assert word in out


@pytest.mark.usefixtures("corrected")
def test_the_json_applied_to_the_old_gives_the_new(defcoop: Callable[..., Result]) -> None:
    found = defcoop("diff", "HEAD~1", "HEAD", "--format", "json")
    assert found.code == 1
    difference = Difference.from_json(json.loads(found.out))
    assert apply(find("HEAD~1"), difference) == find("HEAD").documents
    assert difference.vanished == ("act-gull-regiment",)


def test_packages_folders_zips_and_revisions_can_be_mixed(
    corrected: Path, tmp_path: Path, defcoop: Callable[..., Result]
) -> None:
    package = tmp_path / "package"
    build(load(copy_of_the_good(tmp_path / "good")), package)
    archive = shutil.make_archive(str(tmp_path / "package"), "zip", package)
    assert defcoop("diff", str(package), archive).code == 0
    assert defcoop("diff", archive, "HEAD~1").code == 0
    told = defcoop("diff", archive, str(corrected))
    assert told.code == 1
    assert told.out.count(" does not tell its tables") == 1


def test_a_withdrawn_and_a_merged_record_are_told_with_reason_and_target(
    repository: Path, defcoop: Callable[..., Result]
) -> None:
    tomb = "\nwithdrawn: {{reason: Was none., since: 1.0.0{}}}\nsummary:"
    edit(repository, REGIMENT, ("\nsummary:", tomb.format("")))
    edit(repository, WAVE, ("\nsummary:", tomb.format(", replaced_by: act-qat")))
    text = defcoop("diff", "HEAD", ".")
    assert "This calls for a patch step" in text.out
    assert "Records withdrawn: 1\n  act-gull-regiment" in text.out
    assert "Records merged into others: 1\n  exe-coast-league-qat-wave-2031" in text.out
    markdown = defcoop("diff", "HEAD", ".", "--format", "markdown").out.replace("\\", "")
    assert " → <code>act-qat</code> (Was none.)" in markdown


def test_a_record_that_fits_no_model_is_named(repository: Path, defcoop: Callable[..., Result]) -> None:
    edit(repository, QATAR, ("\nkind:", "\nnonsense: x\nkind:"))
    found = defcoop("diff", "HEAD", ".")
    assert ".: these do not fit the models of this library and are compared as they stand: act-qat." in found.out
    assert "\n    nonsense: added x" in found.out


@pytest.mark.parametrize("arguments", [["HEAD"], ["HEAD", "HEAD", "HEAD"], ["HEAD", "HEAD", "--format", "xml"]])
@pytest.mark.usefixtures("repository")
def test_misuse_ends_with_2(arguments: list[str], defcoop: Callable[..., Result]) -> None:
    found = defcoop("diff", *arguments)
    assert (found.code, found.out) == (2, "")


@pytest.mark.parametrize("names", [["nowhere", "."], [".", "nowhere"], ["dataset/actors", "."], [QATAR, "."]])
@pytest.mark.usefixtures("repository")
def test_what_cannot_be_read_ends_with_2_and_one_line(names: list[str], defcoop: Callable[..., Result]) -> None:
    found = defcoop("diff", *names)
    assert (found.code, found.out, found.err.count("\n")) == (2, "", 1)
    assert found.err.startswith("defcoop: ")


def test_the_workflow_calls_it_as_it_is_called(checkout: Path, corrected: Path, defcoop: Callable[..., Result]) -> None:
    workflow = yaml.safe_load((checkout / ".github/workflows/validate.yml").read_text(encoding="utf-8"))
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    [call] = re.findall(r'defcoop" (diff .*?) >', "\n".join(step.get("run", "") for step in steps))
    assert corrected.is_dir()
    found = defcoop(*call.replace('"origin/$GITHUB_BASE_REF"', "HEAD~1").split())
    assert found.code == 1
    assert found.out.startswith("<code>HEAD\\~1 ")
    comment = (checkout / ".github/workflows/comment.yml").read_text(encoding="utf-8")
    assert [int(size) for size in re.findall(r"head --bytes=(\d+)", comment)] == [MAX_BYTES]


def test_the_help_says_what_wins(defcoop: Callable[..., Result]) -> None:
    told = " ".join(defcoop("diff", "--help").out.split())
    assert "A name that is a path means that path, even if it is a revision too" in told
    assert ", ".join(FORMATS) in told
