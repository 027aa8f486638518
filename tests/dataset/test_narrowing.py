"""When a text was published is known better: all dates that hang on it follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from defcoop.values import Edtf, derive
from tests.analysis.plots.drawings import card, dataset, evidence, record
from tests.analysis.test_draws_tied import tied

if TYPE_CHECKING:
    from defcoop import Dataset


def texts(ds: Dataset) -> list[str]:
    return [ds["agr-march"].signed, ds["agr-august"].signed, ds["agr-august"].ends, ds["exe-later"].period]


def test_every_date_that_hangs_on_it_follows() -> None:
    ds = tied().with_published("seed-000", "2020-02")
    assert texts(ds) == ["2019-03", "2019-08", "2022", "[2019-08-11..2019-09-10]"]
    assert ds.seeds["seed-000"].published == "2020-02"
    assert type(ds["agr-march"].signed) is Edtf


def test_it_is_the_dataset_of_a_card_with_that_date() -> None:
    assert tied().with_published("seed-000", "2021/2022-03") == tied("2021/2022-03")
    assert tied().with_published("seed-000", "2019-12/2022") == tied()


def test_the_dataset_itself_stays() -> None:
    ds = tied()
    ds.with_published("seed-000", "2020-02")
    assert ds == tied()


@pytest.mark.parametrize("wide", ["2019", "2019-11-30/2020", "2022/2023-01-01", "2020/..", "../2020", "2019-12/"])
def test_a_date_that_is_no_narrower_is_refused(wide: str) -> None:
    with pytest.raises(ValueError, match=f"^{wide} is not within 2019-12/2022, when seed-000 was published$"):
        tied().with_published("seed-000", wide)


def test_what_is_no_date_or_no_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a date in the EDTF subset"):
        tied().with_published("seed-000", "spring 2020")
    with pytest.raises(KeyError):
        tied().with_published("seed-009", "2020")


def test_a_card_that_was_open_or_had_no_date_may_get_one() -> None:
    for published in ("2019/..", "/..", None):
        ds = dataset(record("agreement", "x", signed="2019"), cards=(card(published=published),))
        assert ds.with_published("seed-000", "2021").seeds["seed-000"].published == "2021"


def test_an_open_date_from_which_others_are_told_is_refused() -> None:
    entry = {"field": "signed", "seed": "seed-000", "offset": "last-03"}
    ds = dataset(record("agreement", "x", signed="2019-03", relative_dates=[entry]), cards=(card(published="2019/.."),))
    with pytest.raises(ValueError, match="is open or unknown on a side"):
        ds.with_published("seed-000", "2020/..")
    assert ds.with_published("seed-000", "2020-05")["agr-x"].signed == "2020-03"


def test_a_field_that_holds_no_date_is_left() -> None:
    one = [
        {"field": "signed", "seed": "seed-000", "offset": "P0Y"},
        {"field": "status", "seed": "seed-000", "offset": "P0Y"},
        {"field": "nothing", "seed": "seed-000", "offset": "P0Y"},
        {"field": "ends", "record": "agr-x", "record_field": "signed", "offset": "P0Y"},
    ]
    ds = dataset(record("agreement", "x", signed="2019", ends="2019", relative_dates=one), cards=(card(),))
    found = ds.with_published("seed-000", "2020-05")["agr-x"]
    assert (found.signed, found.ends, found.status) == ("2020", derive(Edtf("2020"), "P0Y"), "signed")


def test_what_is_taken_out_of_a_dataset_leaves_no_relative_date_behind() -> None:
    def told(seed: str) -> dict[str, object]:
        return evidence("names", "status", "parties", "laterality", "signed", seed=seed)

    entry = {"field": "signed", "seed": "seed-000", "offset": "last-03"}
    states = [
        record("actor", key, evidence=[evidence("names", "kind", seed=seed) for seed in ("seed-000", "seed-001")])
        for key in "ab"
    ]
    first = record("agreement", "x", signed="2019-03", relative_dates=[entry], evidence=[told("seed-001")])
    other = evidence("names", "status", "parties", "laterality", seed="seed-001")
    second = record("agreement", "y", signed="2019-03", relative_dates=[entry], evidence=[told("seed-000"), other])
    ds = dataset(*states, first, second, cards=(card(published="2020-02"), card("seed-001")))
    left = ds.without("seed-000").agreements.values()
    assert [(one.signed, one.relative_dates) for one in left] == [("2019-03", ()), (None, ())]
    assert [one.relative_dates for one in ds.only("seed-000").agreements.values()] == [second.relative_dates]
