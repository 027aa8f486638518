"""Numbers are read in the digits and words of four languages, and nothing else is taken for one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defcoop.validation.wording import numbers_in, says_number

ARABIC_INDIC = str.maketrans("0123456789", "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("نحو 340 مليون دولار", [340_000_000]),
        ("ثلاثة آلاف و500 جندي", [3500]),
        ("خمسة وعشرون جنديا", [25]),
        ("مئة وخمسة وعشرون ألفا", [125_000]),
        ("ألفين وثلاثمئة", [2300]),
        ("مليون ونصف المليون", [1_000_000, 1_500_000]),
        ("أربع عشرة اتفاقية", [14]),
        ("لمدة عامين", [2]),
        ("طائرتين", [2]),
        ("بقيمة \u0662\u066b\u0665 مليار", [2_500_000_000]),
        ("\u0663\u066c\u0660\u0660\u0660 جندي", [3000]),
        ("بنسبة تبلغ90%", [90]),
        ("three hundred and forty-two thousand troops", [342_000]),
        ("two million three hundred thousand", [2_300_000]),
        ("half a million", [500_000]),
        ("twenty five", [25]),
        ("iki yüz elli bin asker", [250_000]),
        ("2,5 milyar dolar", [2_500_000_000]),
        ("3 buçuk milyon", [3_500_000]),
        ("3 000 soldats", [3000]),
        ("1.234,5", [Decimal("1234.5")]),
        ("3.000", [3, 3000]),
        ("14/12/2019", [12, 14, 2019]),
        ("1.5 million", [1_500_000]),
        ("\u0663\u066c\u0664\u0660\u0660 جندي", [3400]),
        ("three thousand five hundred", [3500]),
        ("thirty-four hundred", [3400]),
        ("3 bin 500 asker", [3500]),
        ("iki bin be\u015fy\u00fcz", [2500]),
        ("onbe\u015f", [15]),
        ("y\u00fczde 15", [15]),
        ("ألفان وخمسمئة", [2500]),
        ("ألفان وخمسمائة", [2500]),
        ("ألفا جندي", [1000, 2000]),
        ("خمسون ألفا", [50_000]),
        ("ربع مليون", [250_000]),
        ("$40m", [40_000_000]),
        ("40k", [40_000]),
        ("US$1.2bn", [1_200_000_000]),
        ("two dozen", [24]),
        ("3 to 5 million", [3, 3_000_000, 5_000_000]),
        ("بين 3 و5 ملايين", [3, 3_000_000, 5_000_000]),
        ("soixante-dix-sept", [77]),
        ("quatre-vingt-dix", [90]),
        ("2017 185 جندي", [185, 2017]),
        ("زورقين", [2]),
        ("مذكرتي تفاهم", [2]),
        ("dozens of soldiers", []),
        ("مئات الجنود", []),
        ("بلغت", []),
    ],
)
def test_numbers_are_read_in_words_and_digits(text: str, numbers: list[int]) -> None:
    assert sorted(numbers_in(text)) == numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("340 million", 340),
        ("340 million", 940_000_000),
        ("3,000 troops", 9000),
        ("3,000 troops", 3),
        ("ثلاثة آلاف", 3),
        ("ثلاثة آلاف", 4000),
        ("2010", 2012),
        ("25 و7", 257),
        ("2017 و2018", 4035),
        ("twenty five thousand", 25),
    ],
)
def test_another_number_is_not_read(text: str, number: int) -> None:
    assert not says_number(text, Decimal(number))


@given(st.integers(0, 10**12))
def test_digits_are_read_with_either_script_and_with_marks(number: int) -> None:
    for text in (str(number), f"{number:,}", str(number).translate(ARABIC_INDIC), f"{number:,}".replace(",", " ")):
        assert says_number(f"some {text} of them", Decimal(number)), text


@given(st.integers(1, 999), st.sampled_from([("ألف", 10**3), ("مليون", 10**6), ("billion", 10**9), ("bin", 10**3)]))
def test_a_scale_multiplies_what_stands_before_it(number: int, scale: tuple[str, int]) -> None:
    word, times = scale
    assert numbers_in(f"{number} {word}") == {Decimal(number * times)}
