"""Lines say the cells and nothing else: other readers get back what went in."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defcoop.package import Table
from defcoop.package.columns import Column
from defcoop.package.formula_guard import GUARD, guarded, plain, plain_bytes
from defcoop.package.lines import csv_lines, json_lines
from defcoop.package.row_batch import SEPARATOR

KINDS = ("string", "integer", "number", "boolean", "date")
TABLE = Table("things", "Things.", tuple(Column(kind, kind, f"A {kind}.") for kind in KINDS), ("string",))

TEXT = st.text(
    st.one_of(st.sampled_from('":, \n\\[]{}%s\u200f\u0639=+-@'), st.characters(exclude_categories=["Cs", "Cc"])),
    max_size=12,
).filter(lambda text: text[:1] not in {*"=+-@"})
CELLS = (
    TEXT,
    st.integers(0, 10**15).map(str),
    st.decimals(0, 10**6, places=2).map(str),
    st.sampled_from(["true", "false"]),
    st.dates().map(str),
)
ROWS = st.lists(st.tuples(*(st.one_of(st.just(""), cell) for cell in CELLS)), max_size=6)


def of_kind(kind: str, cell: str) -> object:
    if not cell:
        return None
    return cell if kind in {"string", "date"} else json.loads(cell)


@given(ROWS)
def test_csv_is_read_back_by_another_reader(rows: list[tuple[str, ...]]) -> None:
    found = csv_lines(TABLE, rows).decode()
    assert [tuple(row) for row in csv.reader(io.StringIO(found, newline=""), strict=True)] == rows
    assert "\r" not in found


@given(ROWS)
def test_json_is_read_back_with_its_types(rows: list[tuple[str, ...]]) -> None:
    found = json.loads(b"[" + json_lines(TABLE, rows) + b"]")
    assert found == [{kind: of_kind(kind, cell) for kind, cell in zip(KINDS, row, strict=True)} for row in rows]
    assert [list(row) for row in found] == [list(KINDS)] * len(rows)


@given(ROWS)
def test_each_line_ends_as_asked_for(rows: list[tuple[str, ...]]) -> None:
    assert csv_lines(TABLE, rows, SEPARATOR).decode().count(SEPARATOR) == len(rows)
    parts = json_lines(TABLE, rows, SEPARATOR).decode().split(SEPARATOR) if rows else []
    assert [json.loads(part) for part in parts] == json.loads(b"[" + json_lines(TABLE, rows) + b"]")


def test_json_is_written_as_the_standard_library_does() -> None:
    row = ('a "b" \u0639\\', "1", "2.5", "true", "2031-04-05")
    told = {"string": row[0], "integer": 1, "number": 2.5, "boolean": True, "date": "2031-04-05"}
    assert json_lines(TABLE, [row]).decode() == json.dumps(told, ensure_ascii=False)
    assert json_lines(TABLE, []) == csv_lines(TABLE, []) == b""


@pytest.mark.parametrize("start", list("\t\r"))
@pytest.mark.parametrize("place", [0, 3])
def test_a_cell_that_begins_with_a_control_is_refused(start: str, place: int) -> None:
    row = ["a", "1", "2", "true", "2031-04-05"]
    row[place] = f"{start}1"
    with pytest.raises(ValueError, match=r"things: the cell .* begins with a control character"):
        csv_lines(TABLE, [("b", "", "", "", ""), tuple(row)])


@pytest.mark.parametrize("cell", ["=1+1", "+x", "-273", "@home", "'=1", "''-x"])
def test_a_cell_that_would_begin_a_formula_is_guarded_and_read_as_it_was(cell: str) -> None:
    written = csv_lines(TABLE, [(cell, "1", "2", "true", "2031-04-05")]).decode()
    assert written == f"'{cell},1,2,true,2031-04-05\n"
    assert plain(written.rstrip().split(","))[0] == cell
    assert plain_bytes([f"'{cell}".encode()]) == [cell.encode()]
    assert re.sub(GUARD, r"\1", f"'{cell}") == cell


@pytest.mark.parametrize("cell", ["it's", "'quoted'", "''", "'", "a=1"])
def test_other_apostrophes_are_no_guards(cell: str) -> None:
    assert csv_lines(TABLE, [(cell, "", "", "", "")]).decode().startswith(cell)
    assert plain([cell]) == [cell]
    assert plain_bytes([cell.encode()]) == [cell.encode()]


@given(st.lists(st.text("'=+-@x", max_size=4), min_size=1))
def test_guarding_loses_nothing(row: list[str]) -> None:
    written = guarded(row)
    assert not any(cell[:1] in {*"=+-@"} - {""} for cell in written)
    assert plain(list(written)) == row


@pytest.mark.parametrize("cell", ["a=1", '"=1', "a,=1", "a\n=1", "\u061b=1", '","=', " =1", "1-1"])
def test_a_cell_that_merely_holds_such_a_character_is_not(cell: str) -> None:
    rows = [(cell, "", "", "", "")]
    assert [tuple(row) for row in csv.reader(io.StringIO(csv_lines(TABLE, rows).decode(), newline=""))] == rows


def test_cells_and_columns_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="argument"):
        json_lines(TABLE, [("a", "1")])
