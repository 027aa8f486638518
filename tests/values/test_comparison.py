"""Dates are compared by their days, with three answers, and never by their letters."""

from __future__ import annotations

import json
import operator
import pickle
from datetime import UTC, date, datetime
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defcoop.values import Edtf

if TYPE_CHECKING:
    from collections.abc import Callable

SET = Edtf("[2017-05..2017-08]")


@pytest.mark.parametrize(
    ("told", "question", "other", "answer"),
    [
        ("[2017-05..2017-08]", "after", "2099", False),
        ("[2017-05..2017-08]", "before", "2018", True),
        ("[2017-05..2017-08]", "before", "2017-06", None),
        ("2017", "before", "2017", None),
        ("2017-12-31", "before", "2018-01-01", True),
        ("2017-12-31", "before", "2017-12-31", False),
        ("2017-06", "before", "2017-06-01", False),
        ("2017-06-30", "after", "2017-06", None),
        ("2017-06/..", "before", "2099", False),
        ("2017-06/", "before", "2099", None),
        ("2017-06/", "before", "2017-05", False),
        ("2017-06/", "before", "2017-06", None),
        ("2017-06/", "after", "2017", None),
        ("../2017", "after", "1900", False),
        ("/2017", "after", "1900", None),
        ("{2017,2020}", "before", "2018", False),
        ("{2017,2019}", "before", "2020", True),
        ("[2017,2020]", "before", "2019", None),
        ("2019", "before", "[2017,2020]", None),
        ("2016", "before", "[2017,2020]", True),
        ("2018", "before", "{2017,2020}", False),
        ("201X", "before", "2020", True),
        ("20XX-XX-XX", "before", "20XX-XX-XX", None),
        ("2022-24", "before", "2023-04", True),
        ("2019-04", "within", "2019", True),
        ("2019", "within", "2019", True),
        ("2019", "within", "2019-04", None),
        ("2018", "within", "2019", False),
        ("[2018-12,2019-01]", "within", "2019", None),
        ("[2018-12,2019-01]", "within", "2018-12/2019-01", True),
        ("2019/2020", "within", "2019", False),
        ("2019/..", "within", "2019", False),
        ("2019/..", "within", "2018/..", True),
        ("2019/", "within", "2019", None),
        ("2018-06", "within", "{2018-01..2018-05,2018-06..2018-07}", True),
        ("2018", "within", "[2018-01..2018-05,2018-06..2018-12]", True),
        ("{2019-01,2020-01}", "within", "2019", False),
        ("2017/2019", "overlaps", "2018", True),
        ("2017/2019", "overlaps", "2017-03", None),
        ("2019", "overlaps", "2019-04", None),
        ("2019-04", "overlaps", "2019", True),
        ("[2017,2019]", "overlaps", "2018", False),
        ("{2017,2019}", "overlaps", "2018", False),
        ("{2017,2019}", "overlaps", "2019", True),
        ("{2017..2019}", "overlaps", "2018", True),
        ("[2017..2019]", "overlaps", "2018", None),
        ("2017-06/..", "overlaps", "2099", True),
        ("2017-XX-15", "overlaps", "2017-03", None),
        ("2017-XX-15", "overlaps", "2017-03-16/2017-04-14", False),
    ],
)
def test_a_question_has_three_answers(told: str, question: str, other: str, answer: bool | None) -> None:  # noqa: FBT001
    assert getattr(Edtf(told), question)(other) is answer
    assert getattr(Edtf(told), f"possibly_{question}")(other) is (answer is not False)


@pytest.mark.parametrize("other", [2018, "2018", Edtf("2018"), date(2018, 1, 1), datetime(2018, 1, 1, 12, tzinfo=UTC)])
def test_a_date_is_compared_with_whatever_names_a_time(other: Any) -> None:
    assert SET.before(other) is True
    assert SET.after(other) is SET.within(other) is SET.overlaps(other) is False


@pytest.mark.parametrize("other", [None, True, 2018.0, ()])
def test_what_is_no_time_is_refused(other: Any) -> None:
    with pytest.raises(TypeError, match="a date is compared with a date, a year or a text of EDTF, not with"):
        SET.before(other)
    with pytest.raises(ValueError, match="'next year' is not a date in the EDTF subset"):
        SET.before("next year")


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
@pytest.mark.parametrize("other", ["2099", Edtf("2099"), date(2099, 1, 1), 2099, None])
def test_order_by_letters_is_refused_from_either_side(compare: Callable[..., bool], other: Any) -> None:
    for pair in [(SET, other), (other, SET)]:
        with pytest.raises(TypeError, match=r"use before\(\), after\(\).*key=Edtf\.sort_key"):
            compare(*pair)


@pytest.mark.parametrize(
    "judge",
    [
        lambda day: day.startswith("2017"),
        lambda day: day.endswith("08"),
        lambda day: "2017" in day,
        lambda day: day[:4],
        lambda day: day[0],
        lambda day: day.split("-"),
        lambda day: day.partition("-"),
        lambda day: day.find("2017"),
        lambda day: day.index("2017"),
        lambda day: day.count("-"),
        lambda day: max(day, Edtf("2016")),
        lambda day: sorted([day, Edtf("2016")]),
    ],
)
def test_what_would_go_by_the_letters_is_refused_with_what_to_use(judge: Callable[[Edtf], object]) -> None:
    with pytest.raises(TypeError, match=r"would go by the letters of the date '\S+': use "):
        judge(SET)


def test_dates_sort_by_their_days_and_the_least_and_greatest_are_found_with_the_key() -> None:
    days = [Edtf("2018"), None, SET, Edtf("2017-06"), Edtf("../2016"), Edtf("2017-05/..")]
    assert sorted(days, key=Edtf.sort_key) == ["../2016", SET, "2017-05/..", "2017-06", "2018", None]
    assert max(filter(None, days), key=Edtf.sort_key) == "2018"


def test_a_date_is_still_its_text() -> None:
    assert SET == "[2017-05..2017-08]"
    assert hash(SET) == hash(str(SET))
    assert {SET: 1}["[2017-05..2017-08]"] == 1  # type: ignore[index]
    assert json.dumps(SET) == '"[2017-05..2017-08]"'
    assert pickle.loads(pickle.dumps(SET)) == SET  # noqa: S301 - our own
    assert type(str(SET)) is str
    assert f"{SET}" == str(SET)


DAYS = st.dates(date(2017, 1, 1), date(2019, 12, 31))
DATES = st.one_of(
    DAYS.map(lambda day: f"{day:%Y}"),
    DAYS.map(lambda day: f"{day:%Y-%m}"),
    DAYS.map(str),
    st.lists(DAYS.map(lambda day: f"{day:%Y-%m}"), min_size=1, max_size=3).map(lambda days: f"[{','.join(days)}]"),
    st.tuples(DAYS, DAYS).map(lambda pair: "/".join(f"{day:%Y-%m}" for day in sorted(pair))),
)


@given(DATES, DATES)
def test_answers_fit_each_other_and_the_days(first: str, second: str) -> None:
    told, other = Edtf(first), Edtf(second)
    before, after = told.before(other), told.after(other)
    assert before is other.after(told)
    assert not (before and after)
    assert not (before and told.overlaps(other))
    if told.within(other):
        assert told.overlaps(other)
    first_last = told.earliest, told.latest, other.earliest, other.latest
    assert all(first_last)
    earliest, latest, begins, ends = (day for day in first_last if day)
    assert (before is True) == (latest < begins)
    if "/" not in first + second and "[" not in first + second:
        days = [date.fromordinal(n) for n in (earliest.toordinal(), latest.toordinal())]
        others = [date.fromordinal(n) for n in (begins.toordinal(), ends.toordinal())]
        answers = {one < two for one, two in product(days, others)}
        assert before is (answers.pop() if len(answers) == 1 else None)
