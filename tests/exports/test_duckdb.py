"""DuckDB opens its export with types, enumerations, keys, meanings and views, and refuses what is wrong."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import duckdb
import pytest
from packaging.requirements import Requirement

from defcoop.exports import export
from defcoop.exports.duckdb import STORAGE
from defcoop.package import PackageError
from tests.exports.packages import Cell, described, edited
from tests.exports.tools import run, tool
from tests.processes import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from defcoop.package import Package


@pytest.fixture(scope="module")
def file(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export("duckdb", package, tmp_path_factory.mktemp("export") / "x.duckdb")


@pytest.fixture
def database(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(file), read_only=True) as opened:
        yield opened


def constraints(database: duckdb.DuckDBPyConnection, kind: str) -> set[tuple[str, ...]]:
    columns = "table_name, constraint_column_names, referenced_table"
    rows = database.execute(
        f"SELECT {columns} FROM duckdb_constraints() WHERE constraint_type = ?",  # noqa: S608 - the columns above
        [kind],
    ).fetchall()
    return {(table, *columns, *([target] if target else [])) for table, columns, target in rows}


def test_keys_are_those_of_the_descriptor(database: duckdb.DuckDBPyConnection, package: Package) -> None:
    assert constraints(database, "PRIMARY KEY") == {
        (table, *resource["schema"]["primaryKey"]) for table, resource in described(package).items()
    }


def test_references_are_those_of_the_descriptor_but_for_those_in_one_table(
    database: duckdb.DuckDBPyConnection, package: Package
) -> None:
    assert constraints(database, "FOREIGN KEY") == {
        (table, *key["fields"], key["reference"]["resource"])
        for table, resource in described(package).items()
        for key in resource["schema"].get("foreignKeys", ())
        if "resource" in key["reference"]
    }


def test_columns_are_typed_and_described(database: duckdb.DuckDBPyConnection, package: Package) -> None:
    types = {
        "string": "VARCHAR",
        "integer": "BIGINT",
        "number": "DECIMAL(21,6)",
        "boolean": "BOOLEAN",
        "date": "DATE",
    }
    found = database.execute("SELECT table_name, column_name, data_type, comment FROM duckdb_columns()").fetchall()
    held = {(table, column): (kind, comment) for table, column, kind, comment in found}
    for table, resource in described(package).items():
        for field in resource["schema"]["fields"]:
            terms = [term["value"] for term in field.get("categories", ())]
            listed = ", ".join(f"'{term}'" for term in terms)
            kind = f"ENUM({listed})" if terms else types[field["type"]]
            assert held[table, field["name"]] == (kind, field["description"])


def test_views_show_names_beside_ids(database: duckdb.DuckDBPyConnection) -> None:
    found = database.execute("SELECT DISTINCT actor_name FROM agreement_parties_named WHERE actor_id = 'act-qat'")
    assert found.fetchall() == [("Qatar",)]


@pytest.mark.parametrize(
    "cell",
    [
        Cell("actors", "kind", "no such kind"),
        Cell("actors", "summary", ""),
        Cell("actors", "parent", "act-nobody"),
        Cell("claims", "speaker_id", "act-nobody"),
        Cell("claims", "start", "1st"),
        Cell("agreements", "signed_latest", "2017-02-31"),
        Cell("trade_figures", "amount_currency_stated", "maybe"),
    ],
)
def test_a_package_that_is_not_sound_is_refused(cell: Cell, package: Package, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=cell.text or "NOT NULL"):
        export("duckdb", edited(package, tmp_path / "package", cell), tmp_path / "x")


def test_a_name_with_the_ending_of_a_text_file_is_no_matter(package: Package, tmp_path: Path) -> None:
    with duckdb.connect(str(export("duckdb", package, tmp_path / "x.csv")), read_only=True) as database:
        assert database.execute("SELECT count(*) FROM records").fetchone() == (84,)


def test_it_is_in_the_form_of_the_oldest_version_that_the_extra_allows() -> None:
    extras = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    [asked] = map(Requirement, extras["duckdb"])
    assert asked.specifier.contains(STORAGE["storage_compatibility_version"].removeprefix("v"))
    assert not asked.specifier.contains("1.3.99")
    oldest = STORAGE["storage_compatibility_version"].removeprefix("v")
    assert f"duckdb=={oldest}\n" in (CHECKOUT / ".ci/locks/duckdb-oldest.in").read_text(encoding="utf-8")


def test_it_is_small(file: Path) -> None:
    assert file.stat().st_size < 6_000_000


def test_the_oldest_version_that_the_extra_allows_reads_it_as_this_one_does(
    file: Path, database: duckdb.DuckDBPyConnection
) -> None:
    tables = [name for (name,) in database.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
    views = [name for (name,) in database.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()]
    queries = [f"SELECT count(*), count(DISTINCT hash(t)) FROM {name} t" for name in (*tables, *sorted(views))]  # noqa: S608 - our names
    script = (
        "import duckdb, sys\n"
        "database = duckdb.connect(sys.argv[1], read_only=True)\n"
        "print(duckdb.__version__)\n"
        "for query in sys.argv[2:]: print(*database.execute(query).fetchone())\n"
    )
    version, *told = run([tool("duckdb-oldest") / "bin/python", "-c", script, file, *queries]).splitlines()
    assert version == STORAGE["storage_compatibility_version"].removeprefix("v")
    assert told == [" ".join(map(str, database.execute(query).fetchone() or ())) for query in queries]
