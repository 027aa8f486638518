"""What is refused of a file by its bytes: unresolved merges wherever they stand, and too much where it begins."""

from __future__ import annotations

import pytest

from defcoop.io.yaml_gate import MAX_ITEMS, YamlError, check_bytes
from defcoop.io.yaml_reader import read


def refusal(source: str) -> tuple[str, int, int]:
    with pytest.raises(YamlError) as caught:
        read(source.encode())
    return caught.value.code, caught.value.line, caught.value.column


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> other\n", 2),
        ('note: "one\n<<<<<<< HEAD\n  two\n=======\n  three\n>>>>>>> other\n  four"\n', 2),
        ("note: >\n  one\n<<<<<<< ours\n  two\n=======\n  three\n>>>>>>> theirs\n", 3),
        ("a: b\n||||||| 1a2b3c4\nc: d\n", 2),
        ("a: b\n=======\nc: d\n", 2),
        ("a: b\n>>>>>>> other\n", 2),
        ("<<<<<<< HEAD\na: b\n", 1),
        ("a: b\n<<<<<<<<<<< longer markers\n", 2),
        ("a: b\n=======", 2),
    ],
)
def test_an_unresolved_merge_is_found_at_its_first_marker(source: str, line: int, end: str) -> None:
    assert refusal(source.replace("\n", end)) == ("DC004", line, 1)


@pytest.mark.parametrize(
    "source", ["a: <<<<<<<", "# =======", "a: |\n  =======\n", "======", "a: b >>>>>>> c", "<<: b"]
)
def test_what_is_no_line_of_gits_is_none(source: str) -> None:
    check_bytes(f"{source}\n".encode())


def test_too_many_items_are_told_where_the_last_that_may_be_ends() -> None:
    check_bytes(b"\n" * MAX_ITEMS)
    assert refusal("\n" * MAX_ITEMS + "," * 5) == ("DC001", MAX_ITEMS + 1, 1)
    assert refusal("a,b\n" * MAX_ITEMS) == ("DC001", MAX_ITEMS // 2 + 1, 2)
