from __future__ import annotations

import unicodedata

import pytest

from defcoop.cli.formats._visible import visible
from tests.cli.format_samples import HOSTILE


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain عربي é 中 😀 \u00a0 ،", "plain عربي é 中 😀 \u00a0 ،"),
        ("a\nb\tc\r", r"a\nb\tc\r"),
        ("\x1b[31m\x9b\0", r"\x1b[31m\x9b\x00"),
        ("\u202e\u2068\u200d\ufeff", r"\u202e\u2068\u200d\ufeff"),
        ("\u2028\u2029", r"\u2028\u2029"),
        ("\udc80\ufffe\U000e0041", r"\udc80\ufffe\U000e0041"),
        ("e\u0301 \u064b", "e\u0301 \u064b"),
    ],
)
def test_what_acts_is_shown_as_its_escape_and_nothing_else_is(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_what_is_to_be_kept_is_kept() -> None:
    assert visible("a\nb\r\x1b", keep="\n") == "a\nb\\r\\x1b"


def test_nothing_hostile_is_left() -> None:
    assert not {unicodedata.category(letter) for letter in visible(HOSTILE)} & {"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"}
