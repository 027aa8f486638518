"""DuckDB: one database with typed tables, terms as enumerations, keys, meanings as comments, and views with names.

DuckDB tests a reference while it inserts, so a table that refers to itself (`parent`, `part_of`) cannot be filled with
such a key declared; those references are tested here instead. The files of two exports differ in some bytes even if
the packages are the same, for DuckDB marks each database that it makes.

The file is in the form of the oldest DuckDB that our extra allows, whichever writes it: every version reads the forms
of earlier ones, and none those of later ones.
"""

from __future__ import annotations

import errno
import shutil
from collections import Counter
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

import duckdb

from defcoop.exports._sql import create_table, foreign_key, named_view, references
from defcoop.io.sql_text import literal, name, names
from defcoop.package import PackageError
from defcoop.package.formula_guard import GUARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from defcoop.package import Package
    from defcoop.package.described import DescribedColumn, DescribedTable

_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DECIMAL(21, 6)", "boolean": "BOOLEAN", "date": "DATE"}
_READING = (
    "header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '', "
    "dateformat = '%Y-%m-%d', max_line_size = 16777216, strict_mode = true"
)

STORAGE = {"storage_compatibility_version": "v1.4.0", "default_block_size": "16384"}
"""The form of the file: the lowest version of the extra, and blocks of the smallest size, for tables are small."""

Vocabulary = tuple[str, ...]


def write(package: Package, out: Path) -> None:
    """Write a package as a DuckDB database.

    Raises:
        PackageError: if a value is not of its column's type, or a key is not sound.
        OSError: if it cannot be written.
    """
    try:
        with duckdb.connect(str(out), config=dict(STORAGE)) as database:
            database.execute(f"SET temp_directory = {literal(f'{out}.tmp')}")
            database.begin()
            _fill(package, database, out.with_name(f"{out.name}.csv"))
            database.commit()
            database.execute("CHECKPOINT")  # all of it into the one file, or an error
    except (duckdb.IOException, duckdb.FatalException) as error:
        raise OSError(errno.EIO, str(error)) from None
    except duckdb.Error as error:
        raise PackageError(str(error)) from None


def _fill(package: Package, database: duckdb.DuckDBPyConnection, copy: Path) -> None:
    tables = package.tables
    types = _type_names(tables.values())
    for terms, kind in types.items():
        database.execute(f"CREATE TYPE {name(kind)} AS ENUM ({', '.join(map(literal, terms))})")
    targets = {table.name: {str(column.target) for column in _declared(table)} for table in tables.values()}
    for table in map(tables.__getitem__, TopologicalSorter(targets).static_order()):
        kinds = {column.name: _type(column, types) for column in table.columns}
        for statement in _create(table, kinds):
            database.execute(statement)
        with package.open(table.path) as source, copy.open("wb") as target:  # DuckDB reads no zip
            shutil.copyfileobj(source, target)
        columns = ", ".join(f"{literal(column)}: {literal(kind)}" for column, kind in kinds.items())
        meant = ", ".join(_meant(column, kind) for column, kind in kinds.items())
        read = f"SELECT {meant} FROM read_csv({literal(str(copy))}, columns = {{{columns}}}, {_READING})"  # noqa: S608 - quoted names
        database.execute(f"INSERT INTO {name(table.name)} {read}")
        _check_own_references(table, database)
    for table in tables.values():
        for statement in named_view(table):
            database.execute(statement)


def _meant(column: str, kind: str) -> str:
    """Read a column, of texts without the guards of CSV."""
    if kind != _TYPES["string"]:
        return name(column)
    return f"regexp_replace({name(column)}, {literal(GUARD)}, '\\1') AS {name(column)}"


def _type_names(tables: Iterable[DescribedTable]) -> dict[Vocabulary, str]:
    """Name each vocabulary after its columns, with the first table before it if columns of that name have several."""
    uses = {(column.name, tuple(column.terms)): table.name for table in reversed([*tables]) for column in table.columns}
    several = Counter(column for column, terms in uses if terms)
    return {
        terms: column if several[column] == 1 else f"{table}_{column}"
        for (column, terms), table in uses.items()
        if terms
    }


def _type(column: DescribedColumn, types: Mapping[Vocabulary, str]) -> str:
    return name(types[tuple(column.terms)]) if column.terms else _TYPES[column.kind]


def _declared(table: DescribedTable) -> list[DescribedColumn]:
    return [column for column in references(table) if column.target != table.name]


def _create(table: DescribedTable, kinds: Mapping[str, str]) -> Iterator[str]:
    lines = [
        f"{name(column.name)} {kinds[column.name]}{' NOT NULL' if column.required else ''}" for column in table.columns
    ]
    lines.append(f"PRIMARY KEY ({names(table.key)})")
    lines += map(foreign_key, _declared(table))
    yield create_table(table, lines)
    yield f"COMMENT ON TABLE {name(table.name)} IS {literal(table.description)}"
    for column in table.columns:
        yield f"COMMENT ON COLUMN {name(table.name)}.{name(column.name)} IS {literal(column.description)}"


def _check_own_references(table: DescribedTable, database: duckdb.DuckDBPyConnection) -> None:
    for column in references(table):
        if column.target == table.name:
            this, here = name(column.name), name(table.name)
            query = f"SELECT {this} FROM {here} WHERE {this} NOT IN (SELECT id FROM {here}) LIMIT 1"  # noqa: S608 - quoted names
            if lost := database.execute(query).fetchone():
                msg = f"{table.name}: {column.name} {lost[0]!r} is not in {table.name}"
                raise PackageError(msg)
