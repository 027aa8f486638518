from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from pydantic import ValidationError

from defcoop.values import Bound, Money, Quantity, Unit
from tests.strategies import money, quantities

MONEY = {"best": 5, "bound": "exact", "currency": "USD", "currency_stated": True}


@pytest.mark.parametrize(
    ("bound", "numbers"),
    [
        ("exact", {"best": 5}),
        ("about", {"best": 5}),
        ("about", {"low": 4, "best": 5, "high": 6}),
        ("about", {"best": 5, "high": 5}),
        ("at_least", {"low": 3}),
        ("at_least", {"low": 3, "best": 3}),
        ("more_than", {"low": 3}),
        ("at_most", {"high": 3}),
        ("at_most", {"best": 2, "high": 3}),
        ("less_than", {"high": 3}),
        ("exact", {"best": 0}),
        ("about", {"low": Decimal("4.5"), "best": 5}),
        ("about", {"low": 3000, "high": 5000}),
        ("between", {"low": 3000, "high": 5000}),
        ("between", {"low": 3000, "high": 3000}),
    ],
)
def test_numbers_that_fit_the_bound_are_taken(bound: str, numbers: dict[str, int]) -> None:
    found = Quantity.model_validate({**numbers, "bound": bound, "unit": "percent"})
    assert found.model_dump(exclude={"bound", "unit"}, exclude_none=True) == numbers


@pytest.mark.parametrize(
    ("bound", "numbers", "message"),
    [
        ("exact", {}, "bound exact needs a number in best"),
        ("exact", {"low": 1}, "bound exact needs a number in best"),
        ("exact", {"best": 1, "low": 1}, "bound exact leaves no room for low"),
        ("exact", {"best": 1, "low": 1, "high": 1}, "bound exact leaves no room for low and high"),
        ("about", {"low": 1}, "bound about needs a number in best"),
        ("about", {"high": 2}, "bound about needs a number in best"),
        ("between", {"low": 1}, "bound between needs a number in low and high"),
        ("between", {"low": 1, "best": 2, "high": 3}, "bound between leaves no room for best"),
        ("between", {"low": 3, "high": 2}, "low, best and high are not in rising order"),
        ("at_least", {"best": 1}, "bound at_least needs a number in low"),
        ("at_least", {"low": 1, "high": 2}, "bound at_least leaves no room for high"),
        ("more_than", {"low": 1, "best": 2}, "bound more_than leaves no room for best"),
        ("more_than", {"low": 1, "best": 2, "high": 3}, "bound more_than leaves no room for best and high"),
        ("at_most", {"best": 1}, "bound at_most needs a number in high"),
        ("at_most", {"low": 1, "high": 2}, "bound at_most leaves no room for low"),
        ("less_than", {"best": 1, "high": 2}, "bound less_than leaves no room for best"),
        ("less_than", {"low": 1, "high": 2}, "bound less_than leaves no room for low"),
        ("about", {"low": 6, "best": 5}, "low, best and high are not in rising order"),
        ("about", {"best": 5, "high": 4}, "low, best and high are not in rising order"),
        ("at_least", {"low": 3, "best": 2}, "low, best and high are not in rising order"),
        ("at_most", {"best": 4, "high": 3}, "low, best and high are not in rising order"),
    ],
)
def test_numbers_that_do_not_fit_the_bound_are_refused(bound: str, numbers: dict[str, int], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Quantity.model_validate({**numbers, "bound": bound, "unit": "persons"})
    (error,) = caught.value.errors()
    assert (error["type"], error["msg"]) == ("quantity", message)


def test_there_is_a_case_above_for_every_bound() -> None:
    assert {bound.value for bound in Bound} == {
        *("exact", "about", "at_least", "more_than", "at_most", "less_than", "between")
    }


@pytest.mark.parametrize("number", [-1, -9, "5", 1.5, True, None])
def test_the_number_is_a_plain_one(number: object) -> None:
    with pytest.raises(ValidationError):
        Quantity.model_validate({"best": number, "bound": "exact", "unit": "persons"})


@pytest.mark.parametrize("model", [Quantity, Money])
def test_an_unknown_key_is_refused(model: type[Quantity | Money]) -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        model.model_validate({**MONEY, "unit": "persons", "approx": 1})


@pytest.mark.parametrize("missing", ["bound", "unit"])
def test_a_count_needs_its_bound_and_unit(missing: str) -> None:
    full = {"best": 5, "bound": "exact", "unit": "persons"}
    with pytest.raises(ValidationError, match="Field required"):
        Quantity.model_validate({key: value for key, value in full.items() if key != missing})


@pytest.mark.parametrize("missing", ["bound", "currency", "currency_stated"])
def test_money_needs_its_currency_and_whether_it_is_stated(missing: str) -> None:
    with pytest.raises(ValidationError, match="Field required"):
        Money.model_validate({key: value for key, value in MONEY.items() if key != missing})


@pytest.mark.parametrize("stated", ["true", 1, 0, "no", None])
def test_currency_stated_is_true_or_false_only(stated: object) -> None:
    with pytest.raises(ValidationError, match="valid boolean"):
        Money.model_validate({**MONEY, "currency_stated": stated})


@pytest.mark.parametrize(("length", "taken"), [(0, False), (1, True), (160, True), (161, False)])
def test_the_wording_has_a_length(length: int, taken: bool) -> None:  # noqa: FBT001 - the expected answer
    document = {"best": 5, "bound": "exact", "unit": "persons", "wording": "x" * length}
    if taken:
        assert Quantity.model_validate(document).wording == "x" * length
    else:
        with pytest.raises(ValidationError, match="String should"):
            Quantity.model_validate(document)


@pytest.mark.parametrize("wording", [" x", "x ", "a\nb", "a\tb", "a\u200bb"])
def test_the_wording_is_as_safe_as_other_texts(wording: str) -> None:
    with pytest.raises(ValidationError):
        Quantity.model_validate({"best": 5, "bound": "exact", "unit": "persons", "wording": wording})


@given(quantities(), money())
def test_amounts_are_frozen_and_hashable(count: Quantity, amount: Money) -> None:
    for value in (count, amount):
        assert hash(value) == hash(value.model_copy())
        with pytest.raises(ValidationError, match="frozen"):
            value.best = 1


@given(quantities())
def test_low_best_and_high_never_fall(count: Quantity) -> None:
    told = [number for number in (count.low, count.best, count.high) if number is not None]
    assert told
    assert told == sorted(told)


def test_time_and_shares_have_parts() -> None:
    assert {unit.value for unit in Unit if not unit.is_whole} == {"years", "months", "days", "percent"}
    assert Quantity.model_validate({"best": Decimal("2.5"), "bound": "exact", "unit": "years"}).best == Decimal("2.5")
