from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from defcoop.models import Citation, Evidence
from defcoop.models.evidence import CREDIBILITY, Reliability

CITATION = {
    "seed": "seed-900",
    "passage": [1, 2],
    "quote": "x",
    "digest": "0" * 64,
    "voice": "seed",
    "stance": "asserted",
    "basis": "explicit",
}
EVIDENCE = CITATION | {"supports": ["signed", "parties[act-tur]"]}


def test_an_entry_is_a_citation_with_what_it_supports() -> None:
    found = Evidence.model_validate(EVIDENCE)
    assert isinstance(found, Citation)
    assert found.passage == (1, 2)
    assert found.supports == ("signed", "parties[act-tur]")
    assert (found.speaker, found.outlet, found.reasoning) == (None, None, None)


def test_credibility_cannot_be_judged_unless_said() -> None:
    assert Evidence.model_validate(EVIDENCE).credibility == 6
    assert sorted(CREDIBILITY) == [1, 2, 3, 4, 5, 6]
    assert [term.value for term in Reliability] == list("ABCDEF")


GOOD_AND_BAD: list[tuple[str, list[Any], list[Any]]] = [
    ("passage", [[0, 1], [5, 1]], [[0, 0], [-1, 5], [1], [1, 2, 3], ["1", 2], [1.0, 2], [True, 2], "1-2", None]),
    ("quote", ["x" * 80, "قطر"], ["", "x" * 81, " x", "x\ny"]),
    ("digest", ["f" * 64, "0123456789abcdef" * 4], ["F" * 64, "f" * 63, "f" * 65, "g" * 64, "", "f" * 64 + "\n"]),
    (
        "seed",
        ["seed-000", "seed-999", "seed-123456"],
        ["seed-1", "seed-00", "seed-0000000", "Seed-000", "seed-\u0660\u0660\u0660", "act-tur"],
    ),
    ("credibility", [1, 6], [0, 7, "6", 6.0, True, None]),
    ("voice", ["quoted", "anonymous"], ["Quoted", "author", None]),
    ("stance", ["denied"], ["claimed", 1]),
    ("basis", ["inferred"], ["implicit"]),
    ("speaker", ["act-a", None], ["A. Minister", ""]),
    ("supports", [["a"], ["x" * 2000]], [[], "signed", [""], ["x" * 2001], [1], None]),
]


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, good, _ in GOOD_AND_BAD for value in good])
def test_values_within_the_limits_are_taken(field: str, value: object) -> None:
    assert Evidence.model_validate(EVIDENCE | {field: value}).model_dump(mode="json")[field] == value


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, _, bad in GOOD_AND_BAD for value in bad])
def test_values_beyond_the_limits_are_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Evidence.model_validate(EVIDENCE | {field: value})
    assert {error["loc"][0] for error in caught.value.errors()} == {field}


def test_the_evidence_of_a_conflict_supports_nothing() -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        Citation.model_validate(EVIDENCE)
