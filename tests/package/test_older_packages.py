"""Packages of an older schema: loaded in the form of today's, verified and compared by what they say themselves.

`schema-0.1.zip` was built by release 0.1.0 from four invented records.
"""

from __future__ import annotations

import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import defcoop
from defcoop.cli.diff_formats import FORMATS
from defcoop.difference import apply, changelog_lines, find
from defcoop.difference.document_changes import changed
from defcoop.io import migration
from defcoop.package import build, open_package

if TYPE_CHECKING:
    from defcoop.difference import Change

OLD = Path(__file__).parent / "schema-0.1.zip"
TRAINERS, HARBOUR = "dep-coast-league-qat-trainers", "agr-coast-league-qat-harbour-2029"


@pytest.fixture(scope="module")
def loaded() -> defcoop.Dataset:
    return defcoop.load(OLD)


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    with zipfile.ZipFile(OLD) as archive:
        archive.extractall(tmp_path / "old")
    return tmp_path / "old"


@pytest.fixture(scope="module")
def rebuilt(loaded: defcoop.Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same data as this library writes them."""
    folder = tmp_path_factory.mktemp("new") / "package"
    build(loaded, folder)
    return folder


def change(name: str, *packages: Path) -> Change:
    return next(change for change in defcoop.diff(*map(str, packages)).changes if change.id == name)


def test_the_records_have_the_form_of_today(loaded: defcoop.Dataset) -> None:
    trainers, harbour = loaded.deployments[TRAINERS], loaded.agreements[HARBOUR]
    assert (trainers.status, trainers.start, trainers.end) == ("unstated", "2030", "2031-05")
    assert trainers.certainty == "alleged"
    assert trainers.size.best == Decimal("40.5")
    assert (harbour.status, harbour.absent["scope"]) == ("agreed", "outside_coverage")
    assert {claim.value for claim in loaded.claims(TRAINERS, "end")} == {"2031-05"}


def test_a_folder_is_loaded_as_its_zip(unpacked: Path, loaded: defcoop.Dataset) -> None:
    again = defcoop.load(unpacked)
    assert (list(again), again.seeds) == (list(loaded), loaded.seeds)


@pytest.mark.parametrize("table", ["deployments", "absences", "evidence_supports"])
def test_tables_are_those_of_the_records_as_they_are_now(table: str, loaded: defcoop.Dataset, rebuilt: Path) -> None:
    assert loaded.frame(table).equals(defcoop.load(rebuilt).frame(table))


def test_only_older_packages_are_migrated(rebuilt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "migrate_document", None)
    assert open_package(OLD).schema == (0, 1)
    assert open_package(rebuilt).schema == (0, 2)
    assert len(defcoop.load(rebuilt)) == 4
    with pytest.raises(TypeError):
        defcoop.load(OLD)


@pytest.mark.parametrize("resources", [None, [], [{}], [3], [{"name": "records"}], [{"name": "records", "schema": []}]])
def test_a_descriptor_that_does_not_say_it_is_that_of_an_older_package(resources: object, unpacked: Path) -> None:
    path = unpacked / "datapackage.json"
    path.write_text(json.dumps({"name": "defcoop", "resources": resources}), encoding="utf-8")
    assert open_package(unpacked).schema == (0, 1)


@pytest.mark.parametrize("source", ['{"id": "x"}', "[3]", "7", "[" * 100_000, '[{"period": NaN}]', '[{"absent": 3}]'])
def test_what_is_no_list_of_records_is_refused(source: str, unpacked: Path) -> None:
    (unpacked / "data/deployments.json").write_text(source, encoding="utf-8")
    with pytest.raises(defcoop.DataError, match=r"deployments\.json"):
        defcoop.load(unpacked)


def test_it_is_verified_by_its_own_descriptor() -> None:
    outcomes = {outcome.check: outcome for outcome in defcoop.verify(OLD, deep=True).outcomes}
    assert [name for name, outcome in outcomes.items() if outcome.failed] == []
    assert outcomes["archive"].reasons == ("repacked, contents as released",)
    assert outcomes["claim ids"].verified == 21


def test_a_difference_tells_what_each_package_says(rebuilt: Path) -> None:
    trainers = change(TRAINERS, OLD, rebuilt)
    assert [(value.path, value.old, value.new) for value in trainers.values] == [
        ("status", "alleged", "unstated"),
        ("period", "2030/2031-05", None),
        ("start", None, "2030"),
        ("end", None, "2031-05"),
    ]
    assert {value.old_evidence or value.new_evidence for value in trainers.values} == {trainers.values[0].old_evidence}
    harbour = change(HARBOUR, OLD, rebuilt)
    assert [(value.path, value.old, value.new) for value in harbour.values] == [("status", "agreed_to_sign", "agreed")]
    assert [(other.path, other.new) for other in harbour.others] == [("absent.scope", "outside_coverage")]


def test_a_difference_leads_from_the_old_package_to_the_new_one_and_back(rebuilt: Path) -> None:
    for old, new in (OLD, rebuilt), (rebuilt, OLD):
        difference = defcoop.diff(str(old), str(new))
        assert difference.bump == "major"
        assert apply(find(str(old)), difference) == find(str(new)).documents


def rewritten(old: dict[str, object], new: dict[str, object]) -> set[str]:
    """Give the paths that count as rewritten, of two documents of a deployment."""
    return {*changed("deployments", "dep-aaa", {"id": "dep-aaa", **old}, {"id": "dep-aaa", **new}).rewritten}


def test_what_only_the_schema_changed_is_told_apart_from_what_somebody_did() -> None:
    span = {"period": "2030/2031", "status": "alleged"}
    new = {"start": "2030", "end": "2031", "status": "unstated"}
    assert rewritten(span, new) == {"status", "period", "start", "end"}
    assert rewritten(span, new | {"status": "planned"}) == {"period", "start", "end"}
    assert rewritten(span, new | {"end": "2032"}) == {"status", "period", "start"}
    assert rewritten(span, {"start": "2030", "status": "unstated"}) == {"status", "start"}, "the end is lost"
    assert rewritten({"start": "2030"}, {"start": "2031"}) == set()


def test_records_that_only_the_schema_changed_are_counted_apart(rebuilt: Path) -> None:
    difference = defcoop.diff(str(OLD), str(rebuilt))
    assert all(change.is_rewritten for change in difference.changes)
    assert [line for line in difference.reasons if line.startswith("patch")] == [
        "patch: 2 records rewritten for a newer schema"
    ]
    assert changelog_lines(difference) == [
        "- Rewritten for the newer schema, as `defcoop migrate` does: values of 2 records."
    ]
    assert FORMATS["text"](difference).count("(rewritten for the newer schema)") == 6
    assert FORMATS["markdown"](difference).count("(rewritten for the newer schema)") == 6
    assert [change["rewritten"] for change in json.loads(FORMATS["json"](difference))["changes"]] == [
        ["status", "absent.scope"],
        ["status", "period", "start", "end"],
    ]
    back = defcoop.diff(str(rebuilt), str(OLD))
    assert not any(change.rewritten for change in back.changes)
