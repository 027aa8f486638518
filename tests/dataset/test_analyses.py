"""What is computed from a dataset is offered as its methods, which are the functions of `defcoop.analysis`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from defcoop import Dataset
from defcoop.analysis import agreement, draws, frames, network, panel, sql

if TYPE_CHECKING:
    from types import ModuleType

METHODS = [
    (agreement, "report"),
    (agreement, "support"),
    (draws, "sample"),
    (frames, "frame"),
    (frames, "frames"),
    (network, "to_networkx"),
    (panel, "panel"),
    (sql, "sql"),
]


@pytest.mark.parametrize(("module", "name"), METHODS, ids=[name for _, name in METHODS])
def test_a_method_is_the_function_of_its_name(module: ModuleType, name: str) -> None:
    assert getattr(Dataset, name) is getattr(module, name)


@pytest.mark.parametrize("backend", frames.BACKENDS)
def test_a_frame_is_of_the_library_that_is_asked_for(backend: frames.Backend, shipped: Dataset) -> None:
    assert type(shipped.frame("agreements", backend)).__module__.startswith(backend)


def test_the_names_are_those_of_the_arguments(shipped: Dataset) -> None:
    query = "SELECT id FROM agreements WHERE status = $status ORDER BY id"
    found = shipped.sql(query=query, parameters={"status": "signed"}, backend="polars")
    assert found["id"].to_list() == list(shipped.agreements.where(status="signed"))


def test_other_records_stand_with_the_same_source_cards(shipped: Dataset) -> None:
    alone = shipped.with_records([shipped["act-qat"]])
    assert (list(alone), alone.seeds) == ([shipped["act-qat"]], shipped.seeds)
    assert alone.source is None
