"""Answers of DuckDB as frames."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

    from defcoop.analysis.frames import FrameForm

_INTEGER, _PLACES = pa.int64(), pa.int32()


def framed(answer: duckdb.DuckDBPyRelation, form: FrameForm) -> Any:  # noqa: ANN401 - a frame of any library
    """Run a query and give its rows as a frame."""
    rows = answer.to_arrow_table()
    names = list(_distinct(rows.column_names))
    kinds: dict[str, Any] = dict(zip(names, answer.types, strict=True))
    terms = {name: kind.children[0][1] for name, kind in kinds.items() if kind.id == "enum"}
    cells = [_cells(column, terms.get(name)) for name, column in zip(names, rows.columns, strict=True)]
    table = pa.Table.from_arrays(cells, names=names)
    if form.backend == "pandas":
        from defcoop.analysis._frames.pandas import from_arrow  # noqa: PLC0415 - loaded when it is asked for

        return from_arrow(table, form.dtypes or "nullable")
    if form.backend == "polars":
        from defcoop.analysis._frames.polars import from_arrow as to_polars  # noqa: PLC0415 - likewise

        return to_polars(table, terms)
    return table


def _cells(column: Any, vocabulary: list[str] | None) -> Any:  # noqa: ANN401 - an Arrow column
    """Type a column: terms with their whole vocabulary in order, and whole numbers as such if they fit."""
    if vocabulary is not None:
        terms = pa.array(vocabulary)
        chunks = [chunk.indices.cast(_PLACES) for chunk in column.chunks] or [pa.array([], _PLACES)]
        return pa.chunked_array([pa.DictionaryArray.from_arrays(chunk, terms, ordered=True) for chunk in chunks])
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
