"""Frames of pandas with the types that the next tool takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from defcoop.errors import InputError

if TYPE_CHECKING:
    import defcoop

pd = pytest.importorskip("pandas")
np = pytest.importorskip("numpy")


def test_a_panel_of_numpy_has_no_type_of_pandas(shipped: defcoop.Dataset) -> None:
    panel = shipped.panel(actors="TUR,QAT", years=range(2010, 2020), dtypes="numpy")
    numbers = panel.drop(columns=["a", "b", "iso3_a", "iso3_b"])
    assert all(isinstance(kind, np.dtype) and kind.kind in "iuf" for kind in numbers.dtypes)
    nullable = shipped.panel(actors="TUR,QAT", years=range(2010, 2020), dtypes="nullable")
    assert numbers.isna().to_numpy().tolist() == nullable[numbers.columns].isna().to_numpy().tolist()


def test_decimals_are_described_with_numpy(shipped: defcoop.Dataset) -> None:
    sizes = shipped.frame("deployments", dtypes="numpy")
    assert sizes["size_best"].dtype == np.float64
    assert "size_best" in sizes.describe().columns
    assert sizes["size_best"].dropna().tolist() == [3000.0]


def test_arrow_types_are_kept_with_arrow(shipped: defcoop.Dataset) -> None:
    for framed in (shipped.frame("deployments", dtypes="arrow"), shipped.panel(years=2017, dtypes="arrow")):
        assert all(isinstance(kind, pd.ArrowDtype) for kind in framed.dtypes)


def test_types_that_are_none_are_refused(shipped: defcoop.Dataset) -> None:
    with pytest.raises(InputError, match="nullable"):
        shipped.frame("deployments", dtypes="nulable")
    with pytest.raises(InputError, match="is for pandas"):
        shipped.frame("deployments", "polars", dtypes="numpy")
    assert list(shipped.frames("pandas", "deployments")) == ["deployments"]
