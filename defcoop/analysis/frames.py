"""Frames: the tables of a dataset as typed data frames of pandas, polars or Arrow.

A frame holds what the CSV of the published package holds, cell by cell, in the same order, with types:

| column | polars | pandas | pyarrow |
| --- | --- | --- | --- |
| text | String | string | string |
| term of a vocabulary | Enum | ordered category | ordered dictionary |
| integer | Int64 | Int64 (nullable) | int64 |
| number that may have decimals | Decimal(21, 6) | object, of `decimal.Decimal` | decimal128(21, 6) |
| boolean | Boolean | boolean (nullable) | bool |
| day | Date | datetime64[s] | date32 |

A vocabulary has all its terms in the codebook's order, used or not. A missing value is null (NA, NaT and, among
decimals of pandas, None), never an empty text or a 0. EDTF dates are texts, with the first and the last day that they
allow beside them. What a column means is told by `frame_meta`, by the fields of an Arrow table and by the `attrs` of a
pandas frame; polars keeps nothing of the kind.

>>> import defcoop
>>> from defcoop.analysis.frames import frame
>>> agreements = frame(defcoop.load(), "agreements", "polars")
>>> agreements.filter(agreements["status"] == "in_force").select("id", "entry_into_force_earliest").rows()[:1]
[('agr-qat-tur-joint-defence-cooperation-2017', datetime.date(2017, 5, 1))]
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, overload

from defcoop.analysis._frames.cells import csv_of, read_tables, table_named
from defcoop.analysis._frames.meta import ColumnMeta, columns_of
from defcoop.analysis._refusals import check_known
from defcoop.errors import InputError, MissingLibraryError
from defcoop.package import tables
from defcoop.package.naming import several
from defcoop.validation.issues import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    import polars as pl

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.package import Table
    from defcoop.package.rows import Row

__all__ = [
    "BACKENDS",
    "Backend",
    "ColumnMeta",
    "Dtypes",
    "FrameForm",
    "backend_for",
    "backend_or_default",
    "form_of",
    "frame",
    "frame_meta",
    "frames",
    "made",
]

Backend = Literal["polars", "pandas", "pyarrow"]
"""A library whose frames are given."""

BACKENDS: dict[Backend, tuple[str, ...]] = {
    "polars": ("polars",),
    "pandas": ("pandas", "pyarrow"),
    "pyarrow": ("pyarrow",),
}
"""What each backend needs. Where none is named, the first is taken that is installed: polars has a type of its own for
every kind of column, and is the quickest."""

Dtypes = Literal["numpy", "nullable", "arrow"]
"""The types of a pandas frame: those of numpy, in which numbers and booleans are floats where they may be missing, as
libraries of regressions want them; those of pandas that know what is missing; or those of Arrow."""


class FrameForm(NamedTuple):
    """The library whose frames are given and, for pandas, their types; None where that does not matter.

    >>> import defcoop
    >>> defcoop.load(backend="pandas", dtypes="numpy").frame_form
    FrameForm(backend='pandas', dtypes='numpy')
    """

    backend: Backend | None = None
    dtypes: Dtypes | None = None


_READERS: dict[Backend, str] = {"polars": "polars", "pandas": "pandas", "pyarrow": "arrow"}


@overload
def frame(
    dataset: DatasetLike, table: str, backend: Literal["pandas"], *, dtypes: Dtypes | None = None
) -> pd.DataFrame: ...
@overload
def frame(dataset: DatasetLike, table: str, backend: Literal["polars"]) -> pl.DataFrame: ...
@overload
def frame(dataset: DatasetLike, table: str, backend: Backend | None = None, *, dtypes: Dtypes | None = None) -> Any: ...  # noqa: ANN401 - as below
def frame(dataset: DatasetLike, table: str, backend: Backend | None = None, *, dtypes: Dtypes | None = None) -> Any:
    """Give a table of a dataset as a data frame.

    A dataset loaded from a package is read from the package's files, for as long as they stand; any other is written
    anew, at about a third of a millisecond for a record, so ask for several tables at once by `frames`.

    Args:
        dataset: the dataset.
        table: the table's name, as in the package.
        backend: the library whose frame it is to be; by default that of the dataset (`load(backend=…)`), else the first
            of `BACKENDS` that is installed.
        dtypes: the types of a pandas frame, by default those of the dataset, else `nullable`; with one, the default of
            `backend` is pandas.

    Returns:
        A pandas or polars DataFrame or an Arrow table with the columns and rows of the published table, typed as the
        module says; no unit is converted.

    Raises:
        InputError: if there is no such table or backend, or a file of the package does not hold what it should.
        MissingLibraryError: if the library is not installed.

    >>> import defcoop
    >>> sizes = frame(defcoop.load(), "deployments", "pandas")[["size_best", "size_unit"]].dropna()
    >>> sizes.to_dict("records")
    [{'size_best': Decimal('3000.000000'), 'size_unit': 'persons'}]
    """
    return frames(dataset, backend, [table], dtypes=dtypes)[table]


def frames(
    dataset: DatasetLike,
    backend: Backend | None = None,
    names: str | Iterable[str] | None = None,
    *,
    dtypes: Dtypes | None = None,
) -> dict[str, Any]:
    """Give tables of a dataset as data frames, by name.

    Args:
        dataset: the dataset.
        backend: the library whose frames they are to be, as for `frame`.
        names: the tables' names, or one; by default all of the package.
        dtypes: the types of pandas frames, as for `frame`.

    Raises:
        InputError: if there is no such table or backend, or a file of the package does not hold what it should.
        MissingLibraryError: if the library is not installed.

    >>> import defcoop
    >>> every = frames(defcoop.load(), "pyarrow")
    >>> every["claims"].schema.field("stance").metadata[b"description"]
    b'How firmly it is said.'
    """
    wanted = tables() if names is None else [table_named(name) for name in several(names)]
    return read_tables(dataset, wanted, _reader(form_of(dataset, backend, dtypes)))


def frame_meta(table: str | Table) -> dict[str, ColumnMeta]:
    """Give what the columns of a table mean, by name, as the codebook has it.

    Args:
        table: the table's name, as in the package, or a table that describes what is computed.

    Raises:
        InputError: if there is no such table.

    >>> frame_meta("agreements")["entry_into_force"].source
    'DCAD entry into force'
    >>> frame_meta("claims")["basis"].terms["inferred"]
    'The coder concluded it; `reasoning` says how.'
    """
    return columns_of(table_named(table) if isinstance(table, str) else table)


def made(table: Table, rows: Iterable[Row], backend: Backend | None = None, dtypes: Dtypes | None = None) -> Any:  # noqa: ANN401 - a frame of any library
    """Make a frame of rows that are computed, with the types of a table that describes them; rows are sorted by key.

    Args:
        table: the table, which need not be one of the package.
        rows: the rows, each cell as the text that a CSV file would have; empty is missing.
        backend: the library whose frame it is to be; by default the first of `BACKENDS` that is installed.
        dtypes: the types of a pandas frame, as for `frame`.

    Raises:
        InputError: if there is no such backend or a cell is not of its column's type.
        MissingLibraryError: if the library is not installed.

    >>> from defcoop.package.columns import Column
    >>> from defcoop.package.tables import Table
    >>> years = Table("years", "One row per year.", (Column("year", "integer", "The year."),), ("year",))
    >>> made(years, [("2018",), ("2017",)], "polars")["year"].to_list()
    [2017, 2018]
    """
    return _reader(FrameForm(backend_for(dtypes, backend), dtypes))(csv_of(table, rows), table)


def backend_or_default(backend: Backend | None) -> Backend:
    """Give the backend that is named, or the first of `BACKENDS` that is installed.

    Args:
        backend: the library whose frames are wanted, if that matters.

    Raises:
        InputError: if there is no such backend.
        MissingLibraryError: if what it needs is not installed.

    >>> backend_or_default("pyarrow")
    'pyarrow'
    """
    if backend is None:
        installed = next((name for name, needs in BACKENDS.items() if _missing(needs) is None), None)
        if installed is None:
            msg = "frames need polars, pandas or pyarrow: pip install 'defcoop[polars]'"
            raise MissingLibraryError(msg)
        return installed
    if backend not in BACKENDS:
        msg = f"{backend} is none of {', '.join(BACKENDS)}. {did_you_mean(str(backend), BACKENDS)}".rstrip()
        raise InputError(msg)
    if missing := _missing(BACKENDS[backend]):
        extra = "parquet" if backend == "pyarrow" else backend
        msg = f"frames of {backend} need {missing}: pip install 'defcoop[{extra}]'"
        raise MissingLibraryError(msg)
    return backend


def backend_for(dtypes: Dtypes | None, backend: Backend | None) -> Backend:
    """Give the backend of a frame with some types, which are for pandas alone.

    Args:
        dtypes: the types, if they matter.
        backend: the library whose frames are wanted, if that matters.

    Raises:
        InputError: if there are no such types or no such backend, or they do not go together.
        MissingLibraryError: if what it needs is not installed.

    >>> backend_for("numpy", None)
    'pandas'
    """
    if dtypes is None:
        return backend_or_default(backend)
    check_known("dtypes", dtypes, get_args(Dtypes))
    if backend not in {None, "pandas"}:
        msg = f"dtypes={dtypes!r} is for pandas, and frames of {backend} have types of their own"
        raise InputError(msg)
    return backend_or_default("pandas")


def form_of(dataset: DatasetLike, backend: Backend | None = None, dtypes: Dtypes | None = None) -> FrameForm:
    """Give the form of a frame that is asked for; what is not asked is as the dataset has it, then as by default.

    Args:
        dataset: the dataset.
        backend: the library whose frames are wanted, if that matters.
        dtypes: the types, if they matter.

    Raises:
        InputError: as for `backend_for`.
        MissingLibraryError: likewise.

    >>> import defcoop
    >>> ds = defcoop.load(backend="pyarrow")
    >>> form_of(ds).backend, form_of(ds, "polars").backend, form_of(ds, dtypes="numpy").backend
    ('pyarrow', 'polars', 'pandas')
    """
    usual = dataset.frame_form
    if backend is None and dtypes is None:
        backend = usual.backend
    chosen = backend_for(dtypes, backend)
    return FrameForm(chosen, dtypes or (usual.dtypes if chosen == "pandas" else None))


def _missing(needs: Iterable[str]) -> str | None:
    return next((name for name in needs if find_spec(name) is None), None)


def _reader(form: FrameForm) -> Any:  # noqa: ANN401 - a function that gives a frame of some library
    backend = backend_or_default(form.backend)
    read = import_module(f"defcoop.analysis._frames.{_READERS[backend]}").read
    return partial(read, dtypes=form.dtypes) if form.dtypes else read
