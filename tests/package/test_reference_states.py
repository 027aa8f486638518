"""States that a dataset names without records of its own: in findings, in what is loaded, in packages."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

import defcoop
from defcoop.alignment.coding import Coding
from defcoop.errors import DefcoopError
from defcoop.models.actor import Code, CodeScheme
from defcoop.package.verification.run import verify
from defcoop.publishing.publish import publish
from defcoop.reference.states import NOTE, state, state_codes
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
    publish(defcoop.load(checkout), tmp_path / "loaded")
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


@pytest.fixture
def with_its_own(checkout: Path) -> Path:
    """Give that checkout with a record of its own for Norway, which names it otherwise."""
    source = (checkout / "dataset/actors/act-qat.yaml").read_text(encoding="utf-8")
    codes = "".join(
        f'  - {{scheme: {scheme}, code: "{code}", valid: "{valid}"}}\n'
        for scheme, code, valid in sorted(state_codes()["act-nor"])
        if not CodeScheme(scheme).is_derived
    )
    before, _, after = source.partition("codes:\n")
    own = f"{before}codes:\n{codes}{after[after.index('evidence:') :]}"
    own = own.replace("id: act-qat", "id: act-nor").replace("text: Qatar", "text: Northland")
    (checkout / "dataset/actors/act-nor.yaml").write_text(own, encoding="utf-8")
    return checkout


def test_a_record_of_the_dataset_stands_in_its_place_when_it_is_loaded_and_found(with_its_own: Path) -> None:
    assert validate(with_its_own, texts=with_its_own / "texts").ok
    dataset = defcoop.load(with_its_own)
    own = dataset["act-nor"]
    assert not own.is_reference
    assert (own.name, bool(own.evidence)) == ("Northland", True)
    for text in ("act-nor", "Northland", "Norway", "NOR", "cow:385", "Norveç"):
        assert dataset.find(text).single() is own, text
    assert [record.id for record in dataset.actors.values()].count("act-nor") == 1
    assert list(dataset.deployments.where(sender="Northland")) == [POLICE[12:-5]]


def test_it_stands_in_its_place_in_the_package(with_its_own: Path, tmp_path: Path) -> None:
    package = tmp_path / "package"
    assert defcoop.build(with_its_own, package, with_its_own / "texts").ok
    [actor] = [row for row in rows(package, "actors") if row["id"] == "act-nor"]
    assert actor["note"] != NOTE
    assert {row["text"] for row in rows(package, "actor_names") if row["actor_id"] == "act-nor"} >= {"Northland"}
    assert "Norway" not in {row["text"] for row in rows(package, "actor_names")}
    assert "act-nor" in {row["record_id"] for row in rows(package, "claims")}
    assert {row["id"] for row in rows(package, "actors") if row["note"] == NOTE} == {"act-yug"}
    assert defcoop.load(package) == defcoop.load(with_its_own)


def test_it_stands_in_its_place_in_a_panel_and_beside_tables_of_others(with_its_own: Path) -> None:
    """Its codes are those of its record, also where the library knows others."""
    loaded = defcoop.load(with_its_own)
    codes = (Code.model_validate({"scheme": "cow", "code": "385", "valid": "1905/2000"}),)
    dataset = loaded.with_records([loaded.actors["act-nor"].model_copy(update={"codes": codes})])
    panel = dataset.panel(actors=["Northland", "QAT"], years=[1999, 2017], backend="polars")
    assert panel.select("a", "cow_a", "iso3_a").rows() == [("act-nor", 385, None), ("act-nor", None, None)]
    assert Coding(dataset, "iso3").code("act-nor", 1999) is None
    assert Coding(dataset, "cow").code("act-nor", 2017) is None
    assert Coding(dataset, "name").actor("Northland", 1999) == "act-nor"
