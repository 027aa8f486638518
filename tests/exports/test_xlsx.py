"""openpyxl reads the workbook: a sheet per table, texts that stay texts, and nothing cut off."""

from __future__ import annotations

import datetime as dt
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from defcoop.exports import export, xlsx
from defcoop.package import PackageError
from tests.exports.packages import Cell, copied, described, edited, rewrite

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.package import Package


@pytest.fixture(scope="module")
def file(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export("xlsx", package, tmp_path_factory.mktemp("export") / "x.xlsx")


@pytest.fixture(scope="module")
def book(file: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(file)


def cell(package: Package, tmp_path: Path, *, table: str = "actors", column: str = "note", text: str) -> object:
    """Give a cell of the first row as openpyxl reads it."""
    changed = edited(package, tmp_path / "package", Cell(table, column, text))
    book = openpyxl.load_workbook(export("xlsx", changed, tmp_path / "x.xlsx"))
    return book[table].cell(2, package.header(table).index(column) + 1)


def test_there_is_a_sheet_per_table_after_the_codebook_and_the_terms(book: openpyxl.Workbook, package: Package) -> None:
    assert book.sheetnames == ["codebook", "terms", *package.tables]


def test_the_header_stays_in_sight_and_filters(book: openpyxl.Workbook, package: Package) -> None:
    for table in package.tables:
        sheet = book[table]
        assert [one.value for one in sheet[1]] == package.header(table)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_the_codebook_says_what_each_column_means(book: openpyxl.Workbook, package: Package) -> None:
    _, *rows = book["codebook"].iter_rows(values_only=True)
    told = {(table, column): meaning for table, column, *_, meaning in rows}
    for table, resource in described(package).items():
        assert told[table, None] == resource["description"]
        for field in resource["schema"]["fields"]:
            assert told[table, field["name"]] == field["description"]


def test_the_terms_are_those_of_the_vocabularies(book: openpyxl.Workbook, package: Package) -> None:
    _, *rows = book["terms"].iter_rows(values_only=True)
    assert rows == [
        (table, field["name"], term["value"], term["label"])
        for table, resource in described(package).items()
        for field in resource["schema"]["fields"]
        for term in field.get("categories", ())
    ]


def test_arabic_reads_from_right_to_left_and_english_does_not(book: openpyxl.Workbook) -> None:
    header = [one.value for one in book["actors"][1]]
    rows = [{name: cell for name, cell in zip(header, row, strict=True) if cell.value} for row in book["actors"]][1:]
    assert {row["name_ar"].alignment.readingOrder for row in rows if "name_ar" in row} == {2}
    assert {row["name_ar"].alignment.horizontal for row in rows if "name_ar" in row} == {"right"}
    assert {row["summary"].alignment.readingOrder for row in rows} == {0}


def test_a_text_stays_a_text(small: Package, tmp_path: Path) -> None:
    texts = ["=1+1", "{=1+1}", "https://example.org", "mailto:a@example.org", "017", "-5", "TRUE"]
    changed = edited(
        small, tmp_path / "package", *(Cell("actor_names", "text", text, row) for row, text in enumerate(texts))
    )
    book = openpyxl.load_workbook(export("xlsx", changed, tmp_path / "x.xlsx"))
    column = small.header("actor_names").index("text") + 1
    cells = [book["actor_names"].cell(row, column) for row in range(2, 2 + len(texts))]
    assert [(found.value, found.hyperlink) for found in cells] == [(text, None) for text in texts]
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        assert not [name for name in archive.namelist() if "<f>" in archive.read(name).decode("utf-8", "replace")]


def test_dates_are_dates_where_excel_has_them(small: Package, tmp_path: Path) -> None:
    found = cell(small, tmp_path, table="agreements", column="signed_earliest", text="2017-06-01")
    assert found.value == dt.datetime(2017, 6, 1)  # type: ignore[attr-defined] # noqa: DTZ001 - as openpyxl gives it
    assert found.number_format == "yyyy-mm-dd"  # type: ignore[attr-defined]


def test_dates_before_excels_first_stay_texts(small: Package, tmp_path: Path) -> None:
    found = cell(small, tmp_path, table="agreements", column="signed_earliest", text="1899-12-31")
    assert found.value == "1899-12-31"  # type: ignore[attr-defined]


def test_a_text_that_just_fits_is_whole(small: Package, tmp_path: Path) -> None:
    assert cell(small, tmp_path, text="ب" * 32_767).value == "ب" * 32_767  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("column", "text", "told"),
    [
        ("note", "x" * 32_768, "actors: note, row 1: 32,768 characters are more than the 32,767 of an Excel cell"),
        ("note", "𐎀" * 16_384, "actors: note, row 1: 16,384 characters are more than"),
        ("note", "<r>x</r>", "actors: note, row 1: XlsxWriter would take '<r>x</r>' for markup"),
    ],
)
def test_what_excel_cannot_hold_is_refused(column: str, text: str, told: str, small: Package, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=told):
        cell(small, tmp_path, column=column, text=text)
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("trade_figures", "amount_high", "1234567890123456"),
        ("trade_figures", "amount_high", "many"),
        ("trade_figures", "amount_currency_stated", "maybe"),
        ("agreements", "signed_latest", "2017-02-31"),
    ],
)
def test_a_value_that_is_not_of_its_type_is_refused(
    table: str, column: str, text: str, small: Package, tmp_path: Path
) -> None:
    with pytest.raises(PackageError, match=f"{table}: {column}, row 1: "):
        cell(small, tmp_path, table=table, column=column, text=text)


def test_more_rows_than_a_sheet_has_are_refused(
    package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "_ROWS", 600)
    with pytest.raises(PackageError, match="claims has more rows than the 600 of an Excel sheet"):
        export("xlsx", package, tmp_path / "x.xlsx")


def test_a_row_that_is_too_short_is_refused(small: Package, tmp_path: Path) -> None:
    copy = copied(small, tmp_path / "package")
    rewrite(copy, "claims", lambda rows: rows[3].pop())
    with pytest.raises(PackageError, match="claims: row 4 has 18 cells, not 19"):
        export("xlsx", copy, tmp_path / "x")


def test_long_names_of_sheets_are_cut_and_stay_different(small: Package, tmp_path: Path) -> None:
    copy = copied(small, tmp_path / "package")
    long = "a_table_with_a_name_that_is_far_too_long"
    for resource, name in zip(copy.descriptor["resources"], (f"{long}_1", f"{long}_2", "terms"), strict=False):
        resource["name"] = name
    book = openpyxl.load_workbook(export("xlsx", copy, tmp_path / "x.xlsx"))
    assert book.sheetnames[:5] == ["codebook", "terms", long[:31], f"{long[:29]}~2", "terms~2"]
