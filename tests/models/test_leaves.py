from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defcoop.models import Agreement, Facility
from defcoop.models.actor import Code, Office
from defcoop.models.leaves import covers, dotted, key_of, leaves, steps, text_of
from defcoop.models.registry import TYPES
from defcoop.values import Bound, Edtf
from tests.strategies import LARGE, records

EVIDENCE = {
    "seed": "seed-900",
    "passage": [1, 2],
    "quote": "x",
    "digest": "0" * 64,
    "supports": ["status"],
    "voice": "seed",
    "stance": "asserted",
    "basis": "explicit",
}
AGREEMENT = Agreement.model_validate(
    {
        "id": "agr-aaa-bbb-training-2031",
        "names": [
            {"text": "اتفاقية", "lang": "ar", "kind": "reported"},
            {"text": "The agreement", "lang": "en", "kind": "editorial"},
        ],
        "summary": "An invented agreement.",
        "evidence": [EVIDENCE],
        "figures": [{"what": "share", "best": 90, "bound": "exact", "unit": "percent"}],
        "laterality": "bilateral",
        "parties": ["act-aaa", "act-bbb"],
        "relations": [{"kind": "amends", "agreement": "agr-old"}],
        "signed": "2031-04",
        "term": {"length": 3, "unit": "years"},
        "status": "signed",
        "aggregate": {"low": 3, "bound": "at_least", "unit": "agreements", "wording": "several"},
        "provisions": {"milcon": 0},
    }
)


def test_leaves_are_the_coded_values_in_order_with_path_and_pointer() -> None:
    assert [leaf[:3] for leaf in leaves(AGREEMENT)] == [
        ("names[اتفاقية].text", "اتفاقية", ("names", 0, "text")),
        ("figures[share].best", 90, ("figures", 0, "best")),
        ("figures[share].bound", "exact", ("figures", 0, "bound")),
        ("figures[share].what", "share", ("figures", 0, "what")),
        ("figures[share].unit", "percent", ("figures", 0, "unit")),
        ("laterality", "bilateral", ("laterality",)),
        ("parties[act-aaa]", "act-aaa", ("parties", 0)),
        ("parties[act-bbb]", "act-bbb", ("parties", 1)),
        ("signed", "2031-04", ("signed",)),
        ("term.length", 3, ("term", "length")),
        ("term.unit", "years", ("term", "unit")),
        ("status", "signed", ("status",)),
        ("aggregate.low", 3, ("aggregate", "low")),
        ("aggregate.bound", "at_least", ("aggregate", "bound")),
        ("aggregate.unit", "agreements", ("aggregate", "unit")),
        ("relations[amends/agr-old].kind", "amends", ("relations", 0, "kind")),
        ("relations[amends/agr-old].agreement", "agr-old", ("relations", 0, "agreement")),
        ("provisions.milcon", 0, ("provisions", "milcon")),
    ]


def test_leaves_of_some_fields_only() -> None:
    assert [leaf.path for leaf in leaves(AGREEMENT, {"signed", "term", "summary"})] == [
        "signed",
        "term.length",
        "term.unit",
    ]
    assert list(leaves(AGREEMENT, ())) == []


def test_a_leaf_goes_by_the_name_in_the_file_not_the_attribute() -> None:
    document = AGREEMENT.model_dump(include={"names", "summary", "evidence"}, mode="json")
    facility = Facility.model_validate(document | {"id": "fac-x", "class": "port", "host": "act-aaa", "status": "open"})
    assert ("class", "port", ("class",)) in [leaf[:3] for leaf in leaves(facility)]


def reach(document: Any, pointer: tuple[str | int, ...]) -> Any:
    for step in pointer:
        document = document[step]
    return document


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
@given(data=st.data())
@LARGE
def test_every_pointer_leads_to_its_value_in_the_document(kind: Any, data: st.DataObject) -> None:
    record = data.draw(records(kind))
    document = record.model_dump(by_alias=True)
    for leaf in leaves(record):
        assert reach(document, leaf.pointer) == leaf.value
        assert list(leaf.steps) == steps(leaf.path)
        assert covers(leaf.path, leaf.path)
        assert covers(str(leaf.pointer[0]), leaf.path)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("signed", ["signed"]),
        ("size.best", ["size", "size.best"]),
        ("parties[act-tur]", ["parties", "parties[act-tur]"]),
        ("a[b].c", ["a", "a[b]", "a[b].c", "a.c"]),
        (
            "offices[Emir/act-qat].title",
            ["offices", "offices[Emir/act-qat]", "offices[Emir/act-qat].title", "offices.title"],
        ),
        ("names[St. John].text", ["names", "names[St. John]", "names[St. John].text", "names.text"]),
        ("a.b[c].d[e]", ["a", "a.b", "a.b[c]", "a.b[c].d", "a.b[c].d[e]", "a.b.d"]),
    ],
)
def test_steps_are_all_paths_that_cover_a_leaf(path: str, found: list[str]) -> None:
    assert steps(path) == found


@pytest.mark.parametrize(
    ("path", "leaf", "covered"),
    [
        ("parties", "parties[act-tur]", True),
        ("parties[act-tur]", "parties[act-tur]", True),
        ("parties[act-tu]", "parties[act-tur]", False),
        ("parties[act-qat]", "parties[act-tur]", False),
        ("offices.title", "offices[Emir/act-qat].title", True),
        ("offices.organisation", "offices[Emir/act-qat].title", False),
        ("size", "size.best", True),
        ("size.best", "size", False),
        ("sign", "signed", False),
        ("signed", "signed_by", False),
        ("", "signed", False),
    ],
)
def test_a_path_covers_what_stands_in_it_and_nothing_else(path: str, leaf: str, covered: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert covers(path, leaf) is covered


@pytest.mark.parametrize(
    ("pointer", "text"),
    [((), ""), (("a",), "a"), (("a", 0), "a[0]"), (("a", 0, "b", "c", 12), "a[0].b.c[12]"), ((0, "a"), "[0].a")],
)
def test_a_pointer_is_written_for_people(pointer: tuple[str | int, ...], text: str) -> None:
    assert dotted(pointer) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (3000, "3000"),
        (Decimal("2.50"), "2.50"),
        (Decimal("1E+3"), "1000"),
        ("قطر", "قطر"),
        (Bound.AT_LEAST, "at_least"),
        (Edtf("2017-06?"), "2017-06?"),
    ],
)
def test_a_value_is_written_as_plain_text(value: object, text: str) -> None:
    assert text_of(value) == text
    assert type(text_of(value)) is str


def test_an_item_goes_by_the_fields_of_its_key() -> None:
    assert key_of(Office(title="Emir", organisation="act-qat")) == "Emir/act-qat"
    assert key_of(Code(scheme="cow", code="640", valid="2017/..")) == "cow/640/2017/.."
