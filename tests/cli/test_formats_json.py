from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from defcoop.cli.formats import FORMATS
from tests.cli.format_samples import EVIL, OTHER, SOUND, WARNING, report

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/findings.schema.json").read_text(encoding="utf-8"))
VALID = Draft202012Validator(SCHEMA)
SAMPLES = [(), (SOUND,), (SOUND, WARNING, OTHER), (EVIL,), (WARNING,)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("findings", SAMPLES)
def test_the_output_follows_its_schema(findings: tuple[()], tmp_path: Path) -> None:
    VALID.validate(json.loads(FORMATS["json"](report(*findings), tmp_path)))


def test_the_schema_describes_every_field_and_allows_no_other(tmp_path: Path) -> None:
    shown = json.loads(FORMATS["json"](report(SOUND), tmp_path))
    for place in (shown, shown["passages"], shown["findings"][0]):
        for name in list(place):
            kept = place.pop(name)
            assert not VALID.is_valid(shown), name
            place[name] = kept
        place["more"] = 1
        assert not VALID.is_valid(shown)
        del place["more"]
    assert VALID.is_valid(shown)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "DC1"),
        ("severity", "note"),
        ("line", 0),
        ("column", 0),
        ("pointer", "a"),
        ("pointer", "/~2"),
        ("path", ""),
    ],
)
def test_the_schema_refuses_other_values(field: str, value: object, tmp_path: Path) -> None:
    shown = json.loads(FORMATS["json"](report(SOUND), tmp_path))
    shown["findings"][0][field] = value
    assert not VALID.is_valid(shown)


def test_the_report_is_given_whole(tmp_path: Path) -> None:
    assert json.loads(FORMATS["json"](report(SOUND), tmp_path)) == {
        "ok": False,
        "records": 2,
        "sources": 1,
        "passages": {"checked": 4, "unchecked": 3},
        "findings": [
            {
                "code": "DC104",
                "severity": "error",
                "path": "dataset/actors/act-x.yaml",
                "line": 4,
                "column": 7,
                "pointer": "/names/0/a~1b~0",
                "message": "act-x: kind: 'a' is not",
                "hint": "Use b.",
            }
        ],
    }


def test_arabic_is_readable_and_what_acts_is_escaped_without_loss(tmp_path: Path) -> None:
    shown = FORMATS["json"](report(EVIL), tmp_path)
    assert "عربي" in shown
    assert shown.replace("\n", "").isprintable()
    shown.encode()
    found = json.loads(shown)["findings"][0]
    assert found["message"] == EVIL.message
    assert found["path"] == EVIL.path
