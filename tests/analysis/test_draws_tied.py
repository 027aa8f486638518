"""Dates that are told from others stay tied to them in every draw."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from defcoop.analysis._draws.anchors import drawn_card
from defcoop.analysis._draws.records import drawn_record
from defcoop.analysis.draws import sample
from defcoop.values import Edtf, derive, resolve
from tests.analysis.plots.drawings import card, dataset, record

if TYPE_CHECKING:
    from defcoop import Dataset
    from defcoop.models import Record

DRAWS = 10_000
PUBLISHED = "2019-12/2022"
SEED = {"seed": "seed-000"}


def tied(published: str = PUBLISHED) -> Dataset:
    """Two dates told from the text's own, one from the second of these, one from another of its own record."""
    march, august = str(derive(Edtf(published), "last-03")), str(derive(Edtf(published), "last-08"))
    in_march = [{"field": "signed", "offset": "last-03"} | SEED]
    in_august = [
        {"field": "signed", "offset": "last-08"} | SEED,
        {"field": "ends", "record": "agr-august", "record_field": "signed", "offset": "P3Y"},
    ]
    later = [{"field": "period", "record": "agr-august", "record_field": "signed", "offset": "P10D"}]
    return dataset(
        record("agreement", "march", signed=march, relative_dates=in_march),
        record("agreement", "august", signed=august, ends=derive(Edtf(august), "P3Y"), relative_dates=in_august),
        record("exercise", "later", period=derive(Edtf(august), "P10D"), relative_dates=later),
        cards=(card(published=published),),
    )


def day_of(record: Record, field: str) -> date:
    return date.fromisoformat(getattr(record, field))


def test_tied_dates_stay_tied_and_within_what_is_told_over_ten_thousand_draws() -> None:
    told = tied()
    march, august, later = (told[key] for key in ("agr-march", "agr-august", "exe-later"))
    seen = set()
    for draw in range(DRAWS):
        written = date.fromisoformat(drawn_card(told.seeds["seed-000"], 1, draw).published)
        in_march, in_august, after = (drawn_record(one, 1, draw, told) for one in (march, august, later))
        for one, offset in ((in_march, "last-03"), (in_august, "last-08")):
            assert f"{day_of(one, 'signed'):%Y-%m}" == resolve(written, offset)
        assert day_of(after, "period") == day_of(in_august, "signed") + timedelta(days=10)
        assert day_of(in_august, "ends").year == day_of(in_august, "signed").year + 3
        assert date(2019, 12, 1) <= written <= date(2022, 12, 31)
        seen.add((str(in_march.signed)[:4], str(in_august.signed)[:4]))
    # In the months from March to August the last March is of the year and the last August of the year before.
    assert seen == {(str(y), str(y)) for y in range(2019, 2023)} | {(str(y + 1), str(y)) for y in range(2019, 2022)}


def test_a_drawn_dataset_holds_the_card_from_which_its_dates_follow() -> None:
    for drawn in sample(tied(), 50, 3):
        written = date.fromisoformat(drawn.seeds["seed-000"].published)
        assert str(drawn["agr-march"].signed)[:7] == resolve(written, "last-03")


def test_a_card_without_two_sides_is_not_drawn() -> None:
    for published in ("2019/..", "/2019", None):
        told = card(published=published)
        assert drawn_card(told, 1, 0) is told


@pytest.mark.parametrize("held", [{"signed": "2020-03"}, {"signed": None}])
def test_a_date_that_does_not_follow_from_its_anchor_is_drawn_by_itself(held: dict[str, str]) -> None:
    told = tied()
    record = told["agr-march"].model_copy(update={name: text and Edtf(text) for name, text in held.items()})
    drawn = drawn_record(record, 1, 0, told)
    assert str(drawn.signed or "")[:7] == (held["signed"] or "")


def test_dates_of_records_that_hang_on_each_other_are_drawn_all_the_same() -> None:
    def hanging(key: str, other: str) -> Record:
        entry = {"field": "signed", "record": f"agr-{other}", "record_field": "signed", "offset": "P0Y"}
        return record("agreement", key, signed="2019", relative_dates=[entry])

    told = dataset(hanging("one", "two"), hanging("two", "one"), hanging("itself", "itself"))
    for drawn in sample(told, 20, 1):
        assert {str(drawn[key].signed)[:5] for key in ("agr-one", "agr-two", "agr-itself")} == {"2019-"}
