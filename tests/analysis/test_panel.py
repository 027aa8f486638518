"""Panels count what records tell, as a count by hand does, and leave empty what nobody tells."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import defcoop
from defcoop.analysis import _refusals
from defcoop.analysis import panel as module
from defcoop.analysis._panel import grid
from defcoop.analysis.frames import BACKENDS
from defcoop.analysis.panel import Covered, contributions, left_out, panel, panel_meta
from defcoop.models.actor import Code
from defcoop.models.evidence import Stance
from defcoop.values import Edtf
from tests.analysis._naive_panel import BOUNDS, FAMILIES, acts_of, naive, period_of
from tests.analysis._worlds import STATES, world, worlds

if TYPE_CHECKING:
    from defcoop.analysis.frames import Backend

YEARS = [2015, 2016, 2017, 2018, 2020]
EVERY = tuple(stance.value for stance in Stance)
PAIR = ["act-tur", "act-qat"]
DIRECTED = st.sampled_from([{"directed": False}, {"directed": True}])
COUNTED = [name for name in FAMILIES if name != "trade"]
MANY = settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])


def rows(dataset: defcoop.Dataset, **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = panel(dataset, backend="polars", **asked).to_dicts()
    return found


def differences(dataset: defcoop.Dataset, expected: list[dict[str, Any]], **asked: Any) -> list[str]:
    found = rows(dataset, **asked)
    assert len(found) == len(expected)
    assert found[0].keys() == expected[0].keys()
    return [
        f"{row['a']} {row['b']} {row['year']} {row.get('month', '')} {name}: {row[name]} for {value}"
        for row, told in zip(found, expected, strict=True)
        for name, value in told.items()
        if row[name] != (pytest.approx(value, rel=1e-9) if isinstance(value, float) else value)
    ]


# --- against a count by hand -------------------------------------------------------------------------------------


@MANY
@given(
    worlds(),
    st.fixed_dictionaries(
        {
            "stances": st.sampled_from([("asserted",), EVERY, ("asserted", "planned"), ("alleged", "possible")]),
            "directed": st.booleans(),
            "dates": st.sampled_from(["best", "best", "earliest", "latest"]),
            "states": st.booleans(),
        }
    ),
)
def test_every_cell_is_what_a_count_day_by_day_gives(dataset: defcoop.Dataset, asked: dict[str, Any]) -> None:
    actors = list(STATES) if asked["states"] else list(dataset.actors)[:4]
    expected = naive(dataset, actors, YEARS, **asked)
    assert not differences(dataset, expected, actors=actors, years=YEARS, **asked)


@FEW
@given(worlds(), DIRECTED)
def test_so_is_every_cell_of_a_panel_of_months(dataset: defcoop.Dataset, directed: dict[str, bool]) -> None:
    asked: dict[str, Any] = {"stances": EVERY, "months": True} | directed
    expected = naive(dataset, list(STATES), [2017, 2019], **asked)
    assert not differences(dataset, expected, actors=STATES, years=[2017, 2019], **asked)


@MANY
@given(worlds(), st.sets(st.tuples(st.sampled_from(YEARS), st.sampled_from(COUNTED)), min_size=1), DIRECTED)
def test_zero_stands_only_where_somebody_vouches_and_nothing_undated_may_belong(
    dataset: defcoop.Dataset, looked: set[tuple[int, str]], directed: dict[str, bool]
) -> None:
    one, two, _ = STATES
    coverage = [Covered(one, two, (year,), (family,)) for year, family in looked]
    asked: dict[str, Any] = {"stances": ("asserted",)} | directed
    covered = {(one, two, year, family) for year, family in looked}
    expected = naive(dataset, list(STATES), YEARS, covered=covered, **asked)
    assert not differences(dataset, expected, actors=STATES, years=YEARS, coverage=coverage, **asked)


@FEW
@given(worlds(), st.integers(0, 99))
def test_a_panel_of_draws_is_the_panels_of_the_draws(dataset: defcoop.Dataset, seed: int) -> None:
    asked: dict[str, Any] = {"actors": STATES, "years": YEARS}
    found = rows(dataset, draws=3, seed=seed, **asked)
    each = [rows(drawn, **asked) for drawn in dataset.sample(3, seed)]
    names = {name for one in each for name in one[0]}
    trade = dict.fromkeys(names - each[0][0].keys())
    for name in found[0].keys() - {"draw"}:
        expected = [row.get(name, trade.get(name)) for one in each for row in one]
        assert [row[name] for row in found] == expected, name
    assert [row["draw"] for row in found] == [draw for draw, one in enumerate(each) for _ in one]


@FEW
@given(worlds(), DIRECTED)
def test_the_records_behind_a_cell_are_those_that_a_count_by_hand_counts(
    dataset: defcoop.Dataset, directed: dict[str, bool]
) -> None:
    asked: dict[str, Any] = {"stances": EVERY} | directed
    one, two, _ = STATES
    acts = [act for act in acts_of(dataset, [one, two], **asked) if (one, two) in act.pairs]
    for family, bound, year in product(COUNTED, BOUNDS, (2016, 2018)):
        expected = {
            act.record.id
            for act in acts
            if act.family == family
            and act.seen((one, two), family).counts("low" if bound == "low" else "high", period_of(year, None))
        }
        found = contributions(dataset, one, two, year, f"{family}_{bound}", **asked)
        assert [one.record_id for one in found] == sorted(expected)
        for contribution in found:
            assert {claim.record_id for claim in contribution.claims} == {contribution.record_id}
            dated = FAMILIES[family][1]
            assert {dated, "status"} <= {claim.field for claim in contribution.claims}


@FEW
@given(worlds())
def test_what_is_not_counted_is_listed_with_a_reason(dataset: defcoop.Dataset) -> None:
    counted = {
        (act.record.id, act.family) for act in acts_of(dataset, list(STATES), stances=("asserted",)) if act.is_dated
    }
    could = {
        (record.id, family)
        for family, (folder, *_) in FAMILIES.items()
        for record in getattr(dataset, folder).values()
        if not record.withdrawn
    }
    told = left_out(dataset, actors=STATES)
    assert {(one.record_id, one.family) for one in told} == could - counted
    assert all(one.reason for one in told)


def test_coverage_of_others_changes_nothing(shipped: defcoop.Dataset) -> None:
    asked: dict[str, Any] = {"actors": PAIR, "years": [2016, 2017]}
    for one in (Covered("TUR", "SYR", [2016]), Covered("TUR", "QAT", [2015])):
        assert rows(shipped, coverage=[one], **asked) == rows(shipped, **asked)


# --- the real data -----------------------------------------------------------------------------------------------


def test_turkey_and_qatar_from_2014_to_2018_are_as_read_off_the_records(shipped: defcoop.Dataset) -> None:
    found = rows(shipped, actors=PAIR, years=range(2014, 2019))
    told = {
        "cow_a": [640] * 5,
        "iso3_b": ["QAT"] * 5,
        # Two treaties that may be one: in force in June 2017, and some day from May to August 2017; no end is told.
        "agreements_in_force_low": [None, None, None, 1, None],
        "agreements_in_force_best": [None, None, None, 1, None],
        "agreements_in_force_high": [None, None, None, 2, 2],
        "days_in_force_low": [None, None, None, 1, None],
        "days_in_force_best": [None] * 5,
        "days_in_force_high": [None, None, None, 245, 365],
        # Fourteen were signed in December of a year from 2018 to 2021; one in 2007.
        "agreements_signed_best": [None] * 5,
        "agreements_signed_high": [None, None, None, None, 14],
        "agreements_signed_expected": [None, None, None, None, 3.5],
        "agreements_signed_stock_low": [1] * 5,
        # Of 2008 and the years after it nothing is told, so more may have been signed.
        "agreements_signed_stock_high": [None] * 5,
        # Forces came some day from May 2017 to December 2019; nobody tells how many.
        "deployments_low": [None] * 5,
        "deployments_best": [None] * 5,
        "any_deployments": [None] * 5,
        "deployments_high": [None, None, None, 1, 1],
        "personnel_high": [None] * 5,
        "exercises_high": [None] * 5,
        "records": [0, 0, 0, 3, 5],
        "records_unsettled": [0, 0, 0, 1, 5],
    }
    assert {name: [row[name] for row in found] for name in told} == told


STOCKS = [name for name in panel_meta() if "_stock_" in name]


@pytest.mark.parametrize(
    "asked", [{}, {"directed": True}, {"months": True}, {"dates": "latest"}, {"draws": 2, "seed": 1}]
)
@pytest.mark.parametrize("years", [[2035], [2007, 2035], range(2000, 2036)])
def test_nobody_knows_the_upper_bound_of_a_stock_in_a_year_of_which_nothing_is_told(
    shipped: defcoop.Dataset, asked: dict[str, Any], years: Any
) -> None:
    late = [row for row in rows(shipped, actors=PAIR, years=years, **asked) if row["year"] == 2035]
    for row in late:
        assert {row[name] for name in STOCKS if not name.endswith("_low")} == {None}
    assert any(row["agreements_signed_stock_low"] for row in late)


def test_a_stock_is_bounded_for_as_long_as_somebody_looked(shipped: defcoop.Dataset) -> None:
    signed = shipped.agreements["agr-qat-tur-defence-industry-2007"]
    one = shipped.with_records([signed, *shipped.actors.values()])
    looked = [Covered(*PAIR, "2008-2011", "agreements_signed"), Covered(*PAIR, [2000, 2013], "agreements_signed")]
    for years in (range(2006, 2015), [2006, 2012, 2014], [2011, 2007, 2009]):
        for row in rows(one, actors=PAIR, years=years, coverage=looked):
            stock = [row[f"agreements_signed_stock_{bound}"] for bound in BOUNDS]
            assert stock == (
                [None] * 3 if row["year"] < 2007 else [1, *([1, 1] if row["year"] < 2012 else [None, None])]
            )


@pytest.mark.parametrize(
    ("signed", "until"), [("2007/..", 2007), ("[2007..]", 2007), ("2007/2009", 2009), ("[2007,2008]", 2008)]
)
def test_an_open_side_of_a_date_vouches_for_no_year(shipped: defcoop.Dataset, signed: str, until: int) -> None:
    told = shipped.agreements["agr-qat-tur-defence-industry-2007"].model_copy(update={"signed": Edtf(signed)})
    one = shipped.with_records([told, *shipped.actors.values()])
    found = rows(one, actors=PAIR, years=range(2007, 2013))
    assert [row["year"] for row in found if row["agreements_signed_stock_high"] is not None] == [
        *range(2007, until + 1)
    ]


def copies(dataset: defcoop.Dataset, record: str, field: str, *amounts: dict[str, Any]) -> defcoop.Dataset:
    """Put copies of a record in its place, each with an amount of its own."""
    one: Any = dataset[record]
    told = [getattr(one, field).model_dump() | dict.fromkeys(("low", "best", "high")) | amount for amount in amounts]
    made = [
        one.model_copy(update={"id": f"{record}-{place}", field: type(getattr(one, field)).model_validate(amount)})
        for place, amount in enumerate(told)
    ]
    return defcoop.Dataset([*made, *(other for other in dataset if other.id != record)], dataset.seeds.values())


EXACT, ABOUT = {"best": 3000, "bound": "exact"}, {"low": 100, "best": 200, "high": 500, "bound": "about"}
BETWEEN = {"low": 3000, "high": 5000, "bound": "between"}


@pytest.mark.parametrize(
    ("amounts", "low", "best", "high"),
    [
        ([EXACT], 3000.0, 3000.0, 3000.0),
        ([EXACT, ABOUT], 3000.0, 3000.0, 3500.0),
        ([EXACT, {"low": 4000, "bound": "at_least"}], 4000.0, None, None),
        ([{"high": 500, "bound": "at_most"}, ABOUT], 100.0, None, 1000.0),
        ([BETWEEN], 3000.0, None, 5000.0),
        ([BETWEEN, EXACT], 3000.0, None, 8000.0),
        ([BETWEEN, ABOUT], 3000.0, None, 5500.0),
    ],
)
def test_of_several_numbers_the_largest_stands_and_only_the_highest_adds_them(
    amounts: list[dict[str, Any]], low: float, best: float, high: float, shipped: defcoop.Dataset
) -> None:
    dataset = copies(shipped, "dep-tur-qat-world-cup-police", "size", *amounts)
    [row] = rows(dataset, actors=PAIR, years=[2022], stances=["planned"])
    dated = {one.record_id for one in contributions(dataset, *PAIR, 2022, "personnel_low", stances=["planned"])}
    assert len({name for name in dated if "police" in name}) == len(amounts)
    assert (row["personnel_low"], row["personnel_best"], row["personnel_high"]) == (low, best, high)
    trade = copies(shipped, "trd-qat-tur-economic-cooperation-2019", "amount", *amounts)
    [row] = rows(trade, actors=PAIR, years=[2019])
    assert [row[f"trade_economic_cooperation_usd_{bound}"] for bound in BOUNDS] == [low, best, high]


def test_the_sender_of_forces_has_them_in_its_own_row(shipped: defcoop.Dataset) -> None:
    found = rows(shipped, actors=PAIR, years=[2018], directed=True)
    assert {(row["a"], row["b"]): row["deployments_high"] for row in found} == {
        ("act-qat", "act-tur"): None,
        ("act-tur", "act-qat"): 1,
    }


def test_a_cell_leads_to_the_words_of_a_source(shipped: defcoop.Dataset) -> None:
    [found] = contributions(shipped, "TUR", "QAT", 2019, "agreements_signed_low")
    assert found.record_id == "agr-qat-tur-world-cup-security-2019"
    assert {claim.quote for claim in found.claims if claim.field == "signed"}


@pytest.mark.parametrize("column", ["year", "cow_a", "trade_of_nothing_low"])
def test_nothing_is_behind_what_counts_no_record(shipped: defcoop.Dataset, column: str) -> None:
    assert contributions(shipped, "TUR", "QAT", 2019, column) == []


def test_every_column_about_records_leads_to_them(shipped: defcoop.Dataset) -> None:
    [row] = rows(shipped, actors=PAIR, years=[2018])
    for column in ("records", "records_unsettled", "records_undated"):
        assert len(contributions(shipped, "TUR", "QAT", 2018, column)) == row[column] > 0


def test_a_month_and_a_draw_are_traced_too(shipped: defcoop.Dataset) -> None:
    found = contributions(shipped, "TUR", "QAT", 2017, "agreements_in_force_low", month=6)
    assert [one.record_id for one in found] == ["agr-qat-tur-military-cooperation-2017"]
    asked = {"draws": 2, "seed": 1}
    for draw, drawn in enumerate(shipped.sample(2, 1)):
        expected = contributions(drawn, "TUR", "QAT", 2019, "agreements_signed_best")
        traced = contributions(shipped, "TUR", "QAT", 2019, "agreements_signed_best", draw=draw, **asked)
        assert [one.record_id for one in traced] == [one.record_id for one in expected]


def test_without_years_a_panel_reaches_from_the_first_act_to_the_last(shipped: defcoop.Dataset) -> None:
    years = [row["year"] for row in rows(shipped, actors=PAIR)]
    assert years == list(range(2007, years[-1] + 1))
    assert 2022 <= years[-1] < 2030


def test_what_is_asked_may_come_from_generators(shipped: defcoop.Dataset) -> None:
    listed: dict[str, Any] = {"actors": PAIR, "years": [2022], "stances": ["asserted", "planned"]}
    assert rows(shipped, **{name: iter(many) for name, many in listed.items()}) == rows(shipped, **listed)
    head, row = module.rows(shipped, **{name: iter(many) for name, many in listed.items()})
    assert row[head.index("deployments_high")] == "2"


def test_by_default_all_states_are_in_a_panel(shipped: defcoop.Dataset) -> None:
    states = {one.id for one in shipped.actors.values() if one.kind == "state" and not one.withdrawn}
    found = rows(shipped, years=[2019])
    assert {row["a"] for row in found} | {row["b"] for row in found} == states
    assert len(found) == len(states) * (len(states) - 1) // 2


# --- frames and meanings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("backend", BACKENDS)
def test_all_libraries_hold_the_same_cells(shipped: defcoop.Dataset, backend: Backend) -> None:
    asked: dict[str, Any] = {"years": range(2016, 2020), "coverage": [Covered("TUR", "QAT", [2016])]}
    found = panel(shipped, backend=backend, **asked)
    expected = rows(shipped, **asked)
    if backend == "pandas":
        cells = found.astype(object).where(found.notna(), None).to_dict("records")
    else:
        cells = found.to_dicts() if backend == "polars" else found.to_pylist()
    assert cells == expected
    names = found.column_names if backend == "pyarrow" else list(found.columns)
    meanings = panel_meta(*{name.removesuffix("_low") for name in names if name.startswith("trade_")})
    assert set(names) <= meanings.keys()
    if backend == "pandas":
        assert found.attrs["description"]
    if backend == "pyarrow":
        assert found.schema.field("deployments_low").metadata


@pytest.mark.parametrize("asked", [{}, {"directed": True}, {"months": True}, {"draws": True, "months": True}])
def test_the_meaning_of_every_column_is_told_in_their_order(shipped: defcoop.Dataset, asked: dict[str, Any]) -> None:
    drawn = {"draws": 2, "seed": 1} if "draws" in asked else {}
    [first, *_] = rows(shipped, years=[2019], **asked | drawn)
    prefixes = [name.removesuffix("_low") for name in first if name.startswith("trade_") and name.endswith("_low")]
    meanings = panel_meta(*prefixes, **asked)
    assert list(meanings) == list(first)
    assert all(meaning.description for meaning in meanings.values())


# --- what cannot be answered -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"actors": ["TUR"]}, "needs two actors or more"),
        ({"actors": ["TUR", "TUX"]}, "no actor has the id or code TUX"),
        ({"actors": ["TUR", "act-tur-parliament"]}, "act-tur-parliament is no state"),
        ({"years": []}, "at least one year"),
        ({"years": [1492]}, "1492 is outside the years"),
        ({"dates": "middle"}, "dates='middle' is none of"),
        ({"stances": ["assertd"]}, "assertd is no stance. Did you mean asserted?"),
        ({"draws": 3}, "draws need a seed"),
        ({"draws": 0, "seed": 1}, "at least one draw"),
        ({"draws": 3, "seed": 1, "dates": "latest"}, "at least one draw"),
        ({"coverage": [Covered("TUR", "QAT", [2017], ["treaties"])]}, "there is no family of acts treaties"),
        ({"coverage": [Covered("TUR", "XXX", [2017])]}, "no actor has the id or code XXX"),
        ({"backend": "numpy"}, "numpy"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_reason(
    shipped: defcoop.Dataset, asked: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        panel(shipped, **{"actors": PAIR, "years": [2017]} | asked)


def test_years_have_to_be_named_where_nothing_is_dated(shipped: defcoop.Dataset) -> None:
    with pytest.raises(ValueError, match="no act between these actors has a date, so name the years"):
        panel(shipped, actors=["IRQ", "SAU"])


def test_a_panel_that_no_memory_would_hold_is_refused(
    shipped: defcoop.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid, "MOST_ROWS", 99)
    with pytest.raises(ValueError, match="100 rows are more than 99"):
        panel(shipped, actors=PAIR, years=range(2001, 2051), draws=2, seed=1)
    assert len(panel(shipped, actors=PAIR, years=range(2001, 2051), backend="polars")) == 50


def test_a_code_of_two_actors_has_to_be_told_with_its_system() -> None:
    told = world(5)
    codes = {"act-0": "cow", "act-1": "gw"}
    changed = [
        one.model_copy(
            update={"codes": (Code.model_validate({"scheme": codes[one.id], "code": "999", "valid": "1923/.."}),)}
        )
        if one.id in codes
        else one
        for one in told
    ]
    dataset = defcoop.Dataset(changed, told.seeds.values())
    with pytest.raises(
        ValueError, match=r"999 is cow 999 of act-0 .*, gw 999 of act-1 .*; name the system of codes too"
    ):
        panel(dataset, actors=["999", "act-2"], years=[2017])
    assert [row["b"] for row in rows(dataset, actors=["gw:999", "cow:999"], years=[2017])] == ["act-1"]


def test_a_column_that_is_not_there_is_refused_with_one_that_is(shipped: defcoop.Dataset) -> None:
    with pytest.raises(ValueError, match=r"no column exercise_low\. Did you mean exercises_low"):
        contributions(shipped, "TUR", "QAT", 2019, "exercise_low")


def test_without_numpy_a_panel_says_what_to_install(shipped: defcoop.Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_refusals, "find_spec", lambda _: None)
    with pytest.raises(ImportError, match="numpy"):
        panel(shipped)
    with pytest.raises(ImportError, match="numpy"):
        contributions(shipped, "TUR", "QAT", 2019, "records")
