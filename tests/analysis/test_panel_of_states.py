"""The codes of a panel are those of the two lists of states, also where states end, join and part."""

from __future__ import annotations

import csv
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from defcoop.analysis._panel.plan import RECORDS
from defcoop.analysis.panel import Covered, contributions, left_out, panel
from defcoop.dataset.core import Dataset
from defcoop.errors import InputError
from defcoop.reference.states import state
from tests.processes import CHECKOUT

if TYPE_CHECKING:
    import defcoop

YEARS = range(1985, 2025)

LISTED = {
    "act-yem": {"cow": {"678": ("", ""), "679": ("", "")}, "gw": {"678": ("", "")}},
    "act-ymd": {"cow": {"680": ("", "")}, "gw": {"680": ("", "")}},
    "act-deu": {"cow": {"255": ("", ""), "260": ("", "")}, "gw": {"255": ("", ""), "260": ("", "")}},
    "act-ddr": {"cow": {"265": ("", "")}, "gw": {"265": ("", "")}},
    "act-yug": {"cow": {"345": ("", "2003-02-03")}, "gw": {"345": ("", "2003-02-03")}},
    "act-scg": {"cow": {"345": ("2003-02-04", "2006-06-04")}, "gw": {"345": ("2003-02-04", "")}},
    "act-srb": {"cow": {"345": ("2006-06-05", "")}, "gw": {"340": ("", "")}},
    "act-mne": {"cow": {"341": ("", "")}, "gw": {"341": ("", "")}},
    "act-xkx": {"cow": {"347": ("", "")}, "gw": {"347": ("", "")}},
    "act-hrv": {"cow": {"344": ("", "")}, "gw": {"344": ("", "")}},
    "act-csk": {"cow": {"315": ("", "")}, "gw": {"315": ("", "")}},
    "act-cze": {"cow": {"316": ("", "")}, "gw": {"316": ("", "")}},
    "act-svk": {"cow": {"317": ("", "")}, "gw": {"317": ("", "")}},
    "act-sdn": {"cow": {"625": ("", "")}, "gw": {"625": ("", "")}},
    "act-ssd": {"cow": {"626": ("", "")}, "gw": {"626": ("", "")}},
    "act-eth": {"cow": {"530": ("", "")}, "gw": {"530": ("", "")}},
    "act-eri": {"cow": {"531": ("", "")}, "gw": {"531": ("", "")}},
    "act-sun": {"cow": {"365": ("", "1991-12-25")}, "gw": {"365": ("", "1991-12-25")}},
    "act-rus": {"cow": {"365": ("1991-12-26", "")}, "gw": {"365": ("1991-12-26", "")}},
    "act-pse": {"cow": {}, "gw": {}},
}
"""By which codes of the lists an actor goes, and within which days."""


def spans(scheme: str) -> list[tuple[str, date, date]]:
    """Give each code of a list with its first and last day; what is open goes on."""
    with (CHECKOUT / f"docs/states/{scheme}.csv").open(encoding="utf-8") as lines:
        return [
            (row[f"{scheme}code"], date.fromisoformat(row["start"]), date.fromisoformat(row["end"] or "9999-12-31"))
            for row in csv.DictReader(lines)
        ]


def expected(scheme: str, actor: str, year: int) -> int | None:
    """Give the code that a list has at the end of a year, else the one that ended last in it."""
    held = []
    for code, first, last in spans(scheme):
        if code in LISTED[actor][scheme]:
            since, until = LISTED[actor][scheme][code]
            first = max(first, date.fromisoformat(since or "0001-01-01"))  # noqa: PLW2901 - narrowed
            last = min(last, date.fromisoformat(until or "9999-12-31"))  # noqa: PLW2901 - narrowed
            if first <= last and first.year <= year <= last.year:
                held.append((last, int(code)))
    return max(held)[1] if held else None


@pytest.mark.parametrize("scheme", ["cow", "gw"])
def test_the_codes_of_each_year_are_the_lists(scheme: str) -> None:
    dataset = Dataset(map(state, LISTED), [])
    rows = panel(dataset, actors=list(LISTED), years=YEARS, backend="polars").to_dicts()
    assert len(rows) == len(list(combinations(LISTED, 2))) * len(YEARS)
    wanted = {(actor, year): expected(scheme, actor, year) for actor in LISTED for year in YEARS}
    for row in rows:
        for side in "ab":
            assert row[f"{scheme}_{side}"] == wanted[row[side], row["year"]], row


def test_the_lists_differ_where_they_do() -> None:
    assert expected("cow", "act-yem", 1989) == expected("gw", "act-yem", 1989) == expected("gw", "act-yem", 1990) == 678
    assert expected("cow", "act-yem", 1990) == 679
    assert [expected(scheme, "act-deu", 1990) for scheme in ("cow", "gw")] == [255, 260]
    assert [expected(scheme, "act-srb", 2006) for scheme in ("cow", "gw")] == [345, 340]


# --- states of which the dataset has nothing ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Norway", "act-nor", "NOR", "cow:385", "النرويج"])
@pytest.mark.parametrize("directed", [False, True])
def test_of_a_state_that_no_text_tells_of_nothing_is_known(
    shipped: defcoop.Dataset, name: str, *, directed: bool
) -> None:
    """Nothing is told, and nobody looked: all that could be counted is missing, and never 0."""
    rows = panel(shipped, actors=[name, "QAT"], years=[2017, 2018], directed=directed, backend="polars").to_dicts()
    pairs = [("act-nor", "act-qat"), ("act-qat", "act-nor")][: 1 + directed]
    assert [(row["a"], row["b"], row["year"]) for row in rows] == [
        (*pair, year) for pair in pairs for year in (2017, 2018)
    ]
    keys = {"a", "b", "year", *(f"{scheme}_{side}" for scheme in ("cow", "gw", "iso3") for side in "ab")}
    assert {row["cow_a"] + row["cow_b"] for row in rows} == {385 + 694}
    about = [column.name for column in RECORDS]
    assert {name for row in rows for name in row.keys() - keys if row[name] is not None} == set(about)
    assert {row[name] for row in rows for name in about} == {0}


def test_the_other_rows_are_as_without_it(shipped: defcoop.Dataset) -> None:
    asked = {"years": [2017], "backend": "polars"}
    alone = panel(shipped, actors=["TUR", "QAT"], **asked)
    beside = panel(shipped, actors=["TUR", "Norway", "QAT"], **asked)
    assert len(beside) == 3
    assert beside.filter(a="act-tur", b="act-qat").equals(alone)
    assert left_out(shipped, actors=["TUR", "QAT", "Norway"]) == left_out(shipped, actors=["TUR", "QAT"])


def test_where_somebody_looked_for_it_there_was_none(shipped: defcoop.Dataset) -> None:
    looked = Covered("Norway", "QAT", [2017], ["exercises"])
    rows = panel(shipped, actors=["NOR", "QAT"], years=[2017, 2018], coverage=looked, backend="polars")
    assert rows["exercises_best"].to_list() == [0, None]
    assert contributions(shipped, "NOR", "QAT", 2017, "exercises_best") == []


def test_a_state_that_ended_has_its_codes_while_it_was_one(shipped: defcoop.Dataset) -> None:
    rows = panel(shipped, actors=["Yugoslavia", "QAT"], years=[1990, 2010], backend="polars")
    assert rows.select("cow_a", "cow_b").rows() == [(345, 694), (None, 694)]


@pytest.mark.parametrize(
    ("name", "said"), [("NATO", "is no state"), ("Congo", "act-cod"), ("Norwy", "Did you mean act-nor")]
)
def test_what_is_no_state_or_not_one_is_refused_as_before(shipped: defcoop.Dataset, name: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        panel(shipped, actors=[name, "QAT"], years=[2017])
