from __future__ import annotations

import pickle
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from defcoop.models import Actor, SourceCard
from defcoop.models.agreement import Provisions
from defcoop.models.evidence import Evidence
from defcoop.models.field_layout import Shape, layout
from defcoop.models.leaves import leaves, steps
from defcoop.models.record import NameKind
from defcoop.models.registry import TYPES, RecordType
from tests.strategies import LARGE, parts, records

if TYPE_CHECKING:
    from collections.abc import Callable

    from defcoop.values import Frozen

EVIDENCE = {
    "seed": "seed-900",
    "passage": [1, 2],
    "quote": "x",
    "digest": "0" * 64,
    "supports": ["kind"],
    "voice": "seed",
    "stance": "asserted",
    "basis": "explicit",
}
ACTOR = {
    "id": "act-aaa",
    "names": [{"text": "A", "lang": "en", "kind": "editorial"}],
    "summary": "An invented state.",
    "kind": "state",
    "evidence": [EVIDENCE],
}
TOPS = [*(kind.model for kind in TYPES), SourceCard]


def actor(**changes: object) -> Actor:
    return Actor.model_validate(ACTOR | changes)


def models(model: type[Frozen]) -> set[type[Frozen]]:
    inner = [field.type for field in layout(model) if field.shape in {Shape.PART, Shape.PARTS}]
    return {model}.union(*(models(each) for each in inner))


ALL_MODELS = sorted(set().union(*(models(top) for top in TOPS)), key=lambda model: model.__name__)


@pytest.mark.parametrize("model", ALL_MODELS)
@given(data=st.data())
@settings(LARGE, max_examples=3)
def test_every_model_refuses_unknown_keys_and_does_not_change(model: type[Frozen], data: st.DataObject) -> None:
    document = data.draw(parts(model))
    found = model.model_validate(document)
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        model.model_validate(document | {"surprise": 1})
    for name in model.model_fields:
        with pytest.raises(ValidationError, match="frozen"):
            setattr(found, name, None)
        with pytest.raises(ValidationError, match="frozen"):
            delattr(found, name)


@pytest.mark.parametrize("model", ALL_MODELS)
@given(data=st.data())
@settings(LARGE, max_examples=3)
def test_no_required_field_may_be_left_out_and_none_may_be_null_in_its_place(
    model: type[Frozen], data: st.DataObject
) -> None:
    document = data.draw(parts(model))
    for field in layout(model):
        if field.required:
            for wrong in ({}, {field.name: None}):
                rest = {name: value for name, value in document.items() if name != field.name}
                with pytest.raises(ValidationError):
                    model.model_validate(rest | wrong)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
@given(data=st.data())
@LARGE
def test_records_are_hashed_by_id_and_survive_pickling(kind: RecordType, data: st.DataObject) -> None:
    record = data.draw(records(kind))
    assert hash(record) == hash(record.id)
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 - our own pickle


def item_set(absent: dict[str, Any]) -> None:
    absent["parent"] = "not_reported"


def item_deleted(absent: dict[str, Any]) -> None:
    del absent["parent"]


def merged(absent: dict[str, Any]) -> None:
    absent |= {"rank": "unknown"}


CHANGES: list[Callable[[dict[str, Any]], object]] = [
    item_set,
    item_deleted,
    merged,
    lambda absent: absent.update(rank="unknown"),
    lambda absent: absent.setdefault("rank", "unknown"),
    lambda absent: absent.pop("parent"),
    lambda absent: absent.popitem(),
    lambda absent: absent.clear(),
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("again", [lambda record: record, lambda record: pickle.loads(pickle.dumps(record))])  # noqa: S301 - its own pickle
def test_absences_do_not_change(again: Callable[[Actor], Actor], change: Callable[[dict[str, Any]], object]) -> None:
    record = again(actor(absent={"parent": "unknown"}))
    with pytest.raises(TypeError, match="a record does not change"):
        change(record.absent)
    assert record.absent == {"parent": "unknown"}


def test_a_record_without_absences_has_none() -> None:
    assert actor().absent == {}
    with pytest.raises(TypeError, match="a record does not change"):
        actor().absent.update(rank="unknown")


@pytest.mark.parametrize(
    ("names", "name"),
    [
        ([("قطر", "ar"), ("Qatar", "en"), ("Katar", "tr")], "Qatar"),
        ([("Katar", "tr"), ("قطر", "ar"), ("Qatar", "en")], "Katar"),
        ([("قطر", "ar"), ("الدوحة", "ar")], "قطر"),
        ([("قطر", "ar"), ("Qatar", "ar-Latn")], "Qatar"),
        ([("Катар", "ru"), ("Qatar", "en")], "Qatar"),
        ([("קטאר", "he"), ("Ānand", "hi-Latn")], "Ānand"),
        ([("٢٠١٧ 2017", "ar"), ("F-16", "en")], "F-16"),
        ([("\u00bf2?", "es"), ("\u00c02", "fr")], "\u00c02"),
        ([("2\u0250", "en"), ("2\u024f", "en")], "2\u024f"),
    ],
)
def test_its_name_is_the_first_in_latin_letters_else_the_first(names: list[tuple[str, str]], name: str) -> None:
    record = actor(names=[{"text": text, "lang": lang, "kind": "official"} for text, lang in names])
    assert record.name == name


@pytest.mark.parametrize("kind", NameKind)
def test_reported_names_and_aliases_are_attested(kind: NameKind) -> None:
    record = actor(names=[{"text": "A", "lang": "en", "kind": kind.value}])
    assert kind.attested is (kind in {NameKind.REPORTED, NameKind.ALIAS}) is record.names[0].needs_evidence


GOOD_AND_BAD: list[tuple[str, list[Any], list[Any]]] = [
    (
        "id",
        ["act-a", "act-a-1", "act-" + "x" * 76],
        [
            "act",
            "act-",
            "act--a",
            "act-a-",
            "Act-a",
            "act_a",
            "ac-a",
            "actx-a",
            "act-ä",
            " act-a",
            "act-a\n",
            "act-" + "x" * 77,
        ],
    ),
    (
        "summary",
        ["x", "x y", "قطر", "x" * 2000, "#", "'"],
        [
            *("", " ", " x", "x ", "x\n", "a\nb", "a\tb", "a\rb", "\u00a0x", "x\u200b"),
            *("\u00ad", "x" * 2001, 5, None),
        ],
    ),
    ("rank", ["x" * 160], ["x" * 161, ""]),
    ("note", ["x=1", "=1", None], [""]),
    ("kind", ["state", "person"], ["State", "", "nation", None]),
    ("names", [], [[], None, {}]),
    ("evidence", [], [[]]),
    ("absent", [{}, {"rank": "unknown"}], [{"rank": "none"}, {"rank": None}, ["rank"]]),
    (
        "withdrawn",
        [{"reason": "x", "since": "0.1.0"}],
        [{"reason": "x", "since": "1.0"}, {"since": "1.0.0"}, {"reason": "x", "since": "v1.0.0"}],
    ),
    ("country", ["act-b"], ["b", ""]),
    (
        "accept",
        [[], [{"code": "DC701", "reason": "x"}]],
        [
            [{"code": "DC701"}],
            [{"reason": "x"}],
            *([{"code": code, "reason": "x"}] for code in ("DC7", "dc701", "DC7011", "701", "DC701\n")),
            [{"code": "DC701", "reason": ""}],
        ],
    ),
]


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, good, _ in GOOD_AND_BAD for value in good])
def test_values_within_the_limits_are_taken(field: str, value: object) -> None:
    assert actor(**{field: value}).model_dump(mode="json")[field] == value or isinstance(value, dict)


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, _, bad in GOOD_AND_BAD for value in bad])
def test_values_beyond_the_limits_are_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        actor(**{field: value})
    assert {error["loc"][0] for error in caught.value.errors()} == {field}


@pytest.mark.parametrize("text", [" a", "a ", "a\nb", "", "x" * 1001, "a\u200bb", "\u200ca", "Ank\u200cara"])
def test_a_name_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        actor(names=[{"text": text, "lang": "en", "kind": "editorial"}])


@pytest.mark.parametrize(
    "text",
    [
        "Protocol [No. 2]",
        "a]b",
        "[a",
        "=a",
        "-273",
        "@home",
        "می\u200cخواهم",
        "نیروی زمینی جمهوری اسلامی (نزسا) ه\u200d",
        "क्\u200dष",
        "Treaty " * 33 + "1",
        "x" * 1000,
    ],
)
def test_a_name_is_what_the_field_calls_it(text: str) -> None:
    record = actor(names=[{"text": text, "lang": "en", "kind": "alias"}])
    assert record.names[0].text == text
    paths = [leaf.path for leaf in leaves(record) if leaf.path.startswith("names")]
    assert paths == [f"names[{text}].text"]
    assert steps(paths[0]) == ["names", f"names[{text}]", f"names[{text}].text", "names.text"]


def test_a_name_is_composed_and_so_are_the_paths_that_name_it() -> None:
    decomposed = unicodedata.normalize("NFD", "Müdafaa أركان")
    record = actor(names=[{"text": decomposed, "lang": "tr", "kind": "alias"}], note=decomposed)
    assert record.names[0].text == record.note == "Müdafaa أركان"
    entry = Evidence.model_validate(
        record.evidence[0].model_dump() | {"supports": [f"names[{decomposed}]"], "quote": decomposed}
    )
    assert entry.supports == ("names[Müdafaa أركان]",)
    assert entry.quote == decomposed, "a quote is as the text has it"


@pytest.mark.parametrize(
    ("lang", "taken"),
    [
        ("ar", True),
        ("ar-Latn", True),
        ("zh-Hant-TW", True),
        ("arb", True),
        ("a", False),
        ("AR", False),
        ("ar_QA", False),
        ("ar-", False),
        ("arab", False),
    ],
)
def test_a_language_is_a_bcp_47_tag(lang: str, taken: bool) -> None:  # noqa: FBT001 - the expected answer
    names = [{"text": "A", "lang": lang, "kind": "editorial"}]
    if taken:
        assert actor(names=names).names[0].lang == lang
    else:
        with pytest.raises(ValidationError, match="should match pattern"):
            actor(names=names)


CONFLICT = {
    "field": "kind",
    "value": "person",
    "evidence": [{name: told for name, told in EVIDENCE.items() if name != "supports"}],
    "resolution": "unresolved",
    "rationale": "x",
}


@pytest.mark.parametrize("value", ["14", "minister of defence", "2017-06", "true"])
def test_the_value_of_a_conflict_is_text(value: str) -> None:
    assert actor(conflicts=[CONFLICT | {"value": value}]).conflicts[0].value == value


@pytest.mark.parametrize("wrong", [14, Decimal("1.5"), True, None, "", "x\u202ey"])
def test_the_value_of_a_conflict_is_nothing_else(wrong: object) -> None:
    with pytest.raises(ValidationError) as caught:
        actor(conflicts=[CONFLICT | {"value": wrong}])
    assert [error["loc"] for error in caught.value.errors()] == [("conflicts", 0, "value")]


def test_a_conflict_has_evidence() -> None:
    with pytest.raises(ValidationError, match="at least 1 item"):
        actor(conflicts=[CONFLICT | {"evidence": []}])


@pytest.mark.parametrize("empty", [{}, dict.fromkeys(("milcon", "milaid", "base"))])
def test_provisions_hold_something(empty: dict[str, None]) -> None:
    with pytest.raises(ValidationError, match="holds nothing; leave the field out"):
        Provisions.model_validate(empty)


@pytest.mark.parametrize("name", ["milcon", "milaid", "base"])
def test_one_provision_is_enough_even_if_it_is_none_at_all(name: str) -> None:
    assert Provisions.model_validate({name: 0}).model_dump(exclude_none=True) == {name: 0}
