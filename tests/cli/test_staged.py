"""`defcoop validate --staged`, which the hook runs, and that it agrees with `--changed-since` and the whole check."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from defcoop.cli._git import change_since, everything, staged_change
from defcoop.validation import Run, changes, validate
from defcoop.validation.cache import Cache
from tests.checkouts import HARBOUR, QATAR, REGIMENT, TRAINERS, edit
from tests.cli.test_changed_since import spoil, told
from tests.processes import REPOSITORY
from tests.repositories import commit, git, good_repository

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Result

[HOOK] = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
NEW = "dataset/actors/act-new.yaml"
WITHDRAWN = "withdrawn:\n  reason: Its id was a mistake.\n  since: 0.3.0\n  replaced_by: act-tern-regiment\n"


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository of the good checkout, with one commit, and go there."""
    return good_repository(tmp_path / "repository", monkeypatch)


@pytest.fixture
def hook(defcoop: Callable[..., Result]) -> Callable[..., Result]:
    """Run what pre-commit runs, with the files that it would pass."""
    program, *arguments = HOOK["entry"].split()
    assert program == "defcoop"
    return lambda *files: defcoop(*arguments, *files)


def test_pre_commit_runs_the_hook_where_files_are_only_deleted() -> None:
    assert HOOK["always_run"]


def test_what_is_deleted_is_told_by_the_hook_and_the_whole_check(
    hook: Callable[..., Result], defcoop: Callable[..., Result]
) -> None:
    Path(REGIMENT).unlink()
    found = hook()
    assert found.code == 1
    assert {code for _, code in told(found)} == {"DC203", "DC301"}
    assert (REGIMENT, "DC203") in told(found)
    assert found == defcoop("validate") == defcoop("validate", "--changed-since=HEAD")
    git("add", "--all")
    assert hook() == found


def test_a_renamed_actor_leaves_references_and_needs_a_tombstone(hook: Callable[..., Result]) -> None:
    new = REGIMENT.replace("gull", "tern")
    git("mv", REGIMENT, new)
    edit(Path(), new, ("id: act-gull-regiment", "id: act-tern-regiment"))
    git("add", "--all")
    found = hook(new)
    assert {"DC203", "DC301"} <= {code for _, code in told(found)}
    assert "act-tern-regiment if that took its place" in found.out


def test_with_a_tombstone_a_renamed_actor_passes(hook: Callable[..., Result], defcoop: Callable[..., Result]) -> None:
    new = REGIMENT.replace("gull", "tern")
    shutil.copyfile(REGIMENT, new)
    edit(Path(), new, ("id: act-gull-regiment", "id: act-tern-regiment"))
    edit(Path(), REGIMENT, ("evidence:\n", f"{WITHDRAWN}evidence:\n"))
    for path in Path("dataset").rglob("*.yaml"):
        if str(path) != REGIMENT:
            path.write_text(path.read_text(encoding="utf-8").replace("act-gull-reg", "act-tern-reg"), encoding="utf-8")
    git("add", "--all")
    assert hook(new, REGIMENT).out == defcoop("validate").out == ""


def test_a_file_that_is_no_longer_tracked_is_deleted_too(hook: Callable[..., Result]) -> None:
    git("rm", "--quiet", "--cached", TRAINERS)
    assert told(hook()) == [(TRAINERS, "DC203")]


def test_a_draft_that_git_does_not_know_blocks_no_commit(hook: Callable[..., Result]) -> None:
    Path(NEW).write_text("id: act-new\nnames: []\n", encoding="utf-8")
    edit(Path(), QATAR, ("\nkind:", "\n# A remark\nkind:"))
    assert hook(QATAR).code == hook().code == 0
    assert {path for path, _ in told(hook(NEW))} == {NEW}
    git("add", NEW)
    assert {path for path, _ in told(hook())} == {NEW}


def test_an_old_mistake_elsewhere_blocks_no_commit_but_is_told_of_files_that_are_named(
    hook: Callable[..., Result],
) -> None:
    spoil(TRAINERS)
    edit(Path(), HARBOUR, ("act-qat", "act-qta"))
    commit("Old mistakes, one of them between files")
    edit(Path(), QATAR, ("\nkind:", "\n# A remark\nkind:"))
    assert hook(QATAR).code == 0
    assert {path for path, _ in told(hook(QATAR, TRAINERS))} == {TRAINERS}
    assert {path for path, _ in told(hook("dataset"))} == {TRAINERS, HARBOUR}


def test_what_a_source_card_changes_in_records_is_told(hook: Callable[..., Result]) -> None:
    card = Path("seeds/seed-900.yaml")
    card.write_text(re.sub("code_points: .*", "code_points: 100", card.read_text(encoding="utf-8")), encoding="utf-8")
    assert len({path for path, code in told(hook(str(card))) if code == "DC403"}) > 1


def test_the_first_commit_of_all_is_checked(repository: Path, hook: Callable[..., Result]) -> None:
    shutil.rmtree(repository / ".git")
    git("init", "--quiet")
    git("add", "--all")
    assert hook().code == 0
    spoil(QATAR)
    assert told(hook()) == [(QATAR, "DC102")]


def test_commits_that_are_made_already_are_compared_as_pre_commit_says(
    hook: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(REGIMENT).unlink()
    commit("Gone")
    assert hook().code == 0
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "HEAD~1")
    assert (REGIMENT, "DC203") in told(hook())
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "nowhere")
    assert hook().code == 2


@pytest.mark.parametrize("arguments", [[], ["--changed-since=HEAD"]])
def test_without_a_repository_it_ends_with_2(
    arguments: list[str], repository: Path, defcoop: Callable[..., Result]
) -> None:
    shutil.rmtree(repository / ".git")
    found = defcoop("validate", "--staged", *arguments)
    assert (found.code, found.out) == (2, "")


def test_outside_a_repository_a_deletion_is_not_known(repository: Path, defcoop: Callable[..., Result]) -> None:
    shutil.rmtree(repository / ".git")
    Path(TRAINERS).unlink()
    assert "DC203" not in defcoop("validate").out


@pytest.mark.parametrize("output", ["github", "json", "junit", "sarif"])
def test_every_format_shows_a_file_that_is_gone(output: str, defcoop: Callable[..., Result]) -> None:
    Path(TRAINERS).unlink()
    found = defcoop("validate", "--format", output)
    assert found.code == 1
    assert TRAINERS in found.out


def renamed(path: Path, name: str) -> None:
    """Give an actor's file and record another id."""
    text = path.read_text(encoding="utf-8").replace(f"id: {path.stem}", f"id: {name}", 1)
    path.unlink()
    path.with_stem(name).write_text(text, encoding="utf-8")


def retyped(path: Path) -> None:
    """Make an actor of another kind of it, such as a person of a state."""
    text = path.read_text(encoding="utf-8")
    other = "kind: state" if "\nkind: person" in text else "kind: person"
    path.write_text(re.sub("^kind: .*$", other, text, flags=re.MULTILINE), encoding="utf-8")


ACTORS = sorted((REPOSITORY / "dataset/actors").glob("*.yaml"))
CHANGES: dict[str, Callable[[Path], None]] = {
    "deleted": Path.unlink,
    "renamed": lambda path: renamed(path, f"{path.stem}-x"),
    "retyped": retyped,
    "of another prefix": lambda path: renamed(path, path.stem.replace("act-", "fac-", 1)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_hook_changed_since_and_the_whole_check_agree_on_every_actor(
    change: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("dataset", "seeds"):
        shutil.rmtree(name)
        shutil.copytree(REPOSITORY / name, name, ignore=shutil.ignore_patterns("text"))
    commit("The living dataset")
    dataset = repository / "dataset"
    assert validate(dataset).findings == ()
    monkeypatch.setattr(changes, "_findings_before", lambda *_: ())  # as was seen; it need not be seen 80 times
    cache = Cache(repository / "cache", None)
    passed = []
    for actor in ACTORS:
        CHANGES[change](dataset / "actors" / actor.name)
        report = validate(dataset, run=Run(cache=cache))
        whole, *others = (
            meant.caused(report, dataset)
            for meant in (everything(dataset), change_since(dataset, "HEAD"), staged_change(dataset, {}))
        )
        if change in {"renamed", "of another prefix"}:  # the new file is not staged, so it may be anybody's
            others.pop()
            git("add", "--all", "dataset")
            others.append(staged_change(dataset, {}).caused(report, dataset))
        assert others == [whole, whole], actor.stem
        passed += [actor.stem] if whole.ok and change != "retyped" else []
        git("reset", "--quiet", "--hard")
        git("clean", "--quiet", "--force", "dataset")
    assert passed == []
