"""Walking a checkout: what is a record, what is a card, and what does not belong there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from defcoop.io.record_files import RecordFile, StrayFile, walk

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = "actors, agreements, deployments, exercises, trade_figures, engagements, facilities, transfers"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("dataset/facilities", "dataset/actors", "seeds/text"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("dataset/facilities/fac-b.yaml", "dataset/facilities/fac-a.yaml", "dataset/actors/act-z.yaml"):
        (tmp_path / name).touch()
    (tmp_path / "seeds" / "seed-900.yaml").touch()
    return tmp_path


def walked(tree: Path) -> list[RecordFile | StrayFile]:
    return list(walk(tree / "dataset", tree / "seeds"))


def stray(tree: Path) -> list[tuple[str, str]]:
    return [(found.relative_path, found.reason) for found in walked(tree) if isinstance(found, StrayFile)]


def test_records_come_folder_by_folder_in_the_order_of_their_names_and_cards_last(tree: Path) -> None:
    assert walked(tree) == [
        RecordFile(os.fspath(tree / shown), shown, kind, stem)
        for shown, kind, stem in (
            ("dataset/actors/act-z.yaml", "actor", "act-z"),
            ("dataset/facilities/fac-a.yaml", "facility", "fac-a"),
            ("dataset/facilities/fac-b.yaml", "facility", "fac-b"),
            ("seeds/seed-900.yaml", "seed", "seed-900"),
        )
    ]


@pytest.mark.parametrize("name", ["act-a.yml", "act-a.YAML", "act-a.yaml.bak", "act-a.yaml~", "yaml", ".gitkeep"])
def test_another_ending_is_stray(name: str, tree: Path) -> None:
    (tree / "dataset" / "actors" / name).touch()
    assert stray(tree) == [
        (f"dataset/actors/{name}", f"dataset/actors/{name} is a file that does not end in .yaml"),
    ]


def test_a_dot_in_a_stem_stays_in_it(tree: Path) -> None:
    (tree / "dataset" / "actors" / "act-a.b.yaml").touch()
    assert "act-a.b" in [found.stem for found in walked(tree) if isinstance(found, RecordFile)]


@pytest.mark.parametrize("name", ["more", "more.yaml", "text"])
def test_a_folder_among_records_is_stray(name: str, tree: Path) -> None:
    (tree / "dataset" / "actors" / name).mkdir()
    assert stray(tree) == [(f"dataset/actors/{name}", f"dataset/actors/{name} is a folder")]


@pytest.mark.parametrize("target", ["act-z.yaml", "nowhere", "../facilities"])
def test_a_link_among_records_is_stray_wherever_it_leads(target: str, tree: Path) -> None:
    (tree / "dataset" / "actors" / "act-a.yaml").symlink_to(target)
    assert stray(tree) == [("dataset/actors/act-a.yaml", "dataset/actors/act-a.yaml is a link")]


def test_a_pipe_among_records_is_stray(tree: Path) -> None:
    os.mkfifo(tree / "dataset" / "actors" / "act-a.yaml")
    assert stray(tree) == [("dataset/actors/act-a.yaml", "dataset/actors/act-a.yaml is not a regular file")]


@pytest.mark.parametrize("name", ["treaties", "Actors", "actor"])
def test_a_folder_of_no_type_is_stray_as_a_whole(name: str, tree: Path) -> None:
    (tree / "dataset" / name).mkdir()
    (tree / "dataset" / name / "act-a.yaml").touch()
    assert stray(tree) == [(f"dataset/{name}", f"dataset/{name} is none of the folders of records: {FOLDERS}")]


def test_a_file_beside_the_folders_is_stray(tree: Path) -> None:
    (tree / "dataset" / "README.md").touch()
    assert stray(tree) == [("dataset/README.md", f"dataset/README.md is none of the folders of records: {FOLDERS}")]


def test_a_linked_folder_of_a_type_is_stray_and_not_entered(tree: Path) -> None:
    (tree / "dataset" / "agreements").symlink_to("actors")
    assert [path for path, _ in stray(tree)] == ["dataset/agreements"]
    assert len(walked(tree)) == 5


def test_only_a_folder_of_cards_may_hold_texts(tree: Path) -> None:
    (tree / "seeds" / "text" / "900.txt").touch()
    assert stray(tree) == []


def test_a_checkout_that_is_not_there_cannot_be_walked(tree: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(walk(tree / "nowhere", tree / "seeds"))
    with pytest.raises(FileNotFoundError):
        list(walk(tree / "dataset", tree / "nowhere"))
