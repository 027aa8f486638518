"""Answers of DuckDB as frames."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

    from defcoop.analysis.frames import Backend

_ENUM, _INTEGER = "enum", pa.int64()


def framed(answer: duckdb.DuckDBPyRelation, backend: Backend) -> Any:  # noqa: ANN401 - a frame of any library
    """Run a query and give its rows as a frame."""
    rows = answer.to_arrow_table()
    cells = [_cells(column, kind) for column, kind in zip(rows.columns, answer.types, strict=True)]
    table = pa.Table.from_arrays(cells, names=list(_distinct(rows.column_names)))
    if backend == "pandas":
        from defcoop.analysis._frames.pandas import from_arrow  # noqa: PLC0415 - loaded when it is asked for

        return from_arrow(table)
    if backend == "polars":
        from defcoop.analysis._frames.polars import from_arrow as to_polars  # noqa: PLC0415 - likewise

        return to_polars(table)
    return table


def _cells(column: Any, kind: Any) -> Any:  # noqa: ANN401 - an Arrow column and a DuckDB type
    """Type a column: terms with their whole vocabulary in order, and whole numbers as such if they fit."""
    if kind.id == _ENUM:
        terms = pa.array(kind.children[0][1])
        chunks = [pa.DictionaryArray.from_arrays(one.indices, terms, ordered=True) for one in column.chunks]
        empty = pa.DictionaryArray.from_arrays(pa.array([], pa.int32()), terms, ordered=True)
        return pa.chunked_array([one.cast(empty.type) for one in chunks] or [empty])
    if pa.types.is_decimal(column.type) and column.type.scale == 0:
        try:
            return column.cast(_INTEGER)
        except pa.ArrowInvalid:
            return column
    return column


def _distinct(names: Sequence[str]) -> Iterator[str]:
    """Number the columns whose name has come up before."""
    seen: Counter[str] = Counter()
    for name in names:
        yield f"{name}_{seen[name]}" if seen[name] else name
        seen[name] += 1
