from __future__ import annotations

import pycountry
import pytest
from pydantic import TypeAdapter, ValidationError

from defcoop.values import CURRENCIES, CurrencyCode
from defcoop.values.currency import currency_spans
from docs.currencies import spans

CODE = TypeAdapter(CurrencyCode)

ACTIVE = {currency.alpha_3 for currency in pycountry.currencies}
FUNDS = {"BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW"}
CIRCULATING_X = {"XAF", "XCD", "XCG", "XOF", "XPF"}
METALS_UNITS_AND_TESTS = {code for code in ACTIVE if code.startswith("X")} - CIRCULATING_X
ENDED = {"BGN"}
"""Codes of ours that ended with 2025 and are in older editions of pycountry only."""


def test_the_list_is_that_of_iso_4217_without_funds_metals_and_tests() -> None:
    theirs = ACTIVE - FUNDS - METALS_UNITS_AND_TESTS
    assert theirs - CURRENCIES == set()
    assert theirs | ENDED >= CURRENCIES


def test_the_caribbean_guilder_is_known() -> None:
    assert "XCG" in CURRENCIES


@pytest.mark.parametrize("code", sorted(CURRENCIES))
def test_each_code_is_three_capitals(code: str) -> None:
    assert CODE.validate_python(code) == code


@pytest.mark.parametrize("code", ["ABC", "XAU", "XXX", "XTS", "XEU", "CHE", "SSD"])
def test_an_unknown_code_is_named(code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        CODE.validate_python(code)
    (error,) = caught.value.errors()
    assert (error["type"], error["msg"]) == ("currency", f"{code} is not an ISO 4217 currency code")


@pytest.mark.parametrize("code", ["usd", "US", "USDT", "US$", "", " USD", "USD\n", "ÜSD", "U5D"])
def test_a_code_of_another_shape_is_refused(code: str) -> None:
    with pytest.raises(ValidationError, match="should match pattern"):
        CODE.validate_python(code)


@pytest.mark.parametrize("code", ["DEM", "HRK", "TRL", "ZWL", "FRF", "SUR", "IEP", "YUM", "ILP"])
def test_a_historic_code_is_taken(code: str) -> None:
    assert CODE.validate_python(code) == code
    first, last = currency_spans()[code]
    assert last
    assert first < last


def test_the_table_is_that_of_cldr_and_holds_every_circulating_currency() -> None:
    assert currency_spans() == spans(), "run docs/currencies.py"
    assert {code for code, (_, last) in currency_spans().items() if last is None} == CURRENCIES - ENDED
