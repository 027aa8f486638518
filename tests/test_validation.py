"""Validation of a checkout: counting, order, and what is left out."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from defcoop.validation import validate
from tests.checkouts import LEAGUE, QATAR, REGIMENT, TRAINING, copy_of_the_good, edit, report_of

if TYPE_CHECKING:
    from pathlib import Path

ALL, OF_THE_FIRST = 40, 25
"""Passages cited or dismissed in the good checkout, and those of its first text."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return copy_of_the_good(tmp_path / "checkout")


def test_without_a_folder_of_texts_every_passage_is_unchecked(tree: Path) -> None:
    report = validate(tree / "dataset")
    assert (report.passages_checked, report.passages_unchecked) == (0, ALL)
    assert report.ok


def test_with_all_texts_every_passage_is_checked(tree: Path) -> None:
    report = report_of(tree)
    assert (report.passages_checked, report.passages_unchecked) == (ALL, 0)


def test_passages_of_a_text_that_is_missing_are_unchecked(tree: Path) -> None:
    (tree / "texts" / "901_invented.txt").unlink()
    report = report_of(tree)
    assert (report.passages_checked, report.passages_unchecked) == (OF_THE_FIRST, ALL - OF_THE_FIRST)
    assert report.findings == ()


def test_passages_of_a_text_that_is_refused_are_unchecked(tree: Path) -> None:
    (tree / "texts" / "900_invented.txt").write_text("another", encoding="utf-8")
    report = report_of(tree)
    assert (report.passages_checked, report.passages_unchecked) == (ALL - OF_THE_FIRST, OF_THE_FIRST)
    assert [finding.code for finding in report.findings] == ["DC901"]


def test_a_broken_record_is_not_counted_nor_are_its_passages(tree: Path) -> None:
    edit(tree, LEAGUE, ("kind: igo", "kind: igoo"))
    report = report_of(tree)
    assert (report.records, report.sources) == (18, 2)
    assert (report.passages_checked, report.passages_unchecked) == (ALL - 3, 0)
    assert not report.ok


def test_passages_of_a_broken_card_are_unchecked(tree: Path) -> None:
    edit(tree, "seeds/seed-900.yaml", ("reliability: F", "reliability: Z"))
    report = report_of(tree)
    assert (report.records, report.sources) == (19, 1)
    assert (report.passages_checked, report.passages_unchecked) == (ALL - OF_THE_FIRST, OF_THE_FIRST - 2)
    assert [finding.code for finding in report.findings] == ["DC104"]


def test_the_cards_may_lie_elsewhere(tree: Path) -> None:
    (tree / "seeds").rename(tree / "cards")
    assert validate(tree / "dataset", tree / "cards", tree / "texts").findings == ()


def test_findings_come_in_the_order_of_file_and_place(tree: Path) -> None:
    edit(tree, TRAINING, ("[73, 105]", "[105, 73]"), ("status: in_force", "status: signed"), ("signed]", "singed]"))
    edit(tree, REGIMENT, ("[names, kind, country]", "[names]"))
    edit(tree, QATAR, ("kind: state", "kind: stat"))
    (tree / "dataset" / "actors" / "act-a.yml").touch()
    places = [(finding.path, finding.line, finding.column) for finding in report_of(tree).findings]
    assert len({path for path, *_ in places}) == 4
    assert places == sorted(places)


@pytest.mark.parametrize("folder", ["dataset", "seeds"])
def test_a_checkout_without_one_of_its_folders_cannot_be_validated(folder: str, tree: Path) -> None:
    shutil.rmtree(tree / folder)
    with pytest.raises(FileNotFoundError):
        report_of(tree)


def test_an_empty_dataset_is_sound(tmp_path: Path) -> None:
    for name in ("dataset", "seeds"):
        (tmp_path / name).mkdir()
    assert validate(tmp_path / "dataset") == ((), 0, 0, 0, 0)


def test_the_sound_files_of_a_type_need_no_folder_of_another(tree: Path) -> None:
    shutil.rmtree(tree / "dataset" / "trade_figures")
    report = report_of(tree)
    assert (report.findings, report.records) == ((), 18)
