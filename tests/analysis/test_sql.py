"""SQL: every table of the package in DuckDB, typed, and nothing beyond."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pytest

from defcoop.analysis import sql as module
from defcoop.analysis.frames import BACKENDS, frame
from defcoop.analysis.sql import sql
from defcoop.models.agreement import AgreementStatus
from defcoop.package import build, tables
from tests.processes import python

if TYPE_CHECKING:
    from pathlib import Path

    import defcoop
    from defcoop.analysis.frames import Backend

EACH = pytest.mark.parametrize("backend", BACKENDS)
STATUSES = [term.value for term in AgreementStatus]


def rows(dataset: defcoop.Dataset, query: str, *parameters: object) -> list[tuple[Any, ...]]:
    return sql(dataset, query, parameters or None, backend="polars").rows()


def test_every_table_is_there_with_all_its_rows(shipped: defcoop.Dataset) -> None:
    assert sorted(rows(shipped, "SHOW TABLES")) == sorted((table.name,) for table in tables())
    for table in tables():
        assert len(rows(shipped, f"FROM {table.name}")) == len(frame(shipped, table.name, "polars"))


def test_a_table_has_the_types_of_its_columns(shipped: defcoop.Dataset) -> None:
    kinds = {"string": "VARCHAR", "integer": "BIGINT", "number": "DECIMAL(21,6)", "boolean": "BOOLEAN", "date": "DATE"}
    for table in tables():
        found = {row[0]: row[1] for row in rows(shipped, f"DESCRIBE {table.name}")}
        assert list(found) == [column.name for column in table.columns]
        for column in table.columns:
            if column.vocabulary:
                terms = ", ".join(f"'{term.value}'" for term in column.vocabulary)
                assert found[column.name] == f"ENUM({terms})"
            else:
                assert found[column.name] == kinds[column.kind]


@EACH
def test_an_answer_is_the_frame_of_the_same_rows(backend: Backend, shipped: defcoop.Dataset) -> None:
    for name in ("agreements", "claims", "trade_figures", "actor_codes"):
        answer = nw.from_native(sql(shipped, f"FROM {name}", backend=backend), eager_only=True)
        expected = nw.from_native(frame(shipped, name, backend), eager_only=True)
        assert answer.schema == expected.schema
        assert answer.rows() == expected.rows() or backend == "pandas"
        assert str(answer.to_native()) == str(expected.to_native()) or backend == "pyarrow"


def test_terms_compare_and_sort_in_the_order_of_the_codebook(shipped: defcoop.Dataset) -> None:
    query = "SELECT DISTINCT status FROM agreements WHERE status >= 'signed'::AgreementStatus ORDER BY status"
    assert rows(shipped, query) == [("signed",), ("in_force",), ("unstated",)]


@EACH
def test_terms_of_an_answer_have_their_whole_vocabulary_even_without_rows(
    backend: Backend, shipped: defcoop.Dataset
) -> None:
    for condition in (True, False):
        found = sql(shipped, "SELECT status FROM agreements WHERE ?", [condition], backend=backend)
        if backend == "polars":
            assert found["status"].dtype.categories.to_list() == STATUSES
        elif backend == "pandas":
            assert list(found["status"].cat.categories) == STATUSES
            assert found["status"].cat.ordered
        else:
            assert found["status"].chunk(0).dictionary.to_pylist() == STATUSES


def test_numbers_and_days_of_an_answer_stay_what_they_are(shipped: defcoop.Dataset) -> None:
    query = """
        SELECT sum(signed_date_prec), max(aggregate_best), min(signed_earliest), count(*), avg(signed_date_prec),
               170141183460469231731687303715884105727::HUGEINT
        FROM agreements
    """
    [found] = rows(shipped, query)
    assert [type(one) for one in found] == [int, Decimal, date, int, float, Decimal]
    assert found[1:3] == (Decimal(50), date(2007, 1, 1))
    pandas = sql(shipped, query, backend="pandas")
    assert [str(kind) for kind in pandas.dtypes] == ["Int64", "object", "datetime64[s]", "Int64", "float64", "object"]


def test_values_are_given_by_place_or_by_name(shipped: defcoop.Dataset) -> None:
    query = "SELECT id FROM actors WHERE kind = {} AND id LIKE {} ORDER BY id"
    expected = [("act-qat",), ("act-sau",), ("act-syr",), ("act-tur",)]
    assert rows(shipped, query.format("?", "?"), "state", "act-%") == [("act-irq",), ("act-lby",), *expected]
    named = {"kind": "state", "like": "act-q%"}
    assert sql(shipped, query.format("$kind", "$like"), named, backend="polars").rows() == expected[:1]
    evil = "'; DROP TABLE actors; --"
    assert rows(shipped, "SELECT count(*) FROM actors WHERE id = ?", evil) == [(0,)]


def test_columns_of_one_name_are_numbered(shipped: defcoop.Dataset) -> None:
    found = sql(shipped, "SELECT a.id, b.id, 1 AS id FROM actors a, actors b LIMIT 1", backend="polars")
    assert found.columns == ["id", "id_1", "id_2"]


def test_queries_of_any_form_find_their_tables(shipped: defcoop.Dataset) -> None:
    assert len(rows(shipped, "PIVOT agreements ON status USING count(*) GROUP BY laterality")) == 2
    assert rows(shipped, "WITH claims AS (SELECT 1 AS one) SELECT one FROM claims") == [(1,)]
    assert rows(shipped, "SELECT count(*) > 0 FROM Main.Claims") == [(True,)]
    assert rows(shipped, "SELECT 1; SELECT count(*) FROM seeds") == [(len(shipped.seeds),)]
    assert rows(shipped, "SELECT count(*) > 40 FROM information_schema.tables") == [(True,)]
    assert rows(shipped, "SELECT count(*) FROM query_table('seeds')") == [(len(shipped.seeds),)]


def test_only_the_tables_that_are_named_are_read(shipped: defcoop.Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[list[str]] = []
    real = module.read_tables

    def reading(dataset: defcoop.Dataset, wanted: Any, reader: Any) -> Any:
        read.append([table.name for table in wanted])
        return real(dataset, wanted, reader)

    monkeypatch.setattr(module, "read_tables", reading)
    sql(shipped, "SELECT * FROM actors JOIN (SELECT * FROM agreement_parties) ON id = actor_id")
    assert read == [["actors", "agreement_parties"]]


def test_a_query_changes_nothing(shipped: defcoop.Dataset) -> None:
    before = rows(shipped, "FROM actors")
    for change in ("DROP VIEW actors", "CREATE OR REPLACE VIEW actors AS SELECT 1", "CREATE TABLE mine (x INT)"):
        with suppress(ValueError):
            sql(shipped, change)
    assert rows(shipped, "FROM actors") == before
    with pytest.raises(ValueError, match="mine"):
        sql(shipped, "FROM mine")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('{place}/secret.csv')",
        "SELECT * FROM read_text('{place}/secret.csv')",
        "FROM '{place}/secret.csv'",
        "SELECT * FROM glob('{place}/*')",
        "COPY actors TO '{place}/out.csv'",
        "COPY (SELECT 1) TO '{place}/out.csv'",
        "EXPORT DATABASE '{place}/out.csv'",
        "ATTACH '{place}/out.csv' AS other",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET temp_directory = '{place}'",
        "RESET lock_configuration",
    ],
)
def test_a_query_reaches_no_file(query: str, shipped: defcoop.Dataset, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("secret\n42\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^[^\n]*(disabled|locked|does not exist)[^\n]*$"):
        sql(shipped, query.format(place=tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_a_query_sees_no_variable_of_the_program(shipped: defcoop.Dataset) -> None:
    secret = frame(shipped, "seeds", "pandas")
    with pytest.raises(ValueError, match="secret does not exist"):
        sql(shipped, "SELECT * FROM secret")
    assert len(secret) > 0


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELEC 1", r'Parser Error: syntax error at or near "SELEC"'),
        ("SELECT nme FROM actors", r'Binder Error: .*"nme" not found.*'),
        ("SELECT * FROM agreement", r'.*agreement does not exist! Did you mean "agreements"\?'),
        ("SELECT 'x'::INT", "Conversion Error: Could not convert string 'x' to INT32"),
        ("SELECT error('Halt')", ".*Halt.*"),
        ("SELECT ?", ".*parameter.*"),
        ("", "the query gives no rows"),
    ],
)
def test_a_wrong_query_is_explained_in_one_line(query: str, message: str, shipped: defcoop.Dataset) -> None:
    with pytest.raises(ValueError, match=f"^{message}$") as caught:
        sql(shipped, query)
    assert "\n" not in str(caught.value)


def test_a_package_is_asked_as_its_records_are(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    import defcoop  # noqa: PLC0415 - the fixtures' name is the type's

    build(shipped, tmp_path / "package")
    loaded = defcoop.load(tmp_path / "package")
    query = "SELECT record_type, stance, count(*) FROM claims GROUP BY ALL ORDER BY ALL"
    assert rows(loaded, query) == rows(shipped, query)


@pytest.mark.parametrize("library", ["duckdb", "pyarrow"])
def test_a_missing_library_is_named_with_its_extra(library: str, checkout: Path) -> None:
    code = f"""
import sys, defcoop
from defcoop.analysis.sql import sql
sys.modules["{library}"] = None
try:
    sql(defcoop.load(), "FROM actors", backend="polars")
except ImportError as error:
    print(error)
"""
    done = python("-c", code)
    assert (done.stdout, done.stderr) == (f"SQL needs {library}: pip install 'defcoop[sql]'\n", "")
    assert "\nsql = [" in (checkout / "pyproject.toml").read_text("utf-8")


def test_duckdb_is_not_loaded_before_it_is_asked_for() -> None:
    done = python("-c", "import sys, defcoop.analysis.sql; print({'duckdb', 'pyarrow'} & {*sys.modules})")
    assert (done.stdout, done.stderr) == ("set()\n", "")
