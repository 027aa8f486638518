"""The readers by which the formats are checked, none of them ours; every format stands here once.

A format with tables is read back table by table; of any other, a function shows that it has the parts it promises.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import duckdb
import openpyxl
from csvw import TableGroup

from tests.exports import promises

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from defcoop.package import Package

Rows = list[tuple[Any, ...]]


def from_sqlite(path: Path, table: str) -> Rows:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(f'SELECT * FROM "{table}" ORDER BY rowid').fetchall()  # noqa: S608 - a table's name


def from_parquet(path: Path, table: str) -> Rows:
    return duckdb.read_parquet(str(path / f"{table}.parquet")).fetchall()


def from_duckdb(path: Path, table: str) -> Rows:
    with duckdb.connect(str(path), read_only=True) as database:
        return database.table(table).fetchall()


def from_xlsx(path: Path, table: str) -> Rows:
    _, *rows = workbook(path)[table].iter_rows(values_only=True)
    return [tuple(row) for row in rows]


def from_csvw(path: Path, table: str) -> Rows:
    rows = csvw_group(path).tabledict[f"data/{table}.csv"].iterdicts(strict=True)
    return [tuple(row.values()) for row in rows]


@lru_cache(maxsize=1)
def csvw_group(path: Path) -> TableGroup:
    return TableGroup.from_file(path / "csv-metadata.json")


@lru_cache(maxsize=1)
def workbook(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


TABULAR: Mapping[str, Callable[[Path, str], Rows]] = {
    "sqlite": from_sqlite,
    "parquet": from_parquet,
    "duckdb": from_duckdb,
    "xlsx": from_xlsx,
    "csvw": from_csvw,
}

PROMISES: Mapping[str, Callable[[Path, Package], None]] = {
    "croissant": promises.croissant,
    "jsonld": promises.jsonld,
    "ftm": promises.ftm,
    "dcad": promises.dcad,
    "atop": promises.atop,
}


def as_value(cell: Any, kind: str) -> Any:
    """Give what a cell of a type says, from the text of the package or as a format holds it."""
    if cell is None or cell == "":
        return None
    if kind == "boolean":
        return {"true": True, "false": False}[cell] if isinstance(cell, str) else {0: False, 1: True}[cell]
    if kind in {"integer", "number"}:
        return Decimal(str(cell))
    if kind == "date":
        day = cell.date() if isinstance(cell, dt.datetime) else cell
        return day if isinstance(day, dt.date) else dt.date.fromisoformat(day)
    assert isinstance(cell, str), "a text that became something else"
    return cell
