"""Tables as polars frames: polars reads each column of the CSV as what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from defcoop.errors import InputError
from defcoop.package.formula_guard import GUARD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from polars.datatypes import DataType, DataTypeClass

    from defcoop.package.columns import Column
    from defcoop.package.tables import Table

_TYPES: dict[str, DataType | DataTypeClass] = {
    "string": pl.String,
    "integer": pl.Int64,
    "number": pl.Decimal(21, 6),  # at most 15 digits, at most six of them decimals
    "boolean": pl.Boolean,
    "date": pl.Date,
}


def read(source: Path | bytes, table: Table) -> pl.DataFrame:
    """Read the CSV of a table.

    Raises:
        ValueError: if a value is not of its column's type.
    """
    schema = pl.Schema({column.name: _type(column) for column in table.columns})
    try:
        # Early polars reads decimals of which there are no rows as text.
        frame = pl.read_csv(source, schema=schema).cast(schema)
        return frame.with_columns(pl.col(pl.String).str.replace(GUARD, "$1"))
    except pl.exceptions.PolarsError as error:
        msg = f"{table.name}: {error}"
        raise InputError(msg) from None


def from_arrow(cells: Any, terms: Mapping[str, list[str]]) -> pl.DataFrame:  # noqa: ANN401 - pyarrow has no types
    """Make a frame of an Arrow table, of which some columns have a vocabulary."""
    return pl.DataFrame(cells).cast({name: pl.Enum(every) for name, every in terms.items()})


def _type(column: Column) -> DataType | DataTypeClass:
    return pl.Enum([term.value for term in column.terms]) if column.vocabulary else _TYPES[column.kind]
