from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from defcoop.io.yaml_reader import YamlError, read
from defcoop.values import Key, Label, Quote, Text
from defcoop.values.text import hidden_in, shown
from tests.strategies import texts

KINDS = {"text": Text, "label": Label, "key": Key, "quote": Quote}
EACH = pytest.mark.parametrize("kind", KINDS)
ADAPTERS = {name: TypeAdapter(kind) for name, kind in KINDS.items()}
HIDDEN = [
    *(0x00, 0x08, 0x0B, 0x0C, 0x0E, 0x1F, 0x7F, 0x85, 0x9F, 0xAD, 0x61C, 0x115F, 0x1160, 0x180E, 0x200B, 0x200F),
    *(0x2028, 0x202E, 0x2060, 0x2065, 0x2069, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFB, 0xFFFE, 0xFFFF),
    *(0xE0000, 0xE0041, 0xE007F),
]
VISIBLE = [0x20, 0x7E, 0xA0, 0xAC, 0xAE, 0x61B, 0x1161, 0x200A, 0x2010, 0x2027, 0x202F, 0x206A, 0xFFFC, 0xE0080]


def taken(kind: str, text: str) -> bool:
    try:
        expected = text if kind == "quote" else unicodedata.normalize("NFC", text)
        return bool(ADAPTERS[kind].validate_python(text) == expected)
    except ValidationError as error:
        assert {each["type"] for each in error.errors()} <= {"string_pattern_mismatch", "string_too_long"}  # noqa: PT017 - each error of several is looked at
        return False


def read_from_a_file(text: str) -> bool:
    try:
        read(f'"{text}"'.encode())  # at the top, where further lines need no indentation
    except YamlError:
        return False
    return True


@pytest.mark.parametrize(("kind", "longest"), [("text", 2000), ("label", 160), ("key", 1000), ("quote", 80)])
def test_each_kind_of_text_has_a_length(kind: str, longest: int) -> None:
    assert [taken(kind, "س" * length) for length in (0, 1, 2, longest, longest + 1)] == [False, True, True, True, False]


@EACH
@pytest.mark.parametrize("point", HIDDEN, ids=hex)
def test_a_hidden_character_is_refused_wherever_it_stands(kind: str, point: int) -> None:
    assert not any(taken(kind, text.format(chr(point))) for text in ("{}", "{}x", "x{}", "x{}y"))


@EACH
@pytest.mark.parametrize("point", VISIBLE, ids=hex)
def test_its_visible_neighbours_are_taken(kind: str, point: int) -> None:
    assert taken(kind, f"x{chr(point)}y")


@EACH
@pytest.mark.parametrize("first", "=+-@")
def test_a_text_may_begin_as_a_formula_does(kind: str, first: str) -> None:
    assert taken(kind, first)
    assert taken(kind, f"{first}x")
    assert taken(kind, f"x{first}")


@EACH
@pytest.mark.parametrize(
    ("text", "is_word"),
    [
        *(("می\u200cخواهم", True), ("नक्\u200dष", True), ("بَ\u200cت", True), ("ه\u200d", True)),
        *(("\u200cب", False), ("ب\u200c", False), ("ب\u200c ب", False), ("ب\u200c\u200cب", False)),
        *(("Ank\u200cara", False), ("Ёл\u200dж", False), ("👩\u200d👩", False), ("1\u200c2", False)),
    ],
)
def test_a_joiner_is_a_letter_inside_words_of_scripts_that_join(kind: str, text: str, is_word: bool) -> None:  # noqa: FBT001
    assert taken(kind, text) is is_word


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("abc", "abc"),
        ("\u200fقطر\u200e", "قطر"),
        ("می\u200cخواهم\u200c", "می\u200cخواهم"),
        ("وزا\u00adرة\u200bالدفاع", "وزارةالدفاع"),
    ],
)
def test_what_is_seen_of_a_text(text: str, seen: str) -> None:
    assert shown(text) == seen


@EACH
@pytest.mark.parametrize("white", [" ", "\t", "\n", "\r", "\u00a0", "\u3000"])
def test_no_text_has_white_space_at_its_edges(kind: str, white: str) -> None:
    assert not any(taken(kind, text) for text in (white, f"{white}x", f"x{white}"))


@EACH
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\t"])
def test_a_text_is_one_line(kind: str, end: str) -> None:
    assert not taken(kind, f"x{end}y")


@EACH
@pytest.mark.parametrize("text", ["a[b]", "[", "x]"])
def test_each_may_have_brackets(kind: str, text: str) -> None:
    assert taken(kind, text)


@pytest.mark.parametrize("plane", [0x0, 0x1, 0xE])
def test_a_text_holds_the_characters_that_a_file_holds_but_line_ends_and_tabs(plane: int) -> None:
    letters = [chr(point) for point in range(plane << 16, (plane + 1) << 16) if not 0xD800 <= point < 0xE000]
    refused = {letter for letter in letters if not taken("text", f"x{letter}y")}
    unread = {letter for letter in letters if letter not in '\\"' and not read_from_a_file(f"x{letter}y")}
    assert refused - unread == ({"\n", "\t"} if plane == 0 else set())
    assert unread - refused == set()


@given(st.one_of(texts(), st.text(max_size=8)))
def test_the_pattern_means_the_same_to_python_and_to_pydantic(text: str) -> None:
    pattern = ADAPTERS["text"].json_schema()["pattern"].removesuffix("$") + r"\Z"
    assert taken("text", text) is bool(re.match(pattern, text) and not hidden_in(text))
