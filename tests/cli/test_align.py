"""`defcoop align`: says what of a table of others has no partner, and writes it with keys. Every row is invented."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from defcoop.alignment.layouts import LAYOUTS
from defcoop.package import build
from tests.alignment.test_report import PREAMBLE, REGISTER, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from defcoop import Dataset
    from tests.cli.conftest import Result


def test_the_command_says_it_in_json_and_writes_a_table_to_merge(
    tmp_path: Path, defcoop: Callable[..., Result]
) -> None:
    path = written(tmp_path, "ccode1,ccode2,year\n694,640,2017\n640,999,2017\n")
    out = tmp_path / "keyed.csv"
    done = defcoop("align", str(path), "--layout", "dcad", "--out", str(out))
    assert done.code == 1
    told = json.loads(done.out)
    assert [(each["value"], each["reason"], each["lines"]) for each in told["unpartnered"]] == [
        ("999", "list_closed", [3])
    ]
    assert out.read_text() == (
        "ccode1,ccode2,year,a,b,cow_a,cow_b,gw_a,gw_b\n694,640,2017,act-tur,act-qat,640,694,640,694\n"
        "640,999,2017,,act-tur,,640,,640\n"
    )
    assert defcoop("align", str(path), "--also", "999=act-lby").code == 0
    assert defcoop("align", str(path), "--first", "ccode1", "--when", "year").code == 0
    assert defcoop("align", str(path), "--layout", "sipri").code == 2
    assert defcoop("align", str(tmp_path / "none.csv")).code == 2


THEIRS = {
    "dcad": ("ccode1,ccode2,year,dcaAnyV2\n640,694,2017,1\n", ["ccode1", "ccode2"], ["cow_a", "cow_b"]),
    "cow": ("version4id,ccode1,ccode2,year,defense\n1,640,694,2017,1\n", ["ccode1", "ccode2"], ["cow_a", "cow_b"]),
    "atop": ("stateA,stateB,year,defense\n640,694,2017,1\n694,640,2017,1\n", ["stateA", "stateB"], ["cow_a", "cow_b"]),
    "troops": ("ccode,iso3c,year,troops_ad\n694,QAT,2017,9\n", ["ccode"], ["cow_b"]),
    "mme": ("MMEID,gwcode,year\nmme1,640,2017\nmme1,694,2017\n", ["gwcode_x", "gwcode_y"], ["gw_a", "gw_b"]),
    "sipri": (
        "Recipient,Supplier,Year of order,Number ordered\nQatar,Turkiye,(2017),1\n",
        ["cow_a", "cow_b"],
        ["cow_a", "cow_b"],
    ),
    "sipri-deliveries": (
        PREAMBLE + REGISTER + "1,Turkiye,Qatar,Gull-1,gull,Aircraft,2016,No,3,No,2017,No,New,1,1,3,No\n",
        ["cow_a", "cow_b"],
        ["cow_a", "cow_b"],
    ),
}
"""Tables in the shapes of others, the columns of codes in them, and those in ours."""


@pytest.mark.parametrize("name", THEIRS)
def test_tables_of_others_join_with_our_csv_by_codes_and_no_row_is_lost(
    name: str, tmp_path: Path, defcoop: Callable[..., Result]
) -> None:
    text, theirs, ours = THEIRS[name]
    path, panel = written(tmp_path, text), tmp_path / "panel.csv"
    directed = ["--directed"] if LAYOUTS[name].directed else []
    assert defcoop("panel", "--actors", "TUR,QAT", "--years", "2017", *directed, "--out", str(panel)).code == 0
    if name.startswith("sipri"):  # which has names alone: codes come from align
        assert defcoop("align", str(path), "--out", str(path)).code == 0
    table = pd.read_csv(path)
    if name == "mme":
        table = table.merge(table, on=["MMEID", "year"]).query("gwcode_x < gwcode_y")
    year = LAYOUTS[name].when
    table["year"] = pd.to_numeric(table[year].astype(str).str.strip("()"))
    merged = table.merge(
        pd.read_csv(panel)[[*ours, "year", "records"]], left_on=[*theirs, "year"], right_on=[*ours, "year"]
    )
    assert len(merged) == len(table) > 0


def test_our_own_dcad_joins_our_panel(shipped: Dataset, tmp_path: Path, defcoop: Callable[..., Result]) -> None:
    package, panel = tmp_path / "package", tmp_path / "panel.csv"
    build(shipped, tmp_path / "built")
    assert defcoop("export", "dcad", "--package", str(tmp_path / "built"), "--out", str(package)).code == 0
    assert defcoop("panel", "--actors", "TUR,QAT", "--years", "2007-2018", "--out", str(panel)).code == 0
    theirs, ours = pd.read_csv(package / "dcad_dyadic.csv"), pd.read_csv(panel)
    merged = theirs.merge(ours, left_on=["ccode1", "ccode2", "year"], right_on=["cow_a", "cow_b", "year"])
    assert len(merged) == len(theirs) == 2
