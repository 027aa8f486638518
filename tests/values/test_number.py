from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import example, given
from pydantic import TypeAdapter, ValidationError

from defcoop.values import Number, plain
from tests.strategies import numbers

NUMBER = TypeAdapter(Number)
LARGEST = 10**15 - 1


@pytest.mark.parametrize(
    "number",
    [
        *(0, 1, LARGEST, Decimal(0), Decimal(7), Decimal(LARGEST), Decimal("1E+14")),
        *map(Decimal, ("0.5", "2.50", "0.000001", "12345678901.25", "99999999999999.9", "123456789.123456")),
    ],
)
def test_whole_and_decimal_numbers_are_taken_as_they_are(number: int | Decimal) -> None:
    found = NUMBER.validate_python(number)
    assert (found, type(found)) == (number, type(number))


@pytest.mark.parametrize(
    "wrong",
    [
        *(-1, LARGEST + 1, Decimal(LARGEST + 1), Decimal("1E+15")),
        *map(Decimal, ("-0.5", "0.0000001", "1.0000001", "1234567890.123456", "99999999999999.99")),
    ],
)
def test_numbers_beyond_the_limits_are_refused(wrong: int | Decimal) -> None:
    with pytest.raises(ValidationError):
        NUMBER.validate_python(wrong)


@pytest.mark.parametrize(
    "wrong", [True, False, 1.5, "5", "1.5", None, Decimal("NaN"), Decimal("Infinity"), float("inf")]
)
def test_nothing_but_plain_numbers_is_taken(wrong: object) -> None:
    with pytest.raises(ValidationError):
        NUMBER.validate_python(wrong)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (3000, "3000"),
        (Decimal("2.50"), "2.50"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-6"), "0.000001"),
        (Decimal("-0.0"), "0.0"),
    ],
)
def test_plain_writes_digits_without_exponent(number: int | Decimal, text: str) -> None:
    assert plain(number) == text


@given(numbers())
def test_plain_loses_nothing(number: int | Decimal) -> None:
    assert Decimal(plain(number)) == number


@pytest.mark.parametrize(("number", "written"), [(5, b"5"), (Decimal("2.5"), b"2.5")])
def test_json_holds_numbers(number: int | Decimal, written: bytes) -> None:
    assert NUMBER.dump_json(number) == written


@given(numbers())
@example(LARGEST)
@example(Decimal("123456789.123457"))
@example(Decimal("99999999999999.9"))
def test_a_reader_of_json_that_takes_numbers_for_doubles_gets_every_digit(number: int | Decimal) -> None:
    double = json.loads(NUMBER.dump_json(number), parse_int=float)
    assert Decimal(repr(double)) == number


@pytest.mark.parametrize("written", ["3.000", "1.500", "15.000", "340.250", "0.500"])
def test_what_may_be_thousands_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match=f"{written} may mean {int(Decimal(written) * 1000)} or "):
        TypeAdapter(Number).validate_python(Decimal(written))


@pytest.mark.parametrize("written", ["3.0", "2.50", "12.375", "1.2500"])
def test_other_decimals_are_not(written: str) -> None:
    assert TypeAdapter(Number).validate_python(Decimal(written)) == Decimal(written)
