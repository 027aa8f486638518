from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from defcoop.cli.formats import FORMATS
from defcoop.cli.formats._visible import visible
from tests.cli.format_samples import EVIL, HOSTILE, OTHER, SOUND, WARNING, report

if TYPE_CHECKING:
    from defcoop.validation.findings import Finding

SCHEMA = Path(__file__).parents[1] / "schemas/junit-10.xsd"
MORE = SOUND._replace(code="DC103", message="act-x: more", line=5)


def render(*findings: Finding) -> ET.Element:
    return parsed(FORMATS["junit"](report(*findings), Path()))


def parsed(xml: str) -> ET.Element:
    return ET.fromstring(xml.encode())  # noqa: S314 - our own output


@pytest.mark.parametrize("findings", [(), (SOUND,), (SOUND, WARNING, OTHER), (EVIL,), (WARNING,)])
def test_the_output_follows_the_schema_of_jenkins(findings: tuple[Finding, ...]) -> None:
    xmlschema = pytest.importorskip("xmlschema")
    xmlschema.XMLSchema(str(SCHEMA)).validate(FORMATS["junit"](report(*findings), Path()))


def test_a_file_with_errors_is_a_case_that_fails_with_all_of_them() -> None:
    root = render(SOUND, MORE, OTHER)
    assert [case.get("name") for case in root.iter("testcase")] == [SOUND.path, OTHER.path, "every other file"]
    first, second = root.iter("failure")
    assert first.attrib == {"type": "DC104", "message": "act-x: kind: 'a' is not (and 1 more)"}
    assert (first.text or "").splitlines() == [
        "dataset/actors/act-x.yaml:4:7: error DC104 act-x: kind: 'a' is not",
        "    Use b.",
        "dataset/actors/act-x.yaml:5:7: error DC103 act-x: more",
        "    Use b.",
    ]
    assert second.attrib == {"type": "DC012", "message": "act-y: null"}
    for suite in (root, root[0]):
        assert {name: suite.get(name) for name in ("tests", "failures", "errors")} == {
            "tests": "3",
            "failures": "2",
            "errors": "0",
        }


def test_a_warning_fails_nothing_and_is_told() -> None:
    root = render(WARNING)
    assert (root.get("tests"), root.get("failures")) == ("2", "0")
    assert root.find(".//failure") is None
    assert (root.findtext(".//system-out") or "").startswith("dataset/actors/act-x.yaml:9:5: warning DC701 act-x")


def test_errors_and_warnings_of_a_file_are_one_case() -> None:
    [case, _] = render(SOUND, WARNING).iter("testcase")
    assert [part.tag for part in case] == ["failure", "system-out"]


def test_findings_of_a_file_are_one_case_wherever_they_stand() -> None:
    assert render(SOUND, OTHER, MORE).get("tests") == "3"


def test_without_findings_one_case_passes() -> None:
    [case] = render().iter("testcase")
    assert (case.get("name"), len(case)) == ("every other file", 0)


def test_without_a_hint_there_is_no_empty_line() -> None:
    assert render(SOUND._replace(hint="")).findtext(".//failure") == (
        "dataset/actors/act-x.yaml:4:7: error DC104 act-x: kind: 'a' is not"
    )


def test_a_hostile_finding_is_well_formed_and_readable() -> None:
    shown = FORMATS["junit"](report(EVIL), Path())
    assert shown.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    root = parsed(shown)
    [case, _] = root.iter("testcase")
    assert case.get("name") == visible(EVIL.path)
    assert case[0].get("message") == visible(HOSTILE)
    assert visible(HOSTILE) in (case[0].text or "")
