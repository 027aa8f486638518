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
from defcoop.docgen.citation import citation, zenodo
from defcoop.docgen.coverage import coverage
from defcoop.docgen.schema_org import schema_org
from defcoop.models.leaves import leaves
from defcoop.models.registry import BY_FOLDER
from defcoop.package import about, build
from defcoop.values import Edtf
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


@WRITERS
def test_no_home_is_named_while_the_owner_is_not_set(
    write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(about, "REPOSITORY", "OWNER/defcoop")
    assert about.homepage() is None
    assert "http" not in write(*RELEASED)


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(about, "REPOSITORY", "someone/defcoop")
    return "https://github.com/someone/defcoop"


def test_the_home_is_named_everywhere_once_the_owner_is_set(at_home: str) -> None:
    assert yaml.safe_load(citation())["repository-code"] == at_home
    assert json.loads(zenodo())["related_identifiers"][0]["identifier"] == at_home
    assert schema_org({"resources": [{"name": "actors", "schema": {"fields": []}}]}, {})["url"] == at_home


def test_the_placeholder_is_that_of_the_action() -> None:
    assert f"uses: {about.REPOSITORY}@" in (CHECKOUT / "action.yml").read_text(encoding="utf-8")


def test_the_citation_is_of_the_data_under_their_licence() -> None:
    found = yaml.safe_load(citation(*RELEASED))
    assert (found["cff-version"], found["type"], found["license"]) == ("1.2.0", "dataset", "CC-BY-4.0")
    assert found["authors"] == [{"name": name} for name in about.CREATORS]
    assert "doi" not in found


def problems(text: str) -> list[str]:
    return [error.message for error in Draft202012Validator(ZENODO).iter_errors(json.loads(text))]


def test_zenodo_can_read_its_file(at_home: str) -> None:
    assert at_home
    assert problems(zenodo()) == problems(zenodo(*RELEASED)) == []


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
    released: tuple[str, str] | None, cffconvert: Path, tmp_path: Path, at_home: str
) -> None:
    file = tmp_path / "CITATION.cff"
    file.write_text(citation(*(released or ())), encoding="utf-8")
    done = convert(cffconvert, file, "--validate")
    assert (done.returncode, "are valid" in done.stdout) == (0, True), done.stdout + done.stderr
    assert at_home in file.read_text(encoding="utf-8")


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
    assert tuple(project["keywords"]) == about.KEYWORDS
    assert tuple(author["name"] for author in project["authors"]) == about.CREATORS
    assert project["license"] == f"{about.CODE_LICENCE.spdx} AND {about.DATA_LICENCE.spdx}"


def test_the_licences_are_those_in_the_repository() -> None:
    assert about.CODE_LICENCE.title.split()[0] in (CHECKOUT / "LICENSE").read_text(encoding="utf-8")
    assert about.DATA_LICENCE.title in (CHECKOUT / "LICENSE-DATA").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def descriptor(shipped: defcoop.Dataset, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("metadata") / "package"
    build(shipped, folder)
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_bytes())
    return found


def test_the_descriptor_says_the_same(descriptor: dict[str, Any]) -> None:
    assert descriptor["title"] == about.TITLE
    assert descriptor["description"].startswith(about.DESCRIPTION)
    assert tuple(descriptor["keywords"]) == about.KEYWORDS
    assert [(one["name"], one["path"]) for one in descriptor["licenses"]] == [about.DATA_LICENCE[:2]]
    assert tuple(one["title"] for one in descriptor["contributors"]) == about.CREATORS
    assert descriptor.get("homepage") == about.homepage()


def test_the_descriptor_names_the_home_once_the_owner_is_set(
    at_home: str, shipped: defcoop.Dataset, tmp_path: Path
) -> None:
    build(shipped, tmp_path / "package")
    assert json.loads((tmp_path / "package/datapackage.json").read_bytes())["homepage"] == at_home


def test_search_engines_are_told_what_the_package_is(descriptor: dict[str, Any], shipped: defcoop.Dataset) -> None:
    files = {"defcoop-data-1.2.3.zip": (12, "ab"), "data/actors.csv": (7, "cd")}
    found = schema_org(descriptor, files, coverage(shipped))
    assert (found["@context"], found["@type"], found["name"]) == ("https://schema.org/", "Dataset", about.TITLE)
    assert 50 <= len(found["description"]) <= 5000
    assert found["version"] == descriptor["version"]
    assert found["isAccessibleForFree"] is True
    assert found["license"] == about.DATA_LICENCE.url
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
