"""The codes of a panel are those of the two lists of states, also where states end, join and part."""

from __future__ import annotations

import csv
from datetime import date
from itertools import combinations

import pytest

from defcoop.analysis.panel import panel
from defcoop.dataset.core import Dataset
from defcoop.reference.states import state
from tests.processes import CHECKOUT

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
