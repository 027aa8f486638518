"""What YAML forbids and libyaml lets pass is refused where it stands, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from defcoop.io.yaml_gate import check_bytes
from defcoop.io.yaml_reader import Position, YamlError, read
from defcoop.io.yaml_strict import may_hold_doubts
from tests.processes import EDITION


def refusal(source: str) -> tuple[str, int, int]:
    with pytest.raises(YamlError) as caught:
        read(source.encode())
    assert caught.value.hint
    return caught.value.code, caught.value.line, caught.value.column


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("a: [b,\nc]\n", 2, 1),
        ("a: {b: c,\nd: e}\n", 2, 1),
        ("a: [\n  b\n]\n", 3, 1),
        ("a:\n  b: [c,\n  d]\n", 3, 3),
        ("- a: [b,\n  c]\n", 2, 3),
        ("- [a,\nb]\n", 2, 1),
        ("a: [[b],\n [c],\nd]\n", 3, 1),
        ('a: "b\nc"\n', 2, 1),
        ("a: 'b\nc'\n", 2, 1),
        ("a:\n  b: 'c\n  d'\n", 3, 3),
    ],
)
def test_a_line_of_a_value_is_indented_deeper_than_its_field(source: str, line: int, column: int) -> None:
    assert refusal(source) == ("DC005", line, column)


@pytest.mark.parametrize(
    ("source", "data"),
    [
        ("a: [b,\n c]\n", {"a": ["b", "c"]}),
        ("a: [\n  b\n ]\n", {"a": ["b"]}),
        ("[a,\nb]\n", ["a", "b"]),
        ("a:\n  b: [c,\n   d]\n", {"a": {"b": ["c", "d"]}}),
        ("- a: {b: c,\n    d: e}\n", [{"a": {"b": "c", "d": "e"}}]),
        ("a:\n- b: [c,\n   d]\n", {"a": [{"b": ["c", "d"]}]}),
        ('a: "b\n\n c"\n', {"a": "b\nc"}),
        ("a: [b, # c\n d]\n", {"a": ["b", "d"]}),
        ("a: [b,\r\n c]\r\n", {"a": ["b", "c"]}),
    ],
)
def test_what_is_indented_is_read(source: str, data: object) -> None:
    assert read(source.encode()) == data == yaml.safe_load(source)


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("[a]#b\n", 1, 4),
        ("a: {b: c}#d\n", 1, 10),
        ('a: "b"#c\n', 1, 7),
        ("a: 'b'#c\n", 1, 7),
        ("a: [b,#c\n d]\n", 1, 7),
        ("a: [#b\n c]\n", 1, 5),
        ("x: y # z\na: [b]#c\n", 2, 7),
    ],
)
def test_a_comment_has_a_space_before_it(source: str, line: int, column: int) -> None:
    assert refusal(source) == ("DC005", line, column)


@pytest.mark.parametrize("source", ["a: b#c", 'a: "b #c#d"', "a: [b#c]", "a: b # c#d ]#e", "# a#b\na: b", "a: 'b]#c'"])
def test_a_number_sign_in_a_text_or_a_comment_is_none(source: str) -> None:
    assert read(source.encode()) == yaml.safe_load(source)


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ('a: "b\n\tc"\n', 2, 1),
        ("a: [\n\tb\n ]\n", 2, 1),
        ("a: b\n \tc\n", 2, 2),
        ("a:\n\t- b\n", 2, 1),
        ("a:\n  -\tb\n", 2, 4),
        ("\ta: b\n", 1, 1),
    ],
)
def test_a_tab_does_not_indent(source: str, line: int, column: int) -> None:
    assert refusal(source) == ("DC005", line, column)


def test_a_tab_may_part_a_value_from_its_key_and_stand_in_a_text() -> None:
    assert read(b"a:\tb\nc: d\te\n") == {"a": "b", "c": "d\te"}


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("{ ?a: b }\n", 1, 3),
        ("a: [-]\n", 1, 5),
        ("a: [-, b]\n", 1, 5),
        ("a: ># b\n  c\n", 1, 4),
        ("a: |-x\n  c\n", 1, 6),
        ("a: >\n \n   \n  b\n", 4, 3),
        ("a: >\n \n   \n # b\n", 1, 4),
        ("a: |\n  b\n   ", 3, 1),
        ("- |+\n   ", 2, 1),
    ],
)
def test_other_leniencies_are_refused(source: str, line: int, column: int) -> None:
    code, *place = refusal(source)
    assert code == "DC005"
    assert place in ([line, column], [line, column + 1])


@pytest.mark.parametrize(
    ("source", "data"),
    [
        ("a: |\n  b\n", {"a": "b\n"}),
        ("a: >- # c\n  b\n  d\n", {"a": "b d"}),
        ("a: |2\n   b\n", {"a": " b\n"}),
        ("a: b?\n", {"a": "b?"}),
        ("a: [b?, c]\n", {"a": ["b?", "c"]}),
        ("a: 2031?\n", {"a": "2031?"}),
        ("a: [-1]\n", {"a": [-1]}),
        ("a: -b\n", {"a": "-b"}),
    ],
)
def test_their_like_is_read(source: str, data: object) -> None:
    assert read(source.encode()) == data


@pytest.mark.parametrize(
    ("plain", "otherwise"),
    [
        *(
            (word, True)
            for word in ("no", "No", "NO", "yes", "on", "Off", "y", "N", "True", "FALSE", "=", "2031-04-05")
        ),
        *((word, True) for word in ("2031-4-5 10:00:00", "2031-04-05T10:00:00Z")),
        *(
            (word, False)
            for word in ("none", "2031-04", "2031", "true", "false", "on time", "nO", "2031/04/05", "2031-4-5")
        ),
    ],
)
def test_what_yaml_1_1_takes_for_something_else_is_noted(plain: str, *, otherwise: bool) -> None:
    places: list[Position] = []
    read(f"x: z\na: {plain}\n".encode(), otherwise=places)
    assert places == ([Position(2, 4)] if otherwise else [])
    if otherwise and plain not in {"=", "y", "N"}:  # which PyYAML's own loader takes for text, or for an error
        assert not isinstance(yaml.safe_load(f"a: {plain}")["a"], str)
    read(f"x: z\na: '{plain}'\n".encode(), otherwise=(quoted := []))
    assert quoted == []


def test_hardly_any_record_needs_a_closer_look() -> None:
    files = [*EDITION.rglob("*.yaml")]
    assert (
        sum(may_hold_doubts(source, check_bytes(source)) for source in map(Path.read_bytes, files)) <= len(files) / 10
    )
