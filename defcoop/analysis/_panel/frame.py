"""The frame of a panel: columns of numbers as a frame of pandas, polars or Arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.analysis._frames.meta import attrs_of, texts_of
from defcoop.package.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from defcoop.analysis.frames import Dtypes, FrameForm
    from defcoop.package.columns import Column


class Filled(NamedTuple):
    """A column with its cells.

    `values` are numbers or, for a column of texts, places in `terms`; `missing` says which are none, if any is.
    """

    column: Column
    values: npt.NDArray[Any]
    missing: npt.NDArray[Any] | None = None
    terms: Sequence[str] | None = None


def described(columns: Sequence[Column], key: Sequence[str]) -> Table:
    """Describe a panel as the package describes its tables."""
    return Table("panel", "One row per dyad and period.", tuple(columns), tuple(key))


def frame(columns: Sequence[Filled], key: Sequence[str], form: FrameForm) -> Any:  # noqa: ANN401 - of any library
    """Make a frame of columns."""
    table = described([filled.column for filled in columns], key)
    if form.backend == "pandas":
        return _pandas(columns, table, form.dtypes or "nullable")
    return _polars(columns, table) if form.backend == "polars" else _arrow(columns, table)


def texts(columns: Sequence[Filled]) -> Iterator[tuple[str, ...]]:
    """Yield the names of columns, then the cells of each row as the published tables write them."""
    yield tuple(filled.column.name for filled in columns)
    yield from zip(*(_written(filled) for filled in columns), strict=True)


def _written(filled: Filled) -> list[str]:
    texts = (
        [_text(value) for value in filled.values.tolist()]
        if filled.terms is None
        else [filled.terms[n] for n in filled.values]
    )
    if filled.missing is None:
        return texts
    return ["" if missing else text for text, missing in zip(texts, filled.missing.tolist(), strict=True)]


def _text(value: float | bool) -> str:  # noqa: FBT001 - a cell
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if value == int(value) else str(value)


def _polars(columns: Sequence[Filled], _: Table) -> Any:  # noqa: ANN401 - as above
    import polars as pl  # noqa: PLC0415 - optional

    series = []
    for filled in columns:
        if filled.missing is not None and filled.terms is None and filled.missing.all():
            kind = pl.Series(filled.values[:0]).dtype
            cells = pl.repeat(None, len(filled.missing), dtype=kind, eager=True).alias(filled.column.name)
            series.append(cells)
            continue
        if filled.terms is not None:
            cells = pl.Series(filled.column.name, list(filled.terms), pl.String).gather(pl.Series(filled.values))
        else:
            cells = pl.Series(filled.column.name, filled.values)
        if filled.missing is not None and filled.missing.any():
            cells = pl.select(pl.when(~pl.Series(filled.missing)).then(cells)).to_series().alias(filled.column.name)
        series.append(cells)
    return pl.DataFrame(series)


def _arrow(columns: Sequence[Filled], table: Table) -> Any:  # noqa: ANN401 - as above
    import pyarrow as pa  # noqa: PLC0415 - optional

    meanings = texts_of(table)
    cells = [_cells(filled) for filled in columns]
    fields = [
        pa.field(filled.column.name, made.type, metadata=meanings[filled.column.name])
        for filled, made in zip(columns, cells, strict=True)
    ]
    about = {"table": table.name, "description": table.description}
    return pa.Table.from_arrays(cells, schema=pa.schema(fields, about))


def _cells(filled: Filled) -> Any:  # noqa: ANN401 - as above
    import pyarrow as pa  # noqa: PLC0415 - optional

    cells = pa.array(filled.values, mask=filled.missing)
    return cells if filled.terms is None else pa.array(list(filled.terms), pa.string()).take(cells)


def _pandas(columns: Sequence[Filled], table: Table, dtypes: Dtypes) -> Any:  # noqa: ANN401 - as above
    import numpy as np  # noqa: PLC0415 - optional
    import pandas as pd  # noqa: PLC0415 - optional

    if dtypes != "nullable":
        from defcoop.analysis._frames.pandas import from_arrow  # noqa: PLC0415 - as above

        framed = from_arrow(_arrow(columns, table), dtypes)
        framed.attrs.update(attrs_of(table))
        return framed
    arrays = pd.arrays
    kinds: dict[str, Any] = {
        "integer": arrays.IntegerArray,
        "number": arrays.FloatingArray,
        "boolean": arrays.BooleanArray,
    }
    cells = {}
    for filled in columns:
        if filled.terms is not None:
            cells[filled.column.name] = arrays.ArrowStringArray(_cells(filled))
        else:
            missing = np.zeros(len(filled.values), dtype=bool) if filled.missing is None else filled.missing
            cells[filled.column.name] = kinds[filled.column.kind](filled.values, missing)
    frame = pd.DataFrame(cells, copy=False)
    frame.attrs.update(attrs_of(table))
    return frame
