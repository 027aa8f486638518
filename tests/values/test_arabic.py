from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defcoop.values import fold
from tests.strategies import texts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أكار", "آكار"),
        ("إسطنبول", "اسطنبول"),
        ("ٱلله", "الله"),
        ("مصطفى", "مصطفي"),
        ("قاعدة", "قاعده"),
        ("قطـــر", "قطر"),
        ("قَطَرُ", "قطر"),
        ("هٰذا", "هذا"),
        ("ﷲ", "الله"),
        ("ﻗﻄﺮ", "قطر"),
        ("٢٠١٧", "2017"),
        ("۲۰۱۷", "2017"),
        ("\u200fقطر\u200e", "قطر"),
        ("\u2067قطر\u2069", "قطر"),
        ("\u202bقطر\u202c", "قطر"),
        ("\u061cقطر", "قطر"),
        ("القوات  القطرية", "القوات القطرية"),
        (" القوات\u00a0القطرية\n", "القوات القطرية"),
        ("Qatar", "QATAR"),
        ("straße", "STRASSE"),
    ],
)
def test_spellings_of_one_word_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("قطر", "قطري"), ("ؤ", "و"), ("ئ", "ي"), ("س", "ش"), ("1", "2"), ("a b", "ab")]
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "key"), [("", ""), (" \t", ""), ("آكار", "اكار"), ("القاعدةُ", "القاعده"), ("Türkiye", "türkiye")]
)
def test_the_key_is_plain_text(text: str, key: str) -> None:
    assert fold(text) == key


@given(texts())
def test_folding_a_key_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=20))
def test_a_key_has_no_outer_or_double_spaces(text: str) -> None:
    key = fold(text)
    assert key == " ".join(key.split())
