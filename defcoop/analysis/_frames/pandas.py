"""Tables as pandas frames, whose `attrs` say what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from defcoop.analysis._frames import arrow
from defcoop.analysis._frames.meta import attrs_of

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.analysis.frames import Dtypes
    from defcoop.package.tables import Table


def read(source: Path | bytes, table: Table, dtypes: Dtypes = "nullable") -> pd.DataFrame:
    """Read the CSV of a table.

    Raises:
        ValueError: if a value is not of its column's type.
    """
    frame = from_arrow(arrow.read(source, table), dtypes)
    frame.attrs.update(attrs_of(table))
    return frame


def from_arrow(cells: Any, dtypes: Dtypes = "nullable") -> pd.DataFrame:  # noqa: ANN401 - pyarrow has no types
    """Make a frame of an Arrow table; whatever can be missing has a type that knows it, or with numpy is NaN."""
    if dtypes == "numpy":
        cells = cells.cast(pa.schema([field.with_type(_plain(field.type)) for field in cells.schema]))
        plain: pd.DataFrame = cells.to_pandas(split_blocks=True)
        return plain
    if dtypes == "arrow":
        arrowed: pd.DataFrame = cells.to_pandas(types_mapper=pd.ArrowDtype)
        return arrowed
    days = [field.with_type(pa.timestamp("s")) if pa.types.is_date(field.type) else field for field in cells.schema]
    frame: pd.DataFrame = cells.cast(pa.schema(days)).to_pandas(types_mapper=_nullable, split_blocks=True)
    return frame


def _plain(kind: Any) -> Any:  # noqa: ANN401 - as above
    """Give the type that becomes one of numpy: a boolean is 0 or 1 as a float, for it may be missing."""
    if pa.types.is_date(kind):
        return pa.timestamp("s")
    return pa.float64() if pa.types.is_decimal(kind) or pa.types.is_boolean(kind) else kind


def _nullable(kind: Any) -> Any:  # noqa: ANN401 - as above; a dtype of pandas, or None for its default
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pd.StringDtype("pyarrow")
    if pa.types.is_integer(kind):
        return pd.Int64Dtype()
    return pd.BooleanDtype() if pa.types.is_boolean(kind) else None
