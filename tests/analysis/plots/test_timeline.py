"""The timeline: dates drawn as wide as they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from defcoop.analysis.plots._labels import RTL
from defcoop.analysis.plots._stretches import Stretch, stretches
from defcoop.analysis.plots.timeline import DASHES, dated, timeline
from defcoop.models.evidence import Stance
from defcoop.values import Edtf
from tests.analysis.plots.drawings import dataset, evidence, layers, record, rows, subtitle, texts

if TYPE_CHECKING:
    import defcoop

Document = dict[str, object]


def one(told: str, **more: object) -> defcoop.Dataset:
    return dataset(record("agreement", "pact", "Pact", signed=told, **more))


def spans(told: str) -> list[tuple[object, ...]]:
    """The bars of a date: the first day, the day after the last, and how opaque."""
    return [(row["first"], row["last"], row["full"]) for row in rows(timeline(one(told)), "rect")]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2017", [("2017-01-01", "2018-01-01", 0.2)]),
        ("2017-06", [("2017-06-01", "2017-07-01", 0.2)]),
        ("2020-02", [("2020-02-01", "2020-03-01", 0.2)]),
        ("[2017-05..2017-08]", [("2017-05-01", "2017-09-01", 0.2)]),
        ("[2018-12,2019-12]", [("2018-12-01", "2019-01-01", 0.2), ("2019-12-01", "2020-01-01", 0.2)]),
        ("2017-03-05/2017-04-06", [("2017-03-05", "2017-04-07", 0.2), ("2017-03-05", "2017-04-07", 0.85)]),
    ],
)
def test_a_date_is_a_span_as_wide_as_it_is_told(told: str, expected: list[tuple[object, ...]]) -> None:
    assert spans(told) == expected


def test_a_season_is_drawn_where_either_hemisphere_has_it_and_written_in_words() -> None:
    assert spans("2022-21") == [("2022-03-01", "2022-06-22", 0.2), ("2022-09-01", "2022-12-22", 0.2)]
    assert "spring 2022?" in texts(timeline(one("2022-21?")))
    assert f"{RTL}ربيع 2022\u2069" in texts(timeline(one("2022-21"), lang="ar"))


def test_a_date_that_is_told_from_another_says_so_in_its_tooltip() -> None:
    entry = {"field": "signed", "seed": "seed-000", "offset": "last-03"}
    tied = record("agreement", "tied", signed="2019-03", relative_dates=[entry])
    chart = timeline(dataset(tied, record("agreement", "free", signed="2020")))
    assert [row.get("told from") for row in rows(chart, "rect")] == ["last-03 from published of seed-000", None]
    assert "told from" in str(chart.to_dict()["layer"])
    assert "told from" not in str(timeline(one("2020")).to_dict())


def test_what_lasted_is_full_only_between_the_latest_start_and_the_earliest_end() -> None:
    assert spans("2016/2018") == [("2016-01-01", "2019-01-01", 0.2), ("2016-12-31", "2018-01-02", 0.85)]


def test_a_known_day_is_a_dot() -> None:
    chart = timeline(one("2017-06-15"))
    assert rows(chart, "rect") == []
    [dot] = rows(chart, "point")
    assert (dot["first"], dot["full"], dot["date"]) == ("2017-06-15", 0.85, "2017-06-15")


def test_a_day_that_is_not_asserted_is_a_hollow_dot() -> None:
    [dot] = rows(timeline(one("2017-06-15", evidence=[evidence("signed", stance="planned")])), "point")
    assert (dot["full"], dot["stance"]) == (0, "planned")


@pytest.mark.parametrize(
    ("told", "shape", "field", "end"),
    [("2017-06/..", "triangle-right", "last", 1), ("../2017-06", "triangle-left", "first", 0)],
)
def test_a_side_without_limit_is_an_arrow_at_the_end_of_the_calendar(
    told: str, shape: str, field: str, end: int
) -> None:
    chart = timeline(dataset(record("deployment", "post", "Post", start=told)))
    [arrow] = rows(chart, "point")
    assert arrow["shape"] == shape
    # The calendar is the year of the only date that is told, with eleven days of room on either side.
    assert arrow["first"] == ("2016-12-21", "2018-01-12")[end]
    assert arrow["first"] in {row[field] for row in rows(chart, "rect")}


def test_the_days_of_one_date_are_joined_by_a_thread() -> None:
    threads = rows(timeline(one("[2018-12,2019-12]")), "rule")
    assert [(row["first"], row["last"]) for row in threads] == [("2019-01-01", "2019-12-01")]
    assert rows(timeline(one("2018")), "rule") == []


def test_a_date_of_very_many_days_is_drawn_as_one_span() -> None:
    assert stretches(Edtf("2019-XX-05"))[0].first is not None
    assert len(stretches(Edtf("2019-XX-05"))) == 12
    many = stretches(Edtf("20XX-XX-05"))
    assert [(str(one.first), str(one.last)) for one in many] == [("2000-01-05", "2099-12-05")]


def test_a_date_open_at_its_end_has_no_last_day() -> None:
    loose = [one for one in stretches(Edtf("[..2017]")) if not one.throughout]
    assert loose[0].first is None
    assert stretches(Edtf("[2017..]"))[-1].last is None
    assert stretches(Edtf("/..")) == ()
    assert Stretch(None, None).throughout is False


def test_what_is_planned_has_a_dashed_outline() -> None:
    firm = record("agreement", "firm", signed="2017")
    planned = record("agreement", "planned", signed="2018", evidence=[evidence("signed", stance="planned")])
    bars = {
        row["record"]: layer["mark"]["strokeDash"]
        for kind, layer, drawn in layers(timeline(dataset(firm, planned)))
        if kind == "rect"
        for row in drawn
    }
    assert bars == {"agr-firm": [1, 0], "agr-planned": [6, 3]}
    assert "planned" in texts(timeline(dataset(firm, planned)))
    assert "asserted" not in texts(timeline(dataset(firm)))


def test_every_stance_has_an_outline_of_its_own() -> None:
    assert list(DASHES) == list(Stance)
    assert len({tuple(dash) for dash in DASHES.values()}) == len(Stance)


def test_a_date_is_as_firm_as_its_firmest_evidence_and_names_its_sources() -> None:
    entries = [
        evidence("signed", stance="possible"),
        evidence("signed", stance="alleged", seed="seed-001"),
        evidence("names", seed="seed-002"),
    ]
    [found] = dated(one("2017", evidence=entries))
    assert (found.stance, found.seeds) == (Stance.ALLEGED, {"seed-000", "seed-001"})


def test_a_date_whose_evidence_is_not_named_takes_that_of_its_record() -> None:
    [found] = dated(one("2017", evidence=[evidence("names", stance="planned")]))
    assert found.stance is Stance.PLANNED


def test_dates_stand_in_the_order_of_time_and_those_without_limit_are_left_out() -> None:
    data = dataset(
        record("agreement", "late", signed="2019"),
        record("agreement", "early", signed="2017", entry_into_force="2018"),
        record("exercise", "open", period="../2016"),
        record("exercise", "none", period="/.."),
        record("actor", "c"),
    )
    assert [(found.record, found.path) for found in dated(data)] == [
        ("exe-open", "period"),
        ("agr-early", "signed"),
        ("agr-early", "entry_into_force"),
        ("agr-late", "signed"),
    ]
    assert subtitle(timeline(data))[0] == "Dates: 4 · records: 3 of 4 · sources: 1"


def test_a_name_says_which_of_its_dates_it_is() -> None:
    pact = record("agreement", "pact", "Pact", signed="2017", entry_into_force="2018", ends="2019")
    found = texts(timeline(dataset(pact)))
    assert {"Pact (signed)", "Pact (in force)", "Pact (ends)"} <= set(found)
    assert "Wave" in texts(timeline(dataset(record("exercise", "wave", "Wave", period="2017"))))


def test_the_event_is_in_the_language_of_the_name() -> None:
    data = dataset(
        record("agreement", "one", "Pact", "ميثاق", signed="2017"), record("agreement", "two", "Treaty", signed="2018")
    )
    found = texts(timeline(data, lang="ar"))
    assert "Treaty (signed)" in found
    assert any(text.startswith(f"{RTL}ميثاق (التوقيع)") for text in found)


def test_a_date_is_written_on_the_side_where_there_is_more_room() -> None:
    chart = timeline(dataset(record("exercise", "a", period="2001"), record("exercise", "b", period="2019")))
    sides = {
        row["text"]: layer["mark"]["align"]
        for kind, layer, drawn in layers(chart)
        if kind == "text" and "dx" in layer["mark"]
        for row in drawn
    }
    assert sides == {"2001": "left", "2019": "right"}


def test_a_few_years_are_labelled_by_month_and_many_by_year() -> None:
    def axis(*told: str) -> object:
        data = dataset(*(record("exercise", f"n{n}", period=date) for n, date in enumerate(told)))
        return next(layer["encoding"]["x"]["axis"] for kind, layer, _ in layers(timeline(data)) if kind == "rect")

    def shown(*told: str) -> tuple[object, object]:
        found = axis(*told)
        assert isinstance(found, dict)
        return found["format"], found["tickCount"]

    assert shown("2017-05", "2018") == ("%Y-%m", 8)
    assert shown("2010", "2018") == ("%Y", "year")
    assert shown("1970", "2018") == ("%Y", 8)


def test_long_names_take_two_lines_and_the_rest_is_left_out() -> None:
    name = "Agreement on everything that two states can do together in harbours, on roads and in classrooms for long"
    chart = timeline(dataset(record("agreement", "long", name, signed="2017")))
    written = [text for text in texts(chart) if text.split(" ")[0] in name]
    assert written[:2] == ["Agreement on everything that two states can", "do together in harbours, on roads and in …"]
