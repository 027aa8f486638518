"""Tables as Arrow tables, with what they mean as metadata."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from defcoop.analysis._frames.meta import texts_of
from defcoop.errors import InputError
from defcoop.package.formula_guard import GUARD
from defcoop.package.origins import split

if TYPE_CHECKING:
    from defcoop.package.columns import Column
    from defcoop.package.tables import Table

_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.decimal128(21, 6),  # at most 15 digits, at most six of them decimals
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
_TERMS = pa.dictionary(pa.int32(), pa.string())
_IN_ORDER = pa.dictionary(pa.int32(), pa.string(), ordered=True)


def read(source: Path | bytes, table: Table) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Read the CSV of a table.

    Raises:
        ValueError: if a value is not of its column's type.
    """
    try:
        columns = _read(
            source, {column.name: _TERMS if column.vocabulary else _TYPES[column.kind] for column in table.columns}
        )
    except pa.ArrowInvalid as error:
        msg = f"{table.name}: {error}"
        raise InputError(msg) from None
    cells = [
        _in_order(columns[column.name], column, table) if column.vocabulary else _unguarded(columns[column.name])
        for column in table.columns
    ]
    return pa.Table.from_arrays(cells, schema=schema_of(table))


def schema_of(table: Table) -> Any:  # noqa: ANN401 - as above
    """Give the Arrow schema of a table."""
    meanings = texts_of(table)
    fields = [
        pa.field(column.name, _IN_ORDER if column.vocabulary else _TYPES[column.kind], metadata=meanings[column.name])
        for column in table.columns
    ]
    return pa.schema(fields, {"table": table.name, "description": split(table.description)[0]})


def _read(source: Path | bytes, types: dict[str, Any]) -> Any:  # noqa: ANN401 - as above
    # A mapped file and the system's own allocator spare half of the time, most of which goes into fetching pages.
    with pa.memory_map(str(source)) if isinstance(source, Path) else pa.BufferReader(source) as file:
        return csv.read_csv(
            file,
            parse_options=csv.ParseOptions(ignore_empty_lines=False),
            convert_options=csv.ConvertOptions(
                column_types=types,
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                true_values=["true"],
                false_values=["false"],
            ),
            memory_pool=pa.system_memory_pool(),
        )


def _unguarded(cells: Any) -> Any:  # noqa: ANN401 - as above
    """Take the guards of CSV from texts that begin like a formula."""
    return pc.replace_substring_regex(cells, GUARD, r"\1") if pa.types.is_string(cells.type) else cells


def _in_order(cells: Any, column: Column, table: Table) -> Any:  # noqa: ANN401 - as above
    """Number the terms of a column as its vocabulary has them, and not as they come up."""
    terms = pa.array([term.value for term in column.terms])
    chunks = []
    for chunk in cells.chunks:
        places = pc.index_in(chunk.dictionary, value_set=terms)
        if places.null_count:
            msg = f"{table.name}: {column.name} holds what is not in its vocabulary"
            raise InputError(msg)
        chunks.append(pa.DictionaryArray.from_arrays(places.take(chunk.indices), terms, ordered=True))
    # Without a row there is no chunk, and so no place for the terms.
    return pa.chunked_array(chunks or [pa.DictionaryArray.from_arrays(pa.array([], pa.int32()), terms, ordered=True)])
