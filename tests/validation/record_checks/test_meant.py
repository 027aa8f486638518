"""Hints for values as people write them: what is meant is told in the form in which it is read."""

from __future__ import annotations

import pytest

from defcoop.validation.record_checks.meant import date_hint, shape_hint
from defcoop.validation.record_checks.meant_number import number_hint
from defcoop.values import Edtf


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("15 million", "15000000"),
        ("1.5 million", "1500000"),
        ("1,5 milyon", "1500000"),
        ("3k", "3000"),
        ("2 bn", "2000000000"),
        ("15,000,000", "15000000"),
        ("15.000.000", "15000000"),
        ("15 000", "15000"),
        ("15'000", "15000"),
        ("٤٠", "40"),
        ("٣٬٠٠٠", "3000"),  # noqa: RUF001 - Arabic digits
        ("۱۲", "12"),
        ("40 persons", "40"),
        ("$40", "40"),
        ("40%", "40"),
        ("15 مليون", "15000000"),
    ],
)
def test_a_number_is_told_in_plain_digits(text: str, meant: str) -> None:
    assert number_hint(text, "best") == f"Write {meant}."


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("40-50", "Write low: 40, high: 50."),
        ("3,000 to 5,000", "Write low: 3000, high: 5000."),
        ("3–5 million", "Write low: 3000000, high: 5000000."),  # noqa: RUF001 - a dash between numbers
        ("40+", "Write low: 40, bound: at_least."),
        (">40", "Write low: 40, bound: more_than."),
        ("< 40", "Write high: 40, bound: less_than."),
        ("≥ 40", "Write low: 40, bound: at_least."),
        ("~40", "Write best: 40, bound: about."),
        ("forty", "Write it in digits, such as 40."),
    ],
)
def test_a_bound_goes_under_its_own_name(text: str, hint: str) -> None:
    assert number_hint(text, "best") == hint


@pytest.mark.parametrize("text", ["5O", "l0", "3O0", "1S", "4x", "4O-50"])
def test_no_number_is_made_of_a_letter_that_stands_for_a_digit(text: str) -> None:
    assert number_hint(text, "best") == "Write it in digits, such as 40."


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2031-4", "2031-04"),
        ("4/2031", "2031-04"),
        ("2031/04/05", "2031-04-05"),
        ("2031.4.5", "2031-04-05"),
        ("20310405", "2031-04-05"),
        ("2031-04-05T10:00:00Z", "2031-04-05"),
        ("13/04/2031", "2031-04-13"),
        ("04/13/2031", "2031-04-13"),
        ("April 2031", "2031-04"),
        ("5 April 2031", "2031-04-05"),
        ("Apr. 5, 2031", "2031-04-05"),
        ("2031-04 to 2031-06", "2031-04/2031-06"),
        ("April 2031 to June 2031", "2031-04/2031-06"),
        ("2031-2032", "2031/2032"),
        ("2031-06/2031-05", "2031-05/2031-06"),
        ("٢٠٣١", "2031"),
    ],
)
def test_a_date_is_told_in_edtf(text: str, meant: str) -> None:
    assert date_hint(text) == f'Write "{meant}".'
    assert Edtf(meant)


def test_of_a_day_and_a_month_either_may_be_first() -> None:
    assert date_hint("05/04/2031") == 'Write "2031-04-05" or "2031-05-04".'


@pytest.mark.parametrize(("text", "years"), [("1452", "2030/2031"), ("1443", "2021/2022")])
def test_a_hijri_year_is_told_by_the_years_that_it_meets(text: str, years: str) -> None:
    assert date_hint(text) == f'If it is a Hijri year, write "{years}", inferred; else check the digits.'


@pytest.mark.parametrize("text", ["1731", "2999", "0"])
def test_a_year_far_off_is_asked_back(text: str) -> None:
    assert date_hint(text) == "Check the digits; a time so far off is told in the summary."


@pytest.mark.parametrize("text", ["soon", "2031-13", "", "99/99/2031", "2031?-04"])
def test_what_is_no_date_at_all_gets_no_guess(text: str) -> None:
    assert date_hint(text) == ""


@pytest.mark.parametrize(
    ("text", "wanted", "hint"),
    [
        ("seed-1", "seed", "Write seed-001."),
        ("901", "seed", "Write seed-901."),
        ("act_qat", "id", "Write act-qat."),
        ("Act Coast League", "id", "Write act-coast-league."),
        ("Qatar", "id", "Name the record by its id, which is the name of its file without .yaml."),
        ("English", "language", "Write en."),
        ("AR", "language", "Write ar."),
        ("ar_Latn", "language", "Write ar-Latn."),
        ("usd", "currency", "Write USD."),
        ("euro", "currency", "Write EUR."),
        ("rial", "currency", "Write the three capital letters of ISO 4217, such as USD."),
        ("", "line", "Give a text, or leave the field out."),
        ("=a", "line", "Begin it with another sign than =."),
        (" a ", "line", "Take the white space at its ends away, and write it on one line."),
    ],
)
def test_a_text_is_told_in_its_shape(text: str, wanted: str, hint: str) -> None:
    assert shape_hint(text, wanted) == hint
