"""A type that nobody has heard of, with a side, a status and dates of its own, comes out everywhere by its meaning."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from defcoop.reference.states import state_codes
from tests.processes import CHECKOUT, python
from tests.test_extending import CARD, CITED, put

if TYPE_CHECKING:
    from pathlib import Path


def run(folder: Path, *args: str) -> tuple[int, str, str]:
    done = python(*args, cwd=folder, env={"PYTHONPATH": str(folder)})
    return done.returncode, done.stdout, done.stderr


MODEL = '''
"""Pacts."""

from __future__ import annotations

from typing import Annotated, ClassVar

from defcoop.models.ids import ActorId
from defcoop.models.record import Record
from defcoop.values import Edtf, Frozen, Phase, Role, Status, Term, Time, coded, uncoded


class PactStatus(Status):
    """The furthest stage that the texts tell."""

    MUSED = "mused", "Thought of.", Phase.DISCUSSED
    PROCLAIMED = "proclaimed", "Told as proclaimed.", Phase.BEGUN


class Oath(Term):
    """How it was sworn."""

    ALOUD = "aloud", "In public."
    SILENT = "silent", "In secret."


class Guarantor(Frozen):
    """Who answers for it."""

    KEY: ClassVar[tuple[str, ...]] = ("bearer",)

    bearer: Annotated[ActorId, coded("Who answers.", role=Role.PROVIDER)]


class Pact(Record):
    """A solemn pact."""

    oath: Annotated[Oath, coded("How it was sworn.", identifies=True)]
    targets: Annotated[tuple[ActorId, ...], coded("Who is bound.", role=Role.PARTY, item="actor_id", min_length=1)]
    guarantors: Annotated[tuple[Guarantor, ...], uncoded("Who answers for it.")] = ()
    keeper: Annotated[ActorId | None, coded("Who keeps it.", role=None)] = None
    dawned: Annotated[Edtf | None, coded("When it took effect.", time=Time.BEGINS)] = None
    faded: Annotated[Edtf | None, coded("When it lost it.", time=Time.ENDS)] = None
    progress: Annotated[PactStatus, coded("How far it came.")]
'''
LINE = '    RecordType("pact", "pacts", "pac"),\n'
FORMATS = ("sqlite", "parquet", "duckdb", "xlsx", "croissant", "csvw", "jsonld", "ftm", "dcad", "atop")


def state(actor: str) -> str:
    codes = ", ".join(
        f'{{scheme: {scheme}, code: "{code}", valid: "{valid}"}}'
        for scheme, code, valid in sorted(state_codes()[actor])
    )
    return f"""
id: {actor}
names: [{{text: {actor.upper()}, lang: en, kind: editorial}}]
summary: A state.
kind: state
codes: [{codes}]
evidence: {CITED}    supports: [kind]
"""


SERVICE = f"""
id: act-tur-navy
names: [{{text: Navy, lang: en, kind: editorial}}]
summary: A navy.
kind: armed_service
country: act-tur
evidence: {CITED}    supports: [kind, country]
"""


def pact(name: str, targets: str = "act-tur, act-qat", **changed: str) -> str:
    told = {"oath": "aloud", "dawned": '"2017-03"', "faded": '"2019"', "progress": "proclaimed"} | changed
    fields = "\n".join(f"{field}: {value}" for field, value in told.items() if value and field != "stance")
    cited = CITED.replace("asserted", told.get("stance", "asserted")).replace("[0, 10]", f"[0, {len(name)}]")
    supports = [field for field in ("oath", "dawned", "faded", "progress") if told[field]]
    return f"""
id: pac-{name}
names: [{{text: Pact {name}, lang: en, kind: editorial}}]
summary: A pact.
targets: [{targets}]
guarantors: [{{bearer: act-sau}}]
keeper: act-sau
{fields}
evidence: {cited}    supports: [targets, guarantors, keeper, {", ".join(supports)}]
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(CHECKOUT / "defcoop", folder / "defcoop", ignore=shutil.ignore_patterns("__pycache__"))
    put(folder / "defcoop" / "models" / "pact.py", MODEL)
    registry = folder / "defcoop" / "models" / "registry.py"
    source = registry.read_text(encoding="utf-8")
    last = source.index("\n)\n", source.index("TYPES = (")) + 1
    registry.write_text(source[:last] + LINE + source[last:], encoding="utf-8")
    for actor in ("act-tur", "act-qat", "act-sau"):
        put(folder / "dataset" / "actors" / f"{actor}.yaml", state(actor))
    put(folder / "dataset" / "pacts" / "pac-one.yaml", pact("one"))
    put(folder / "seeds" / "seed-900.yaml", CARD)
    return folder


@pytest.fixture(scope="module")
def exported(house: Path) -> Path:
    code, _, err = run(house, "-m", "defcoop", "build", "--out", "package")
    assert code == 0, err
    assert run(house, "-m", "defcoop", "verify", "package")[0] == 0
    source = f"""
from pathlib import Path
from defcoop.exports import export, formats

assert set(formats()) == set({FORMATS!r})
for name in formats():
    export(name, "package", "out-" + name)
"""
    code, _, err = run(house, "-c", source)
    assert code == 0, err
    return house


def found(house: Path, tmp_path: Path, **files: str) -> list[tuple[str, str]]:
    """Give the codes and messages of the findings once files have been added."""
    copy = shutil.copytree(house, tmp_path / "copy")
    for name, text in files.items():
        folder = "actors" if name.startswith("act") else "pacts"
        put(copy / "dataset" / folder / f"{name.replace('_', '-')}.yaml", text)
    out = run(copy, "-m", "defcoop", "validate", "--format", "json")[1]
    return [(one["code"], one["message"]) for one in json.loads(out)["findings"]]


def answer(house: Path, source: str) -> str:
    code, out, err = run(house, "-c", f"import defcoop; ds = defcoop.load('.'); {source}")
    assert code == 0, err
    return out.strip()


def test_it_is_sound(house: Path) -> None:
    assert run(house, "-m", "defcoop", "validate")[0] == 0


def test_two_with_the_same_sides_are_alike_and_with_other_sides_are_not(house: Path, tmp_path: Path) -> None:
    findings = found(house, tmp_path, pac_second=pact("second"), pac_third_one=pact("third-one", "act-tur"))
    assert {code for code, _ in findings} == {"DC802"}
    assert all(
        message.endswith("pac-one has the same sides and kind at an overlapping time") for _, message in findings
    )


def test_two_of_another_kind_are_not_alike(house: Path, tmp_path: Path) -> None:
    assert found(house, tmp_path, pac_second=pact("second", oath="silent")) == []


def test_no_side_of_it_belongs_to_another(house: Path, tmp_path: Path) -> None:
    files = {"act_tur_navy": SERVICE, "pac_second": pact("second", "act-tur, act-tur-navy")}
    [(code, message)] = found(house, tmp_path, **files)
    assert (code, "act-tur-navy and its country act-tur are both sides" in message) == ("DC704", True)


def test_its_status_is_held_against_its_evidence(house: Path, tmp_path: Path) -> None:
    [(code, message)] = found(house, tmp_path, pac_second=pact("second", oath="silent", stance="planned"))
    assert (code, "is proclaimed on evidence that is planned" in message) == ("DC409", True)


def test_its_dates_are_in_order(house: Path, tmp_path: Path) -> None:
    [(code, message)] = found(house, tmp_path, pac_second=pact("second", oath="silent", faded='"2016"'))
    assert (code, "lies before dawned 2017-03" in message) == ("DC502", True)


def test_it_has_a_schema_without_what_only_the_library_reads_and_a_place_in_the_codebook(house: Path) -> None:
    assert run(house, "-m", "defcoop", "schema")[0] == run(house, "-m", "defcoop", "codebook")[0] == 0
    schema = json.loads((house / "schema" / "pact.schema.json").read_bytes())
    assert schema["properties"]["targets"]["$comment"] == "Covered by evidence."
    codebook = (house / "schema" / "codebook.md").read_text(encoding="utf-8")
    assert "\n### pact_targets\n" in codebook
    assert "| `proclaimed` | Told as proclaimed. |" in codebook


def test_it_is_loaded_from_checkout_and_package(exported: Path) -> None:
    assert answer(exported, "print(list(defcoop.load('package')) == list(ds), len(ds.pacts))") == "True 1"


def test_it_is_counted_in_panels_from_its_beginning_to_its_end(house: Path) -> None:
    source = """
from defcoop.analysis.panel import contributions, left_out, rows
head, *body = rows(ds, actors=["TUR", "QAT"], years=range(2016, 2021))
print([(row[2], row[head.index("any_pacts")]) for row in body], left_out(ds))
[behind] = contributions(ds, "TUR", "QAT", 2018, "pacts_best")
print(sorted({claim.field for claim in behind.claims}))
"""
    code, out, err = run(house, "-c", f"import defcoop; ds = defcoop.load('.')\n{source}")
    assert code == 0, err
    cells, fields = out.splitlines()
    assert cells == "[('2016', ''), ('2017', 'true'), ('2018', 'true'), ('2019', 'true'), ('2020', '')] []"
    assert fields == str(
        ["dawned", "faded", "guarantors[act-sau].bearer", "progress", "targets[act-qat]", "targets[act-tur]"]
    )


def test_it_is_in_networks_with_its_direction(house: Path) -> None:
    graph = "from defcoop.analysis.network import to_networkx; graph = to_networkx(ds, ['pacts'])"
    told = "sorted((a, b, d['kind'], d['status'], d['directed']) for a, b, d in graph.edges(data=True))"
    edges = answer(house, f"{graph}; print({told})")
    assert edges == str(
        [
            ("act-qat", "act-tur", "aloud", "proclaimed", False),
            ("act-sau", "act-qat", "aloud", "proclaimed", True),
            ("act-sau", "act-tur", "aloud", "proclaimed", True),
            ("act-tur", "act-qat", "aloud", "proclaimed", False),
        ]
    )


def test_it_is_in_plots(house: Path) -> None:
    charts = (
        "from defcoop.analysis.plots.network import network; from defcoop.analysis.plots.timeline import timeline; "
        "print(network(ds).to_json().count('pacts') > 0, timeline(ds).to_json().count('pac-one') > 0)"
    )
    assert answer(house, charts) == "True True"


@pytest.mark.parametrize("name", FORMATS[:-2])
def test_it_is_in_every_export(exported: Path, name: str) -> None:
    place = exported / f"out-{name}"
    parts = (
        [path.read_bytes() for path in place.rglob("*") if path.is_file()] if place.is_dir() else [place.read_bytes()]
    )
    if name == "xlsx":
        assert "pacts" in answer(
            exported, "import zipfile; print(zipfile.ZipFile('out-xlsx').read('xl/workbook.xml').decode())"
        )
    else:
        assert any(b"proclaimed" in part for part in parts)


def test_what_is_for_agreements_alone_has_nothing_of_it(exported: Path) -> None:
    for name in FORMATS[-2:]:
        assert not any(b"pac-one" in path.read_bytes() for path in (exported / f"out-{name}").iterdir())


def test_its_sides_and_dates_are_properties_in_followthemoney(exported: Path) -> None:
    lines = (exported / "out-ftm" / "entities.ftm.json").read_text(encoding="utf-8").splitlines()
    entities = {entity["id"]: entity for entity in map(json.loads, lines)}
    event = entities["pac-one"]
    assert event["schema"] == "Event"
    assert event["properties"]["involved"] == ["act-qat", "act-sau", "act-tur"]
    assert event["properties"]["startDate"] == ["2017-03"]
    assert event["properties"]["endDate"] == ["2019"]
    roles = {entity["properties"]["role"][0] for entity in entities.values() if entity["schema"] == "UnknownLink"}
    assert roles == {"provider", "keeper"}


def test_it_is_a_thing_in_json_ld(exported: Path) -> None:
    graph = json.loads((exported / "out-jsonld").read_bytes())["@graph"]
    [node] = [node for node in graph if node["id"].endswith(":pac-one")]
    assert node["type"] == ["schema:Thing", "dcv:Pact", "prov:Entity"]
