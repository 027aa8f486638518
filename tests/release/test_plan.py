"""What a release would do is decided before anything is touched, and what may not be is refused with the reason."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from defcoop.docgen import schemas
from defcoop.io.git import GitError, NoGitError
from defcoop.release import RefusalError, Request, plan
from defcoop.release.versions import in_module
from tests.checkouts import QATAR, edit
from tests.release.repositories import DATE, LEAGUE, TEXTS, UNION, VISIT, add, commit, correct, git, state, write

if TYPE_CHECKING:
    from collections.abc import Callable

VERSION = "defcoop/version.py"


def refused(request: Request) -> tuple[str, ...]:
    """Give the reasons of a refusal, which changes nothing."""
    before = state(request.checkout)
    with pytest.raises(RefusalError) as error:
        plan(request)
    assert state(request.checkout) == before
    assert str(error.value) == "; ".join(error.value.reasons)
    return error.value.reasons


# What it decides


def test_the_first_release_has_the_version_that_is_in_the_making(unreleased: Path) -> None:
    before = state(unreleased)
    found = plan(Request(unreleased, DATE, TEXTS))
    assert state(unreleased) == before
    assert (found.version, found.previous, found.date) == ("0.1.0", "", "2031-04-05")
    assert found.report.passages_checked == 43
    assert found.notes == (
        "### Data\n\n- First records.\n- Added: 20 records: 6 actors, 4 agreements, 2 deployments, 2 exercises, "
        "1 trade figure, 2 engagements, 2 facilities, 1 transfer.\n- New source cards: `seed-900`, `seed-901`.\n\n"
        "### Library\n\n- Everything.\n- A thing.\n"
    )
    module = found.files[VERSION]
    assert module
    assert [in_module(module, name) for name in ("LIBRARY", "SCHEMA", "DATA", "RELEASED")] == [
        "0.1.0", "0.1.0", "0.1.0", found.digest
    ]  # fmt: skip
    assert "## Unreleased\n\n## 0.1.0 - 2031-04-05\n\n### Data\n\n- First" in str(found.files["CHANGELOG.md"])
    assert "date-released: '2031-04-05'" in str(found.files["CITATION.cff"])
    assert json.loads(str(found.files[".zenodo.json"]))["version"] == "0.1.0"
    assert "Data version 0.1.0, schema version 0.1.0. " in str(found.files["schema/codebook.md"])
    assert "data version 0.1.0<" in str(found.files["schema/codebook.html"])
    assert '"Schema version 0.1.0, generated' in str(found.files["schema/actor.schema.json"])
    assert [name for name, text in found.files.items() if text is None] == ["changelog.d/a-thing.library.md"]
    assert "schema/tables.json" not in found.files  # it does not change


def test_another_first_version_can_be_asked_for(unreleased: Path) -> None:
    assert plan(Request(unreleased, DATE, TEXTS, version="1.0.0")).version == "1.0.0"


@pytest.mark.parametrize(
    ("change", "version", "reason"),
    [(correct, "0.1.1", "patch: 1 record corrected"), (add, "0.2.0", "minor: 1 record added")],
)
def test_the_version_is_the_next_that_the_changes_call_for(
    change: Callable[[Path], str], version: str, reason: str, request_: Request
) -> None:
    change(request_.checkout)
    found = plan(request_)
    assert (found.version, found.previous, found.difference.reasons) == (version, "0.1.0", (reason,))
    module = str(found.files[VERSION])
    assert [in_module(module, name) for name in ("LIBRARY", "SCHEMA", "DATA")] == [version, "0.1.0", version]
    assert not [name for name in found.files if name.endswith(".json") and name.startswith("schema/")]
    assert f"Data version {version}, schema version 0.1.0. " in str(found.files["schema/codebook.md"])


def test_a_larger_step_may_be_taken(request_: Request) -> None:
    correct(request_.checkout)
    assert plan(request_._replace(version="0.2.0")).version == "0.2.0"


def test_what_the_library_alone_has_new_is_a_release_too(request_: Request) -> None:
    write(request_.checkout, "changelog.d/quicker.library.md", "- It is quicker.\n")
    commit(request_.checkout)
    found = plan(request_)
    assert (found.version, found.notes) == ("0.1.1", "### Library\n\n- It is quicker.\n")
    assert found.digest == in_module((request_.checkout / VERSION).read_text(encoding="utf-8"), "RELEASED")


def retype(request: Request) -> None:
    """Let the release before have had other tables: a column of another type."""
    file = request.checkout / "schema/tables.json"
    line = '{"name": "summary", "type": "string", "required": true}'
    edit(request.checkout, "schema/tables.json", (line, line.replace("string", "integer")))
    commit(request.checkout, "As it was")
    git(request.checkout, "tag", "--force", "--annotate", "--message=Release 0.1.0", "v0.1.0")
    file.write_text(schemas.files()["tables.json"], encoding="utf-8")
    commit(request.checkout, "As it is")


def test_a_column_of_another_type_is_major_and_before_the_first_major_version_a_minor_step(request_: Request) -> None:
    retype(request_)
    write(request_.checkout, "changelog.d/text.schema.md", "- A summary is text.\n")
    commit(request_.checkout)
    found = plan(request_)
    assert (found.version, found.difference.reasons) == ("0.2.0", ("major: column changed: records.summary",))
    assert in_module(str(found.files[VERSION]), "SCHEMA") == "0.2.0"
    assert '"Schema version 0.2.0, generated' in str(found.files["schema/source_card.schema.json"])
    assert refused(request_._replace(version="0.1.1")) == (
        "0.1.1 is a patch step after 0.1.0, but the changes call for a minor one",
        "major: column changed: records.summary",
    )


# What it refuses


def test_what_is_not_committed_is_refused_file_by_file(request_: Request) -> None:
    folder = request_.checkout
    edit(folder, LEAGUE, ("invented", "made-up"))
    (folder / QATAR).unlink()
    (folder / "notes").mkdir()
    for number in range(6):
        write(folder, f"notes/{number} \u0639.txt", "")
    git(folder, "add", "notes/0 \u0639.txt")
    found = refused(request_)
    told = [reason for reason in found if "not committed" in reason]
    assert told == [
        f"{LEAGUE} is not committed", f"{QATAR} is not committed", "notes/0 \u0639.txt is not committed",
        "notes/1 \u0639.txt is not committed", "notes/2 \u0639.txt is not committed", "3 more files are not committed",
    ]  # fmt: skip


def test_a_record_that_git_ignores_is_refused(request_: Request) -> None:
    add(request_.checkout)
    git(request_.checkout, "rm", "--quiet", "--cached", UNION)
    write(request_.checkout, ".git/info/exclude", "act-hill-union.yaml\n")
    git(request_.checkout, "commit", "--quiet", "--message=Forgotten")
    assert refused(request_) == (f"{UNION} is ignored by git, so that the release would lack it",)


def test_a_warning_is_refused_like_an_error(request_: Request) -> None:
    add(request_.checkout)
    edit(request_.checkout, UNION, ("accept: [{code: DC804, reason: It is to be.}]\n", ""))
    commit(request_.checkout)
    assert refused(request_) == (f"1 finding, the first: {UNION}:2: act-hill-union: id: no record refers to it",)
    edit(request_.checkout, UNION, ("\nkind: igo\n", "\n"))
    commit(request_.checkout)
    [reason] = refused(request_)
    assert reason.startswith(f"1 finding, the first: {UNION}:")


def test_a_wrong_passage_is_refused_when_the_texts_are_at_hand(request_: Request) -> None:
    edit(request_.checkout, LEAGUE, ("3cb08384", "3cb08385"))
    commit(request_.checkout)
    assert refused(request_)[0].startswith("1 finding, the first: ")
    found = plan(request_._replace(texts=None))
    assert (found.report.passages_checked, found.report.passages_unchecked) == (0, 43)


def test_a_record_that_is_gone_is_refused(request_: Request) -> None:
    (request_.checkout / VISIT).unlink()
    commit(request_.checkout)
    assert refused(request_) == ("eng-coast-league-qat-doha-visit is gone without a tombstone or a redirect",)
    assert refused(request_._replace(version="1.0.0"))[0].startswith("eng-coast-league-qat-doha-visit is gone ")


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9"])
def test_a_version_that_is_not_later_is_refused(version: str, request_: Request) -> None:
    correct(request_.checkout)
    assert refused(request_._replace(version=version)) == (f"{version} is not later than 0.1.0",)


def test_a_step_that_is_too_small_is_refused_with_the_reasons(request_: Request) -> None:
    add(request_.checkout)
    assert refused(request_._replace(version="0.1.1")) == (
        "0.1.1 is a patch step after 0.1.0, but the changes call for a minor one",
        "minor: 1 record added",
    )


def test_what_is_no_version_is_refused(request_: Request) -> None:
    add(request_.checkout)
    before = state(request_.checkout)
    for version in ("1", "1.2", "v0.2.0", "0.2.0-rc1", "0.02.0", "0.2.0 ", "", "0.2.\u0663"):
        with pytest.raises(ValueError, match=rf"^{re.escape(repr(version))} is no version such as 1\.2\.3$"):
            plan(request_._replace(version=version))
    assert state(request_.checkout) == before


def test_a_release_of_nothing_is_refused(request_: Request) -> None:
    assert refused(request_) == (
        "nothing has changed since 0.1.0: the data are the same, and CHANGELOG.md says nothing new",
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("## Unreleased\n", "## To come\n", "has not one section '## Unreleased'"),
        ("## Unreleased\n", "## Unreleased\n\n## Unreleased\n", "has not one section '## Unreleased'"),
        ("## Unreleased\n", "## Unreleased\n\n- A thing.\n", "has lines before the parts of what is unreleased"),
        ("## Unreleased\n", "## Unreleased\n\n### Date\n", "'Date' is none of Data, Schema, Library"),
    ],
)
def test_a_changelog_of_another_shape_is_refused(old: str, new: str, said: str, request_: Request) -> None:
    edit(request_.checkout, "CHANGELOG.md", (old, new))
    correct(request_.checkout)
    before = state(request_.checkout)
    with pytest.raises(ValueError, match=f"CHANGELOG.md:? {said}"):
        plan(request_)
    assert state(request_.checkout) == before


@pytest.mark.parametrize("name", ["schema/actor.schema.json", "schema/tables.json"])
def test_generated_files_that_are_out_of_date_are_refused(name: str, request_: Request) -> None:
    for change in (lambda path: path.write_text("{}\n", encoding="utf-8"), Path.unlink):
        change(request_.checkout / name)
        correct(request_.checkout) if change is not Path.unlink else commit(request_.checkout)
        assert refused(request_) == (
            f"{name} is not what this library's models say; run `defcoop schema`, with the library of this checkout",
        )


def test_a_version_module_of_another_shape_is_refused(request_: Request) -> None:
    edit(request_.checkout, VERSION, ('DATA = "0.1.0"', 'DATA: str = "0.1.0"'))
    commit(request_.checkout)
    with pytest.raises(ValueError, match=r"defcoop/version\.py names DATA 0 times"):
        plan(request_)


def test_a_release_whose_tag_is_not_here_is_refused(request_: Request) -> None:
    correct(request_.checkout)
    git(request_.checkout, "tag", "--delete", "v0.1.0")
    said = "defcoop/version.py follows the release of 0.1.0, but there is no tag v0.1.0 before this commit"
    assert refused(request_) == (f"{said}; git fetch --tags",)
    edit(request_.checkout, VERSION, ('DATA = "0.1.0"', 'DATA = "0.2.0-dev"'))
    commit(request_.checkout)
    assert "no tag v0.2.0-dev before" in refused(request_)[0]
    git(request_.checkout, "tag", "v0.1.0", "HEAD~2")
    assert plan(request_).version == "0.1.1"


def test_a_tag_of_another_branch_is_not_taken_over(request_: Request) -> None:
    correct(request_.checkout)
    git(request_.checkout, "tag", "v0.1.1", git(request_.checkout, "commit-tree", "-m", "Aside", "HEAD^{tree}"))
    assert refused(request_) == ("there is a tag v0.1.1 already, of a commit that this one does not come after",)


def test_tags_of_other_things_do_not_matter(request_: Request) -> None:
    for tag in ("v", "v9", "v9.9.9-rc1", "very-good", "9.9.9"):
        git(request_.checkout, "tag", tag)
    correct(request_.checkout)
    assert plan(request_).version == "0.1.1"


def test_versions_are_compared_as_numbers(request_: Request) -> None:
    for version in ("0.9.0", "0.10.0"):
        git(request_.checkout, "tag", f"v{version}")
    edit(request_.checkout, VERSION, ('DATA = "0.1.0"', 'DATA = "0.10.0"'))
    correct(request_.checkout)
    assert plan(request_).version == "0.10.1"


def test_a_git_at_work_is_not_disturbed(request_: Request) -> None:
    correct(request_.checkout)
    lock = request_.checkout / ".git/index.lock"
    lock.touch()
    assert refused(request_) == (f"another git is at work here, or was killed: {lock} is there",)


def test_what_is_no_repository_is_refused(request_: Request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    shutil.rmtree(request_.checkout / ".git")
    with pytest.raises(GitError, match="not a git repository"):
        plan(request_)
    git(request_.checkout, "init", "--quiet")
    assert refused(request_) == ("nothing is committed yet",)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoGitError):
        plan(request_)


def test_a_folder_in_a_repository_is_refused(request_: Request, tmp_path: Path) -> None:
    shutil.rmtree(request_.checkout / ".git")
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    assert refused(request_) == (f"{request_.checkout} is not the top of its git repository",)


def test_all_that_stands_against_it_is_told_at_once(request_: Request) -> None:
    edit(request_.checkout, LEAGUE, ("\nkind: igo\n", "\n"))
    (request_.checkout / "schema/tables.json").unlink()
    git(request_.checkout, "tag", "--delete", "v0.1.0")
    assert len(refused(request_)) == 5


def test_planning_leaves_nothing_among_the_temporary_files(
    request_: Request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    add(request_.checkout)
    plan(request_)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_clone_with_other_line_ends_makes_the_same_release(unreleased: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "-c", "core.autocrlf=true", str(unreleased), str(clone))
    assert b"\r\n" in (clone / "CHANGELOG.md").read_bytes()
    assert plan(Request(clone, DATE, TEXTS)) == plan(Request(unreleased, DATE, TEXTS))
