from __future__ import annotations

import random
import re
from decimal import Decimal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from defcoop.io.yaml_reader import MAX_BYTES, MAX_DEPTH, Position, Positions, YamlError, read, reads_as_text
from defcoop.values import text
from tests.strategies import TRICKY, texts


def refusal(source: str | bytes) -> tuple[str, int, int, str]:
    with pytest.raises(YamlError) as caught:
        read(source.encode() if isinstance(source, str) else source)
    error = caught.value
    assert str(error) == error.message
    return error.code, error.line, error.column, error.message


def positions_of(source: str) -> Positions:
    positions = Positions({}, {})
    read(source.encode(), positions)
    return positions


# --- what scalars become ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("0", 0),
        ("-5", -5),
        ("3000", 3000),
        ("9" * 18, 10**18 - 1),
        ("2.50", Decimal("2.50")),
        ("-0.5", Decimal("-0.5")),
        ("-0.01", Decimal("-0.01")),
        ("0.0", Decimal("0.0")),
        ("0." + "1" * 18, Decimal("0." + "1" * 18)),
        ("true", True),
        ("false", False),
        *((word, word) for word in ("no", "No", "NO", "yes", "on", "off", "y", "n", "True", "FALSE", "nUll", "none")),
        *(
            (word, word)
            for word in ("2017-06-05", "2017-06", "2017-06-05T12:00:00Z", "2017/..", "201X", "=", "..", "1,000")
        ),
        *(
            (word, word)
            for word in ("1:60", "1.5.2", "0b2", "0o18", "--1", "5 %", "12 men", "inf", "nan", "Infinity", "1e", "e5")
        ),
        *((word, word) for word in ("٢٠١٧", "²", "قطر", "truely", "nullify", "~x", "0x", "0xG")),
    ],
)
def test_plain_scalars_are_plain_numbers_truth_values_or_text(plain: str, value: object) -> None:
    found = read(f"a: {plain}".encode())
    assert found == {"a": value}
    assert type(found["a"]) is type(value)
    assert str(found["a"]) == str(value)


@pytest.mark.parametrize(
    "plain",
    [
        *(
            "017",
            "00",
            "08",
            "-01",
            "+5",
            "-0",
            "+0",
            "-0.0",
            "-0.00",
            "0x1F",
            "-0x1f",
            "0X1F",
            "0o17",
            "0O17",
            "0b101",
            "1_000",
            "1__0",
            "1_",
            "0_1",
        ),
        *("1:30", "-1:30", "190:20:30", "1:30.5", "12:59", "1e5", "1E5", "1.0e5", "1e+5", "1.5E-3", "12e03", "1_0e5"),
        *(
            ".5",
            "5.",
            "-.5",
            "+.5",
            "+1.5",
            "01.5",
            "1_0.5",
            "1.5_0",
            ".",
            "-.",
            "._",
            ".inf",
            "-.Inf",
            "+.INF",
            ".nan",
        ),
        *(".NaN", ".NAN", "1" + "0" * 18, "0." + "1" * 19, "1" + "0" * 18 + ".5", "0x_"),
    ],
)
def test_numbers_that_are_not_plain_are_refused_where_they_stand(plain: str) -> None:
    expected = ("DC011", 2, 4, f"has the number-like {plain!r} that readers take differently")
    assert refusal(f"x: y\na: {plain}\n") == expected
    assert read(f"a: '{plain}'".encode()) == read(f'a: "{plain}"'.encode()) == {"a": plain}


@pytest.mark.parametrize("plain", ["null", "Null", "NULL", "~"])
def test_nulls_are_refused_but_quoted_ones_are_text(plain: str) -> None:
    assert refusal(f"a: {plain}") == ("DC012", 1, 4, f"has the null {plain!r} for a value")
    assert refusal(f"- {plain}") == ("DC012", 1, 3, f"has the null {plain!r} for a value")
    assert read(f"a: '{plain}'".encode()) == {"a": plain}


@pytest.mark.parametrize(
    ("source", "line", "column"), [("a:", 1, 3), ("a:\nb: c\n", 1, 3), ("- a\n-\n", 2, 2), ("x: {a: }", 1, 8)]
)
def test_an_empty_value_is_refused(source: str, line: int, column: int) -> None:
    assert refusal(source) == ("DC012", line, column, "has an empty value")


@pytest.mark.parametrize(
    ("source", "value"),
    [("a: ''", ""), ('a: "1"', "1"), ("a: 'true'", "true"), ("a: |\n  1\n", "1\n"), ("a: >-\n  x\n  y", "x y")],
)
def test_quoted_and_block_scalars_are_text(source: str, value: str) -> None:
    assert read(source.encode()) == {"a": value}


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_whole_numbers_are_read_exactly(number: int) -> None:
    assert read(f"a: {number}".encode()) == {"a": number}


@given(texts())
def test_a_quoted_text_is_read_as_it_stands(text: str) -> None:
    quoted = yaml.dump({"a": text}, Dumper=yaml.SafeDumper, allow_unicode=True, default_style='"')
    assert read(quoted.encode()) == {"a": text}


@pytest.mark.parametrize(
    "plain", ["1", "-1", "1.5", "-0", "-0.0", "true", "false", "", "~", "null", "017", "1:30", "1_000", ".5", "1e5"]
)
def test_what_is_typed_or_refused_does_not_read_as_text(plain: str) -> None:
    assert not reads_as_text(plain)


@pytest.mark.parametrize("plain", ["قطر", "act-tur", "truth", "1 a", "50 معاهدة", "2.5.1"])
def test_words_read_as_text(plain: str) -> None:
    assert reads_as_text(plain)
    assert read(f"a: {plain}".encode()) == {"a": plain}


# --- what the bytes may not hold -------------------------------------------------------------------------------

JOINERS = (0x200C, 0x200D)
HIDDEN = [
    *range(9),
    *(0x0B, 0x0C, 0x0E, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9F, 0xAD, 0x61C, 0x115F, 0x1160, 0x180E),
    *(0x200B, 0x200C, 0x200D, 0x200E, 0x200F),
    *(0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2065, 0x2066, 0x2069, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFB),
    *(0xFFFE, 0xFFFF, 0xE0000, 0xE0041, 0xE007F),
]


@pytest.mark.parametrize("point", HIDDEN)
def test_an_invisible_character_is_refused_where_it_stands(point: int) -> None:
    expected = ("DC003", 2, 6, f"holds the invisible character U+{point:04X}")
    before, after = ("ab", "c") if point in JOINERS else ("قط", "ر")
    assert refusal(f"a: قطر\nb: {before}{chr(point)}{after}\n") == expected


@pytest.mark.parametrize("word", ["می\u200cخواهم", "نامه\u200cای", "क्\u200dष", "ه\u200d.ش"])
@pytest.mark.parametrize("shape", ["{}", "'{}'", '"{}"'])
def test_a_joiner_inside_a_word_is_a_letter(word: str, shape: str) -> None:
    assert read(f"a: {shape.format(word)}".encode()) == {"a": word}
    assert read('a: "می\\u200cخواهم"'.encode()) == {"a": "می\u200cخواهم"}


@pytest.mark.parametrize(
    "word", ["\u200cمی", "می\u200c", "می\u200c خواهم", "می\u200c\u200cخواهم", "Ank\u200dara", "a\u200d"]
)
def test_a_joiner_anywhere_else_is_invisible(word: str) -> None:
    assert refusal(f"a: '{word}'")[0] == "DC003"


@pytest.mark.parametrize(
    "point",
    [
        *(0x20, 0x7E, 0xA0, 0xAC, 0xAE, 0x61B, 0x61D, 0x115E, 0x1161, 0x180D, 0x180F, 0x200A, 0x2010, 0x2027, 0x202F),
        *(0x205F, 0x206A, 0x3163, 0x3165, 0xFF9F, 0xFFA1, 0xFFF8, 0xFFFC, 0xFFFD, 0xDFFFF, 0xE0080),
    ],
)
def test_its_visible_neighbours_are_not(point: int) -> None:
    assert read(f"a: 'x{chr(point)}y'".encode()) == {"a": f"x{chr(point)}y"}


def test_a_byte_order_mark_is_refused() -> None:
    assert refusal("a: b".encode("utf-8-sig")) == ("DC003", 1, 1, "holds the invisible character U+FEFF")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("a: قطر".encode("utf-16"), ("DC002", 1, 1, "byte 0xff is not UTF-8")),
        ("a: b".encode("utf-16-le"), ("DC003", 1, 2, "holds the invisible character U+0000")),
        ("a: b".encode("utf-32-be"), ("DC003", 1, 1, "holds the invisible character U+0000")),
        ("a: قطر\nb: قطر".encode() + b"\xd8", ("DC002", 2, 7, "byte 0xd8 is not UTF-8")),
        ("a: قطر".encode("cp1256"), ("DC002", 1, 4, "byte 0xde is not UTF-8")),
        (b"a: \xed\xa0\x80", ("DC002", 1, 4, "byte 0xed is not UTF-8")),
        (b"a: \xc0\xaf", ("DC002", 1, 4, "byte 0xc0 is not UTF-8")),
    ],
)
def test_what_is_not_utf_8_is_refused_at_its_first_wrong_byte(source: bytes, found: tuple[str, int, int, str]) -> None:
    assert refusal(source) == found


def test_the_largest_file_is_read_and_one_byte_more_is_refused() -> None:
    largest = b"a: " + b"x" * (MAX_BYTES - 3)
    assert len(read(largest)["a"]) == MAX_BYTES - 3
    assert refusal(largest + b"x") == ("DC001", 1, 1, "has 1,000,001 bytes, more than 1,000,000")


@pytest.mark.parametrize(
    "tail", ["1" * 200_000 + "x", "1_" * 100_000 + "x", "1:1" + ":1" * 100_000 + "x", "." * 200_000]
)
def test_a_long_near_number_is_read_as_the_text_that_it_is(tail: str) -> None:
    assert read(f"a: {tail}".encode()) == {"a": tail}


@pytest.mark.parametrize(
    ("escape", "point"),
    [
        *((r"\u202E", "202E"), (r"\0", "0000"), (r"\x1B", "001B"), (r"\xAD", "00AD"), (r"\uFEFF", "FEFF")),
        *((r"\N", "0085"), (r"\L", "2028"), (r"\P", "2029"), (r"\r", "000D"), (r"\U000E0041", "E0041")),
    ],
)
def test_an_escaped_invisible_character_is_refused_at_the_start_of_its_text(escape: str, point: str) -> None:
    message = f"holds the invisible character U+{point}"
    assert refusal(f'x: y\na: "x{escape}y"') == ("DC003", 2, 4, message)
    assert refusal(f'x: y\n"x{escape}y": a') == ("DC003", 2, 1, message)


@pytest.mark.parametrize(("escape", "letter"), [(r"\t", "\t"), (r"\n", "\n"), (r"\r\n", "\r\n"), (r"\u0642", "ق")])
def test_other_escapes_are_read(escape: str, letter: str) -> None:
    assert read(f'a: "x{escape}y"'.encode()) == {"a": f"x{letter}y"}


def test_outside_double_quotes_an_escape_is_plain_text() -> None:
    assert read(rb"{a: x\u202Ey, b: 'x\u202Ey'}") == {"a": r"x\u202Ey", "b": r"x\u202Ey"}


# --- line ends -------------------------------------------------------------------------------------------------


def test_crlf_is_read_as_lf_with_the_same_places() -> None:
    source = "a: b\nlist:\n  - قطر\n  - {c: 1}\n"
    crlf = source.replace("\n", "\r\n")
    assert read(crlf.encode()) == read(source.encode())
    assert positions_of(crlf) == positions_of(source)


def test_places_of_refusals_are_the_same_with_crlf() -> None:
    assert refusal("a: b\r\nc: 017\r\n")[:3] == ("DC011", 2, 4)
    assert refusal("a: b\r\nc: x\u200by\r\n")[:3] == ("DC003", 2, 5)


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [("a: b\rc: 017", 1, 5), ("a: b\nc: d\r", 2, 5), ("a: b\r\r\nc: d", 1, 5), ("a: b\r\n\rc: d", 2, 1)],
)
def test_a_lone_carriage_return_is_refused(source: str, line: int, column: int) -> None:
    assert refusal(source) == ("DC003", line, column, "holds the invisible character U+000D")


# --- what YAML could hide --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "code", "line", "column", "message"),
    [
        ("", "DC005", 1, 1, "is empty"),
        ("# only a comment\n", "DC005", 1, 1, "is empty"),
        ("a: b\na: c\n", "DC006", 2, 1, "has the key 'a' twice"),
        ('x: {a: 1, "a": 2}', "DC006", 1, 11, "has the key 'a' twice"),
        ("- a: 1\n  b: 2\n  a: 3\n", "DC006", 3, 3, "has the key 'a' twice"),
        ("قطر: 1\nقطر: 2\n", "DC006", 2, 1, "has the key 'قطر' twice"),
        ("a: *x", "DC007", 1, 4, "uses the alias *x"),
        ("a: &x 1\nb: *x", "DC007", 1, 4, "sets the anchor &x"),
        ("a:\n  - &x [1]\n", "DC007", 2, 5, "sets the anchor &x"),
        ("&x a: 1", "DC005", 1, 1, "has a key that is not plain text"),
        ("&x {a: 1}", "DC007", 1, 1, "sets the anchor &x"),
        ("a: &x !!str 1", "DC007", 1, 4, "sets the anchor &x"),
        ("a: !!str 1", "DC008", 1, 4, "carries the tag tag:yaml.org,2002:str"),
        (
            "a: !!python/object/apply:os.system [x]",
            "DC008",
            1,
            4,
            "carries the tag tag:yaml.org,2002:python/object/apply:os.system",
        ),
        ("!x {a: 1}", "DC008", 1, 1, "carries the tag !x"),
        ("a: !x [1]", "DC008", 1, 4, "carries the tag !x"),
        ("!!str a: 1", "DC005", 1, 1, "has a key that is not plain text"),
        ("b: 1\n<<: {a: 1}", "DC009", 2, 1, "uses a merge key"),
        ("? [a]\n: 1", "DC005", 1, 3, "has a key that is not plain text"),
        ("? {a: 1}\n: 1", "DC005", 1, 3, "has a key that is not plain text"),
        ("*x : 1", "DC005", 1, 1, "has a key that is not plain text"),
        ("%YAML 1.2\n---\na: b\n", "DC005", 1, 1, "has a directive"),
        ("# a comment\n%YAML 1.1\n---\na: b\n", "DC005", 2, 1, "has a directive"),
        ("%TAG ! tag:x,2000:\n---\na: b\n", "DC005", 1, 1, "has a directive"),
        ("%FOO x\n---\na: b\n", "DC005", 1, 5, "found unknown directive name"),
        ("a: 1\n...\n%YAML 1.2\n---\nb: 2\n", "DC010", 3, 1, "holds a second document"),
        ("a: 1\n---\nb: 2\n", "DC010", 2, 1, "holds a second document"),
        ("a: 1\n---\n", "DC010", 2, 1, "holds a second document"),
        ("a: 1\n...\n---\nb: 2\n", "DC010", 3, 1, "holds a second document"),
    ],
)
def test_what_yaml_could_hide_is_refused(source: str, code: str, line: int, column: int, message: str) -> None:
    assert refusal(source) == (code, line, column, message)


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("a: b: c", 1, 5),
        ("a: [1, 2", 1, 4),
        ("\ta: b", 1, 1),
        ("@x", 1, 1),
        ("x: y\na: `b", 2, 4),
        ("قطر: تركيا: س", 1, 11),
        ('a: "\\q"', 1, 5),
    ],
)
def test_broken_syntax_is_refused_where_it_breaks(source: str, line: int, column: int) -> None:
    code, *place, message = refusal(source)
    assert (code, *place) == ("DC005", line, column)
    assert message


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('"<<": 1', {"<<": 1}),
        ("---\na: 1\n...\n", {"a": 1}),
        ("1: 2", {"1": 2}),
        ("~: 2", {"~": 2}),
        ("a", "a"),
        ("[]", []),
        ("{}", {}),
    ],
)
def test_harmless_documents_are_read(source: str, value: object) -> None:
    assert read(source.encode()) == value


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True))
    assert refusal(bomb) == ("DC007", 1, 4, "sets the anchor &a")


@pytest.mark.parametrize(("left", "right"), [("[", "]"), ("{a: ", "}")])
def test_nesting_has_a_depth(left: str, right: str) -> None:
    read(f"{left * MAX_DEPTH}x{right * MAX_DEPTH}".encode())
    deep = MAX_DEPTH + 1
    found = refusal(f"{left * deep}x{right * deep}")
    assert found == ("DC013", 1, MAX_DEPTH * len(left) + 1, "nests deeper than 16 levels")


@pytest.mark.parametrize(
    "source", ["[" * 500_000, "{a: " * 200_000, "- " * 400_000, "a:\n" + " " * 9, "[" * 20 + "1" + "]" * 20]
)
def test_very_deep_or_cut_off_nesting_ends_in_a_refusal(source: str) -> None:
    assert refusal(source)[0] in {"DC005", "DC012", "DC013"}


@pytest.mark.parametrize("brackets", [18, 900, 1_100, 100_000])
@pytest.mark.parametrize(
    ("before", "bracket", "refused"),
    [
        ("", "[", ("DC013", 1, MAX_DEPTH + 1, "nests deeper than 16 levels")),
        ("a:\n  b: ", "[ ", ("DC013", 2, 2 * MAX_DEPTH + 2, "nests deeper than 16 levels")),
        ("", "{", ("DC005", 1, 2, "has a key that is not plain text")),
        ("!t ", "[", ("DC008", 1, 1, "carries the tag !t")),
        ("a: 1\na: ", "[", ("DC006", 2, 1, "has the key 'a' twice")),
        ("a: '", "[", ("DC005", 1, 4, "the quote that opens here is not closed")),
        ("a: @\nb: ", "[", ("DC005", 1, 4, "no text without quotes begins with @")),
    ],
)
def test_a_row_of_brackets_is_refused_alike_however_deep_libyaml_goes(
    before: str, bracket: str, brackets: int, refused: tuple[str, int, int | None, str]
) -> None:
    source = before + bracket * brackets
    code, line, column, message = refused
    assert refusal(source) == (code, line, column or len(source) + 1, message)


def test_brackets_in_a_text_are_no_depth() -> None:
    row = "[" * 2_000
    assert read(f"a: '{row}'\nb: x{row}".encode()) == {"a": row, "b": f"x{row}"}
    assert refusal(f"a: '{row}'\nb: @") == ("DC005", 2, 4, "no text without quotes begins with @")


@given(st.binary(max_size=60))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(source: bytes) -> None:
    try:
        read(source)
    except YamlError as error:
        assert error.line >= 1  # noqa: PT017 - either outcome is right
        assert error.column >= 1  # noqa: PT017 - each error of several is looked at


@given(st.text("ab:- \n\t[]{}&*!|>'\"%@`?,#~<1.ق", max_size=40))
@settings(max_examples=300)
def test_any_text_of_yamls_marks_is_read_the_same_with_and_without_places_or_refused(source: str) -> None:
    try:
        plain = read(source.encode())
    except YamlError as error:
        assert 1 <= error.line <= source.count("\n") + 2  # noqa: PT017 - either outcome is right
        return
    positions = Positions({}, {})
    assert read(source.encode(), positions) == plain
    assert positions.values


# --- places ----------------------------------------------------------------------------------------------------


def test_places_of_values_and_keys_count_characters_from_one() -> None:
    source = 'a: 1\nقطر: "تركيا"\nlist:\n  - {قطر: س, b: 2}\n  -   x\nd: {}\n'
    found = positions_of(source)
    assert found.values == {
        (): Position(1, 1),
        ("a",): Position(1, 4),
        ("قطر",): Position(2, 6),
        ("list",): Position(4, 3),
        ("list", 0): Position(4, 5),
        ("list", 0, "قطر"): Position(4, 11),
        ("list", 0, "b"): Position(4, 17),
        ("list", 1): Position(5, 7),
        ("d",): Position(6, 4),
    }
    assert found.keys == {
        ("a",): Position(1, 1),
        ("قطر",): Position(2, 1),
        ("list",): Position(3, 1),
        ("list", 0, "قطر"): Position(4, 6),
        ("list", 0, "b"): Position(4, 14),
        ("d",): Position(6, 1),
    }


@pytest.mark.parametrize("before", ["قطر وتركيا", "😀😀", "e\u0301", "東京", "x"])
def test_a_column_after_any_letters_counts_code_points(before: str) -> None:
    source = f"[{before}, 017]"
    assert refusal(source)[1:3] == (1, source.index("017") + 1)
    assert positions_of(f"[{before}, 17]").values[1,] == (1, source.index("017") + 1)


def test_every_place_leads_to_the_text_of_its_value() -> None:
    shuffled = random.Random(5)  # noqa: S311 - a fixed order
    words = [word for word in TRICKY if len(word) < 40 and "'" not in word]
    rows = [shuffled.sample(words, 3) for _ in range(20)]
    quoted = [[f"'{word}'" for word in row] for row in rows]
    source = "".join(f"- [{', '.join(row)}]\n" for row in quoted)
    lines = source.splitlines()
    found = positions_of(source).values
    for row, words_of_row in enumerate(quoted):
        for column, word in enumerate(words_of_row):
            line, start = found[row, column]
            assert lines[line - 1][start - 1 :].startswith(word)


def test_places_are_kept_only_on_demand_and_do_not_change_what_is_read() -> None:
    positions = Positions({}, {})
    source = b"a: [1, {b: c}]"
    assert read(source, positions) == read(source) == {"a": [1, {"b": "c"}]}
    assert ("a", 1, "b") in positions.values


def test_every_invisible_character_is_refused_among_letters() -> None:
    hidden = re.compile(f"[{text.HIDDEN}{text.TAGS}]")
    invisible = [chr(code) for code in range(0x110000) if hidden.match(chr(code))]
    assert len(invisible) == 225
    for character in invisible:
        message = f"holds the invisible character U+{ord(character):04X}"
        letter = "b" if ord(character) in JOINERS else "ب"
        assert refusal(f"a: ب\nb: {letter}{character}{letter}\n") == ("DC003", 2, 5, message)
