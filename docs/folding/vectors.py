"""Write docs/folding/vectors.json: the tables of the folding, and examples. `python docs/folding/vectors.py`."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

from defcoop.values import folding

VECTORS = Path(__file__).with_name("vectors.json")

_BMP = 0x10000
"""Digits beyond are of scripts that Unicode still adds."""

EXAMPLES = (
    *("", " \t", "Qatar", "QATAR  armed\nforces", "straße", "STRASSE", "Türkiye", "T\u0075\u0308rkiye", "GÖKÇEADA"),
    *(
        "İstanbul",
        "ISTANBUL",
        "Iş\u0131k",
        "\u0131sparta",
        "Øresund",
        "Đinđić",
        "Łódź",
        "Ångström",
        "Ἀθῆναι",
        "ΣΊΣΥΦΟΣ",
        "Йемен",
    ),
    *("أكار", "آكار", "إسطنبول", "ٱلله", "مصطفى", "مصطفي", "قاعدة", "قاعده", "قطـــر", "قَطَرُ", "هٰذا", "ﷲ", "ﻗﻄﺮ"),
    *(
        "ایران",
        "ايران",
        "کویت",
        "كويت",
        "پاکستان",
        "پاكستان",
        "می\u200cخواهم",
        "ہندوستان",
        "ۀ",
        "ۂ",
        "ئ",
        "ؤ",
        "أَ",
        "ے",
    ),
    *("٢٠١٧", "۲۰۱۷", "२०१७", "\u200fقطر\u200e", "\u2067قطر\u2069", "وزارة\u00ad الدفاع", "القوات\u00a0القطرية"),
    *("שָׁלוֹם", "हिन्दी", "がか", "한국", "ﬁ", "Ⅷ", "ﻻ", "x\u0301y"),
)


def tables() -> dict[str, object]:
    """Give the tables on which the folding goes, for programs in other languages."""
    arabic, latin = folding._letters()  # noqa: SLF001 - the table that Python makes of the names of letters
    digits = [code for code in range(_BMP) if unicodedata.decimal(chr(code), None) == 0]
    return {
        "ignored": folding.IGNORED,
        "marks": folding.MARKS,
        "vowel_signs": folding.VOWEL_SIGNS,
        "arabic": {chr(code): letter for code, letter in arabic.items()},
        "latin": {chr(code): letter for code, letter in latin.items()},
        "digits": digits,
    }


def document() -> str:
    """Give the tables and the examples as JSON."""
    vectors = [
        {"text": text, "folded": folding.fold(text), "with_diacritics": folding.fold(text, diacritics=True)}
        for text in EXAMPLES
    ]
    return json.dumps({"tables": tables(), "vectors": vectors}, indent=1, ensure_ascii=True) + "\n"


if __name__ == "__main__":
    VECTORS.write_text(document(), encoding="utf-8")
