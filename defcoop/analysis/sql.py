"""SQL over the tables of a dataset, by DuckDB in memory.

Every table of the package is there under its name, typed: numbers that may have decimals are DECIMAL(21, 6), days are
DATE, and vocabularies are enumerations, named as in the codebook, which sort in its order. To compare by that order,
say of what kind a term is, for DuckDB takes it for a text: `status >= 'signed'::AgreementStatus`.

A query can do to these tables what it likes, since they are its own and are gone afterwards. It reaches no file, no
network and no variable of the program.

>>> import defcoop
>>> from defcoop.analysis.sql import sql
>>> ds = defcoop.load()
>>> sql(ds, "SELECT status, count(*) AS n FROM agreements GROUP BY status ORDER BY status", backend="polars").rows()[1:]
[('signed', 7), ('in_force', 2), ('unstated', 1)]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, overload

from defcoop.analysis._frames.cells import read_tables
from defcoop.analysis._refusals import need
from defcoop.analysis.frames import form_of
from defcoop.errors import InputError
from defcoop.io.sql_text import literal, name
from defcoop.package import tables
from defcoop.package.tables import with_terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb
    import pandas as pd
    import polars as pl

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis.frames import Backend, Dtypes
    from defcoop.package import Table

    Parameters = Sequence[object] | Mapping[str, object]
    """Values for `?` in their order, or for `$name` by name."""

_LOCKS = (
    "temp_directory = ''",
    "enable_external_access = false",
    "disabled_filesystems = 'LocalFileSystem'",  # without it, EXPORT makes its folder before it is refused
    "lock_configuration = true",
)


@overload
def sql(
    dataset: DatasetLike,
    query: str,
    parameters: Parameters | None = None,
    *,
    backend: Literal["pandas"],
    dtypes: Dtypes | None = None,
) -> pd.DataFrame: ...
@overload
def sql(
    dataset: DatasetLike, query: str, parameters: Parameters | None = None, *, backend: Literal["polars"]
) -> pl.DataFrame: ...
@overload
def sql(
    dataset: DatasetLike,
    query: str,
    parameters: Parameters | None = None,
    backend: Backend | None = None,
    *,
    dtypes: Dtypes | None = None,
) -> Any: ...  # noqa: ANN401 - as below
def sql(
    dataset: DatasetLike,
    query: str,
    parameters: Parameters | None = None,
    backend: Backend | None = None,
    *,
    dtypes: Dtypes | None = None,
) -> Any:
    """Ask a dataset by SQL, and give the answer as a data frame.

    Only the tables that the query names are read, where it names any.

    Args:
        dataset: the dataset.
        query: a query in DuckDB's SQL; of several statements, the answer to the last is given.
        parameters: values for `?` in their order, or for `$name` by name.
        backend: the library whose frame the answer is to be, as for `frame`.
        dtypes: the types of a pandas frame, as for `frame`.

    Returns:
        A pandas or polars DataFrame or an Arrow table, typed as `defcoop.analysis.frames` says. Whole numbers too
        large for 64 bits are decimals; a name that two columns share gets a number.

    Raises:
        InputError: if the query is wrong, gives no rows, or would reach beyond the dataset; the message is one line.
        MissingLibraryError: if DuckDB, or what the frame needs, is not installed.

    >>> import defcoop
    >>> ds = defcoop.load()
    >>> query = "SELECT DISTINCT quote FROM claims WHERE record_id = $id AND field = 'aggregate.best'"
    >>> sql(ds, query, {"id": "agr-qat-tur-fifty-treaties"}, backend="pandas")["quote"].to_list()
    ['تم الاتفاق على توقيع 50 معاهدة']
    >>> sql(ds, "SELECT * FROM agreement")
    Traceback (most recent call last):
    ...
    defcoop.errors.InputError: Catalog Error: Table with name agreement does not exist! Did you mean "agreements"?
    """
    form = form_of(dataset, backend, dtypes)
    for library in ("duckdb", "pyarrow"):
        need(library, "SQL needs", "sql")
    import duckdb  # noqa: PLC0415 - an extra, and loaded when it is asked for

    from defcoop.analysis._frames import arrow, results  # noqa: PLC0415 - likewise

    with duckdb.connect(":memory:") as database:
        for lock in _LOCKS:  # before anything is done with the query, for even to name its tables DuckDB plans it
            database.execute(f"SET {lock}")
        wanted = _named(query, database)
        found = read_tables(dataset, wanted, arrow.read)
        for table in wanted:
            _add(with_terms(table, dataset.card.terms), found[table.name], database)
        try:
            answer = database.sql(query, params=parameters)
            if answer is None:
                msg = "the query gives no rows"
                raise InputError(msg)
            return results.framed(answer, form)
        except duckdb.Error as error:
            raise InputError(_line(error)) from None


def _named(query: str, database: duckdb.DuckDBPyConnection) -> Sequence[Table]:
    """Give the tables that a query names; all if that cannot be told, or if it names others too."""
    import duckdb  # noqa: PLC0415 - as above

    known = {table.name: table for table in tables()}
    try:
        named = {table.lower() for table in database.get_table_names(query)}
    except duckdb.Error:
        return tables()
    return [known[table] for table in sorted(named)] if named and named <= known.keys() else tables()


def _add(table: Table, cells: Any, database: duckdb.DuckDBPyConnection) -> None:  # noqa: ANN401 - an Arrow table
    """Make a table known under its name; DuckDB takes the terms of Arrow for texts."""
    casts = []
    for column in table.columns:
        if column.vocabulary:
            kind = name(column.vocabulary.__name__)
            terms = ", ".join(literal(term.value) for term in column.terms)
            database.execute(f"CREATE TYPE IF NOT EXISTS {kind} AS ENUM ({terms})")
            casts.append(f"{name(column.name)}::{kind} AS {name(column.name)}")
    rows = database.from_arrow(cells)
    view = rows.project(f"* REPLACE ({', '.join(casts)})") if casts else rows
    view.create_view(table.name)


def _line(error: Exception) -> str:
    """Give what an error says as one line, without the excerpt of the query that shows where."""
    return " ".join(str(error).partition("\n\n")[0].split())
