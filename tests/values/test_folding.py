from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defcoop.values import fold
from docs.folding.vectors import VECTORS, document
from tests.strategies import texts

_CHECK = """
import { readFileSync } from "node:fs";
import { fold } from "./fold.mjs";
const { tables, vectors } = JSON.parse(readFileSync("vectors.json", "utf8"));
const wrong = [];
for (const { text, folded, with_diacritics } of vectors) {
  if (fold(text, tables) !== folded) wrong.push([text, folded, fold(text, tables)]);
  const kept = fold(text, tables, { diacritics: true });
  if (kept !== with_diacritics) wrong.push([text, with_diacritics, kept]);
}
console.log(JSON.stringify(wrong));
"""


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
        ("ایران", "ايران"),
        ("کویت", "كويت"),
        ("پاکستان", "پاكستان"),
        ("ہندوستان", "هندوستان"),
        ("می\u200cخواهم", "میخواهم"),
        ("Iş\u0131k", "isik"),
        ("ISPARTA", "\u0131sparta"),
        ("İzmir", "IZMIR"),
        ("Köln", "Koln"),
        ("Øresund", "Oresund"),
        ("Đinđić", "Dindic"),
        ("T\u0075\u0308rkiye", "Türkiye"),
        ("२०१७", "2017"),
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
    ("text", "key"),
    [("", ""), (" \t", ""), ("آكار", "اكار"), ("القاعدةُ", "القاعده"), ("Türkiye", "turkiye"), ("İstanbul", "istanbul")],
)
def test_the_key_is_plain_text(text: str, key: str) -> None:
    assert fold(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [("GÖKÇEADA", "gökçeada"), ("Iş\u0131k", "i\u015f\u0131k"), ("قَطَرُ", "قطر"), ("آكار", "اكار"), ("ایران", "ايران")],
)
def test_diacritics_can_be_kept(text: str, key: str) -> None:
    assert fold(text, diacritics=True) == key


@pytest.mark.parametrize(("one", "other"), [("がか", "かか"), ("हिन्दी", "हन्द"), ("한국", "하국"), ("ب", "پ")])
def test_marks_that_are_letters_stay(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_the_vectors_are_what_the_folding_gives() -> None:
    assert VECTORS.read_text(encoding="utf-8") == document(), "run docs/folding/vectors.py"


def test_the_folding_in_javascript_passes_the_vectors() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs Node.js")
    done = subprocess.run(
        [node, "--input-type=module", "-e", _CHECK], cwd=VECTORS.parent, capture_output=True, check=True
    )
    assert json.loads(done.stdout) == []


@given(texts())
def test_folding_a_key_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=20))
def test_a_key_has_no_outer_or_double_spaces(text: str) -> None:
    key = fold(text)
    assert key == " ".join(key.split())
