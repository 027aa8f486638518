"""Updating: what nobody has changed is replaced, what a team has changed stays, whatever versions lie between."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

from defcoop.errors import InputError
from defcoop.scaffold import Templates, carry_out, manifest, plan_update, start, updating
from defcoop.scaffold.answers import card_of
from defcoop.scaffold.manifest import MANIFEST, read_manifest
from defcoop.scaffold.updating import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

Version = dict[str, str]
"""What a version of the templates makes, by path."""

V1: Version = {"Makefile": "one\n", "notes/HOW.md": "how\n", "old.txt": "old\n", "plan.txt": "plan\n"}
V2: Version = {"Makefile": "two\n", "notes/HOW.md": "how 2\n", "fresh.txt": "fresh\n", "plan.txt": "plan\n"}
V3: Version = {"Makefile": "three\n", "notes/HOW.md": "how 3\n", "fresh.txt": "fresh 3\n", "plan.txt": "plan\n"}
V4: Version = {"Makefile": "four\n", "notes/HOW.md": "how 4\n", "fresh.txt": "fresh 4\n", "plan.txt": "plan\n"}


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Version], None]:
    """Let an installed package have a version of its templates."""
    package = tmp_path / "site/house_style"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(
        "from defcoop.scaffold import Templates\nT = Templates('house', 'Ours.', 'house_style')\n"
    )
    about = tmp_path / "site/house_style-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: house-style\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[defcoop.templates]\nhouse = house_style:T\n")
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.delitem(sys.modules, "house_style", raising=False)  # of the test before

    def have(version: Version) -> None:
        for path in [*package.rglob("*.in")]:
            path.unlink()
        for name, text in version.items():
            place = package / "templates/kept" / f"{name}.in"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")

    have(V1)
    return have


@pytest.fixture
def team(tmp_path: Path, versions: Callable[[Version], None]) -> Path:
    """A dataset that was started with the first version."""
    assert versions
    folder = tmp_path / "team"
    start(folder, card_of({}, "team"), Templates("house", "Ours.", "house_style"))
    return folder


def done(folder: Path) -> dict[str, Action]:
    """Update, and say what became of which file of the package's."""
    planned = plan_update(folder)
    carry_out(planned, folder)
    return {change.path: change.action for change in planned.changes}


def held(folder: Path, names: Mapping[str, str]) -> Version:
    return {name: (folder / name).read_text(encoding="utf-8") for name in names if (folder / name).exists()}


def test_what_is_up_to_date_is_left_alone(team: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in team.rglob("*") if path.name != MANIFEST}
    assert done(team) == {}
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_what_nobody_changed_is_replaced_removed_and_added(team: Path, versions: Callable[[Version], None]) -> None:
    versions(V2)
    assert done(team) == {
        "Makefile": Action.REPLACE, "notes/HOW.md": Action.REPLACE, "old.txt": Action.REMOVE, "fresh.txt": Action.ADD
    }  # fmt: skip
    assert held(team, V1 | V2) == V2
    assert done(team) == {}


def test_a_plan_writes_nothing(team: Path, versions: Callable[[Version], None]) -> None:
    versions(V2)
    before = {path: path.read_bytes() for path in team.rglob("*") if path.is_file()}
    assert plan_update(team).changes
    assert {path: path.read_bytes() for path in team.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("steps", [(V2,), (V3,), (V4,), (V2, V4)], ids=["none", "one", "two", "between"])
def test_an_edit_stays_and_the_newer_file_stands_beside_it(
    steps: tuple[Version, ...], team: Path, versions: Callable[[Version], None]
) -> None:
    edits = {"Makefile": "one\nours\n", "plan.txt": "our plan\n"}
    for name, text in edits.items():
        (team / name).write_text(text, encoding="utf-8")
    for version in steps:
        versions(version)
        found = done(team)
        assert found["Makefile"] is Action.PUT_BESIDE
        assert "plan.txt" not in found, "what the templates have not changed there is nothing to take over from"
        assert held(team, version) == version | edits
        assert (team / "Makefile.new").read_text(encoding="utf-8") == version["Makefile"]
        assert done(team) == {"Makefile": Action.WAIT}
        assert plan_update(team).needs_person
    (team / "Makefile.new").unlink()
    assert done(team) == {}
    assert held(team, edits) == edits
    files = [path for path in team.rglob("*") if path.is_file()]
    assert not any(re.search(r"^[<=>]{7}", path.read_text(encoding="utf-8"), re.MULTILINE) for path in files)


def test_who_takes_the_newer_file_over_is_untouched_again(team: Path, versions: Callable[[Version], None]) -> None:
    (team / "Makefile").write_text("ours\n")
    versions(V2)
    done(team)
    (team / "Makefile.new").rename(team / "Makefile")
    assert done(team) == {}
    versions(V3)
    assert done(team)["Makefile"] is Action.REPLACE


def test_work_in_a_newer_file_is_not_written_over(team: Path, versions: Callable[[Version], None]) -> None:
    (team / "Makefile").write_text("ours\n")
    versions(V2)
    done(team)
    (team / "Makefile.new").write_text("half merged\n")
    versions(V3)
    assert done(team)["Makefile"] is Action.WAIT
    assert (team / "Makefile.new").read_text() == "half merged\n"
    (team / "Makefile.new").unlink()
    assert done(team) == {"Makefile": Action.PUT_BESIDE}, "what came meanwhile is offered again"
    assert (team / "Makefile.new").read_text() == "three\n"


def test_a_file_that_the_team_deleted_does_not_come_back(team: Path, versions: Callable[[Version], None]) -> None:
    (team / "Makefile").unlink()
    versions(V2)
    assert "Makefile" not in done(team)
    versions(V3)
    assert "Makefile" not in done(team)
    assert not (team / "Makefile").exists()


def test_a_file_of_the_teams_own_is_not_taken_for_ours(team: Path, versions: Callable[[Version], None]) -> None:
    (team / "fresh.txt").write_text("theirs\n")
    versions(V2)
    assert done(team)["fresh.txt"] is Action.PUT_BESIDE
    assert (team / "fresh.txt").read_text() == "theirs\n"


def test_an_edited_file_of_which_the_templates_know_no_more_stays(
    team: Path, versions: Callable[[Version], None]
) -> None:
    (team / "old.txt").write_text("ours\n")
    versions(V2)
    assert "old.txt" not in done(team)
    assert (team / "old.txt").read_text() == "ours\n"


def test_line_ends_that_git_made_are_no_edit(team: Path, versions: Callable[[Version], None]) -> None:
    (team / "Makefile").write_bytes(b"one\r\n")
    versions(V2)
    assert done(team)["Makefile"] is Action.REPLACE


def test_a_link_in_the_place_of_a_file_is_the_teams(team: Path, versions: Callable[[Version], None]) -> None:
    (team / "Makefile").unlink()
    (team / "Makefile").symlink_to("notes/HOW.md")
    versions(V2)
    assert done(team)["Makefile"] is Action.PUT_BESIDE
    assert (team / "Makefile").is_symlink()


def test_records_cards_and_the_changelog_are_the_teams_from_the_first_day(team: Path) -> None:
    ours = ["dataset.yaml", "CHANGELOG.md", "seeds/seed-001.yaml", "dataset/exercises/exe-fji-isl-long-way-2031.yaml"]
    assert not {*ours} & read_manifest(team).hashes.keys()
    for name in ours[1:]:
        (team / name).unlink()
    assert done(team) == {}


def test_files_are_made_with_what_the_card_says_now(team: Path) -> None:
    card = (team / "dataset.yaml").read_text(encoding="utf-8")
    (team / "dataset.yaml").write_text(card.replace("title: Team", "title: Northern lights"), encoding="utf-8")
    assert done(team) == {"README.md": Action.REPLACE}
    assert (team / "README.md").read_text(encoding="utf-8").startswith("# Northern lights\n")


def test_schemas_are_written_anew(team: Path) -> None:
    place = team / "schema/actor.schema.json"
    before = place.read_bytes()
    place.write_text("{}\n")
    assert done(team) == {"schema/actor.schema.json": Action.GENERATE}
    assert place.read_bytes() == before


def test_an_older_defcoop_does_not_go_back(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updating, "LIBRARY", "0.1.9")
    with pytest.raises(InputError, match=r"and this is 0\.1\.9"):
        plan_update(team)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"defcoop": 1, "templates": "house", "files": {}}', "[" * 100_000])
def test_a_manifest_that_is_none_is_said(text: str, team: Path) -> None:
    (team / MANIFEST).write_text(text)
    with pytest.raises(InputError, match="take it back from git"):
        plan_update(team)


def test_a_folder_that_init_did_not_make_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="was not started by `defcoop init`"):
        plan_update(tmp_path)


def test_a_broken_card_is_mended_first(team: Path) -> None:
    (team / "dataset.yaml").write_text("name: [\n")
    with pytest.raises(InputError, match=r"dataset\.yaml:.*mend it first"):
        plan_update(team)


@pytest.mark.parametrize(
    ("version", "other", "later"),
    [("0.3.0", "0.2.9", True), ("0.10.0", "0.9.0", True), ("0.3.0", "0.3.0", False), ("0.3.0.dev0", "0.3.0", False)],
)
def test_versions_are_compared_by_their_numbers(version: str, other: str, later: bool) -> None:  # noqa: FBT001 - as given
    assert manifest.is_later(version, other) is later
