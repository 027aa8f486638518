"""Draws are whole datasets that keep to what the sources allow, and can be had again."""

from __future__ import annotations

from collections import Counter
from datetime import date
from math import isnan
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from defcoop import Dataset
from defcoop.analysis._draws import dates
from defcoop.analysis._draws.amounts import drawn_amount
from defcoop.analysis._draws.records import drawn_record, is_certain
from defcoop.analysis.draws import QUANTILES, sample, summarise
from defcoop.models import Agreement, TradeFigure
from defcoop.models.leaves import leaves, text_of
from defcoop.models.record import Conflict, Resolution
from defcoop.values import Amount, Edtf, Quantity
from tests import sound
from tests.analysis._naive_days import days_of, happenings
from tests.analysis._naive_panel import times_of
from tests.strategies import LARGE, amounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.models import Record

SOME = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
ORDER = ("signed", "ratified", "entry_into_force", "ends")


def amounts_of(record: Record) -> Iterator[tuple[str, Amount]]:
    for name, value in record:
        for place, one in enumerate(value if isinstance(value, tuple) else (value,)):
            if isinstance(one, Amount):
                yield f"{name} {place}", one


def contradicted(record: Record) -> set[str]:
    """Name the fields of which something is contradicted, and nothing decides."""
    return {one.field.split(".")[0].split("[")[0] for one in record.conflicts if one.resolution == "unresolved"}


def days_allowed(told: str, drawn: str) -> bool:
    """Tell whether a drawn date has days that the told one allows, and is a day wherever that has a day."""
    for one, other in zip(happenings(told), happenings(drawn), strict=True):
        if one.bounded and not (len(other.begins) == 1 and other.begins[0] in one.begins):
            return False
        if one.ends and not (len(other.ends) == 1 and other.ends[0] in one.ends and other.ends[0] >= other.begins[0]):
            return False
        if (one.moment, one.goes_on, one.bounded) != (other.moment, other.goes_on, other.bounded):
            return False
    return True


# --- every bound is kept -----------------------------------------------------------------------------------------


@SOME
@given(sound.datasets(largest=9), st.integers(0, 99))
def test_every_drawn_date_is_a_day_that_the_source_allows(dataset: Dataset, seed: int) -> None:
    for drawn in sample(dataset, 2, seed):
        for record in dataset:
            told = {leaf.path: leaf.value for leaf in leaves(record) if isinstance(leaf.value, Edtf)}
            for leaf in leaves(drawn[record.id]):
                if leaf.path not in told or leaf.path.split(".")[0].split("[")[0] in contradicted(record):
                    continue
                if not isinstance(record, TradeFigure):
                    assert days_allowed(told[leaf.path], leaf.value), (told[leaf.path], leaf.value)


@SOME
@given(sound.datasets(largest=9), st.integers(0, 99))
def test_the_time_of_an_amount_stays_whole_and_only_alternatives_are_drawn(dataset: Dataset, seed: int) -> None:
    for drawn in sample(dataset, 2, seed):
        for record in dataset.trade_figures.values():
            if record.period is None or "period" in contradicted(record):
                continue
            allowed, found = times_of(record.period, "best"), times_of(drawn[record.id].period, "best")
            assert len(found) == min(len(allowed), 1)
            assert set(found) <= set(allowed)


@SOME
@given(sound.datasets(largest=9), st.integers(0, 99))
def test_every_drawn_number_is_one_and_within_what_is_told(dataset: Dataset, seed: int) -> None:
    for drawn in sample(dataset, 2, seed):
        for record in dataset:
            found = dict(amounts_of(drawn[record.id]))
            for name, told in amounts_of(record):
                if name.split()[0] in contradicted(record):
                    continue
                number = found[name].best
                assert found[name].bound == "exact"
                assert (found[name].low, found[name].high) == (None, None)
                assert number is not None
                assert told.low is None or told.low <= number
                assert told.high is None or number <= told.high
                if told.low is None and told.bound in {"at_least", "more_than", "about"}:
                    assert number >= told.best


@SOME
@given(sound.datasets(largest=9), st.integers(0, 99))
def test_a_drawn_dataset_is_valid_and_has_nothing_left_to_draw(dataset: Dataset, seed: int) -> None:
    for drawn in sample(dataset, 2, seed):
        assert [record.id for record in drawn] == [record.id for record in dataset]
        assert list(drawn.seeds) == list(dataset.seeds)
        for record in drawn:
            assert type(record).model_validate(record.model_dump(by_alias=True)) == record
            assert is_certain(record)
        for again in sample(drawn, 1, seed + 1):
            assert list(again) == list(drawn)


@SOME
@given(sound.datasets(largest=9), st.integers(0, 99))
def test_dates_of_an_agreement_keep_their_order_wherever_the_source_allows_it(dataset: Dataset, seed: int) -> None:
    def is_in_order(one: Agreement) -> bool:
        dates = [[getattr(one, field)] if field != "ratified" else [r.date for r in one.ratified] for field in ORDER]
        told = [(place, date) for place, many in enumerate(dates) for date in many if date]
        return not any(a < b and x.earliest and y.latest and x.earliest > y.latest for a, x in told for b, y in told)

    for record in dataset.agreements.values():
        if is_in_order(record) and not contradicted(record).intersection(ORDER) and _are_simple(record):
            for drawn in sample(dataset, 3, seed):
                assert is_in_order(drawn.agreements[record.id])


def _are_simple(agreement: Agreement) -> bool:
    """Leave out what has dates with several happenings or an end: of those nobody says which comes first."""
    dates = [agreement.signed, agreement.entry_into_force, agreement.ends, *(one.date for one in agreement.ratified)]
    return all(not told or not {"/", "{", "."}.intersection(str(told)) for told in dates)


@pytest.mark.parametrize("tries", [1, 100])
@pytest.mark.parametrize("text", ["2019/2019", "201X/201X-06", "{2019..2019,2018-03..2018-03}", "2019/.."])
def test_an_interval_that_is_hard_to_put_in_order_is_drawn_in_order_all_the_same(
    text: str, tries: int, shipped: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dates, "_TRIES", tries)
    record = shipped.deployments["dep-tur-qat-world-cup-police"].model_copy(update={"start": Edtf(text)})
    for draw in range(50):
        assert days_allowed(text, drawn_record(record, 1, draw, Dataset([], [])).start)


def test_each_date_of_an_agreement_with_several_is_drawn_though_their_order_cannot_be_kept(shipped: Dataset) -> None:
    told = {"signed": Edtf("2018"), "entry_into_force": Edtf("{2016-05,2017}")}
    record = shipped.agreements["agr-qat-tur-military-cooperation-2017"].model_copy(update=told)
    for draw in range(20):
        drawn = drawn_record(record, 1, draw, Dataset([], []))
        assert all(days_allowed(text, getattr(drawn, field)) for field, text in told.items())


@pytest.mark.parametrize("tries", [1, 100])
def test_dates_of_an_agreement_that_are_hard_to_put_in_order_are_drawn_in_order_all_the_same(
    tries: int, shipped: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dates, "_TRIES", tries)
    told = {"signed": Edtf("2017-06"), "entry_into_force": Edtf("2017-06"), "ends": Edtf("2017")}
    record = shipped.agreements["agr-qat-tur-military-cooperation-2017"].model_copy(update=told)
    for draw in range(50):
        drawn = drawn_record(record, 1, draw, Dataset([], []))
        assert str(drawn.signed) <= str(drawn.entry_into_force) <= str(drawn.ends)
        assert all(days_allowed(text, getattr(drawn, field)) for field, text in told.items())


# --- contradictions ----------------------------------------------------------------------------------------------


@pytest.fixture
def deployment(shipped: Dataset) -> Record:
    return shipped.deployments["dep-tur-qat-world-cup-police"]


def told_otherwise(record: Record, *others: tuple[str, str, Resolution]) -> Record:
    cited = [
        entry.model_dump(
            include={
                "seed",
                "passage",
                "quote",
                "digest",
                "voice",
                "stance",
                "basis",
                "credibility",
                "speaker",
                "outlet",
                "reasoning",
            }
        )
        for entry in record.evidence[:1]
    ]
    conflicts = tuple(
        Conflict.model_validate(
            {"field": field, "value": value, "evidence": cited, "resolution": resolution, "rationale": "Invented."}
        )
        for field, value, resolution in others
    )
    return record.model_copy(update={"conflicts": conflicts})


def drawn_values(record: Record, ids: set[str], draws: int = 300) -> list[Any]:
    return [drawn_record(record, 7, draw, ids) for draw in range(draws)]


def test_what_nothing_decides_is_drawn_among_what_is_told_alike_likely(deployment: Record) -> None:
    told = told_otherwise(
        deployment,
        ("status", "deployed", Resolution.UNRESOLVED),
        ("status", "announced", Resolution.UNRESOLVED),
        ("status", "announced", Resolution.UNRESOLVED),
        ("status", "denied", Resolution.SUPERSEDED),
    )
    found = Counter(str(one.status) for one in drawn_values(told, set()))
    assert set(found) == {"planned", "deployed", "announced"}
    assert min(found.values()) > 70  # a hundred are expected of each
    assert max(found.values()) < 130


@pytest.mark.parametrize("resolution", [Resolution.PREFERRED, Resolution.SUPERSEDED])
def test_what_is_decided_stays(deployment: Record, resolution: Resolution) -> None:
    told = told_otherwise(deployment, ("status", "deployed", resolution))
    assert {one.status for one in drawn_values(told, set(), 30)} == {deployment.status}
    assert all(one.conflicts == told.conflicts for one in drawn_values(told, set(), 30))


def test_a_reference_is_drawn_only_to_a_record_that_is_there(deployment: Record) -> None:
    told = told_otherwise(deployment, ("sender", "act-syr", Resolution.UNRESOLVED))
    assert {one.sender for one in drawn_values(told, {"act-syr"}, 40)} == {"act-tur", "act-syr"}
    assert {one.sender for one in drawn_values(told, set(), 40)} == {"act-tur"}


def test_a_number_of_an_amount_is_drawn_and_the_others_stay_in_order(deployment: Any) -> None:
    told = told_otherwise(deployment, ("size.best", "5000", Resolution.UNRESOLVED))
    assert {one.size.best for one in drawn_values(told, set(), 40)} == {3000, 5000}
    rough = deployment.size.model_validate(deployment.size.model_dump() | {"low": 2000, "high": 4000, "bound": "about"})
    told = told_otherwise(deployment.model_copy(update={"size": rough}), ("size.best", "5000", Resolution.UNRESOLVED))
    found = {one.size.best for one in drawn_values(told, set(), 60)}
    assert any(number > 4000 for number in found)
    assert all(2000 <= number <= 5000 for number in found)


@pytest.mark.parametrize(
    ("field", "value"), [("size.best", "many"), ("status", "gone"), ("size.nothing", "3"), ("size", "3000")]
)
def test_a_value_that_cannot_stand_there_is_not_drawn(deployment: Any, field: str, value: str) -> None:
    told = told_otherwise(deployment, (field, value, Resolution.UNRESOLVED))
    for one in drawn_values(told, set(), 20):
        assert (one.size, one.status) == (deployment.size, deployment.status)
        assert one.conflicts == ()


def test_a_value_in_the_place_of_an_absent_one_is_absent_no_more(shipped: Dataset) -> None:
    record = shipped.deployments["dep-tur-qat-forces-deployed"]
    assert "facility" in record.absent or "mandate" in record.absent
    told = told_otherwise(record, ("mission", "presence", Resolution.UNRESOLVED))
    told = told.model_copy(update={"absent": {**record.absent, "mission": "not_reported"}, "mission": None})
    found = drawn_values(told, set(), 40)
    assert {(one.mission, "mission" in one.absent) for one in found} == {(None, True), ("presence", False)}


@SOME
@given(sound.datasets(largest=9), st.integers(0, 99))
def test_a_value_with_contradictions_is_the_records_own_or_one_of_those_told(dataset: Dataset, seed: int) -> None:
    for drawn in sample(dataset, 3, seed):
        for record in dataset:
            own = {leaf.path: text_of(leaf.value) for leaf in leaves(record)}
            for leaf in leaves(drawn[record.id]):
                others = {one.value for one in record.conflicts if one.field == leaf.path}
                if others and isinstance(leaf.value, Edtf) and not isinstance(record, TradeFigure):
                    allowed = [
                        told
                        for told in {own[leaf.path], *others}
                        if len(happenings(told)) == len(happenings(leaf.value))
                    ]
                    assert any(days_allowed(told, leaf.value) for told in allowed)
                elif others and "." not in leaf.path and not isinstance(leaf.value, Edtf):
                    assert text_of(leaf.value) in {own[leaf.path], *others}


# --- chance ------------------------------------------------------------------------------------------------------


@SOME
@given(sound.datasets(), st.integers(-5, 10**9))
def test_the_same_seed_gives_the_same_draws_and_the_first_are_the_first_of_more(dataset: Dataset, seed: int) -> None:
    few, again, more = (list(sample(dataset, n, seed)) for n in (2, 2, 4))
    assert [list(one) for one in few] == [list(one) for one in again] == [list(one) for one in more[:2]]


def test_another_seed_and_another_draw_give_other_days(shipped: Dataset) -> None:
    key = "agr-qat-tur-fourteen-agreements"
    found = {seed: [one.agreements[key].signed for one in sample(shipped, 20, seed)] for seed in (1, 2)}
    assert found[1] != found[2]
    assert len(set(found[1])) > 10


def test_a_record_is_drawn_alike_whatever_other_records_there_are(shipped: Dataset) -> None:
    fewer = Dataset([one for one in shipped if not one.id.startswith("eng-")], shipped.seeds.values())
    for one, other in zip(sample(shipped, 3, 5), sample(fewer, 3, 5), strict=True):
        assert all(one[record.id] == record for record in other)


def test_every_day_that_a_date_allows_is_alike_likely(shipped: Dataset) -> None:
    key = "agr-qat-tur-military-cooperation-2017"
    drawn = [one.agreements[key].entry_into_force for one in sample(shipped, 600, 3)]
    found = Counter(drawn)
    assert set(found) == {date.fromordinal(day).isoformat() for day in days_of("2017-06")}
    assert max(found.values()) < 45  # twenty are expected of each


def test_all_that_is_the_same_in_every_draw_is_shared(shipped: Dataset) -> None:
    one, other = sample(shipped, 2, 1)
    assert one.actors["act-tur"] is other.actors["act-tur"] is shipped.actors["act-tur"]


@given(amounts(), st.floats(0, 1, exclude_max=True))
@LARGE
def test_luck_moves_a_number_up_and_never_out_of_bounds(told: dict[str, Any], luck: float) -> None:
    amount = Quantity.model_validate(told | {"unit": "percent"})
    lowest, drawn, highest = (drawn_amount(amount, one).best for one in (0.0, luck, 1 - 2**-53))
    assert lowest is not None
    assert drawn is not None
    assert highest is not None
    assert lowest <= drawn <= highest
    assert amount.low is None or amount.low <= lowest
    assert amount.high is None or highest <= amount.high


@pytest.mark.parametrize(
    ("told", "least", "greatest"),
    [
        ({"low": 3, "bound": "at_least"}, 3, 3),
        ({"low": 3, "bound": "more_than"}, 4, 4),
        ({"high": 3, "bound": "at_most"}, 0, 3),
        ({"high": 3, "bound": "less_than"}, 0, 2),
        ({"best": 300, "bound": "about"}, 300, 300),
        ({"low": 200, "best": 300, "high": 600, "bound": "about"}, 200, 600),
        ({"low": 200, "best": 300, "bound": "at_least"}, 200, 300),
    ],
)
def test_the_range_of_a_number_is_that_of_its_bound(told: dict[str, Any], least: int, greatest: int) -> None:
    amount = Quantity.model_validate(told | {"unit": "persons"})
    assert (drawn_amount(amount, 0.0).best, drawn_amount(amount, 1 - 2**-53).best) == (least, greatest)


# --- summaries ---------------------------------------------------------------------------------------------------


def test_a_summary_says_how_a_statistic_varies(shipped: Dataset) -> None:
    days = iter([3.0, 1.0, None, 2.0, float("nan"), 4.0])
    found = summarise(shipped, lambda _: next(days), n=6, seed=1)
    assert (found.n, found.missing, found.mean, found.minimum, found.maximum) == (4, 2, 2.5, 1.0, 4.0)
    assert found.sd == pytest.approx(1.2909944)
    assert list(found.quantiles) == list(QUANTILES)
    assert [round(value, 2) for value in found.quantiles.values()] == [1.15, 1.75, 2.5, 3.25, 3.85]


def test_a_single_draw_has_no_spread(shipped: Dataset) -> None:
    found = summarise(shipped, lambda _: 7, n=1, seed=1)
    assert found.minimum == found.maximum == found.quantiles[0.05] == 7
    assert isnan(found.sd)


def test_a_statistic_that_never_gives_a_number_is_refused(shipped: Dataset) -> None:
    with pytest.raises(ValueError, match="no number in any of 2 draws"):
        summarise(shipped, lambda _: None, n=2, seed=1)


def test_fewer_than_no_draws_are_refused_at_once(shipped: Dataset) -> None:
    with pytest.raises(ValueError, match="-1 draws"):
        sample(shipped, -1, 1)
    assert list(sample(shipped, 0, 1)) == []
