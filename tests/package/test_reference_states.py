"""States that a dataset names without records of its own: in findings, in what is loaded, in packages."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

import defcoop
from defcoop.errors import DefcoopError
from defcoop.package.verification.run import verify
from defcoop.package.writer import build as write
from defcoop.reference.states import NOTE, state
from defcoop.validation.run import validate
from tests.checkouts import copy_of_the_good

if TYPE_CHECKING:
    from pathlib import Path

POLICE = "deployments/dep-coast-league-qat-police.yaml"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a checkout in which Norway sends police to Yugoslavia, and of which none has a record."""
    folder = copy_of_the_good(tmp_path / "checkout")
    path = folder / "dataset" / POLICE
    source = path.read_text(encoding="utf-8")
    changed = source.replace("sender: act-coast-league\nhosts: [act-qat]", "sender: act-nor\nhosts: [act-yug]")
    changed = changed.replace("    basis: explicit\n", "    basis: inferred\n    reasoning: A trial.\n")
    path.write_text(changed, encoding="utf-8")
    return folder


def rows(package: Path, table: str) -> list[dict[str, str]]:
    with (package / f"data/{table}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_a_state_needs_no_file(checkout: Path) -> None:
    report = validate(checkout, texts=checkout / "texts")
    assert report.findings == ()
    assert report.states == ("act-nor", "act-yug")
    assert report.records == validate(checkout).records == 20


def test_its_name_is_looked_for_in_the_passage(checkout: Path) -> None:
    path = checkout / "dataset" / POLICE
    path.write_text(
        path.read_text(encoding="utf-8").replace("inferred\n    reasoning: A trial.", "explicit"), encoding="utf-8"
    )
    found = validate(checkout, texts=checkout / "texts").findings
    assert {(finding.code, finding.pointer) for finding in found} == {("DC414", ("sender",)), ("DC414", ("hosts", 0))}


def test_what_is_no_state_is_missing_as_ever(checkout: Path) -> None:
    path = checkout / "dataset" / POLICE
    path.write_text(path.read_text(encoding="utf-8").replace("act-nor", "act-norge"), encoding="utf-8")
    [finding] = validate(checkout, texts=checkout / "texts").findings
    assert (finding.code, finding.pointer) == ("DC301", ("sender",))


def test_a_state_is_no_agreement(checkout: Path) -> None:
    path = checkout / "dataset" / POLICE
    source = path.read_text(encoding="utf-8").replace("  legal_basis: not_reported\n", "")
    path.write_text(source.replace("personnel: police", "personnel: police\nlegal_basis: act-nor"), encoding="utf-8")
    assert "DC302" in {finding.code for finding in validate(checkout, texts=checkout / "texts").findings}


def test_it_is_loaded_and_nothing_else(checkout: Path) -> None:
    before = defcoop.load(copy_of_the_good(checkout.parent / "other"))
    dataset = defcoop.load(checkout)
    assert {record.id for record in dataset} - {record.id for record in before} == {"act-nor", "act-yug"}
    assert [dataset["act-nor"], dataset["act-yug"]] == [state("act-nor"), state("act-yug")]
    assert dataset["act-nor"].is_reference
    assert not dataset["act-qat"].is_reference


def test_the_package_holds_it_in_its_place_and_is_verified(checkout: Path, tmp_path: Path) -> None:
    package = tmp_path / "package"
    assert defcoop.build(checkout, package, checkout / "texts").ok
    actors = rows(package, "actors")
    assert [row["id"] for row in actors] == sorted(row["id"] for row in actors)
    assert {row["id"] for row in actors if row["note"] == NOTE} == {"act-nor", "act-yug"}
    assert {row["actor_id"] for row in rows(package, "actor_codes")} >= {"act-nor", "act-yug"}
    assert {"act-nor", "act-yug"}.isdisjoint(row["record_id"] for row in rows(package, "claims"))
    verdict = verify(package, checkout / "texts", deep=True)
    assert verdict.ok
    assert defcoop.load(package) == defcoop.load(checkout)


def test_both_ways_of_building_give_the_same_bytes(checkout: Path, tmp_path: Path) -> None:
    defcoop.build(checkout, tmp_path / "checked", checkout / "texts")
    write(defcoop.load(checkout), tmp_path / "loaded")
    sums = [(tmp_path / name / "SHA256SUMS").read_bytes() for name in ("checked", "loaded")]
    assert sums[0] == sums[1]


def test_others_without_evidence_are_refused(checkout: Path, tmp_path: Path) -> None:
    package = tmp_path / "package"
    defcoop.build(checkout, package, checkout / "texts")
    path = package / "data/actors.json"
    source = path.read_text(encoding="utf-8")
    path.write_text(source.replace('"act-nor"', '"act-nop"'), encoding="utf-8")
    with pytest.raises(DefcoopError, match="evidence"):
        defcoop.load(package)


def test_a_mark_of_reference_data_hides_no_value_of_a_coder(checkout: Path, tmp_path: Path) -> None:
    package = tmp_path / "package"
    defcoop.build(checkout, package, checkout / "texts")
    path = package / "data/actors.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    head = next(csv.reader(lines))
    [place] = [number for number, line in enumerate(lines) if line.startswith("act-qat,")]
    cells = dict(zip(head, next(csv.reader([lines[place]])), strict=True)) | {"note": NOTE}
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines[:place])
        csv.DictWriter(file, head, lineterminator="\n").writerow(cells)
        file.writelines(lines[place + 1 :])
    outcomes = {outcome.check: outcome for outcome in verify(package, checkout / "texts").outcomes}
    assert outcomes["claims"].failures


def test_a_record_of_the_dataset_stands_in_its_place(checkout: Path) -> None:
    own = (checkout / "dataset/actors/act-qat.yaml").read_text(encoding="utf-8")
    assert defcoop.load(checkout)["act-qat"].evidence
    assert "act-qat" not in validate(checkout).states
    assert "evidence" in own
