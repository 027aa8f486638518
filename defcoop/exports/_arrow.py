"""Tables of a package as typed Arrow tables, read in groups of rows so that no table is held whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from defcoop.package import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.package import Package
    from defcoop.package.described import DescribedColumn, DescribedTable

_ROWS = 65_536
_BLOCK = 1 << 24
"""How many bytes are read at once; no row is longer."""

_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.decimal128(21, 6),  # at most 15 digits, at most six of them decimals
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
_PARSING = csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False)


def schema_of(table: DescribedTable) -> pa.Schema:
    """Give the Arrow schema of a table, with what it and its columns mean as metadata."""
    return pa.schema([field_of(column) for column in table.columns], {"description": table.description})


def field_of(column: DescribedColumn) -> pa.Field:
    """Give the Arrow field of a column; terms are a dictionary."""
    kind = pa.dictionary(pa.int32(), pa.string()) if column.terms else _TYPES[column.kind]
    return pa.field(column.name, kind, not column.required, {"description": column.description})


def groups(package: Package, table: DescribedTable) -> Iterator[pa.Table]:
    """Yield the rows of a table in groups of the same length, but for the last.

    Raises:
        PackageError: if a value is not of its column's type.
    """
    plain = {column.name: _TYPES[column.kind] for column in table.columns}
    converting = csv.ConvertOptions(
        column_types=plain,
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
        true_values=["true"],
        false_values=["false"],
    )
    try:
        with package.open(table.path) as file:
            reader = csv.open_csv(file, csv.ReadOptions(block_size=_BLOCK), _PARSING, converting)
            if reader.schema.names != list(plain):
                msg = f"{table.name}: the columns are not those of the descriptor"
                raise PackageError(msg)
            for group in _regrouped(reader):
                yield _typed(group, table)
    except pa.ArrowInvalid as error:
        msg = f"{table.name}: {error}"
        raise PackageError(msg) from None


def _regrouped(reader: csv.CSVStreamingReader) -> Iterator[pa.Table]:
    held = reader.schema.empty_table()
    for batch in reader:
        held = pa.concat_tables([held, pa.Table.from_batches([batch])])
        while len(held) >= _ROWS:
            yield held.slice(0, _ROWS)
            held = held.slice(_ROWS)
    if len(held):
        yield held


def _typed(group: pa.Table, table: DescribedTable) -> pa.Table:
    columns = []
    for column in table.columns:
        cells = group[column.name]
        if column.terms:
            terms = pa.array(column.terms)
            numbers = pc.index_in(cells, value_set=terms, skip_nulls=True)
            if numbers.null_count != cells.null_count:
                msg = f"{table.name}: {column.name} holds what is not in its vocabulary"
                raise PackageError(msg)
            cells = pa.DictionaryArray.from_arrays(numbers.combine_chunks(), terms)
        if column.required and cells.null_count:
            msg = f"{table.name}: a value of {column.name} is missing"
            raise PackageError(msg)
        columns.append(cells)
    return pa.Table.from_arrays(columns, schema=schema_of(table))
