"""A sound package is verified; what cannot be checked is said not to be, and why."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from defcoop.package import PackageError
from defcoop.package.verification import Outcome, run, verify
from defcoop.package.zip_writer import pack
from tests.checkouts import GOOD
from tests.package.verification.tampering import change, failing, put, reseal, rewrite

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import defcoop
    from defcoop.package.verification import Verdict

TEXTS = GOOD / "texts"
OTHER = ("the tables are those of another version of the schema",)


def outcomes(verdict: Verdict) -> Mapping[str, Outcome]:
    return {outcome.check: outcome for outcome in verdict.outcomes}


def described(package: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((package / "datapackage.json").read_bytes())
    return found


def describe(package: Path, found: dict[str, Any]) -> None:
    (package / "datapackage.json").write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    reseal(package)


def test_the_package_of_the_shipped_dataset_is_verified(package: Path, shipped: defcoop.Dataset) -> None:
    verdict = verify(package)
    assert failing(verdict) == {}
    assert verdict.ok
    found = outcomes(verdict)
    listed = [one for one in described(package)["resources"] if "schema" in one]
    tables = [one for one in listed if one["path"].startswith("data/")]
    fields = [field for table in tables for field in table["schema"]["fields"]]
    expected = {
        "files": len(list(package.rglob("*.*"))) + 1,
        "schema": len(tables),
        "form": len(tables),
        "types": len(fields),
        "keys": len(tables),
        "references": sum(len(table["schema"].get("foreignKeys", ())) for table in tables),
        "vocabularies": sum("enum" in field.get("constraints", {}) for field in fields),
        "json": len(tables),
        "claim ids": sum(len(shipped.claims(record)) for record in shipped),
        "claims": len({(one.record_id, one.field, one.value) for record in shipped for one in shipped.claims(record)}),
        "records": len(shipped),
        "clusters": len(shipped),
        "views": len(listed) - len(tables),
    }
    assert expected["views"] > 5
    assert {name: found[name].verified for name in expected} == expected
    assert {name for name, outcome in found.items() if outcome.unchecked} == {"passages", "rebuilding"}


def test_without_texts_passages_are_not_checked_and_with_them_they_are_verified(invented: Path) -> None:
    without, with_texts = outcomes(verify(invented))["passages"], outcomes(verify(invented, TEXTS))["passages"]
    assert (without.verified, without.failed, without.reasons) == (0, 0, ("the seed texts are not here",))
    assert without.unchecked > 0
    assert (with_texts.verified, with_texts.unchecked, with_texts.failed) == (without.unchecked, 0, 0)


def test_passages_of_a_text_that_is_missing_are_not_checked_and_the_others_are(invented: Path, tmp_path: Path) -> None:
    texts = shutil.copytree(TEXTS, tmp_path / "texts")
    (texts / "900_invented.txt").unlink()
    found = outcomes(verify(invented, texts))["passages"]
    assert found.verified > 0
    assert found.unchecked > 0
    assert found.failed == 0


@pytest.mark.texts
def test_the_shipped_passages_hold(package: Path, texts_folder: Path) -> None:
    found = outcomes(verify(package, texts_folder))["passages"]
    assert found.verified > 200
    assert (found.unchecked, found.failed) == (0, 0)


def test_a_deep_verification_builds_the_package_again(package: Path) -> None:
    verdict = verify(package, deep=True)
    assert failing(verdict) == {}
    found = outcomes(verdict)["rebuilding"]
    assert (found.verified, found.unchecked) == (len(list((package / "data").iterdir())), 0)


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("evidence", '"quote": "', '"quote": "another '),
        ("absences", '"reason": "not_reported"', '"reason": "unknown"'),
    ],
)
def test_a_row_in_json_that_differs_from_the_csv_is_found_by_a_deep_verification(
    table: str, old: str, new: str, copy: Path
) -> None:
    rewrite(copy, f"data/{table}.json", lambda source: source.replace(old.encode(), new.encode(), 1))
    assert failing(verify(copy)) == {}
    assert failing(verify(copy, deep=True)) == {
        "rebuilding": [f"data/{table}.json:2:None: is not what the package's records give"]
    }


def test_a_record_in_json_that_differs_from_the_tables_is_found_by_a_deep_verification(copy: Path) -> None:
    rewrite(copy, "data/exercises.json", lambda source: source.replace(b'"editorial"', b'"official"', 1))
    assert failing(verify(copy)) == {}
    assert failing(verify(copy, deep=True)) == {
        "rebuilding": [
            f"data/exercise_names.{kind}:2:None: is not what the package's records give" for kind in ("csv", "json")
        ]
    }


def test_records_that_are_no_records_are_found_by_a_deep_verification(copy: Path) -> None:
    rewrite(copy, "data/exercises.json", lambda source: source.replace(b'"names"', b'"nomes"', 1))
    [told] = failing(verify(copy, deep=True))["rebuilding"]
    assert told.startswith("datapackage.json:None:None: the package cannot be built again: ")


def test_what_fails_elsewhere_is_not_built_again(copy: Path) -> None:
    put(copy, "evidence", "stance", "guessed")
    found = outcomes(verify(copy, deep=True))["rebuilding"]
    assert (found.verified, found.failed) == (0, 0)
    assert found.reasons == ("a package that fails elsewhere cannot be built again",)


def test_json_written_with_other_spaces_says_the_same(copy: Path) -> None:
    def spaced(source: bytes) -> bytes:
        lines = [json.dumps(record, ensure_ascii=False) for record in json.loads(source)]
        return ("[\n" + ",\n".join(lines) + "\n]\n").encode()

    rewrite(copy, "data/agreements.json", spaced)
    assert failing(verify(copy, deep=True)) == {}


# Other versions


def test_a_package_of_another_schema_is_checked_by_its_own_descriptor(copy: Path) -> None:
    found = described(copy)
    [table] = [one for one in found["resources"] if one["name"] == "absences"]
    table["schema"]["fields"].append({"name": "since", "type": "date"})
    describe(copy, found)
    lines = (copy / "data" / "absences.csv").read_text(encoding="utf-8").splitlines()
    changed = [f"{lines[0]},since", *(f"{line},2031-01-0{1 + number % 9}" for number, line in enumerate(lines[1:]))]
    (copy / "data" / "absences.csv").write_text("\n".join(changed) + "\n", encoding="utf-8")
    reseal(copy)
    verdict = verify(copy, deep=True)
    assert failing(verdict) == {}
    found_by = outcomes(verdict)
    for name in ("claims", "records", "clusters", "rebuilding"):
        assert (found_by[name].verified, found_by[name].reasons) == (0, OTHER)
    assert found_by["claim ids"].verified > 0
    put(copy, "absences", "since", "2031-02-30")
    assert failing(verify(copy)) == {"types": ["data/absences.csv:2:since: 2031-02-30 is no date"]}


def test_a_table_that_this_version_does_not_know_is_checked_as_far_as_it_is_described(copy: Path) -> None:
    found = described(copy)
    schema = {
        "fields": [
            {"name": "id", "type": "string", "constraints": {"required": True, "unique": True}},
            {"name": "place", "type": "geopoint"},
            {"name": "code", "type": "string", "constraints": {"pattern": "[A-Z]"}},
        ],
        "missingValues": [""],
        "primaryKey": ["id"],
        "foreignKeys": [{"fields": ["id"], "reference": {"resource": "records", "fields": ["id"]}}],
    }
    (copy / "data" / "places.csv").write_text('id,place,code\nact-qat,"51.5,25.3",Q\n', encoding="utf-8")
    (copy / "data" / "places.json").write_text('[\n{"id": "act-qat"}\n]\n', encoding="utf-8")
    for kind, more in (("csv", {"schema": schema}), ("json", {})):
        path, hashed = f"data/places.{kind}", {"bytes": 0, "hash": f"sha256:{'0' * 64}"}
        found["resources"].append({"name": f"places{'-json' * (kind == 'json')}", "path": path, **hashed, **more})
    describe(copy, found)
    verdict = verify(copy)
    assert failing(verdict) == {}
    reasons = ("the type geopoint is unknown", "the constraint pattern is unknown")
    assert (outcomes(verdict)["types"].unchecked, outcomes(verdict)["types"].reasons) == (2, reasons)
    put(copy, "places", "id", "act-nobody")
    assert failing(verify(copy)) == {"references": ["data/places.csv:2:id: act-nobody is not in records"]}


# Zips


def test_a_packed_package_is_verified_like_its_folder(package: Path, tmp_path: Path) -> None:
    pack(package, tmp_path / "package.zip")
    verdict = verify(tmp_path / "package.zip", deep=True)
    assert failing(verdict) == {}
    assert outcomes(verdict)["archive"].verified == 1
    others = [outcome for outcome in verdict.outcomes if outcome.check != "archive"]
    assert others == list(verify(package, deep=True).outcomes)


def test_a_zip_packed_otherwise_holds_sound_files_and_is_told_to_be_repacked(package: Path, tmp_path: Path) -> None:
    place = shutil.make_archive(str(tmp_path / "package"), "zip", package)
    verdict = verify(tmp_path / "package.zip")
    assert place.endswith("package.zip")
    assert failing(verdict) == {}
    assert outcomes(verdict)["archive"][2:6] == (0, 1, 0, ("repacked, contents as released",))


# What is no package


def test_what_is_not_there_or_no_package_cannot_be_verified(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        verify(tmp_path / "nothing")
    with pytest.raises(PackageError, match=r"has neither datapackage\.json nor SHA256SUMS"):
        verify(tmp_path)
    (tmp_path / "file").write_bytes(b"PK nothing")
    with pytest.raises(PackageError, match="neither a folder nor a sound zip"):
        verify(tmp_path / "file")


def test_many_failures_are_counted_and_some_are_kept(copy: Path) -> None:
    change(copy, "claims", lambda rows: [row.__setitem__(9, row[9] + "!") for row in rows])
    found = outcomes(verify(copy))["claim ids"]
    assert found.failed > 500
    assert found.verified == 0
    assert len(found.failures) == 20


@pytest.mark.parametrize("less", [0, 1])
def test_a_descriptor_is_read_up_to_the_most_that_one_may_have(
    less: int, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = (copy / "datapackage.json").stat().st_size - less
    monkeypatch.setattr(run, "_MOST", most)
    told = [message for messages in failing(verify(copy)).values() for message in messages]
    assert any(f"has more than {most:,} bytes" in message for message in told) == bool(less), told
