"""A term runs from its first day to the eve of the same day, so many years, months or days later."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from defcoop.analysis._panel.spans import after
from defcoop.models.parts import Duration


@pytest.mark.parametrize(
    ("begun", "length", "unit", "last"),
    [
        ("2017-06-05", 3, "years", "2020-06-04"),
        ("2017-06-05", 1, "days", "2017-06-05"),
        ("2017-06-05", 30, "days", "2017-07-04"),
        ("2017-01-31", 1, "months", "2017-02-27"),
        ("2016-02-29", 1, "years", "2017-02-27"),
        ("2017-12-01", 13, "months", "2018-12-31"),
        ("2017-01-01", Decimal("1.5"), "years", "2018-06-30"),
        ("2017-01-01", Decimal("0.5"), "months", "2017-01-15"),
        ("2017-06-05", 99, "years", "2100-12-31"),
        ("2017-06-05", 99_999, "days", "2100-12-31"),
    ],
)
def test_the_last_day_of_a_term(begun: str, length: int | Decimal, unit: str, last: str) -> None:
    term = Duration.model_validate({"length": length, "unit": unit})
    assert date.fromordinal(after(date.fromisoformat(begun).toordinal(), term)).isoformat() == last
