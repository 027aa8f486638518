"""What is computed from a dataset is offered as its methods, which give what the functions give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from defcoop.analysis.draws import sample
from defcoop.analysis.frames import BACKENDS, frame, frames
from defcoop.analysis.panel import panel
from defcoop.analysis.sql import sql

if TYPE_CHECKING:
    import defcoop


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_frame_is_of_the_library_that_is_asked_for(backend: str, shipped: defcoop.Dataset) -> None:
    asked = {"backend": backend}
    assert shipped.frame("agreements", **asked).equals(frame(shipped, "agreements", **asked))  # type: ignore[call-overload]
    assert type(shipped.frame("agreements", **asked)).__module__.startswith(backend)


def test_several_frames_come_at_once(shipped: defcoop.Dataset) -> None:
    found = shipped.frames("polars", ["actors", "claims"])
    assert list(found) == ["actors", "claims"]
    assert all(found[name].equals(one) for name, one in frames(shipped, "polars", ["actors", "claims"]).items())
    assert isinstance(shipped.frames(names=["actors"])["actors"], pl.DataFrame)


def test_a_query_takes_parameters(shipped: defcoop.Dataset) -> None:
    query = "SELECT id FROM agreements WHERE status = $status ORDER BY id"
    found = shipped.sql(query, {"status": "signed"}, backend="polars")
    assert found.equals(sql(shipped, query, {"status": "signed"}, backend="polars"))
    assert found["id"].to_list() == list(shipped.agreements.where(status="signed"))


def test_a_panel_takes_all_that_the_function_takes(shipped: defcoop.Dataset) -> None:
    asked = {
        "actors": ["TUR", "QAT"], "years": [2017, 2018], "directed": True, "months": True, "dates": "latest",
        "states": False, "stances": ["asserted", "planned"], "backend": "polars",
    }  # fmt: skip
    assert shipped.panel(**asked).equals(panel(shipped, **asked))  # type: ignore[arg-type]
    drawn = {"actors": ["TUR", "QAT"], "years": [2017], "draws": 2, "seed": 1, "backend": "polars"}
    assert shipped.panel(**drawn).equals(panel(shipped, **drawn))  # type: ignore[arg-type]


def test_draws_are_those_of_the_seed(shipped: defcoop.Dataset) -> None:
    assert list(shipped.sample(2, seed=3)) == list(sample(shipped, 2, seed=3))
