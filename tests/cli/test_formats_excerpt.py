from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from defcoop.cli.formats._bidi import FSI, PDI, isolate, runs
from defcoop.cli.formats._excerpt import excerpt
from defcoop.cli.formats._visible import acts

WIDTH = 60


def marked(line: str, column: int, width: int = WIDTH) -> str:
    """Cut out what the marks stand under, by cells."""
    text, mark = excerpt(line, column, width)
    start, end, at, found = mark.index("^"), len(mark), 0, ""
    for letter in text:
        if start <= at < end:
            found += letter
        at += cell_len(letter)
    return found.replace(FSI, "").replace(PDI, "")


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        ("status: signed", 9, "signed"),
        ("status: signed   ", 9, "signed"),
        ("status: signed # why", 9, "signed"),
        ("status: C# and more", 9, "C# and more"),
        ("note: one, two: three", 7, "one, two"),
        ("note: at 12:30, or [later]", 7, "at 12:30, or [later]"),
        ("patries: [act-a, act-b]", 1, "patries"),
        ("parties: [act-a, act-b]", 10, "["),
        ("parties: [act-a, act-b]", 11, "act-a"),
        ("parties: [act-a, act-b]", 18, "act-b"),
        ("size: {best: 50, bound: exact}", 14, "50"),
        ("- {text: a, lang: b} # [", 10, "a"),
        ("note: [a] b, c", 11, "b, c"),
        ("note: 'it''s here' # no", 7, "'it''s here'"),
        (r'note: "a \"b\" c" # no', 7, r'"a \"b\" c"'),
        ("note: 'left open", 7, "'left open"),
        ("key:", 4, ":"),
    ],
)
def test_the_mark_stands_under_the_whole_value(line: str, column: int, value: str) -> None:
    assert marked(line, column) == value


@pytest.mark.parametrize(
    ("line", "column", "mark"),
    [
        ("", 1, "^"),
        ("ab", 3, "  ^"),
        ("ab", 99, "  ^"),
        ("中文: x", 5, "      ^"),
        ("e\u0301e\u0301: x", 7, "    ^"),
        ("a\x1bb: x", 6, "        ^"),
        ("a\tb: x", 6, "      ^"),
    ],
)
def test_the_mark_counts_cells_and_not_letters(line: str, column: int, mark: str) -> None:
    assert excerpt(line, column, WIDTH).mark == mark


def test_right_to_left_text_is_isolated_and_marked_as_a_whole() -> None:
    assert excerpt("  quote: حلف بغداد # x", 10, WIDTH) == (f"  quote: {FSI}حلف بغداد{PDI} # x", " " * 9 + "^" * 9)


def test_a_value_between_right_to_left_values_is_marked_alone() -> None:
    text, mark = excerpt("names: [قطر, تركيا, مصر]", 14, WIDTH)
    assert text == f"names: [{FSI}قطر{PDI}, {FSI}تركيا{PDI}, {FSI}مصر{PDI}]"
    assert mark == " " * 13 + "^" * 5


def test_right_to_left_text_before_a_value_does_not_move_its_mark() -> None:
    assert marked("supports: ['names[50 معاهدة]', signed]", 32) == "signed"


def test_vowel_marks_take_no_cells() -> None:
    assert excerpt("n: قَطَر x", 4, WIDTH).mark == "   " + "^" * 5
    assert marked("[قَطَر, x]", 9) == "x"


def test_a_place_within_a_right_to_left_run_marks_the_run() -> None:
    assert marked("note: حلف بغداد", 11) == "حلف بغداد"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("abc 12", []),
        ("عرب", [(0, 3)]),
        ("a عرب b", [(2, 5)]),
        ("عرب 50 عرب!", [(0, 10)]),
        ("عرب 50 b", [(0, 3)]),
        ("عرب a عرب", [(0, 3), (6, 9)]),
        ("عرب, عرب", [(0, 3), (5, 8)]),
        ("عرب، عرب", [(0, 8)]),
        ("عربً", [(0, 4)]),
        ("٣ - ٦", [(0, 5)]),
        ("שלום", [(0, 4)]),
    ],
)
def test_runs_of_right_to_left_text(text: str, found: list[tuple[int, int]]) -> None:
    assert runs(text) == found


def test_the_escape_of_a_right_to_left_control_is_left_to_right_text() -> None:
    assert isolate(["ع", "\\u2067", "ع"]) == f"{FSI}ع{PDI}\\u2067{FSI}ع{PDI}"


@pytest.mark.parametrize("column", [1, 30, 59, 60, 61, 500, 999, 1000])
def test_a_long_line_is_cut_around_the_column(column: int) -> None:
    line = "".join(f"{number:04}" for number in range(250))
    text, mark = excerpt(line, column, WIDTH)
    assert cell_len(text) <= WIDTH
    assert cell_len(text) >= WIDTH - 2
    assert text.startswith("…") == (not text.startswith("0000"))
    assert text.endswith("…") == (not text.endswith("0249"))
    at = mark.index("^")
    assert text[at : at + 4].rstrip("…") in line[column - 1 : column + 3]
    assert len(mark) <= len(text)


def test_a_line_that_fits_is_whole() -> None:
    assert excerpt("x" * (WIDTH - 2), 58, WIDTH).text == "x" * (WIDTH - 2)
    assert "…" in excerpt("x" * (WIDTH - 1), 58, WIDTH).text


def test_a_third_of_a_cut_line_stands_before_the_column() -> None:
    assert excerpt("x" * 1000, 500, 62).mark.index("^") == 21


def test_heaped_marks_are_not_read_to_their_end() -> None:
    assert len(excerpt("a" + "\u0301" * 1_000_000, 2, WIDTH).text) < 10 * WIDTH


@given(st.text(max_size=200), st.integers(1, 220), st.integers(20, 120))
def test_any_line_gives_one_line_no_wider_than_asked_with_balanced_isolates(line: str, column: int, width: int) -> None:
    text, mark = excerpt(line, column, width)
    assert not any(acts(letter) for letter in text.replace(FSI, "").replace(PDI, ""))
    assert text.count(FSI) == text.count(PDI)
    assert sum(map(cell_len, text)) <= width
    assert mark.strip() == "^" * mark.count("^") != ""
