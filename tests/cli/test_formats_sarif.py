from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import pytest
from jsonschema import Draft4Validator

from defcoop import version
from defcoop.cli.formats import FORMATS
from defcoop.validation.codes import CODES
from tests.cli.format_samples import EVIL, OTHER, SOUND, WARNING, report

if TYPE_CHECKING:
    from defcoop.validation.findings import Finding

SCHEMA = Path(__file__).parents[1] / "schemas/sarif-2.1.0-rtm.5.json"
VALID = Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def run(*findings: Finding, checkout: Path) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(FORMATS["sarif"](report(*findings), checkout))
    VALID.validate(whole)
    [only] = whole["runs"]
    return dict(only)


def fingerprints(*findings: Finding, checkout: Path) -> list[str]:
    return [result["partialFingerprints"]["place/v1"] for result in run(*findings, checkout=checkout)["results"]]


@pytest.mark.parametrize("findings", [(), (SOUND,), (SOUND, WARNING, OTHER), (EVIL,)])
def test_the_output_is_sarif(findings: tuple[Finding, ...], tmp_path: Path) -> None:
    assert len(run(*findings, checkout=tmp_path)["results"]) == len(findings)


def test_there_is_a_rule_with_help_for_every_code(tmp_path: Path) -> None:
    driver = run(checkout=tmp_path)["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("defcoop", version.LIBRARY)
    assert [rule["id"] for rule in driver["rules"]] == list(CODES)
    for rule in driver["rules"]:
        title, remedy, severity, _ = CODES[rule["id"]]
        assert rule["shortDescription"]["text"] == f"{title}."
        assert rule["help"]["text"] == f"{title}. {remedy}\n`defcoop explain {rule['id']}` tells more."
        assert rule["defaultConfiguration"] == {"level": severity}
        assert "helpUri" not in rule


def test_a_result_says_what_is_wrong_and_where(tmp_path: Path) -> None:
    only = run(SOUND, WARNING, checkout=tmp_path)
    assert only["columnKind"] == "unicodeCodePoints"
    error, warning = only["results"]
    assert only["tool"]["driver"]["rules"][error["ruleIndex"]]["id"] == error["ruleId"] == "DC104"
    assert (error["level"], warning["level"]) == ("error", "warning")
    assert error["message"] == {"text": "act-x: kind: 'a' is not\nUse b."}
    [location] = error["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "dataset/actors/act-x.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 4, "startColumn": 7},
    }


def test_uris_are_relative_to_the_root_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "my data").mkdir()
    [result] = run(SOUND, checkout=tmp_path / "my data")["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "my%20data/dataset/actors/act-x.yaml"


def test_a_hostile_finding_gives_a_uri_and_a_text_without_links(tmp_path: Path) -> None:
    shown = FORMATS["sarif"](report(EVIL), tmp_path)
    assert shown.replace("\n", "").isprintable()
    [result] = run(EVIL, checkout=tmp_path)["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)
    assert unquote_to_bytes(uri) == EVIL.path.encode("utf-8", "surrogateescape")
    assert "](" not in result["message"]["text"]


def test_a_fingerprint_stays_when_lines_and_words_move(tmp_path: Path) -> None:
    moved = SOUND._replace(line=90, column=1, message="other", hint="")
    assert fingerprints(SOUND, checkout=tmp_path) == fingerprints(moved, checkout=tmp_path)


@pytest.mark.parametrize(
    "change", [{"code": "DC103"}, {"path": "dataset/actors/act-z.yaml"}, {"pointer": ("names", 1, "a/b~")}]
)
def test_a_fingerprint_tells_code_path_and_pointer_apart(change: dict[str, Any], tmp_path: Path) -> None:
    first, second = fingerprints(SOUND, SOUND._replace(**change), checkout=tmp_path)
    assert first != second


def test_two_findings_at_one_place_have_two_fingerprints(tmp_path: Path) -> None:
    first, second = fingerprints(SOUND, SOUND._replace(message="other"), checkout=tmp_path)
    assert (first[:-1], first[-1], second[-1]) == (second[:-1], "1", "2")
