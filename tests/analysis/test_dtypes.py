"""Frames of pandas with the types that the next tool takes."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest

import defcoop
from defcoop.analysis.dyads import dyads
from defcoop.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

pd = pytest.importorskip("pandas")
np = pytest.importorskip("numpy")
pa = pytest.importorskip("pyarrow")
pl = pytest.importorskip("polars")


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


def test_the_library_and_types_are_said_once(shipped: defcoop.Dataset) -> None:
    numpy = shipped.framed_by("pandas", dtypes="numpy")
    assert numpy == shipped
    for derived in (
        numpy,
        numpy.as_of(2020),
        numpy.only("seed-001"),
        numpy.at_least(credibility=6),
        next(numpy.sample(1, 1)),
    ):
        assert derived.frame("deployments")["size_best"].dtype == np.float64
        assert derived.panel(years=2017)["agreements_signed_low"].dtype == np.float64
    assert numpy.sql("SELECT true AS so")["so"].dtype == np.float64
    assert dyads(numpy)["settled"].dtype == np.float64
    assert pickle.loads(pickle.dumps(numpy)).frame_form == numpy.frame_form  # noqa: S301 - our own


def test_what_is_asked_goes_before_what_is_usual(shipped: defcoop.Dataset) -> None:
    numpy, arrow = shipped.framed_by(dtypes="numpy"), shipped.framed_by("pyarrow")
    assert isinstance(numpy.frame("seeds", "polars"), pl.DataFrame)
    assert numpy.panel(years=2017, dtypes="nullable")["agreements_signed_low"].dtype == pd.Int64Dtype()
    assert numpy.panel(years=2017, backend="pandas")["agreements_signed_low"].dtype == np.float64
    assert isinstance(arrow.panel(years=2017, dtypes="numpy"), pd.DataFrame)
    assert isinstance(arrow.panel(years=2017), pa.Table)


@pytest.mark.parametrize(("asked", "near"), [({"backend": "panda"}, "pandas"), ({"dtypes": "nump"}, "numpy")])
def test_a_usual_library_that_is_none_is_refused_at_once(asked: dict[str, Any], near: str, checkout: Path) -> None:
    with pytest.raises(InputError, match=f"Did you mean {near}"):
        defcoop.load(checkout, **asked)
