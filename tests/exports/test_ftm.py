"""followthemoney takes every entity and statement as it stands; every claim is in one or is listed as left out."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pycountry
import pytest

import defcoop
from defcoop.exports import export
from defcoop.exports._ftm_model import SCHEMATA, countries, language
from defcoop.models.actor import Office
from defcoop.models.record import Withdrawn
from defcoop.models.registry import TYPES
from defcoop.package import build, open_package
from defcoop.values import Edtf
from tests.exports.tools import run, tool

if TYPE_CHECKING:
    from defcoop.package import Package

Entity = dict[str, Any]


@pytest.fixture(scope="session")
def ftm() -> Path:
    return tool("ftm") / "bin/ftm"


@pytest.fixture(scope="module")
def folder(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export("ftm", package, tmp_path_factory.mktemp("export") / "ftm")


@pytest.fixture(scope="module")
def entities(folder: Path) -> dict[str, Entity]:
    return {entity["id"]: entity for entity in lines(folder / "entities.ftm.json")}


@pytest.fixture(scope="module")
def statements(folder: Path) -> list[dict[str, str]]:
    return table(folder / "statements.csv")


@pytest.fixture(scope="module")
def claims(package: Package) -> list[dict[str, str]]:
    return [dict(zip(package.header("claims"), row, strict=True)) for row in package.rows("claims")]


@pytest.fixture(scope="module")
def read(ftm: Path, folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        run([ftm.with_name("python"), Path(__file__).with_name("ftm_reader.py"), folder / "statements.csv"])
    )
    return found


def lines(path: Path) -> list[Entity]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_the_first_lines_hold_every_property_so_that_readers_of_a_sample_learn_all(folder: Path) -> None:
    path = folder / "entities.ftm.json"
    properties = {name for entity in lines(path) for name in entity["properties"]}
    first = lines(path)[: len(properties)]
    assert {name for entity in first for name in entity["properties"]} == properties
    # It looks at a hundred lines unless it is told otherwise.
    assert set(pl.read_ndjson(path).schema["properties"].to_schema()) == properties  # type: ignore[attr-defined]


def test_the_lines_that_do_not_come_first_keep_their_order(folder: Path, package: Package) -> None:
    ids = [entity["id"] for entity in lines(folder / "entities.ftm.json")]
    properties = {name for entity in lines(folder / "entities.ftm.json") for name in entity["properties"]}
    assert len(ids) == len(set(ids))
    assert {row[0] for row in package.rows("seeds")} <= set(ids)
    assert not (folder / "entities.ftm.json.tmp").exists()
    assert len(properties) < 100


def content(entity: Entity) -> tuple[str, dict[str, list[str]]]:
    return entity["schema"], {name: sorted(values) for name, values in entity["properties"].items()}


def test_followthemoney_validates_every_entity_without_changing_a_value(
    ftm: Path, folder: Path, tmp_path: Path, entities: dict[str, Entity]
) -> None:
    run([ftm, "validate", "-i", folder / "entities.ftm.json", "-o", tmp_path / "validated.json"])
    read = lines(tmp_path / "validated.json")
    assert {entity["id"]: content(entity) for entity in read} == {
        name: content(entity) for name, entity in entities.items()
    }


def test_followthemoney_does_refuse_a_value_that_does_not_fit(ftm: Path, folder: Path, tmp_path: Path) -> None:
    spoilt = (folder / "entities.ftm.json").read_text(encoding="utf-8").replace('"2017-06"', '"June 2017"')
    (tmp_path / "spoilt.json").write_text(spoilt, encoding="utf-8")
    run([ftm, "validate", "-i", tmp_path / "spoilt.json", "-o", tmp_path / "validated.json"])
    [event] = [
        one for one in lines(tmp_path / "validated.json") if one["id"] == "agr-qat-tur-military-cooperation-2017"
    ]
    assert "startDate" not in event["properties"]


def test_followthemoney_puts_the_same_entities_together_from_the_statements(
    ftm: Path, folder: Path, tmp_path: Path, entities: dict[str, Entity]
) -> None:
    out = tmp_path / "aggregated.json"
    run([ftm, "aggregate-statements", "-i", folder / "statements.csv", "-f", "csv", "-d", "defcoop", "-o", out])
    assert {entity["id"]: content(entity) for entity in lines(out)} == {
        name: content(entity) for name, entity in entities.items()
    }


def test_followthemoney_names_and_types_statements_as_we_do(
    read: dict[str, Any], statements: list[dict[str, str]]
) -> None:
    names = ("id", "prop_type", "value", "lang", "original_value", "origin")
    assert read["statements"] == [[row[name] for name in names] for row in statements]


def test_followthemoney_knows_every_country_schema_and_property_that_we_use(read: dict[str, Any]) -> None:
    assert set(countries().values()) <= set(read["countries"])
    for schema, properties in SCHEMATA.items():
        assert properties.items() <= read["schemata"][schema].items(), schema


def test_every_claim_is_the_origin_of_a_statement_or_left_out_with_a_reason(
    folder: Path, statements: list[dict[str, str]], claims: list[dict[str, str]]
) -> None:
    told = {claim for statement in statements for claim in statement["origin"].split()}
    left_out = {row["claim_id"]: row["reason"] for row in table(folder / "left_out.csv") if row["claim_id"]}
    assert told.isdisjoint(left_out)
    assert told | left_out.keys() == {claim["claim_id"] for claim in claims}
    assert all(left_out.values())
    assert left_out.keys() == {claim["claim_id"] for claim in claims if claim["relation"] == "contradicts"}


def test_the_value_of_every_claim_is_in_a_statement_that_keeps_it(
    statements: list[dict[str, str]], claims: list[dict[str, str]]
) -> None:
    told = defaultdict(set)
    for statement in statements:
        for claim in statement["origin"].split():
            told[claim] |= {statement["value"], statement["original_value"]}
    for claim in claims:
        if claim["relation"] == "supports":
            note = f": {claim['value']}"
            assert any(text == claim["value"] or text.endswith(note) for text in told[claim["claim_id"]]), claim


def test_a_statement_is_told_by_the_passages_that_its_entity_is_proven_by(
    statements: list[dict[str, str]], claims: list[dict[str, str]]
) -> None:
    seeds = {claim["claim_id"]: claim["seed_id"] for claim in claims}
    proofs = defaultdict(set)
    for statement in statements:
        if statement["prop"] == "proof":
            proofs[statement["entity_id"]].add(statement["value"])
    for statement in statements:
        assert {seeds[claim] for claim in statement["origin"].split()} <= proofs[statement["entity_id"]]


def test_every_record_and_seed_is_an_entity_with_all_its_names(package: Package, entities: dict[str, Entity]) -> None:
    for kind in TYPES:
        names = defaultdict(set)
        for row in package.rows(f"{kind.name}_names"):
            names[row[0]].add(row[2])
        for record, told in names.items():
            properties = entities[record]["properties"]
            assert {*properties.get("name", ()), *properties.get("alias", ())} == told
    assert {row[0] for row in package.rows("seeds")} <= entities.keys()


def test_names_keep_their_language(statements: list[dict[str, str]]) -> None:
    spoken = {
        row["value"]: row["lang"] for row in statements if row["entity_id"] == "act-qat" and row["prop"] == "name"
    }
    assert spoken["Qatar"] == "eng"
    assert spoken["قطر"] == "ara"
    assert all(row["lang"] for row in statements if row["prop"] in {"name", "alias", "summary"})


def test_kinds_of_actors_have_their_schema(entities: dict[str, Entity]) -> None:
    assert entities["act-qat"]["schema"] == "PublicBody"
    assert entities["act-qat"]["properties"]["country"] == ["qa"]
    assert entities["act-qat"]["properties"]["wikidataId"] == ["Q846"]
    assert entities["act-tur-havelsan"]["schema"] == "Company"
    assert entities["act-hulusi-akar"]["schema"] == "Person"
    assert entities["act-hulusi-akar"]["properties"]["country"] == ["tr"]


def test_an_office_is_an_employment(entities: dict[str, Entity]) -> None:
    held = [one["properties"] for one in entities.values() if one["id"].startswith("act-hulusi-akar.offices.")]
    assert [(one["employee"], one["employer"], one["role"]) for one in held] == [
        (["act-hulusi-akar"], ["act-tur-mod"], ["Minister of Defence"])
    ]


def test_codes_that_the_model_has_no_place_for_are_listed(folder: Path, package: Package) -> None:
    left_out = Counter(row["record_id"] for row in table(folder / "left_out.csv") if row["field"].startswith("codes["))
    header = package.header("actor_codes")
    codes = [dict(zip(header, row, strict=True)) for row in package.rows("actor_codes")]
    assert left_out == Counter(code["actor_id"] for code in codes if code["scheme"] in {"cow", "gw"})


def exported(dataset: defcoop.Dataset, folder: Path) -> dict[str, Entity]:
    build(dataset, folder / "package")
    place = export("ftm", open_package(folder / "package"), folder / "ftm")
    return {entity["id"]: entity for entity in lines(place / "entities.ftm.json")}


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2031-03-03", {"date": ["2031-03-03"]}),
        ("2031?", {"date": ["2031"]}),
        ("[2031-03..2031-05]", {"date": ["2031"]}),
        ("2031-03/2032", {"startDate": ["2031-03"], "endDate": ["2032"]}),
        ("2031/..", {"startDate": ["2031"]}),
        ("[2031,2033]", {"notes": ["period: [2031,2033]"]}),
        ("203X/2040", {"notes": ["period: 203X/2040"]}),
    ],
)
def test_a_date_is_as_fine_as_the_model_can_tell_it_or_a_note(
    period: str, expected: dict[str, list[str]], shipped: defcoop.Dataset, tmp_path: Path
) -> None:
    name = "exe-qat-tur-nasr-2020"
    dated = shipped.exercises[name].model_copy(update={"period": Edtf(period)})
    records = [dated if record.id == name else record for record in shipped]
    event = exported(defcoop.Dataset(records, shipped.seeds.values()), tmp_path)[name]["properties"]
    event["notes"] = [note for note in event["notes"] if note.startswith("period")]
    assert {prop: event[prop] for prop in ("date", "startDate", "endDate", "notes") if event.get(prop)} == expected


def test_a_withdrawn_record_is_no_entity_and_what_is_said_of_it_is_listed(
    shipped: defcoop.Dataset, tmp_path: Path
) -> None:
    name = "agr-qat-tur-joint-defence-cooperation-2017"
    gone = shipped.agreements[name].model_copy(update={"withdrawn": Withdrawn(reason="Wrong.", since="0.2.0")})
    records = [gone if record.id == name else record for record in shipped]
    entities = exported(defcoop.Dataset(records, shipped.seeds.values()), tmp_path)
    assert not [one for one in entities.values() if one["id"].startswith(name) or name in str(one["properties"])]
    reasons = Counter(row["reason"] for row in table(tmp_path / "ftm" / "left_out.csv"))
    assert reasons["the record is withdrawn"] == len(shipped.claims(name))
    assert reasons["it refers to a withdrawn record"] == sum(
        name in claim.value or f"{name}]" in claim.field
        for record in shipped
        if record.id != name
        for claim in shipped.claims(record)
    )


def test_a_tie_to_a_withdrawn_record_is_left_out_whole(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    name, office = "act-tur-mod", "Minister of Defence/act-tur-mod"
    gone = shipped.actors[name].model_copy(update={"withdrawn": Withdrawn(reason="Wrong.", since="0.2.0")})
    records = [gone if record.id == name else record for record in shipped]
    entities = exported(defcoop.Dataset(records, shipped.seeds.values()), tmp_path)
    assert not [one for one in entities if one.startswith("act-hulusi-akar.offices.")]
    claims = {claim.claim_id for claim in shipped.claims("act-hulusi-akar", f"offices[{office}]")}
    left_out = {row["claim_id"]: row["reason"] for row in table(tmp_path / "ftm" / "left_out.csv")}
    assert {left_out[claim] for claim in claims} == {"it refers to a withdrawn record"}


def test_an_office_under_a_person_is_a_note(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    name = "act-hulusi-akar"
    held = shipped.actors[name].model_copy(
        update={"offices": (Office(title="Adviser", organisation="act-recep-tayyip-erdogan"),)}
    )
    records = [held if record.id == name else record for record in shipped]
    supports = held.evidence[0].model_copy(update={"supports": ("offices",)})
    records = [one.model_copy(update={"evidence": (supports,)}) if one.id == name else one for one in records]
    entities = exported(defcoop.Dataset(records, shipped.seeds.values()), tmp_path)
    assert {"offices[Adviser/act-recep-tayyip-erdogan].title: Adviser"} <= set(entities[name]["properties"]["notes"])


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2019-05", {"publishedAt": ["2019-05"]}), ("2019-05/..", {"notes": ["published: 2019-05/.."]})],
)
def test_a_text_has_its_publisher_and_its_date(
    published: str, expected: dict[str, list[str]], shipped: defcoop.Dataset, tmp_path: Path
) -> None:
    card = shipped.seeds["seed-000"].model_copy(update={"publisher": "A paper", "published": Edtf(published)})
    cards = [card if one.id == card.id else one for one in shipped.seeds.values()]
    article = exported(defcoop.Dataset(shipped, cards), tmp_path)["seed-000"]["properties"]
    assert article["publisher"] == ["A paper"]
    article["notes"] = [note for note in article["notes"] if note.startswith("published")]
    assert {name: article[name] for name in ("publishedAt", "notes") if article.get(name)} == expected


def test_a_stage_that_rests_on_hearsay_can_be_seen(shipped: defcoop.Dataset, entities: dict[str, Entity]) -> None:
    alleged = list(shipped.agreements.where(certainty="alleged"))
    assert alleged
    assert all("certainty: alleged" in entities[name]["properties"]["notes"] for name in alleged)


def test_languages_and_countries_are_those_of_the_standards(shipped: defcoop.Dataset) -> None:
    spoken = {name.lang for record in shipped for name in record.names}
    for tag in spoken:
        assert language(tag) == pycountry.languages.get(alpha_2=tag).alpha_3
    former = {"CSK": "cshh", "DDR": "dd", "SCG": "csxx", "SUN": "suhh", "YUG": "yucs"}
    assert countries() == {one.alpha_3: one.alpha_2.lower() for one in pycountry.countries} | former
    for letters, code in former.items():
        withdrawn = pycountry.historic_countries.get(alpha_3=letters)
        assert code in {withdrawn.alpha_4.lower(), withdrawn.alpha_2.lower()}


def test_it_is_the_same_bytes_each_time(package: Package, folder: Path, tmp_path: Path) -> None:
    again = export("ftm", package, tmp_path / "ftm")
    assert sorted(path.name for path in again.iterdir()) == sorted(path.name for path in folder.iterdir())
    assert all((folder / path.name).read_bytes() == path.read_bytes() for path in again.iterdir())
