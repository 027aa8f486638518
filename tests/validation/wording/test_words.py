"""Dates, currencies, names and denials are read in words, and others are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defcoop.validation.wording import (
    is_date_judged,
    says_another_currency,
    says_currency,
    says_date,
    says_name,
    says_no,
)
from defcoop.validation.wording.units import numbers_of
from defcoop.validation.wording.words import bare, tokens
from defcoop.values import Edtf, fold


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("في يونيو 2017", "2017-06"),
        ("في حزيران 2017", "2017-06"),
        ("بجوان 2017", "2017-06"),
        ("14 كانون الأول 2019", "2019-12-14"),
        ("14/12/2019", "2019-12-14"),
        ("2019-12-14", "2019-12-14"),
        ("12/2019", "2019-12"),
        ("٢٠١٩", "2019"),
        ("عام ألفين وسبعة", "2007"),
        ("شتاء 2022", "2022-24"),
        ("Haziran 2017'de", "2017-06"),
        ("in June 2017", "2017-06?"),
        ("between 2015 and 2017", "2015/2017"),
        ("محرم 1440", "2018-09-11/2018-10-09"),
        ("15 رمضان 1438", "2017-06-10"),
        ("نيسان/أبريل 2017", "2017-04"),
        ("تشرين ثاني 2017", "2017-11"),
        ("غشت 2017", "2017-08"),
        ("شتنبر 2017", "2017-09"),
        ("الخامس عشر من يونيو 2017", "2017-06-15"),
        ("الحادي والعشرين من يونيو 2017", "2017-06-21"),
        ("first of June 2017", "2017-06-01"),
        ("5/6/17", "2017-06-05"),
        ("2017/18", "2017/2018"),
        ("k\u0131\u015f\u0131n 2022", "2022-24"),
        ("Haziran'da 2017", "2017-06"),
    ],
)
def test_a_date_is_read(text: str, day: str) -> None:
    assert says_date(text, Edtf(day))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("في يونيو 2017", "2017-07"),
        ("في يونيو 2017", "2018-06"),
        ("في عام 2017", "2017-06"),
        ("14 ديسمبر 2019", "2019-12-15"),
        ("منتصف 2017", "[2017-05..2017-08]"),
        ("2010", "2012"),
        ("صيف 2022", "2022-24"),
        ("محرم 1440", "2018-12"),
        ("15 رمضان 1438", "2017-06-20"),
        ("رمضان 1438", "2017-06"),
        ("كانون الأول 2019", "2019-12-01"),
        ("5/6/2017", "2017-05-05"),
        ("2015", "2015/2017"),
    ],
)
def test_another_date_is_not(text: str, day: str) -> None:
    assert not says_date(text, Edtf(day))


def test_a_decade_is_not_judged() -> None:
    assert not is_date_judged(Edtf("201X"))


@pytest.mark.parametrize(
    ("text", "code", "is_said"),
    [
        ("340 مليون دولار", "USD", True),
        ("340 مليون دولار", "CAD", False),
        ("340 مليون دولار كندي", "CAD", True),
        ("340 مليون دولار", "EUR", False),
        ("ريال قطري", "QAR", True),
        ("ريال قطري", "SAR", False),
        ("5 milyon Türk liras\u0131", "TRY", True),
        ("EUR 5 million", "EUR", True),
        ("$5 million", "USD", True),
        ("دولار كندي", "USD", False),
        ("Canadian dollars", "USD", False),
        ("C$5m", "CAD", True),
        ("US$5m", "USD", True),
        ("\u00a35m", "GBP", True),
        ("5 milyon TL", "TRY", True),
        ("5 milyon dolarl\u0131k", "USD", True),
        ("Syrian pounds", "SYP", True),
        ("mark the day", "DEM", False),
        ("kuna", "HRK", True),
        ("دولارين", "USD", True),
    ],
)
def test_a_currency_is_read_by_code_sign_or_noun(text: str, code: str, is_said: bool) -> None:  # noqa: FBT001 - a case
    assert says_currency(text, code) is is_said


def test_whose_dollar_it_is_may_be_inferred_but_not_euros() -> None:
    assert says_another_currency("340 مليون دولار", "EUR")
    assert not says_another_currency("340 مليون دولار", "CAD")
    assert not says_another_currency("340 مليون", "EUR")


@pytest.mark.parametrize(
    ("text", "name", "is_said"),
    [
        ("القوات التركية", "تركيا", True),
        ("القوات الكويتية", "الكويت", True),
        ("T\u00fcrkiye\u2019nin ordusu", "T\u00fcrkiye", True),
        ("للسوريين", "سوريا", True),
        ("the Qatari minister", "Qatar", True),
        ("Turkish troops", "Turkey", True),
        ("الدولتان", "تركيا", False),
        ("وزارة الدفاع القطرية", "وزارة الدفاع القطرية", True),
        ("وزارتا الدفاع في البلدين", "وزارة الدفاع القطرية", False),
        ("في الدوحة", "قطر", False),
        ("قطري", "تركيا", False),
    ],
)
def test_an_actor_is_named(text: str, name: str, is_said: bool) -> None:  # noqa: FBT001 - a case
    assert says_name(text, [name], adjective=True) is is_said


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("500 British soldiers", "United Kingdom"),
        ("French and Dutch frigates", "France"),
        ("French and Dutch frigates", "The Netherlands"),
        ("القوات الأميركية", "الولايات المتحدة"),
        ("القوات الإماراتية", "United Arab Emirates"),
        ("la marine turque", "Turkey"),
        ("İngiliz birlikleri", "Britanya"),
        ("Qataris and Turks", "Qatar"),
    ],
)
def test_a_state_is_named_by_an_adjective_that_no_ending_makes(text: str, name: str) -> None:
    assert says_name(text, [name], adjective=True)
    assert not says_name(text, [name])
    assert not says_name(text, ["Norway", "Iraq"], adjective=True)


def test_a_person_is_named_by_the_last_part_of_a_name_and_a_body_is_not() -> None:
    assert says_name("قال أكار", ["خلوصي أكار"], shortened=True)
    assert not says_name("قال أكار", ["خلوصي أكار"])


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("نفى المتحدث", True),
        ("ونفت الرابطة", True),
        ("لم ترسل", True),
        ("It isn't so", True),
        ("It isn\u2019t so", True),
        ("Bakanl\u0131k yalanlad\u0131", True),
        ("أكد المتحدث", False),
        ("sent troops", False),
    ],
)
def test_a_denial_has_a_word_that_says_no(text: str, is_said: bool) -> None:  # noqa: FBT001 - a case
    assert says_no(text) is is_said


@given(st.text(alphabet="٣5kـ\u064e\u200c و'.-م", max_size=8))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    assert all(tokens(text))
    assert bare(fold(text))
    assert all(number >= 0 for number in numbers_of(text))
