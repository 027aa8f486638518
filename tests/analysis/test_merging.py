"""Merging: tables that look like those of others get our actors, ours get their codes, and both then merge.

Their columns are those of the published files; every row is invented.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import defcoop
from defcoop.analysis import merging as module
from defcoop.analysis.dyads import dyads
from defcoop.analysis.frames import frame
from defcoop.analysis.merging import LAYOUTS, Layout, keyed, with_actors, with_codes
from defcoop.models import Actor
from defcoop.models.actor import ActorKind, Code
from defcoop.reference.states import state
from tests.processes import python

if TYPE_CHECKING:
    from collections.abc import Callable

MAKERS: dict[str, Callable[..., Any]] = {"polars": pl.DataFrame, "pandas": pd.DataFrame, "pyarrow": pa.table}
EACH = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)

INVENTED: dict[str, dict[str, list[Any]]] = {
    "dcad": {
        "ccode1": [640, 640, 652, 2], "ccode2": [694, 694, 694, 640], "year": [2007, 2008, 1960, 2007],
        "dcaGeneralV1": [0, 0, 0, 1], "dcaSectorV1": [1, 0, 0, 0], "dcaAnyV1": [1, 0, 0, 1], "dcaAnyV2": [1, 0, 0, 1],
    },
    "atop": {
        "stateA": [640, 694], "stateB": [694, 640], "year": [2017, 2017], "ddyad": [640694, 694640],
        "defense": [1, 1], "offense": [0, 0], "neutral": [0, 0], "nonagg": [0, 0], "consul": [1, 1],
    },
    "cow": {
        "version4id": [1, 1], "ccode1": [640, 694], "state_name1": ["Turkey", "Qatar"], "ccode2": [694, 640],
        "state_name2": ["Qatar", "Turkey"], "defense": [0, 0], "entente": [1, 1], "year": [2017, 1970],
        "version": [4.1, 4.1],
    },
    "ucdp": {
        "id": [1, 2, 3], "type_of_violence": [1, 1, 2], "gwnoa": [640, 652, None], "gwnob": [652, 640, None],
        "date_start": ["2016-08-24", "2016-08-25", "2016-08-26"],
        "date_end": ["2016-08-24", "2016-08-26", "2016-08-26"],
        "best": [3, 0, 1], "low": [1, 0, 1], "high": [5, 2, 1],
    },
    "sipri": {
        "Recipient": ["Qatar", "Qatar", "Saudi Arabia"], "Supplier": ["Turkiye", "unknown supplier(s)", "TÜRKİYE"],
        "Year of order": ["2019", "(2019)", "(2020)"], "Number ordered": ["1", "2", "(3)"],
        "Weapon designation": ["Gull-1", "Gull-2", "Gull-3"], "Year(s) of delivery": ["2020", "", "2021; 2022"],
    },
    "sipri-deliveries": {
        "SIPRI AT Database ID": [1, 1, 2], "Supplier": ["Turkiye", "Turkiye", "Soviet Union"],
        "Recipient": ["Qatar", "Qatar", "Hill rebels (Atlantis)*"], "Designation": ["Gull-1", "Gull-1", "Gull-2"],
        "Description": ["gull"] * 3, "Armament category": ["Aircraft"] * 3, "Order date": [2018, 2018, 1985],
        "Order date is estimate": ["No"] * 3, "Numbers delivered": [3, 4, 1],
        "Numbers delivered is estimate": ["No"] * 3, "Delivery year": [2019, 2020, 1986],
        "Delivery year is estimate": ["No"] * 3, "Status": ["New"] * 3, "SIPRI estimate": [1, 1, 1],
        "TIV deal unit": [1, 1, 1], "TIV delivery values": [3, 4, 1], "Local production": ["No"] * 3,
    },
    "troops": {
        "countryname": ["Qatar", "Atoll", "Yemen"], "year": [2010, 1980, 1995], "ccode": [694, 1029, 679],
        "iso3c": ["QAT", None, "YEM"], "troops_ad": [10, 0, 3],
    },
    "bases": {"countryname": ["Qatar"], "ccode": [694], "iso3c": ["QAT"], "basename": ["Gull Field"], "base": [1]},
    "mme": {
        "MMEID": ["mme1", "mme1", "mme2"], "gwcode": [260, 640, None], "country": ["Germany", "Turkey", "-9"],
        "year": [1995, 1995, 1995], "StartDate": ["5/16/95", "5/16/95", "1995-05-xx"], "s.day": ["16", "16", "xx"],
    },
    "mme-states": {"MMEID": ["mme1"], "s.year": [1995], "StateA": ["-9"], "StateB": ["Turkey"]},
    "jme": {"s.year": [1995, 1995], "State A": ["TUR", "-9"], "State B": ["DEU", "TUR"]},
}  # fmt: skip
"""Tables that have the columns of the five, with rows that nobody published."""

KEYS = {
    "dcad": [("act-tur", "act-qat"), ("act-tur", "act-qat"), (None, None), ("act-usa", "act-tur")],
    "atop": [("act-tur", "act-qat"), ("act-qat", "act-tur")],
    "cow": [("act-tur", "act-qat"), ("act-tur", "act-qat")],
    "ucdp": [("act-tur", "act-syr"), ("act-syr", "act-tur"), (None, None)],
    "sipri": [("act-tur", "act-qat"), (None, "act-qat"), ("act-tur", "act-sau")],
    "sipri-deliveries": [("act-tur", "act-qat"), ("act-tur", "act-qat"), ("act-sun", None)],
    "troops": [("act-usa", "act-qat"), ("act-usa", None), ("act-usa", "act-yem")],
    "bases": [("act-usa", "act-qat")],
    "mme": [("act-deu",), ("act-tur",), (None,)],
    "mme-states": [(None, "act-tur")],
    "jme": [("act-deu", "act-tur"), (None, "act-tur")],
}
"""The actors of each row. In 1960 nobody had 652; in 1970 nobody 694, but alliances have allies before that."""


def rows(table: Any, *names: str) -> list[tuple[Any, ...]]:
    native = nw.from_native(table, eager_only=True)
    columns = [
        [None if none else one for one, none in zip(native[n].to_list(), native[n].is_null().to_list(), strict=True)]
        for n in names
    ]
    return list(zip(*columns, strict=True))


def test_there_is_an_invented_table_for_each_layout() -> None:
    assert set(INVENTED) == set(KEYS) <= set(LAYOUTS)
    for name, table in INVENTED.items():
        assert set(LAYOUTS[name].columns) <= set(table)
    for name in LAYOUTS:
        editions = {
            INVENTED.get(edition) is not None for edition in LAYOUTS if edition.split("-")[0] == name.split("-")[0]
        }
        assert True in editions


@EACH
@pytest.mark.parametrize("name", INVENTED)
def test_the_actors_of_a_table_are_named_as_ours(name: str, make: Callable[..., Any], shipped: defcoop.Dataset) -> None:
    table = make(INVENTED[name])
    found = keyed(table, shipped, name)
    assert type(found) is type(table)
    sides = ("a", "b")[: len(KEYS[name][0])]
    assert rows(found, *sides) == KEYS[name]
    assert list(nw.from_native(found, eager_only=True).columns) == [*INVENTED[name], *sides]
    assert rows(found, *INVENTED[name]) == rows(table, *INVENTED[name])


@pytest.mark.parametrize("name", ["atop", "cow"])
def test_alliances_may_be_held_to_the_list_of_states(name: str, shipped: defcoop.Dataset) -> None:
    layout = LAYOUTS[name]
    table = pl.DataFrame({layout.first: [640, 640], layout.second: [694, 694], "year": [1970, 1972]})
    assert rows(keyed(table, shipped, name, outside=False), "a", "b") in (
        [(None, "act-tur"), ("act-tur", "act-qat")],
        [("act-tur", None), ("act-tur", "act-qat")],
    )
    assert rows(keyed(table, shipped, name), "a", "b") == [("act-tur", "act-qat")] * 2
    assert not any(LAYOUTS[other].outside for other in LAYOUTS if other.split("-")[0] not in {"atop", "cow"})


@EACH
def test_why_a_code_is_missing_is_told(make: Callable[..., Any]) -> None:
    """A list that has closed says nothing of later years, which is not the same as that there is no code."""
    stopped = Code.model_validate({"scheme": "cow", "code": "999", "valid": "2001/2016-12-31"})
    island = state("act-pse").model_copy(update={"id": "act-island", "codes": (stopped,)})
    people = state("act-pse").model_copy(update={"id": "act-people", "kind": ActorKind.COMPANY, "codes": ()})
    dataset = defcoop.Dataset([island, people], [])
    asked: list[tuple[str, int | None, int | None, str | None]] = [
        ("act-nor", 2024, 385, None), ("act-yug", 1990, 345, None), ("act-yug", 2010, None, "not_then"),
        ("act-yug", 2024, None, "not_then"), ("act-pse", 2010, None, "no_code"), ("act-pse", 2024, None, "list_closed"),
        ("act-island", 2016, 999, None), ("act-island", 2020, None, "list_closed"),
        ("act-island", 1990, None, "not_then"),
        ("act-people", 2020, None, "no_code"), ("act-eu", 2024, None, "no_code"), ("act-yem", None, None, "no_time"),
        ("act-nobody", 2010, None, "no_code"), ("act-nobody", 2024, None, "no_code"),
    ]  # fmt: skip
    table = make({"actor_id": [row[0] for row in asked], "year": [row[1] for row in asked]})
    found = with_codes(table, dataset, when="year", why="why")
    assert rows(found, "actor_id", "year", "cow", "why") == asked
    assert "why" not in nw.from_native(with_codes(table, dataset, when="year"), eager_only=True).columns


def test_dcad_merges_with_dyads_by_year(shipped: defcoop.Dataset) -> None:
    theirs = keyed(pd.DataFrame(INVENTED["dcad"]), shipped, "dcad")
    ours = dyads(shipped, ["agreements"], "pandas")
    merged = theirs.merge(ours, on=["a", "b", "year"], validate="one_to_many")
    assert merged[["year", "dcaAnyV1", "record_id", "status"]].to_numpy().tolist() == [
        [2007, 1, "agr-qat-tur-defence-industry-2007", "signed"]
    ]


def test_atop_merges_with_a_directed_panel(shipped: defcoop.Dataset) -> None:
    theirs = keyed(pl.DataFrame(INVENTED["atop"]), shipped, "atop")
    ours = shipped.panel(actors=["TUR", "QAT"], years=[2017], directed=True, backend="polars")
    merged = theirs.join(ours, on=["a", "b", "year"], validate="1:1").sort("a", descending=True)
    assert merged.select("a", "b", "defense", "cow_a", "stateA").rows() == [
        ("act-tur", "act-qat", 1, 640, 640),
        ("act-qat", "act-tur", 1, 694, 694),
    ]
    assert (merged["agreements_in_force_best"] > 0).all()


def test_cow_alliances_merge_with_a_panel(shipped: defcoop.Dataset) -> None:
    theirs = keyed(pl.DataFrame(INVENTED["cow"]), shipped, "cow")
    ours = shipped.panel(actors=["TUR", "QAT"], years=range(2016, 2019), backend="polars")
    merged = ours.join(theirs, on=["a", "b", "year"], how="left").sort("year")
    assert merged.select("year", "entente").rows() == [(2016, None), (2017, 1), (2018, None)]


def test_ucdp_events_are_counted_by_dyad_and_merge_with_a_panel(shipped: defcoop.Dataset) -> None:
    events = keyed(pl.DataFrame(INVENTED["ucdp"]), shipped, LAYOUTS["ucdp"]._replace(directed=False))
    counts = events.with_columns(year=pl.col("date_start").str.slice(0, 4).cast(pl.Int64))
    counts = counts.group_by("a", "b", "year").agg(pl.len().alias("events"), pl.col("best").sum())
    ours = shipped.panel(actors=["TUR", "SYR"], years=[2016], backend="polars")
    merged = ours.join(counts, on=["a", "b", "year"])
    assert merged.select("a", "b", "events", "best").rows() == [("act-tur", "act-syr", 2, 3)]


def test_sipri_transfers_merge_with_directed_dyads_by_name(shipped: defcoop.Dataset) -> None:
    transfers = keyed(pl.DataFrame(INVENTED["sipri"]), shipped, "sipri", also={"unknown supplier(s)": "act-irq"})
    assert rows(transfers, "a")[1] == ("act-irq",)
    known = transfers.filter(pl.col("a") == "act-tur", pl.col("b") == "act-qat")
    found = known.join(dyads(shipped, ["agreements"], "polars", directed=True), on=["a", "b"])
    assert 2019 in found["year"].to_list()
    assert found["Weapon designation"].unique().to_list() == ["Gull-1"]


def test_a_layout_of_ones_own_names_other_columns(shipped: defcoop.Dataset) -> None:
    table = pl.DataFrame({"x": ["TUR", "QAT"], "y": ["QAT", "XXX"], "day": [date(2020, 1, 1)] * 2})
    found = keyed(table, shipped, Layout("x", "y", "day", "iso3", False, "Nobody's (2031)"))
    assert found.select("a", "b").rows() == [("act-tur", "act-qat"), (None, "act-qat")]


def states(*codes: tuple[str, str, str]) -> defcoop.Dataset:
    """Give states of which each has codes of COW in a span: id, code, span."""
    held: dict[str, list[dict[str, str]]] = {}
    for key, code, valid in codes:
        held.setdefault(key, []).append({"scheme": "cow", "code": code, "valid": valid})
    evidence = {
        "seed": "seed-000", "passage": (0, 9), "quote": "Words", "digest": "0" * 64, "voice": "seed",
        "stance": "asserted", "basis": "explicit", "supports": ["kind"],
    }  # fmt: skip
    shared = {"summary": "X.", "kind": "state", "evidence": [evidence]}
    named = {key: [{"text": key, "lang": "en", "kind": "editorial"}] for key in held}
    records = [Actor.model_validate({"id": key, "names": named[key], "codes": held[key], **shared}) for key in held]
    return defcoop.Dataset(records, [])


REUSED = states(
    ("act-old", "260", "../1990-10-02"), ("act-new", "255", "1990-10-03/.."), ("act-late", "260", "2000/..")
)


@pytest.mark.parametrize(
    ("when", "actor"),
    [
        (1989, "act-old"),
        (1990, "act-old"),  # the last day of the year on which it was anybody's
        (1990.0, "act-old"),
        ("1990-10-02", "act-old"),
        (date(1990, 10, 3), None),
        (datetime(2000, 1, 1, 12), "act-late"),  # noqa: DTZ001 - tables of others tell no zone
        (1995, None),
        ("(2001)", "act-late"),
        ("unknown", None),
        (None, None),
    ],
)
def test_a_code_means_a_state_at_a_time(when: object, actor: str | None) -> None:
    found = with_actors(pl.DataFrame({"code": ["260"], "when": [when]}), REUSED, "code", when="when")
    assert found["actor_id"].to_list() == [actor]


def test_without_a_time_a_code_has_to_have_been_one_states() -> None:
    found = with_actors(pl.DataFrame({"code": [260, 255, 999]}), REUSED, "code")
    assert found["actor_id"].to_list() == [None, "act-new", None]


def test_of_a_year_in_which_a_code_or_a_state_changed_hands_the_end_counts() -> None:
    passed = states(("act-x", "7", "../1990-06-30"), ("act-y", "7", "1990-07-01/.."), ("act-x", "8", "1990-07-01/.."))
    theirs, ours = pl.DataFrame({"code": [7], "year": [1990]}), pl.DataFrame({"actor_id": ["act-x"], "year": [1990]})
    assert with_actors(theirs, passed, "code", when="year")["actor_id"].to_list() == ["act-y"]
    assert with_codes(ours, passed, when="year")["cow"].to_list() == [8]


def test_two_states_with_one_code_at_once_are_neither() -> None:
    both = states(("act-a", "1", "1990/.."), ("act-b", "1", "1995/.."))
    table = pl.DataFrame({"code": [1, 1], "year": [1992, 1996]})
    assert with_actors(table, both, "code", when="year")["actor_id"].to_list() == ["act-a", None]


@EACH
@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("cow", [652, None, 640, None]),
        ("iso3", ["SYR", None, "TUR", None]),
        ("wikidata", ["Q858", "Q858", "Q43", None]),
    ],
)
def test_actors_of_ours_get_the_codes_of_others(
    scheme: Any, expected: list[Any], make: Callable[..., Any], shipped: defcoop.Dataset
) -> None:
    table = make({"actor_id": ["act-syr", "act-syr", "act-tur", "act-nabd"], "year": [2017, 1960, 2017, 2017]})
    found = with_codes(table, shipped, scheme=scheme, when="year")
    assert type(found) is type(table)
    assert rows(found, scheme) == [(code,) for code in expected]
    kind = nw.from_native(found, eager_only=True).schema[scheme]
    assert kind == (nw.Int64 if scheme == "cow" else nw.String)


def test_codes_and_actors_undo_each_other(shipped: defcoop.Dataset) -> None:
    parties = frame(shipped, "agreement_parties", "polars")
    coded = with_codes(parties, shipped, scheme="gw", into="code")
    again = with_actors(coded, shipped, "code", "gw", into="back")
    known = again.filter(pl.col("code").is_not_null())
    assert len(known) > 5
    assert known["back"].to_list() == known["actor_id"].to_list()


def test_codes_as_pandas_reads_them_with_gaps_are_found(shipped: defcoop.Dataset) -> None:
    table = pd.DataFrame({"code": [640.0, float("nan")], "year": [2017.0, 2017.0]})
    assert rows(with_actors(table, shipped, "code", when="year"), "actor_id") == [("act-tur",), (None,)]


def test_an_empty_table_stays_empty(shipped: defcoop.Dataset) -> None:
    found = keyed(pl.DataFrame({"ccode1": [], "ccode2": [], "year": []}), shipped, "dcad")
    assert found.columns == ["ccode1", "ccode2", "year", "a", "b"]
    assert found.is_empty()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda table, ds: keyed(table, ds, "dcat"), r"there is no layout dcat\. Did you mean dcad\?"),
        (lambda table, ds: keyed(table, ds, "zzzzzz"), r"There are dcad, .*, sipri, .*, mme, .*\."),
        (lambda table, ds: keyed(table, ds, "atop"), r"the table has no column stateA"),
        (lambda table, ds: keyed(keyed(table, ds, "dcad"), ds, "dcad"), r"the table has a column a already"),
        (lambda table, ds: with_actors(table, ds, "ccode"), r"no column ccode\. Did you mean ccode1\?"),
        (lambda table, ds: with_actors(table, ds, "ccode1", "gwno"), r"there is no system of codes gwno"),
        (lambda table, ds: with_codes(table, ds, "ccode1", into="year"), r"the table has a column year already"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said(call: Callable[..., Any], message: str, shipped: defcoop.Dataset) -> None:
    with pytest.raises(ValueError, match=message):
        call(pl.DataFrame(INVENTED["dcad"]), shipped)


def test_without_narwhals_the_extra_is_named() -> None:
    code = "import sys; sys.modules['narwhals'] = None\nimport defcoop\nfrom defcoop.analysis.merging import keyed\n"
    done = python("-c", code + "keyed({}, defcoop.load(), 'dcad')")
    assert "MissingLibraryError: tables of others need narwhals: pip install 'defcoop[merging]'" in done.stderr


def test_nothing_of_a_frame_library_is_loaded_with_it() -> None:
    code = f"import sys, {module.__name__}; print({{'narwhals', 'pandas', 'polars', 'pyarrow'}} & sys.modules.keys())"
    assert python("-c", code).stdout == "set()\n"
