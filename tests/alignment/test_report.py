"""An alignment says which rows and sums of a table of others have no partner, and why. Every row is invented."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

import defcoop
from defcoop.alignment.foreign_file import opened
from defcoop.alignment.layouts import LAYOUTS, Layout, layout_of
from defcoop.alignment.marks import number_in
from defcoop.alignment.report import Alignment, align, with_keys

if TYPE_CHECKING:
    from pathlib import Path

PREAMBLE = "Transfers of major weapons, invented\nFigures; in millions, and more\n\nSource: nobody\n"
REGISTER = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,"
    "Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,Delivery year is estimate,"
    "Status,SIPRI estimate,TIV deal unit,TIV delivery values,Local production\n"
)


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "theirs.csv"
    path.write_text(text, encoding, newline="")
    return path


def aligned(folder: Path, text: str, layout: str | Layout | None = None, encoding: str = "utf-8") -> Alignment:
    return align(opened(written(folder, text, encoding), layout), defcoop.load())


def reasons(alignment: Alignment) -> dict[str, str]:
    return {each.value: each.reason.value for each in alignment.unpartnered}


@pytest.mark.parametrize(
    ("scheme", "code", "year", "actor"),
    [
        ("cow", 816, 1960, "act-vnm"), ("cow", 817, 1960, "act-rvn"), ("cow", 817, 1980, "not_then"),
        ("gw", 816, 1980, "act-vnm"), ("gw", 817, 1980, "not_then"),
        ("cow", 255, 1960, "not_then"), ("cow", 260, 1960, "act-deu"), ("cow", 255, 1991, "act-deu"),
        ("cow", 260, 1991, "not_then"), ("gw", 260, 1991, "act-deu"), ("gw", 255, 1991, "not_then"),
        ("cow", 678, 1980, "act-yem"), ("cow", 679, 1980, "not_then"), ("cow", 679, 1991, "act-yem"),
        ("cow", 678, 1991, "not_then"), ("gw", 678, 1991, "act-yem"), ("gw", 679, 1991, "unknown"),
        ("cow", 999, 2010, "unknown"), ("cow", 999, 2020, "list_closed"), ("cow", -9, 2010, "missing"),
        ("cow", "", 2010, "empty"),
    ],
)  # fmt: skip
def test_codes_that_changed_hands_mean_a_state_at_a_time(
    scheme: str, code: object, year: int, actor: str, tmp_path: Path
) -> None:
    layout = Layout("code", "", "year", scheme, directed=False, source="invented")  # type: ignore[arg-type]
    found = aligned(tmp_path, f"code,year\n{code},{year}\n", layout)
    [_, row] = with_keys(opened(found.path, layout), defcoop.load())
    assert (row[2] or found.unpartnered[0].reason.value) == actor


def test_lines_before_the_header_are_passed_over(tmp_path: Path) -> None:
    rows = "1,Turkiye,Qatar,Gull-1,gull,Aircraft,2018,No,3,No,2019,No,New,1,1,3,No\n"
    found = aligned(tmp_path, PREAMBLE + REGISTER + rows, "sipri")
    assert (found.header, found.rows, found.aligned, found.ok) == (5, 1, 1, True)
    assert found.layout.when == "Delivery year"


def test_both_registers_of_sipri_are_known_by_their_columns() -> None:
    old = layout_of(["Recipient", "Supplier", "Year of order", "Number ordered"])
    new = layout_of(next(csv.reader(io.StringIO(REGISTER))))
    assert (old, new) == (LAYOUTS["sipri"], LAYOUTS["sipri-deliveries"])


def test_names_that_are_no_state_and_sums_without_a_partner_are_told(tmp_path: Path) -> None:
    text = (
        "Recipient,Supplier,Year of order,SIPRI TIV of delivered weapons\n"
        "Qatar,Turkiye,2019,5\nQatar,unknown supplier(s),2019,2\nHill rebels (Atlantis)*,Turkiye,2019,1\n"
        "Atlantis,Turkiye,(2019),4.5\nNATO**,Turkiye,2019,1\nRussia,Turkiye,1985,1\nCongo,Turkiye,2019,1\n"
    )
    found = aligned(tmp_path, text)
    assert reasons(found) == {
        "Atlantis": "unknown", "unknown supplier(s)": "no_state", "Hill rebels (Atlantis)*": "no_state",
    }  # fmt: skip
    assert (found.sums, found.sums_without) == (
        {"SIPRI TIV of delivered weapons": 15.5},
        {"SIPRI TIV of delivered weapons": 7.5},
    )
    assert (found.rows, found.aligned, found.not_then, found.ok) == (7, 4, 1, False)


def test_years_of_two_digits_are_not_guessed(tmp_path: Path) -> None:
    found = aligned(tmp_path, "ccode1,ccode2,year\n640,694,80\n640,694,1980\n640,694,-9\n640,694,5/16/80\n")
    assert found.unread_times == {"80": 1, "5/16/80": 1}
    assert not found.ok


@pytest.mark.parametrize(("last", "sums"), [("7", (14.0, 7.0)), ("4", None)])
def test_totals_of_a_deal_that_are_repeated_in_each_year_are_told(
    last: str, sums: tuple[float, float] | None, tmp_path: Path
) -> None:
    row = "1,Turkiye,Qatar,Gull-1,gull,Aircraft,2018,No,{n},No,{year},No,New,1,1,{n},No\n"
    text = REGISTER + row.format(n=7, year=2019) + row.format(n=last, year=2020)
    found = aligned(tmp_path, text)
    told = {each.column: (each.sum_of_rows, each.sum_of_deals) for each in found.repeated}
    assert told == ({"TIV delivery values": sums, "Numbers delivered": sums} if sums else {})


def test_each_state_of_an_exercise_is_looked_at(tmp_path: Path) -> None:
    found = aligned(
        tmp_path, "MMEID,s.year,StateA,StateB,StateC\nmme1,1995,Turkey,Qatar,Atlantis\nmme2,1995,-9,Qatar,\n"
    )
    assert [(each.column, each.value, each.reason) for each in found.unpartnered] == [
        ("StateA", "-9", "missing"), ("StateC", "Atlantis", "unknown"),
    ]  # fmt: skip


def test_rows_of_another_length_and_other_encodings_are_read(tmp_path: Path) -> None:
    text = "Supplier;Recipient;Year of order\r\nTürkiye;Côte d'Ivoire;2019\r\nTürkiye;Qatar\r\n"
    found = aligned(tmp_path, text, encoding="cp1252")
    assert (found.rows, found.uneven, found.unpartnered) == (2, [3], [])
    assert aligned(tmp_path, text, encoding="utf-8-sig").rows == 2


def test_a_code_leads_to_its_only_holder_outside_its_time_if_asked(tmp_path: Path) -> None:
    path = written(tmp_path, "ccode1,ccode2,year\n640,694,1970\n640,260,1995\n640,999,1995\n")
    found = align(opened(path), defcoop.load(), outside=True)
    assert (found.aligned, found.not_then, reasons(found)) == (2, 2, {"999": "unknown"})


@pytest.mark.parametrize(("cell", "number"), [("1e3", 1000.0), ("-5", -5.0), ("1 2", None), ("(3)", None)])
def test_numbers_are_read_and_others_are_none(cell: str, number: float | None) -> None:
    assert number_in(cell) == number
