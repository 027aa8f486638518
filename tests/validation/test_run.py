"""Validation of a checkout: counting, order, and what is left out."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from defcoop.validation import Run, pool, validate
from tests.checkouts import (
    HARBOUR,
    LEAGUE,
    QATAR,
    REGIMENT,
    TRAINERS,
    TRAINING,
    copy_of_the_good,
    edit,
    report_of,
    told,
)

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.validation.findings import Report

ALL, OF_THE_FIRST = 43, 27
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
    assert (report.records, report.sources) == (19, 2)
    assert (report.passages_checked, report.passages_unchecked) == (ALL - 3, 0)
    assert not report.ok


def test_passages_of_a_broken_card_are_unchecked(tree: Path) -> None:
    edit(tree, "seeds/seed-900.yaml", ("reliability: F", "reliability: Z"))
    report = report_of(tree)
    assert (report.records, report.sources) == (20, 1)
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
    assert (report.findings, report.records) == ((), 19)


@pytest.fixture
def broken(tree: Path) -> Path:
    edit(tree, TRAINING, ("[73, 105]", "[105, 73]"), ("status: in_force", "status: signed"))
    edit(tree, REGIMENT, ("[names, kind, country]", "[names]"))
    edit(tree, QATAR, ("kind: state", "kind: stat"))
    edit(tree, TRAINERS, ("sender: act-coast-league", "sender: act-cost-league"))
    edit(tree, "seeds/seed-901.yaml", ("passage: [0, 22]", "passage: [0, 23]"))
    return tree


def run(tree: Path, given: Run) -> Report:
    return validate(tree / "dataset", texts=tree / "texts", run=given)


@pytest.mark.parametrize("chunk", [1, 5, 20, 21])
@pytest.mark.parametrize("jobs", [2, 3])
def test_several_processes_give_the_same_report_in_the_same_order(
    jobs: int, chunk: int, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "_LEAST", 4)
    monkeypatch.setattr(pool, "_CHUNK", chunk)
    report = run(broken, Run(jobs=jobs))
    assert report == report_of(broken)
    assert len({finding.path for finding in report.findings}) == 5


def test_several_processes_check_only_what_is_asked_for(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_LEAST", 4)
    monkeypatch.setattr(pool, "_CHUNK", 4)
    assert run(broken, Run(jobs=2, only={REGIMENT})) == run(broken, Run(only={REGIMENT}))


def test_processes_started_without_a_copy_of_this_one_give_the_same_report(
    broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "_LEAST", 4)
    monkeypatch.setattr(pool, "_CHUNK", 11)
    monkeypatch.setattr(pool.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert run(broken, Run(jobs=2)) == report_of(broken)


def test_only_the_files_asked_for_are_checked_by_themselves(broken: Path) -> None:
    report = run(broken, Run(only={REGIMENT}))
    assert [(finding.path, finding.code) for finding in report.findings] == [
        (REGIMENT, "DC401"),
        (REGIMENT, "DC401"),
        (TRAINERS, "DC301"),
    ]


def test_files_that_are_not_asked_for_are_counted_and_their_passages_too(tree: Path) -> None:
    assert run(tree, Run(only={REGIMENT})) == report_of(tree)
    assert run(tree, Run(only=())) == report_of(tree)


def test_what_another_file_breaks_is_told_though_only_that_file_was_asked_for(tree: Path) -> None:
    (tree / LEAGUE).unlink()
    assert {finding.code for finding in run(tree, Run(only={LEAGUE})).findings} == {"DC301"}


def test_a_file_of_no_checkout_may_be_asked_for(tree: Path) -> None:
    assert run(tree, Run(only={"nowhere.yaml"})).findings == ()


EXPECTED_SIGNED = ("status: signed", "status: agreed")
PLANNED = ("stance: asserted\n    basis: explicit", "stance: planned\n    basis: explicit")
ACCEPTED = ("absent:", "accept:\n  - {code: DC701, reason: The text says so.}\nabsent:")


def test_a_warning_does_not_make_the_dataset_invalid(tree: Path) -> None:
    edit(tree, HARBOUR, EXPECTED_SIGNED, PLANNED)
    report = report_of(tree)
    assert [(finding.code, finding.severity) for finding in report.findings] == [("DC701", "warning")]
    assert report.ok


def test_a_warning_that_is_accepted_is_not_told(tree: Path) -> None:
    edit(tree, HARBOUR, EXPECTED_SIGNED, PLANNED, ACCEPTED)
    assert told(tree) == []


def test_an_acceptance_holds_for_its_own_record_alone(tree: Path) -> None:
    edit(tree, HARBOUR, EXPECTED_SIGNED, PLANNED)
    edit(tree, TRAINING, ("conflicts:", ACCEPTED[1].replace("absent:", "conflicts:")))
    assert {(finding.path, finding.code) for finding in report_of(tree).findings} == {
        (HARBOUR, "DC701"),
        (TRAINING, "DC801"),
    }


def test_a_warning_that_lies_between_records_can_be_accepted(tree: Path) -> None:
    new = "dataset/actors/act-new.yaml"
    (tree / new).write_bytes((tree / "dataset/actors/act-mirsah.yaml").read_bytes())
    edit(tree, new, ("id: act-mirsah", "id: act-new"))
    assert {finding.code for finding in report_of(tree).findings} == {"DC802", "DC804"}
    accepted = "".join(f"  - {{code: {code}, reason: Looked at.}}\n" for code in ("DC802", "DC804"))
    edit(tree, new, ("evidence:\n", f"accept:\n{accepted}evidence:\n"))
    assert told(tree) == []


def test_an_acceptance_of_a_warning_that_is_not_there_is_stale(tree: Path) -> None:
    edit(tree, HARBOUR, ACCEPTED)
    (finding,) = report_of(tree).findings
    assert (finding.code, finding.severity, finding.pointer) == ("DC801", "error", ("accept", 0, "code"))
    assert finding.message == "agr-coast-league-qat-harbour-2029: accept[0].code: the record has no warning DC701"


def test_staleness_is_told_only_of_files_that_are_checked_in_full(tree: Path) -> None:
    edit(tree, HARBOUR, ACCEPTED)
    assert run(tree, Run(only={TRAINING})).findings == ()
    assert [finding.code for finding in run(tree, Run(only={HARBOUR})).findings] == ["DC801"]


def test_an_error_cannot_be_accepted(tree: Path) -> None:
    edit(
        tree, HARBOUR, ('signed: "2029"', 'signed: "2029"\nends: "2028"'), ("signed, status]", "signed, status, ends]")
    )
    assert [finding.code for finding in report_of(tree).findings] == ["DC502"]
    edit(tree, HARBOUR, (ACCEPTED[0], ACCEPTED[1].replace("DC701", "DC502")))
    assert [finding.code for finding in report_of(tree).findings] == ["DC502", "DC801"]


def test_folders_may_be_named_by_text(tree: Path) -> None:
    folders = tree / "dataset", tree / "seeds", tree / "texts"
    report = validate(*(f"{folder}/" for folder in folders))
    assert report == validate(*folders)
    assert report.ok
    assert report.passages_unchecked == 0
