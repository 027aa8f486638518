"""The days that a date allows are those whose writing fits it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from defcoop.analysis._days import FIRST_DAY, LAST_DAY, clip, count, join, middle, pick
from defcoop.analysis._days import happenings as read
from defcoop.analysis._extents import extents
from tests.analysis._naive_days import CALENDAR, happenings
from tests.analysis._naive_panel import times_of
from tests.strategies import edtf_strings

RUNS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)).map(lambda run: (run[0], run[0] + run[1])), max_size=5)


def days(runs: tuple[tuple[int, int], ...]) -> list[int]:
    return [day for first, last in runs for day in range(first, last + 1)]


@given(edtf_strings())
def test_a_date_is_read_as_a_comparison_with_every_day_of_the_calendar_reads_it(text: str) -> None:
    for reading, told in zip(read(text), happenings(text), strict=True):
        assert days(reading.begins) == told.begins
        assert days(reading.ends) == told.ends
        assert (reading.moment, reading.bounded) == (told.moment, told.bounded)
        assert reading.goes_on == (told.goes_on and not told.ends)


@given(edtf_strings())
@example("[2019-03..2019-05,2021]")
@example("[2019-12-30..2020-01-02]")
@example("[2019,2019-12..2020-01]")
@example("[2019,2020-01?]")
@example("2019-0X-XX")
@example("[..2019]")
def test_the_times_that_an_amount_may_cover_are_found_in_the_same_way(text: str) -> None:
    found = [range(one.first, one.last + 1) for one in extents(text)]
    assert found == times_of(text, "best")


def test_an_open_side_reaches_to_the_bound_of_the_calendar() -> None:
    assert (CALENDAR[0], CALENDAR[-1]) == (FIRST_DAY, LAST_DAY)
    assert read("[2018..]")[0].begins == ((date(2018, 1, 1).toordinal(), LAST_DAY),)


@given(RUNS)
def test_runs_are_joined_without_losing_or_doubling_a_day(given_runs: list[tuple[int, int]]) -> None:
    joined = join(given_runs)
    assert days(joined) == sorted({day for run in given_runs for day in days((run,))})
    assert all(one[1] + 1 < other[0] for one, other in pairwise(joined))
    assert count(joined) == len(days(joined))


@given(RUNS.filter(bool), st.integers(0, 50), st.integers(0, 50))
def test_days_are_picked_clipped_and_halved_as_if_they_were_listed(
    given_runs: list[tuple[int, int]], first: int, last: int
) -> None:
    runs = join(given_runs)
    every = days(runs)
    assert [pick(runs, place) for place in range(len(every))] == every
    assert middle(runs) == every[(len(every) - 1) // 2]
    assert days(clip(runs, first, last)) == [day for day in every if first <= day <= last]
    with pytest.raises(IndexError):
        pick(runs, len(every))
