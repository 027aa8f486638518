"""Relative dates, against a calendar that is walked day by day."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from defcoop.values import Edtf, Offset, derive, resolve
from defcoop.values.edtf_parts import is_one_of
from tests.analysis._naive_days import days_of
from tests.strategies import edtf_strings

DAY = timedelta(days=1)
NAMED = [f"{which}-{month:02d}" for which in ("last", "next") for month in range(1, 13)]
OFFSETS = st.one_of(
    st.sampled_from([*NAMED, "last-year", "this-year", "next-year"]),
    st.builds("P{}{}".format, st.integers(-20, 20), st.sampled_from("YMWD")),
)
DAYS = st.dates(date(1830, 1, 1), date(2070, 12, 31))


def walked(day: date, offset: str) -> set[str]:
    """Give the dates that an offset leads to from a day, found by going from day to day."""
    if offset[1:-1].lstrip("-").isdigit():
        count, unit = int(offset[1:-1]), offset[-1]
        if unit == "D":
            return {str(day + count * DAY)}
        if unit == "W":
            return {str(day + (7 * count + around) * DAY) for around in range(-3, 4)}
        width = {"Y": 4, "M": 7}[unit]
        for _ in range(abs(count)):
            here = str(day)[:width]
            while str(day)[:width] == here:
                day += DAY if count > 0 else -DAY
        return {str(day)[:width]}
    which, what = offset.split("-")
    if what == "year":
        return {str(day.year + {"last": -1, "this": 0, "next": 1}[which])}
    month, step = str(day)[:7], DAY if which == "next" else -DAY
    while str(day)[:7] == month or f"{day:%m}" != what:
        day += step
    return {str(day)[:7]}


def members(text: str) -> set[str]:
    """List the dates of a set, its ranges spelled out."""
    found: set[str] = set()
    for part in text.strip("[]").split(","):
        start, _, end = part.partition("..")
        found |= {str(date.fromordinal(day))[: len(start)] for day in days_of(part)} if end else {start}
    return found


@given(DAYS, OFFSETS)
def test_what_follows_from_a_day_is_found_by_going_there_day_by_day(day: date, offset: str) -> None:
    assert members(resolve(day, offset)) == walked(day, offset)


def anchor_days(text: str) -> list[int]:
    if "/" in text:
        first, last = (days_of(end) for end in text.split("/"))
        return list(range(first[0], last[-1] + 1))
    return [day for part in text.strip("[]{}").split(",") for day in days_of(part)]


@given(edtf_strings(), OFFSETS)
def test_what_follows_from_a_date_is_what_follows_from_any_of_its_days(anchor: str, offset: str) -> None:
    whole = Edtf(anchor)
    if whole.earliest is None or whole.latest is None:
        with pytest.raises(ValueError, match=r"is open or unknown on a side, so that no date follows from it$"):
            derive(whole, offset)
        return
    first, last = whole.earliest.year, whole.latest.year
    if (last - first) > 30 or not 1830 < first <= last < 2070:
        return
    expected = {one for day in anchor_days(anchor) for one in members(resolve(date.fromordinal(day), offset))}
    told = derive(whole, offset)
    assert members(re.sub("[?~%]", "", told)) == expected
    assert (told.uncertain, told.approximate) == (whole.uncertain, whole.approximate)


@given(st.lists(DAYS, min_size=1, max_size=6), OFFSETS)
def test_a_set_is_written_in_order_its_runs_as_ranges_and_in_one_way(days: list[date], offset: str) -> None:
    told = derive(Edtf(f"[{','.join(map(str, days))}]"), offset)
    assert told == derive(Edtf(f"[{','.join(map(str, reversed(days)))}]"), offset)
    parts = told.strip("[]").split(",")
    assert parts == sorted(parts)
    assert is_one_of(told) == (len(members(told)) > 1)


@pytest.mark.parametrize(
    ("anchor", "offset", "expected"),
    [
        ("2019-12/2022", "last-03", "[2019-03,2020-03,2021-03,2022-03]"),
        ("2019-12/2022", "last-12", "[2018-12,2019-12,2020-12,2021-12]"),
        ("2020-03-15", "last-03", "2019-03"),
        ("2020-03-15", "next-03", "2021-03"),
        ("2020-03-15", "next-04", "2020-04"),
        ("2019-12-31/2020-01-01", "last-12", "[2018-12,2019-12]"),
        ("2019/2022", "last-year", "[2018..2021]"),
        ("2019?", "this-year", "2019?"),
        ("[2018~,2019]", "P1Y", "[2019~,2020~]"),
        ("2019-03", "P0M", "2019-03"),
        ("2019-03", "P-1D", "[2019-02-28..2019-03-30]"),
        ("2019-03-31", "P-1M", "2019-02"),
        ("2019-03-31", "P-2W", "[2019-03-14..2019-03-20]"),
        ("2022-21", "P0M", "[2022-03..2022-06,2022-09..2022-12]"),
    ],
)
def test_what_follows(anchor: str, offset: str, expected: str) -> None:
    assert derive(Edtf(anchor), offset) == expected


@pytest.mark.parametrize("anchor", ["2017/..", "2017/", "/2017", "../2017", "/..", "[2017..]", "[..2017]", "{2017..}"])
def test_nothing_follows_from_an_open_anchor(anchor: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(repr(anchor))} is open or unknown on a side"):
        derive(Edtf(anchor), "last-03")


@pytest.mark.parametrize(
    "offset", ["", "last-13", "last-00", "last-3", "this-03", "-P3M", "P3", "P1Y6M", "P1.5M", "P+3M", "last-year\n"]
)
def test_what_is_no_offset_is_refused(offset: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(repr(offset))} is not an offset$"):
        resolve(date(2020, 1, 1), offset)
    with pytest.raises(ValidationError):
        TypeAdapter(Offset).validate_python(offset)


def test_what_would_lie_outside_the_years_is_refused() -> None:
    for day, offset in ((date(1800, 1, 1), "P-1D"), (date(2100, 5, 1), "next-year"), (date(2000, 1, 1), "P-9999Y")):
        with pytest.raises(ValueError, match=r"outside the years 1800 to 2100|EDTF subset"):
            resolve(day, offset)
