"""Every value of every table comes back from each format with tables, and the others hold what they promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from defcoop.exports import EXPORTS, export
from tests.exports.packages import Cell, edited, zipped
from tests.exports.readers import PROMISES, TABULAR, as_value

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.package import Package

HARD = (
    Cell("actors", "summary", '"Quoted", in a text; with a comma\nand a second line'),
    Cell("actors", "note", "=1+1"),
    Cell("actors", "rank", "NULL"),
    Cell("actors", "summary", "https://example.org/?a=1&b=<2>", 1),
    Cell("actors", "note", " with space around ", 1),
    Cell("actors", "rank", "017", 1),
    Cell("actors", "name", "𐎀 beyond the first plane", 2),
    Cell("actors", "name_ar", "اسم with Latin", 2),
    Cell("agreements", "signed_earliest", "0001-01-01"),
    Cell("agreements", "signed_latest", "1899-12-31"),
    Cell("agreements", "signed_earliest", "1900-01-01", 1),
    Cell("agreements", "signed_latest", "1900-03-01", 1),
    Cell("agreements", "signed_latest", "9999-12-31", 2),
    Cell("trade_figures", "amount_low", "123456789.012345"),
    Cell("trade_figures", "amount_high", "999999999999999"),
    Cell("trade_figures", "amount_best", "2.50", 1),
    Cell("trade_figures", "amount_currency_stated", "false", 1),
)


@pytest.fixture(scope="module")
def hard(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Package:
    return edited(package, tmp_path_factory.mktemp("hard") / "package", *HARD)


def written(package: Package, form: str, folder: Path) -> Path:
    return export(form, package, folder / f"it.{form}")


def expected(package: Package, table: str) -> list[list[Any]]:
    kinds = kinds_of(package, table)
    return [[as_value(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in package.rows(table)]


def found(package: Package, form: str, path: Path, table: str) -> list[list[Any]]:
    kinds = kinds_of(package, table)
    return [[as_value(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in TABULAR[form](path, table)]


def kinds_of(package: Package, table: str) -> list[str]:
    return [column.kind for column in package.tables[table].columns]


def test_every_format_has_a_reader() -> None:
    assert sorted([*TABULAR, *PROMISES]) == sorted(form.name for form in EXPORTS)


@pytest.mark.parametrize("form", TABULAR)
def test_every_value_comes_back(form: str, package: Package, tmp_path: Path) -> None:
    path = written(package, form, tmp_path)
    for table in package.tables:
        assert found(package, form, path, table) == expected(package, table), table
    assert len(TABULAR[form](path, "claims")) == len([*package.rows("claims")])


@pytest.mark.parametrize("form", TABULAR)
def test_values_that_are_hard_to_hold_come_back(form: str, hard: Package, tmp_path: Path) -> None:
    path = written(hard, form, tmp_path)
    for table in ("actors", "agreements", "trade_figures"):
        assert found(hard, form, path, table) == expected(hard, table)


@pytest.mark.parametrize("form", TABULAR)
def test_a_zip_gives_the_same_as_a_folder(form: str, package: Package, tmp_path: Path) -> None:
    path = written(zipped(package, tmp_path / "package.zip"), form, tmp_path)
    for table in ("actors", "claims"):
        assert found(package, form, path, table) == expected(package, table)


@pytest.mark.parametrize("form", PROMISES)
def test_what_a_format_promises_is_there(form: str, package: Package, tmp_path: Path) -> None:
    PROMISES[form](written(package, form, tmp_path), package)
