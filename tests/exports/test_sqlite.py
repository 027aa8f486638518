"""The SQLite export is sound by SQLite's own checks, finds names in any spelling, and refuses what is wrong."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from defcoop.exports import export
from defcoop.package import Package, PackageError
from defcoop.values import fold
from tests.exports.packages import Cell, copied, described, edited, rewrite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def file(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export("sqlite", package, tmp_path_factory.mktemp("export") / "x.sqlite")


@pytest.fixture
def database(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as opened:
        yield opened


@pytest.fixture
def changeable(package: Package, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(export("sqlite", package, tmp_path / "x"), isolation_level=None)) as opened:
        opened.execute("PRAGMA foreign_keys = ON")
        yield opened


def test_sqlite_finds_the_file_and_its_references_whole(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_keys_and_references_are_those_of_the_descriptor(database: sqlite3.Connection, package: Package) -> None:
    for table, resource in described(package).items():
        schema = resource["schema"]
        columns = database.execute(f'PRAGMA table_info("{table}")').fetchall()
        key = sorted((place, name) for _, name, _, _, _, place in columns if place)
        assert [name for _, name in key] == schema["primaryKey"]
        assert {name for _, name, _, needed, _, _ in columns if needed} == {
            field["name"] for field in schema["fields"] if field.get("constraints", {}).get("required")
        }
        references = {(row[3], row[2], row[4]) for row in database.execute(f'PRAGMA foreign_key_list("{table}")')}
        assert references == {
            (key["fields"][0], key["reference"].get("resource", table), "id") for key in schema.get("foreignKeys", ())
        }


def test_every_reference_is_found_by_an_index(database: sqlite3.Connection, package: Package) -> None:
    for table, resource in described(package).items():
        for key in resource["schema"].get("foreignKeys", ()):
            plan = database.execute(
                f'EXPLAIN QUERY PLAN SELECT * FROM "{table}" WHERE "{key["fields"][0]}" = ?',  # noqa: S608 - names
                ["x"],
            ).fetchone()[3]
            assert plan.startswith(f"SEARCH {table} USING INDEX"), (table, key)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE actors SET kind = 'no such kind'",
        "UPDATE actors SET kind = NULL",
        "UPDATE actors SET summary = ''",
        "UPDATE actors SET country = 'act-nobody'",
        "UPDATE claims SET start = 'x'",
        "UPDATE claims SET seed_id = 'seed-999'",
        "UPDATE agreements SET signed_earliest = '2017-02-31'",
        "UPDATE trade_figures SET amount_low = 'many'",
        "UPDATE records SET withdrawn = 2",
        "INSERT INTO agreement_parties SELECT * FROM agreement_parties LIMIT 1",
    ],
)
def test_the_database_refuses_what_the_descriptor_forbids(change: str, changeable: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        changeable.execute(change)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (Cell("actors", "kind", "no such kind"), "actors: .*vocabulary.*'no such kind'"),
        (Cell("actors", "kind", ""), "actors: .*vocabulary"),
        (Cell("actors", "summary", ""), "actors: "),
        (Cell("records", "summary", ""), "records: in one row, a value is missing"),
        (Cell("actors", "country", "act-nobody"), "actors: country 'act-nobody' is not in actors"),
        (Cell("claims", "record_id", ""), "claims: record_id '' is not in records"),
        (Cell("claims", "start", "1st"), "claims: .*'1st'"),
        (Cell("agreements", "signed_latest", "2017-02-31"), "agreements: .*'2017-02-31'"),
        (Cell("trade_figures", "amount_currency_stated", "maybe"), "trade_figures: .*'maybe'"),
        (Cell("trade_figures", "amount_high", "many"), "trade_figures: .*'many'"),
    ],
)
def test_a_package_that_is_not_sound_is_refused(cell: Cell, told: str, package: Package, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=told):
        export("sqlite", edited(package, tmp_path / "package", cell), tmp_path / "x")


def test_two_rows_of_one_key_are_refused(package: Package, tmp_path: Path) -> None:
    twice = (Cell("claims", "claim_id", "x", row) for row in (0, 1))
    with pytest.raises(PackageError, match=r"UNIQUE constraint failed: claims\.claim_id"):
        export("sqlite", edited(package, tmp_path / "package", *twice), tmp_path / "x")


def test_a_row_that_is_too_short_is_refused(package: Package, tmp_path: Path) -> None:
    copy = copied(package, tmp_path / "package")
    rewrite(copy, "claims", lambda rows: rows[3].pop())
    with pytest.raises(PackageError, match="claims: "):
        export("sqlite", copy, tmp_path / "x")


def test_a_name_is_found_however_it_is_spelled(database: sqlite3.Connection, package: Package) -> None:
    names = [row for table in package.tables if table.endswith("_names") for row in package.rows(table)]
    assert len(names) == database.execute("SELECT count(*) FROM search").fetchone()[0]
    for record, _, text, *_ in names:
        asked = '"' + fold(text).replace('"', '""') + '"'
        found = database.execute("SELECT id FROM search WHERE search MATCH 'folded:' || ?", [asked]).fetchall()
        assert (record,) in found, text


def test_bare_letters_find_marks_and_hamza(database: sqlite3.Connection) -> None:
    found = database.execute("SELECT DISTINCT id FROM search WHERE search MATCH 'اكار'").fetchall()
    assert found == [("act-hulusi-akar",)]


def test_views_show_names_beside_ids(database: sqlite3.Connection) -> None:
    database.row_factory = sqlite3.Row
    rows = database.execute("SELECT * FROM agreement_parties_named WHERE actor_id = 'act-qat'").fetchall()
    assert rows
    assert {row["actor_name"] for row in rows} == {"Qatar"}
    one = database.execute(
        "SELECT * FROM claims_named WHERE record_id = ? AND speaker_id IS NOT NULL",
        ["agr-qat-tur-military-cooperation-2017"],
    ).fetchone()
    name = database.execute("SELECT name FROM records WHERE id = ?", [one["speaker_id"]]).fetchone()["name"]
    assert one["speaker_name"] == name
    assert one["record_name"]


def test_views_have_the_rows_of_their_tables(database: sqlite3.Connection) -> None:
    views = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
    assert len(views) > 30
    for view in views:
        shown, held = (
            database.execute(f'SELECT count(*) FROM "{name}"').fetchone()  # noqa: S608 - names
            for name in (view, view.removesuffix("_named"))
        )
        assert shown == held


def test_the_file_says_what_its_columns_and_terms_mean(database: sqlite3.Connection, package: Package) -> None:
    told = dict(database.execute('SELECT "table" || \'.\' || "column", meaning FROM codebook WHERE "column" <> \'\''))
    assert told == {
        f"{table}.{field['name']}": field["description"]
        for table, resource in described(package).items()
        for field in resource["schema"]["fields"]
    }
    terms = database.execute("SELECT term, meaning FROM terms WHERE \"table\" = 'claims' AND \"column\" = 'basis'")
    assert [term for term, _ in terms] == ["explicit", "inferred"]
