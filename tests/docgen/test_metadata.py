"""What defcoop says of itself comes from one place, is true, and is what catalogues and citation tools can read."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from defcoop import version
from defcoop.dataset.loading import shipped_card
from defcoop.docgen.citation import bibtex, citation, csl, zenodo
from defcoop.docgen.codebook import codebook
from defcoop.docgen.coverage import coverage
from defcoop.docgen.schema_org import schema_org
from defcoop.models.leaves import leaves
from defcoop.models.registry import BY_FOLDER
from defcoop.package import about, build
from defcoop.validation.dataset_card import read_card
from defcoop.values import Edtf
from tests.checkouts import GOOD
from tests.exports.tools import tool
from tests.processes import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import defcoop

RELEASED = ("1.2.3", "2031-04-05")
WRITERS = pytest.mark.parametrize("write", [citation, zenodo], ids=lambda write: write.__name__)

ZENODO = {
    "type": "object",
    "required": ["upload_type", "title", "description", "creators", "access_right", "license"],
    "additionalProperties": False,
    "properties": {
        "upload_type": {"const": "dataset"},
        "title": {"type": "string", "minLength": 3},
        "description": {"type": "string", "pattern": "^<p>[^<>]+</p>$"},
        "creators": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name"],
                "additionalProperties": False,
                "properties": {"name": {"type": "string"}},
            },
        },
        "keywords": {"type": "array", "uniqueItems": True, "items": {"type": "string", "minLength": 1}},
        "access_right": {"const": "open"},
        "license": {"enum": ["CC-BY-4.0"]},
        "language": {"pattern": "^[a-z]{3}$"},
        "notes": {"type": "string"},
        "version": {"type": "string"},
        "publication_date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "related_identifiers": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["identifier", "relation"],
                "additionalProperties": False,
                "properties": {
                    "identifier": {"pattern": "^https://"},
                    "relation": {"const": "isSupplementTo"},
                    "scheme": {"const": "url"},
                },
            },
        },
    },
}
"""What Zenodo's metadata of deposits allows (its legacy form, which .zenodo.json has), as far as it is used here."""


def committed() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((CHECKOUT / "CITATION.cff").read_text(encoding="utf-8"))
    return found


def named() -> tuple[str | None, str | None]:
    """The version and the day of release in the committed citation; neither is there before the first release."""
    return committed().get("version"), committed().get("date-released")


@pytest.mark.parametrize(("name", "write"), [("CITATION.cff", citation), (".zenodo.json", zenodo)])
def test_the_committed_file_is_what_is_written(name: str, write: Callable[..., str]) -> None:
    again = f"write it anew with defcoop.docgen.{write.__name__}{named()}"
    assert (CHECKOUT / name).read_bytes() == write(*named()).encode(), again


def test_the_committed_citation_names_the_last_release() -> None:
    told, day = named()
    assert (told is None) == (day is None)
    if told is None:
        assert "-dev" in version.DATA, "there is a release, and the citation does not name it"
        return
    # A new version may be in the making; what is cited is the last one that is out.
    assert told == version.DATA or "-dev" in version.DATA
    changelog = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
    heads = [line for line in changelog.splitlines() if line.startswith("## ")]
    assert any(str(told) in head and str(day) in head for head in heads)


@WRITERS
def test_without_a_release_no_version_and_no_day_are_named(write: Callable[..., str]) -> None:
    found = yaml.safe_load(write())  # JSON is YAML too
    assert not {"version", "date-released", "publication_date"} & set(found)


@WRITERS
def test_a_release_is_named_with_its_day(write: Callable[..., str]) -> None:
    found = yaml.safe_load(write(*RELEASED))
    assert found["version"] == RELEASED[0]
    assert (found.get("date-released") or found.get("publication_date")) == RELEASED[1]


CARD = shipped_card()
HOME = "https://someone.example/data"
AT_HOME = CARD.model_copy(update={"homepage": HOME})
COAST = read_card(GOOD).card


@WRITERS
def test_no_home_is_named_while_the_card_has_none(write: Callable[..., str]) -> None:
    assert CARD.homepage is None
    assert "http" not in write(*RELEASED)


def test_the_home_is_named_everywhere_once_the_card_has_it() -> None:
    assert yaml.safe_load(citation(card=AT_HOME))["repository-code"] == HOME
    assert json.loads(zenodo(card=AT_HOME))["related_identifiers"][0]["identifier"] == HOME
    empty = {"resources": [{"name": "actors", "schema": {"fields": []}}]}
    assert schema_org(empty, {}, card=AT_HOME)["url"] == HOME


def test_of_another_dataset_nothing_of_ours_is_said() -> None:
    empty = {"resources": [{"name": "actors", "schema": {"fields": []}}]}
    written = [write(*RELEASED, COAST) for write in (citation, zenodo, bibtex, csl)]
    for text in [*written, json.dumps(schema_org(empty, {}, card=COAST)), *codebook(card=COAST).values()]:
        assert "Holm" in text or "coast" in text
        assert not re.search(r"Qatar|defcoop contributors|five|language model|CC.BY.4.0|556", text)


def test_people_are_named_as_citation_tools_sort_them() -> None:
    [holm, team] = yaml.safe_load(citation(card=COAST))["authors"]
    orcid = "0000-0002-1825-0097"
    assert holm == {
        "family-names": "Holm", "given-names": "Ada", "affiliation": "Institute of Coasts",
        "orcid": f"https://orcid.org/{orcid}",
    }  # fmt: skip
    assert team == {"name": "The coast team"}
    assert [who["name"] for who in json.loads(zenodo(card=COAST))["creators"]] == ["Holm, Ada", "The coast team"]
    assert "author = {Holm, Ada and {The coast team}}" in bibtex(card=COAST)
    [item] = json.loads(csl(*RELEASED, COAST))
    assert item["author"] == [{"family": "Holm", "given": "Ada"}, {"literal": "The coast team"}]
    assert item["issued"] == {"date-parts": [[2031, 4, 5]]}


def test_the_citation_is_of_the_data_under_their_licence() -> None:
    found = yaml.safe_load(citation(*RELEASED))
    assert (found["cff-version"], found["type"], found["license"]) == ("1.2.0", "dataset", "CC-BY-4.0")
    assert found["authors"] == [{"name": who.name} for who in CARD.contributors]
    assert "doi" not in found


def problems(text: str) -> list[str]:
    return [error.message for error in Draft202012Validator(ZENODO).iter_errors(json.loads(text))]


def test_zenodo_can_read_its_file() -> None:
    assert problems(zenodo(card=AT_HOME)) == problems(zenodo(*RELEASED)) == []


def test_a_wrong_word_for_zenodo_is_noticed() -> None:
    assert problems(zenodo(*RELEASED).replace('"license": "CC-BY-4.0"', '"license": "CC-BY"'))
    assert problems(zenodo(*RELEASED).replace('"upload_type"', '"type"'))


@pytest.fixture(scope="session")
def cffconvert() -> Path:
    return tool("cffconvert") / "bin/cffconvert"


def convert(program: Path, file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program, "-i", str(file), *options], capture_output=True, encoding="utf-8", check=False, timeout=600
    )


@pytest.mark.parametrize("released", [None, RELEASED], ids=["before a release", "after it"])
def test_cffconvert_finds_the_citation_valid(
    released: tuple[str, str] | None, cffconvert: Path, tmp_path: Path
) -> None:
    file = tmp_path / "CITATION.cff"
    file.write_text(citation(*(released or ()), card=AT_HOME), encoding="utf-8")
    done = convert(cffconvert, file, "--validate")
    assert (done.returncode, "are valid" in done.stdout) == (0, True), done.stdout + done.stderr
    assert HOME in file.read_text(encoding="utf-8")


def test_cffconvert_finds_the_committed_citation_valid(cffconvert: Path) -> None:
    done = convert(cffconvert, CHECKOUT / "CITATION.cff", "--validate")
    assert done.returncode == 0, done.stdout + done.stderr


def test_cffconvert_does_look(cffconvert: Path, tmp_path: Path) -> None:
    file = tmp_path / "CITATION.cff"
    file.write_text(citation(*RELEASED).replace("type: dataset", "type: data"), encoding="utf-8")
    assert convert(cffconvert, file, "--validate").returncode != 0


def test_cffconvert_makes_of_the_citation_what_is_written_for_zenodo(cffconvert: Path, tmp_path: Path) -> None:
    file = tmp_path / "CITATION.cff"
    file.write_text(citation(*RELEASED), encoding="utf-8")
    theirs, ours = json.loads(convert(cffconvert, file, "-f", "zenodo").stdout), json.loads(zenodo(*RELEASED))
    assert theirs.pop("license") == {"id": ours["license"]}
    assert f"<p>{theirs.pop('description')}</p>" == ours["description"]
    assert theirs.items() <= ours.items()


def test_pyproject_says_the_same() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(project["keywords"]) >= set(CARD.keywords)  # the library serves other data too
    assert tuple(author["name"] for author in project["authors"]) == tuple(who.name for who in CARD.contributors)
    assert project["license"] == f"{CARD.code_licence} AND {CARD.licence}"


def test_the_licences_are_those_in_the_repository() -> None:
    assert about.licence(CARD.code_licence or "").title.split()[0] in (CHECKOUT / "LICENSE").read_text(encoding="utf-8")
    assert about.licence(CARD.licence).title in (CHECKOUT / "LICENSE-DATA").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def descriptor(shipped: defcoop.Dataset, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("metadata") / "package"
    build(shipped, folder)
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_bytes())
    return found


def test_the_descriptor_says_the_same(descriptor: dict[str, Any]) -> None:
    assert descriptor["title"] == CARD.title
    assert descriptor["description"].startswith(about.description(CARD))
    assert tuple(descriptor["keywords"]) == CARD.keywords
    assert [(one["name"], one["path"]) for one in descriptor["licenses"]] == [about.licence(CARD.licence)[:2]]
    assert tuple(one["title"] for one in descriptor["contributors"]) == tuple(who.name for who in CARD.contributors)
    assert descriptor.get("homepage") == CARD.homepage


def test_the_descriptor_names_the_home_once_the_card_has_it(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    build(type(shipped)(shipped, shipped.seeds.values(), card=AT_HOME), tmp_path / "package")
    assert json.loads((tmp_path / "package/datapackage.json").read_bytes())["homepage"] == HOME


def test_the_versions_of_library_and_data_are_one_here() -> None:
    assert (CARD.version, CARD.released) == (version.DATA, version.RELEASED or None)


def test_search_engines_are_told_what_the_package_is(descriptor: dict[str, Any], shipped: defcoop.Dataset) -> None:
    files = {"defcoop-data-1.2.3.zip": (12, "ab"), "data/actors.csv": (7, "cd")}
    found = schema_org(descriptor, files, coverage(shipped))
    assert (found["@context"], found["@type"], found["name"]) == ("https://schema.org/", "Dataset", CARD.title)
    assert 50 <= len(found["description"]) <= 5000
    assert found["version"] == descriptor["version"]
    assert found["isAccessibleForFree"] is True
    assert found["license"] == about.licence(CARD.licence).url
    assert [one["name"] for one in found["isBasedOn"]] == [source["title"] for source in descriptor["sources"]]
    assert [(one["contentUrl"], one["encodingFormat"], one["contentSize"]) for one in found["distribution"]] == [
        ("data/actors.csv", "text/csv", "7 B"),
        ("defcoop-data-1.2.3.zip", "application/zip", "12 B"),
    ]
    assert json.loads(json.dumps(found)) == found
    assert None not in found.values()


def test_the_variables_are_the_columns_that_record_types_have_of_their_own(descriptor: dict[str, Any]) -> None:
    found = {one["name"] for one in schema_org(descriptor, {})["variableMeasured"]}
    assert {"agreements.signed", "deployments.sender", "facilities.class", "trade_figures.amount_best"} <= found
    assert {name.split(".")[0] for name in found} == set(BY_FOLDER)
    assert not [name for name in found if re.search(r"\.(id|name|summary|withdrawn.*|.*_earliest|.*_date_prec)$", name)]


def test_without_coverage_none_is_claimed(descriptor: dict[str, Any]) -> None:
    assert not {"temporalCoverage", "spatialCoverage", "distribution"} & set(schema_org(descriptor, {}))


def test_coverage_is_that_of_the_records(shipped: defcoop.Dataset) -> None:
    found = coverage(shipped)
    dates = [leaf.value for record in shipped for leaf in leaves(record) if isinstance(leaf.value, Edtf)]
    bounded = [date for date in dates if date.earliest and date.latest]
    assert found.first == min(date.earliest.year for date in bounded if date.earliest)
    assert found.last == max(date.latest.year for date in bounded if date.latest)
    assert found.states == ("Iraq", "Libya", "Qatar", "Saudi Arabia", "Syria", "Turkey")
    assert found.years == "2007/2022"


def test_a_withdrawn_record_covers_nothing(shipped: defcoop.Dataset) -> None:
    [first] = [record for record in shipped if record.id == "agr-qat-tur-defence-industry-2007"]
    gone = first.model_copy(update={"withdrawn": object()})
    assert coverage([first]).first == 2007
    assert coverage([gone]) == (None, None, ())
    assert coverage([gone]).years is None
