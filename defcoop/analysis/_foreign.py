"""Tables of others: their cells, and columns that are added to them, in whatever library they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from defcoop.analysis._refusals import need
from defcoop.errors import InputError
from defcoop.validation.issues import did_you_mean

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrameT


def cells(table: Any, name: str) -> list[Any]:  # noqa: ANN401 - a frame of any library
    """Give the cells of a column, None where there is none.

    Raises:
        ValueError: if there is no such column.
        ImportError: if narwhals is not installed.
    """
    need("narwhals", "tables of others need", "merging")
    import narwhals as nw  # noqa: PLC0415 - an extra, and loaded when it is asked for

    frame = nw.from_native(table, eager_only=True)
    if name not in frame.columns:
        msg = f"the table has no column {name}. {did_you_mean(name, frame.columns)}".rstrip()
        raise InputError(msg)
    column = frame[name]
    return [
        None if missing else cell for cell, missing in zip(column.to_list(), column.is_null().to_list(), strict=True)
    ]


def columns(table: Any) -> list[str]:  # noqa: ANN401 - as above
    """Name the columns of a frame of any library.

    Raises:
        ImportError: if narwhals is not installed.
    """
    need("narwhals", "tables of others need", "merging")
    import narwhals as nw  # noqa: PLC0415 - as above

    return list(nw.from_native(table, eager_only=True).columns)


def added(table: IntoDataFrameT, name: str, values: list[Any], kind: str) -> IntoDataFrameT:
    """Add a column to a frame of any library; `kind` is `integer` or `string`.

    Raises:
        ValueError: if it is there already.
    """
    import narwhals as nw  # noqa: PLC0415 - as above

    frame = nw.from_native(table, eager_only=True)
    if name in frame.columns:
        msg = f"the table has a column {name} already"
        raise InputError(msg)
    changed: Any
    if frame.implementation.is_pandas():
        import pandas as pd  # noqa: PLC0415 - as above

        # A whole number that may be missing has a type of its own in pandas, which narwhals does not choose.
        column = pd.array(values, dtype="Int64" if kind == "integer" else "string")
        native: Any = table
        changed = native.assign(**{name: column})
    else:
        dtype = nw.Int64 if kind == "integer" else nw.String
        changed = frame.with_columns(nw.new_series(name, values, dtype, backend=frame.implementation)).to_native()
    return cast("IntoDataFrameT", changed)
