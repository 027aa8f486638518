"""The frame of a panel: columns of numbers as a frame of pandas, polars or Arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.analysis._frames.meta import attrs_of, texts_of
from defcoop.analysis.frames import backend_or_default
from defcoop.package.tables import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from defcoop.analysis.frames import Backend
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


def frame(columns: Sequence[Filled], key: Sequence[str], backend: Backend | None) -> Any:  # noqa: ANN401 - of any library
    """Make a frame of columns.

    Raises:
        ValueError: if there is no such backend.
        ImportError: if the library is not installed.
    """
    table = described([one.column for one in columns], key)
    makers: dict[str, Callable[[Sequence[Filled], Table], Any]] = {"polars": _polars, "pandas": _pandas}
    return makers.get(backend_or_default(backend), _arrow)(columns, table)


def texts(columns: Sequence[Filled]) -> Iterator[tuple[str, ...]]:
    """Yield the names of columns, then the cells of each row as the published tables write them."""
    yield tuple(one.column.name for one in columns)
    yield from zip(*(_written(one) for one in columns), strict=True)


def _written(one: Filled) -> list[str]:
    texts = [_text(value) for value in one.values.tolist()] if one.terms is None else [one.terms[n] for n in one.values]
    if one.missing is None:
        return texts
    return ["" if missing else text for text, missing in zip(texts, one.missing.tolist(), strict=True)]


def _text(value: float | bool) -> str:  # noqa: FBT001 - a cell
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if value == int(value) else str(value)


def _polars(columns: Sequence[Filled], _: Table) -> Any:  # noqa: ANN401 - as above
    import polars as pl  # noqa: PLC0415 - optional

    series = []
    for one in columns:
        if one.terms is not None:
            cells = pl.Series(one.column.name, list(one.terms), pl.String).gather(pl.Series(one.values))
        else:
            cells = pl.Series(one.column.name, one.values)
        if one.missing is not None and one.missing.any():
            cells = pl.select(pl.when(~pl.Series(one.missing)).then(cells)).to_series().alias(one.column.name)
        series.append(cells)
    return pl.DataFrame(series)


def _arrow(columns: Sequence[Filled], table: Table) -> Any:  # noqa: ANN401 - as above
    import pyarrow as pa  # noqa: PLC0415 - optional

    meanings = texts_of(table)
    cells = [_cells(one) for one in columns]
    fields = [
        pa.field(one.column.name, made.type, metadata=meanings[one.column.name])
        for one, made in zip(columns, cells, strict=True)
    ]
    about = {"table": table.name, "description": table.description}
    return pa.Table.from_arrays(cells, schema=pa.schema(fields, about))


def _cells(one: Filled) -> Any:  # noqa: ANN401 - as above
    import pyarrow as pa  # noqa: PLC0415 - optional

    cells = pa.array(one.values, mask=one.missing)
    return cells if one.terms is None else pa.array(list(one.terms), pa.string()).take(cells)


def _pandas(columns: Sequence[Filled], table: Table) -> Any:  # noqa: ANN401 - as above
    import numpy as np  # noqa: PLC0415 - optional
    import pandas as pd  # noqa: PLC0415 - optional

    arrays = pd.arrays
    kinds: dict[str, Any] = {
        "integer": arrays.IntegerArray,
        "number": arrays.FloatingArray,
        "boolean": arrays.BooleanArray,
    }
    cells = {}
    for one in columns:
        if one.terms is not None:
            cells[one.column.name] = arrays.ArrowStringArray(_cells(one))
        else:
            missing = np.zeros(len(one.values), dtype=bool) if one.missing is None else one.missing
            cells[one.column.name] = kinds[one.column.kind](one.values, missing)
    frame = pd.DataFrame(cells, copy=False)
    frame.attrs.update(attrs_of(table))
    return frame
