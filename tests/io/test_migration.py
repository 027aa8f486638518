"""Records of older schemas get the form of today's: in their text, of which the rest stays, and as parsed data."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defcoop.io import migration
from defcoop.io.migration import (
    MigrationError,
    Remark,
    hints,
    is_older,
    migrate_document,
    migrate_text,
    schema_by_columns,
)
from defcoop.io.migration_steps import STEPS, SchemaStep, TermReplaced
from defcoop.io.yaml_reader import YamlError, read
from defcoop.models.registry import BY_FOLDER
from tests.io.yaml_in_styles import yaml_texts
from tests.processes import REPOSITORY

Document = dict[str, Any]


def deployment(**fields: Any) -> Document:
    return {"id": "dep-aaa-bbb", "sender": "act-aaa", **fields}


def agreement(**fields: Any) -> Document:
    return {"id": "agr-aaa-bbb", "parties": ["act-aaa", "act-bbb"], "scope": ["exercises"], **fields}


def questions(type_name: str, document: Document) -> list[tuple[str, str]]:
    return [(remark.field, remark.question) for remark in migrate_document(type_name, document).remarks]


# --- what becomes of what ---------------------------------------------------------------------------------------

CASES: list[tuple[str, str, Document, Document, list[str]]] = [
    ("a term that has another name", "agreement", agreement(status="agreed_to_sign"), agreement(status="agreed"), []),
    ("a status that was none", "facility", {"status": "alleged"}, {"status": "unstated"}, ["status"]),
    ("a denied one", "exercise", {"status": "denied"}, {"status": "unstated"}, ["status"]),
    (
        "a contradicting status",
        "engagement",
        {"conflicts": [{"field": "status", "value": "denied"}, {"field": "kind", "value": "denied"}]},
        {"conflicts": [{"field": "status", "value": "unstated"}, {"field": "kind", "value": "denied"}]},
        ["conflicts[0].value"],
    ),
    ("a single date", "deployment", deployment(period="2019-05?"), deployment(start="2019-05?"), []),
    ("a set of dates", "deployment", deployment(period="[2017,2019..]"), deployment(start="[2017,2019..]"), []),
    ("what is no date", "deployment", deployment(period="soon"), deployment(start="soon"), []),
    ("a span", "deployment", deployment(period="2017~/2019-05"), deployment(start="2017~", end="2019-05"), []),
    ("a span that goes on", "deployment", deployment(period="2017/.."), deployment(start="2017"), ["start"]),
    ("a span without an end", "deployment", deployment(period="2017/"), deployment(start="2017"), ["start"]),
    (
        "a span without a start",
        "deployment",
        deployment(period="/2019", status="ended"),
        deployment(end="2019", status="ended", absent={"start": "unknown"}),
        ["start"],
    ),
    (
        "a span without a start, of which a reason is told",
        "deployment",
        deployment(period="../2019", absent={"period": "not_reported"}),
        deployment(end="2019", absent={"start": "not_reported"}),
        ["start"],
    ),
    (
        "what names a span without a start",
        "deployment",
        deployment(period="/2019", absent={}, conflicts=[{"field": "period", "value": "2018"}]),
        deployment(end="2019", absent={"start": "unknown"}, conflicts=[{"field": "end", "value": "2018"}]),
        ["start"],
    ),
    (
        "what names the span",
        "deployment",
        deployment(
            period="2017/2019",
            evidence=[{"supports": ["period"]}, {"supports": ["size", "period", "hosts"]}, "odd"],
            conflicts=[{"field": "period", "value": "2018"}, {"field": "period", "value": "2018/2020"}],
        ),
        deployment(
            start="2017",
            end="2019",
            evidence=[{"supports": ["start", "end"]}, {"supports": ["size", "start", "end", "hosts"]}, "odd"],
            conflicts=[{"field": "start", "value": "2018"}, {"field": "start", "value": "2018/2020"}],
        ),
        ["conflicts[1].value"],
    ),
    (
        "an absent date",
        "deployment",
        deployment(absent={"size": "unknown", "period": "not_reported"}),
        deployment(absent={"size": "unknown", "start": "not_reported"}),
        [],
    ),
    (
        "both names",
        "deployment",
        deployment(period="2017", start="2018", evidence=[{"supports": ["period"]}]),
        deployment(period="2017", start="2018", evidence=[{"supports": ["period"]}]),
        ["period"],
    ),
    (
        "an agreement without a scope",
        "agreement",
        {"id": "agr-a", "status": "signed", "note": "x"},
        {"id": "agr-a", "status": "signed", "absent": {"scope": "outside_coverage"}, "note": "x"},
        ["scope"],
    ),
    (
        "one with other absences",
        "agreement",
        {"scope": [], "absent": {"term": "unknown"}},
        {"scope": [], "absent": {"term": "unknown", "scope": "outside_coverage"}},
        ["scope"],
    ),
    ("one that says why", "agreement", {"absent": {"scope": "unknown"}}, {"absent": {"scope": "unknown"}}, []),
    ("absences that are none", "agreement", {"absent": ["scope"]}, {"absent": ["scope"]}, []),
    ("another type's date", "exercise", {"period": "2017/2019"}, {"period": "2017/2019"}, []),
    ("an actor", "actor", {"status": "alleged", "period": "2019"}, {"status": "alleged", "period": "2019"}, []),
    ("a type that is not ours", "alliance", {"status": "alleged"}, {"status": "alleged"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("type_name", "old", "new", "asked"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_a_document_gets_the_form_of_today(type_name: str, old: Document, new: Document, asked: list[str]) -> None:
    before = copy.deepcopy(old)
    migrated = migrate_document(type_name, old)
    assert migrated.content == new
    assert str(migrated.content) == str(new), "in this order"
    assert [field for field, _ in questions(type_name, old)] == asked
    assert old == before, "nothing is changed in place"
    assert bool(migrated.edits) is (old != new)
    again = migrate_document(type_name, new)
    assert (again.content, again.edits) == (new, ())


def test_a_remark_names_the_record_and_says_what_to_decide() -> None:
    document = deployment(status="alleged", period="../2019")
    assert migrate_document("deployment", document).remarks == (
        Remark(
            "dep-aaa-bbb",
            "status",
            "was alleged; which stage do the texts tell? "
            "That it is alleged follows from the stances of its evidence now",
        ),
        Remark("dep-aaa-bbb", "start", "period was ../2019, which has no start; say why, or code it"),
    )


def test_what_is_changed_is_told_in_the_order_of_the_rules() -> None:
    document = deployment(status="denied", period="2017/2019", evidence=[{"supports": ["period"]}])
    assert [str(edit) for edit in migrate_document("deployment", document).edits] == [
        "status: denied → unstated",
        "period → start",
        "period: 2017/2019 → 2017",
        "end: + 2019",
        "evidence[0].supports[0]: period → start",
        "evidence[0].supports[1]: + end",
    ]
    assert [str(edit) for edit in migrate_document("agreement", {"status": "signed"}).edits] == [
        "absent: + scope: outside_coverage"
    ]


# --- versions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "status"),
    [((0, 0), "agreed"), ((0, 1), "agreed"), ((0, 2), "agreed_to_sign"), ((1, 0), "agreed_to_sign")],
)
def test_only_an_older_schema_calls_for_a_migration(schema: tuple[int, int], status: str) -> None:
    assert is_older(schema) is (status == "agreed")
    content = migrate_document("agreement", agreement(status="agreed_to_sign"), schema).content
    assert content["status"] == status


def test_a_package_shows_its_schema_by_its_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "STEPS", (*STEPS, SchemaStep((0, 3), ("claims", "weight"), ())))
    columns = {("records", "id")}
    for column, schema in (("records", "name"), (0, 1)), (STEPS[0].sign, (0, 2)), (("claims", "weight"), (0, 3)):
        columns.add(column)
        assert schema_by_columns(lambda *place: place in columns) == schema


def test_a_further_step_is_one_more_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    further = SchemaStep((0, 3), ("claims", "weight"), (TermReplaced(("agreement",), "status", "agreed", "concluded"),))
    monkeypatch.setattr(migration, "STEPS", (*STEPS, further))
    document = agreement(status="agreed_to_sign")
    assert migrate_document("agreement", document).content == agreement(status="concluded")
    assert migrate_document("agreement", agreement(status="agreed"), (0, 2)).content == agreement(status="concluded")
    assert migrate_document("agreement", document, (0, 3)).content == document
    assert is_older((0, 2))
    text = b"scope: [exercises]\nstatus: agreed_to_sign # by both\n"
    assert migrate_text("agreement", text).content == b"scope: [exercises]\nstatus: concluded # by both\n"


def test_places_of_an_older_form_are_told_with_what_to_do() -> None:
    document = deployment(status="alleged", period="2019/2020", absent={"mission": "unknown"})
    assert hints("deployment", document) == {
        ("status",): "Schema 0.2 has unstated for it: `defcoop migrate` rewrites the file.",
        ("period",): "Schema 0.2 has start for it: `defcoop migrate` rewrites the file.",
    }
    assert hints("deployment", deployment(status="deployed", start="2019")) == {}
    assert hints("deployment", ["period"]) == hints("seed", document) == {}


# --- text -------------------------------------------------------------------------------------------------------

TEXTS = [
    (
        "deployment",
        "id: dep-a\nperiod: 2017/2019-05   # from the treaty\nstatus: deployed\n",
        'id: dep-a\nstart: "2017"   # from the treaty\nend: "2019-05"\nstatus: deployed\n',
    ),
    ("deployment", "period: 2017/2019\r\nnote: x\r\n", 'start: "2017"\r\nend: "2019"\r\nnote: x\r\n'),
    ("deployment", "'period': '2017/2019'", "'start': '2017'\nend: \"2019\""),
    (
        "deployment",
        '"period": "2017/2019" # one\n    # two\n  # three\n# of the status\nstatus: deployed\r\n',
        '"start": "2017" # one\n    # two\n  # three\nend: "2019"\n# of the status\nstatus: deployed\r\n',
    ),
    (
        "deployment",
        "period: |- # alleged, 2017/2019\n  2017/2019\n\n# below\n",
        'period: |- # alleged, 2017/2019\n  2017\n\nend: "2019"\n# below\n'.replace("period", "start", 1),
    ),
    ("deployment", '{"period":"2017/2019", status: denied }', '{"start":"2017", end: "2019", status: unstated }'),
    (
        "deployment",
        "evidence:\n- supports: # period\n  - hosts\n  - period # period\n  - size\n",
        "evidence:\n- supports: # period\n  - hosts\n  - start # period\n  - size\n",
    ),
    (
        "deployment",
        "period: 2017/2019\nevidence:\n  - supports:\n     -   'period'   # why\n         # so\n     - size\n",
        """\
start: "2017"
end: "2019"
evidence:
  - supports:
     -   'start'   # why
         # so
     - end
     - size
""",
    ),
    (
        "deployment",
        "period: 2017/2019\nevidence:\n  - supports: [hosts, # a\n      period # b\n      ]\n",
        'start: "2017"\nend: "2019"\nevidence:\n  - supports: [hosts, # a\n      start, end # b\n      ]\n',
    ),
    (
        "agreement",
        "status: >-\n  agreed_to_sign\nscope: [training_exchange]\n",
        "status: >-\n  agreed\nscope: [training_exchange]\n",
    ),
    ("agreement", 'status: "sign\\x65d"\nscope: [a]\n', 'status: "sign\\x65d"\nscope: [a]\n'),
    ("agreement", 'status: "deni\\x65d"\nscope: [a]\n', 'status: "unstated"\nscope: [a]\n'),
    ("agreement", "absent: {} # none\r\n", "absent: {scope: outside_coverage} # none\r\n"),
    ("agreement", "absent: { # none\n  }\n", "absent: {scope: outside_coverage # none\n  }\n"),
    ("agreement", "absent: {term: unknown,}\n", "absent: {term: unknown, scope: outside_coverage,}\n"),
    (
        "agreement",
        "absent:\r\n  term: unknown # a\r\n    # b\r\n\r\n# c\r\nnote: x\r\n",
        "absent:\r\n  term: unknown # a\r\n    # b\r\n  scope: outside_coverage\r\n\r\n# c\r\nnote: x\r\n",
    ),
    (
        "agreement",
        "status: signed # s\n# e\nevidence:\n  - {}\n",
        "status: signed # s\nabsent: {scope: outside_coverage}\n# e\nevidence:\n  - {}\n",
    ),
    ("agreement", "parties:\n  - a\n  - b # c", "parties:\n  - a\n  - b # c\nabsent: {scope: outside_coverage}"),
    (
        "agreement",
        f"absent: {{{', '.join(f'f{n:02}: unknown' for n in range(8))}}} # c\n",
        f"absent: {{{', '.join(f'f{n:02}: unknown' for n in range(8))},\n  scope: outside_coverage}} # c\n",
    ),
    (
        "agreement",
        f"absent: {{a: unknown,\n  {', '.join(f'f{n:02}: unknown' for n in range(8))}}}\n",
        f"absent: {{a: unknown,\n  {', '.join(f'f{n:02}: unknown' for n in range(8))},\n  scope: outside_coverage}}\n",
    ),
]


@pytest.mark.parametrize(("type_name", "old", "new"), TEXTS)
def test_a_text_is_edited_where_it_must_be(type_name: str, old: str, new: str) -> None:
    assert migrate_text(type_name, old.encode()).content.decode() == new
    assert migrate_text(type_name, new.encode()).content.decode() == new


def same_either_way(type_name: str, source: bytes) -> None:
    """Migrate, then parse: the same as parse, then migrate."""
    migrated, parsed = migrate_text(type_name, source), migrate_document(type_name, read(source))
    content = read(migrated.content)
    assert content == parsed.content
    assert str(content) == str(parsed.content), "in this order"
    assert (migrated.edits, migrated.remarks) == (parsed.edits, parsed.remarks)
    again = migrate_text(type_name, migrated.content)
    assert (again.content, again.edits) == (migrated.content, ())
    if not migrated.edits:
        assert migrated.content == source


FILES = [
    path
    for folder in ("tests/edition", "dataset", "tests/good", "tests/bad")
    for path in sorted((REPOSITORY / folder).rglob("*.yaml"))
    if path.parent.name in BY_FOLDER and path.is_file()
]


@pytest.mark.parametrize("folder", ["tests/edition", "dataset", "tests/good", "tests/bad"])
def test_text_and_data_come_out_the_same_for_every_file(folder: str) -> None:
    read_files = 0
    for path in FILES:
        source = path.read_bytes()
        if not path.is_relative_to(REPOSITORY / folder) or len(source) > 100_000:
            continue
        try:
            document = read(source)
        except YamlError as error:
            with pytest.raises(YamlError, match=re.escape(str(error))):
                migrate_text("agreement", source)
            continue
        if isinstance(document, dict):
            same_either_way(BY_FOLDER[path.parent.name].name, source)
            read_files += 1
    assert read_files > 10


WORDS = st.sampled_from(["period", "status", "x y", "it's", "قطر", "2019", "a: b", "null", "- c"])
SUPPORTS = st.lists(st.sampled_from(["period", "hosts", "size", "status"]), max_size=3)


@st.composite
def old_documents(draw: Any) -> Document:
    """Draw records of 0.1, not all of them sound."""
    optional = {
        "period": st.sampled_from(["2017/2019-05", "2017/..", "/2019", "[2017,2018]", "soon", "../2019?"]),
        "scope": st.sampled_from([["exercises"], []]),
        "status": st.sampled_from(["alleged", "denied", "agreed_to_sign", "signed"]),
        "absent": st.dictionaries(st.sampled_from(["period", "term", "size", "scope"]), st.just("unknown"), max_size=3),
        "conflicts": st.lists(
            st.fixed_dictionaries(
                {
                    "field": st.sampled_from(["period", "status"]),
                    "value": st.sampled_from(["2018/2019", "2018", "alleged", "signed"]),
                    "rationale": WORDS,
                }
            ),
            max_size=2,
        ),
        "evidence": st.lists(st.fixed_dictionaries({"supports": SUPPORTS, "passage": st.just([1, 20])}), max_size=2),
        "note": WORDS,
        "aggregate": st.just({"best": 3, "stated": True}),
    }
    names = draw(st.lists(st.sampled_from([*optional]), unique=True, min_size=1))
    return {"id": "agr-aaa-bbb"} | {name: draw(optional[name]) for name in names}


@given(st.data(), st.sampled_from(["deployment", "agreement"]))
def test_text_and_data_come_out_the_same_in_every_style(data: st.DataObject, type_name: str) -> None:
    document = data.draw(old_documents())
    text = data.draw(yaml_texts(document))
    assert read(text.encode()) == document, "the test writes what it means"
    same_either_way(type_name, text.encode())
    migrated = migrate_text(type_name, text.encode()).content.decode()
    assert comments(migrated) == comments(text)
    kept = [line for line in text.splitlines(keepends=True) if not TOUCHED.search(line)]
    lines = iter(migrated.splitlines(keepends=True))
    assert all(any(line.rstrip("\r\n") == other.rstrip("\r\n") for other in lines) for line in kept), "in their order"
    assert migrated.count("\n") - migrated.count("\r\n") <= text.count("\n") - text.count("\r\n") + 9 * (
        "\r" not in text
    )


TOUCHED = re.compile(
    r"period|status|supports|field|value|absent|[{}\[\]]|unknown|2017|2018|2019|alleged|denied|agreed|signed"
)


def comments(text: str) -> list[str]:
    """List the comments that the test put in, as they end their lines."""
    return re.findall(r"(?<=\s)#(?: .*)?$", text.replace("\r\n", "\n"), flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("source", "code"),
    [(b"id: [", "DC005"), (b"\xff", "DC002"), (b"a: &b c", "DC007"), (b"", "DC005"), (b"a: 1\na: 2", "DC006")],
)
def test_what_cannot_be_read_is_refused_as_the_reader_does(source: bytes, code: str) -> None:
    with pytest.raises(YamlError) as refused:
        migrate_text("deployment", source)
    assert refused.value.code == code


@pytest.mark.parametrize("source", [b"- period\n", b"period\n", b"1\n"])
def test_what_is_no_mapping_is_left_alone(source: bytes) -> None:
    assert migrate_text("deployment", source).content == source


def test_a_text_that_would_not_be_read_as_it_should_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "edit_text", lambda text, _: text)
    with pytest.raises(MigrationError, match="dep-a is written in a way"):
        migrate_text("deployment", b"id: dep-a\nperiod: '2019'\n# changed\n")
