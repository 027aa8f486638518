"""Broken syntax is told in plain words, at the slip, with what to do."""

from __future__ import annotations

import pytest

from defcoop.io.yaml_reader import YamlError, read


def problem(source: str) -> tuple[int, int, str, str]:
    with pytest.raises(YamlError) as caught:
        read(source.encode())
    error = caught.value
    return error.line, error.column, error.message, error.hint


@pytest.mark.parametrize(
    ("source", "line", "column", "message"),
    [
        ("a: b: c", 1, 5, "a colon and a space stand in a text without quotes"),
        ("- a: b: c", 1, 7, "a colon and a space stand in a text without quotes"),
        ("a: b\n   c: d", 2, 4, "this line is indented deeper than the line before, which has its value already"),
        ("a: @b", 1, 4, "no text without quotes begins with @"),
        ("a: %b", 1, 4, "no text without quotes begins with %"),
        ("a: `b`", 1, 4, "no text without quotes begins with `"),
        ("a: {b: >c}", 1, 8, "no text without quotes begins with >"),
        ("a:b\nc: d", 1, 1, "this line is neither a key with its value nor indented like the text before it"),
        ("a: b\nc\nd: e", 2, 1, "this line is neither a key with its value nor indented like the text before it"),
        ('x: y\na: "b', 2, 4, "the quote that opens here is not closed"),
        ("a: 'b", 1, 4, "the quote that opens here is not closed"),
        ("a: [b", 1, 4, "the [ that opens here is not closed"),
        ("a: {b: c\nd: e", 1, 4, "the { that opens here is not closed"),
        ('a: ["b" "c"]', 1, 9, "neither a comma nor ] stands before this"),
        ('a: "b" c', 1, 8, "text follows the quote that closes the value"),
        ("a: 'it's'", 1, 8, "text follows the quote that closes the value"),
        ("a: [b] c", 1, 8, "text follows the ] that closes the value"),
        ("a: b\n c: d\n", 2, 2, "this line is indented deeper than the line before, which has its value already"),
        ("a:\n  b: c\n d: e\n", 3, 2, "this line is indented unlike the fields beside it"),
        ("a: - b", 1, 4, "a hyphen and a space begin a list, which cannot stand here"),
        ("a: ? b", 1, 4, "a question mark and a space begin a key, which cannot stand here"),
        (r'a: "b\q"', 1, 6, r"\q is no escape"),
        ("a: & b", 1, 4, "no text without quotes begins with &"),
        ("a:\n\tb: c", 2, 1, "a tab stands where only spaces may"),
        ("a: [-]", 1, 5, "has a hyphen alone for a value"),
    ],
)
def test_a_slip_is_told_where_it_is(source: str, line: int, column: int, message: str) -> None:
    *told, hint = problem(source)
    assert told[2] == message
    assert (told[0], told[1]) in {(line, column), (line, column + 1), (line, column - 1)}
    assert hint


@pytest.mark.parametrize(
    ("source", "column", "message", "hint"),
    [
        ("{best: 15,000,000, bound: exact}", 8, "has 15,000,000, whose commas end a value inside brackets", "15000000"),
        ("{low: 3,000, high: 5,000}", 7, "has 3,000, whose commas end a value inside brackets", "3000"),
        ("passage: [1,073, 1,105]", 11, "has 1,073, whose commas end a value inside brackets", "1073"),
        ("best: 1_000", 7, "has the number-like '1_000' that readers take differently", "1000"),
        ("best: 1e6", 7, "has the number-like '1e6' that readers take differently", "1000000"),
        ("best: +40", 7, "has the number-like '+40' that readers take differently", "40"),
        ("best: .5", 7, "has the number-like '.5' that readers take differently", "0.5"),
        ("best: 017", 7, "has the number-like '017' that readers take differently", "17"),
    ],
)
def test_a_number_is_told_as_it_is_written(source: str, column: int, message: str, hint: str) -> None:
    assert problem(source)[:3] == (1, column, message)
    assert problem(source)[3].removesuffix(".") in {
        f"Write {hint}",
        f"Write {hint}, or quote it if it is text or a date",
    }


@pytest.mark.parametrize("odd", ["0x1F", "0o17", ".nan", "1:30", "1e99"])
def test_a_number_that_readers_take_for_several_is_not_guessed(odd: str) -> None:
    assert problem(f"a: {odd}")[3] == ""


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("a: Null", "Quote it if it is a word"),
        ("a: # b", "Quote the text with the # in it."),
        ("a: {b}", "Quote the whole text."),
        ("a:", ""),
        ("a: ~", ""),
    ],
)
def test_what_stands_for_no_value_is_told_by_what_it_may_be(source: str, hint: str) -> None:
    assert problem(source)[3].startswith(hint)
    assert bool(problem(source)[3]) is bool(hint)
