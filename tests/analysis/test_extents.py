"""Extents: the times that a date may mean, each with its first and last day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from defcoop.analysis._extents import extents
from defcoop.values import Edtf
from tests.strategies import edtf_strings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017", ["2017"]),
        ("2017-06?", ["2017-06"]),
        ("2017-06-05", ["2017-06-05"]),
        ("201X", [f"201{n}" for n in range(10)]),
        ("2017-XX-31", [f"2017-{month:02}-31" for month in (1, 3, 5, 7, 8, 10, 12)]),
        ("2016-02-XX", [f"2016-02-{day:02}" for day in range(1, 30)]),
        ("[2017,2019-03]", ["2017", "2019-03"]),
        ("[2018-11..2019-02]", ["2018-11", "2018-12", "2019-01", "2019-02"]),
        ("[2016-02-28..2016-03-01]", ["2016-02-28", "2016-02-29", "2016-03-01"]),
        ("[2017,2017]", ["2017"]),
        ("2022-21", ["2022-03-01/2022-06-21", "2022-09-01/2022-12-21"]),
        ("2022-24", ["2022-01-01/2022-03-20", "2022-06-01/2022-09-23", "2022-12-01/2023-03-20"]),
        ("2017/2018-05", ["2017/2018-05"]),
        ("{2016..2018}", ["{2016..2018}"]),
        ("2017/..", []),
        ("../2017", []),
        ("[..2017]", []),
    ],
)
def test_a_date_is_one_time_or_one_of_several(text: str, expected: list[str]) -> None:
    assert [one.text for one in extents(text)] == expected


@given(edtf_strings())
def test_the_times_lie_in_the_date_and_reach_to_both_of_its_ends(text: str) -> None:
    found, whole = extents(text), Edtf(text)
    if whole.earliest is None or whole.latest is None:
        assert found == ()
        return
    assert date.fromordinal(min(one.first for one in found)) == whole.earliest
    assert date.fromordinal(max(one.last for one in found)) == whole.latest
    assert list(found) == sorted(set(found), key=lambda one: (one.first, one.last))
    for one in found:
        own = Edtf(one.text)
        assert own.earliest is not None
        assert own.latest is not None
        assert (own.earliest.toordinal(), own.latest.toordinal()) == (one.first, one.last)
