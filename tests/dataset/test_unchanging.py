"""Nothing that is asked of a dataset changes it; it can be pickled, and read by many threads at once."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from defcoop.package import build
from tests.processes import python
from tests.sound import FEW, SOME, datasets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import defcoop

QUESTIONS: dict[str, Callable[[defcoop.Dataset], Any]] = {
    "as_of": lambda ds: ds.as_of(date(2017, 6, 30)),
    "as_of, latest": lambda ds: ds.as_of("2018", "latest"),
    "at_least": lambda ds: ds.at_least(stance="asserted", basis="explicit"),
    "claims": lambda ds: [ds.claims(record) for record in ds],
    "conflicts": lambda ds: ds.conflicts(),
    "html": lambda ds: (ds._repr_html_(), ds.actors._repr_html_(), ds.seeds._repr_html_()),
    "linked": lambda ds: [repr(ds.linked(record).names) for record in ds],
    "lost_without": lambda ds: ds.lost_without(*list(ds.seeds)[:1]),
    "only": lambda ds: ds.only(list(ds.seeds)[:1]),
    "trace": lambda ds: [ds.trace("records", record.id, "name") for record in ds],
    "where": lambda ds: [ds.actors.where(kind="state"), ds.agreements.where(parties=list(ds.actors)[:1])],
    "without": lambda ds: ds.without(*list(ds.seeds)[:1]),
}


@SOME
@given(datasets())
def test_questions_leave_the_dataset_as_it_was(dataset: defcoop.Dataset) -> None:
    before, shown = pickle.dumps(dataset), repr(list(dataset))
    for ask in QUESTIONS.values():
        ask(dataset)
    assert repr(list(dataset)) == shown
    assert pickle.dumps(dataset) == before


@FEW
@given(datasets())
def test_a_question_has_one_answer(dataset: defcoop.Dataset) -> None:
    twin = pickle.loads(pickle.dumps(dataset))  # noqa: S301 - its own
    for ask in QUESTIONS.values():
        assert ask(dataset) == ask(dataset) == ask(twin)


@FEW
@given(datasets())
def test_answers_can_be_pickled(dataset: defcoop.Dataset) -> None:
    for ask in QUESTIONS.values():
        answer = ask(dataset)
        assert pickle.loads(pickle.dumps(answer)) == answer  # noqa: S301 - its own


def test_threads_that_ask_at_once_get_the_answers_that_one_gets(shipped: defcoop.Dataset) -> None:
    expected = {name: ask(shipped) for name, ask in QUESTIONS.items()}
    twin = pickle.loads(pickle.dumps(shipped))  # noqa: S301 - one of which nobody has asked anything yet
    names = list(QUESTIONS) * 3
    ready = Barrier(len(names))

    def answer(name: str) -> Any:
        ready.wait()
        return QUESTIONS[name](twin)

    with ThreadPoolExecutor(len(names)) as threads:
        for name, found in zip(names, threads.map(answer, names), strict=True):
            assert found == expected[name], name


@pytest.mark.parametrize("turn", range(3))
def test_threads_that_load_at_once_get_the_same_data(turn: int, tmp_path: Path, shipped: defcoop.Dataset) -> None:  # noqa: ARG001 - it runs several times
    """In a process that has loaded nothing yet, so that they also meet where modules and models are made."""
    build(shipped, tmp_path / "package")
    code = (
        "import sys, threading\nfrom concurrent.futures import ThreadPoolExecutor\nimport defcoop\n"
        "sys.setswitchinterval(1e-5)\nready = threading.Barrier(8)\n"
        f"def load(_):\n    ready.wait()\n    return defcoop.load({str(tmp_path / 'package')!r})\n"
        "with ThreadPoolExecutor(8) as threads:\n    found = list(threads.map(load, range(8)))\n"
        "import gc\nprint(all(one == found[0] for one in found), len(found[0]), gc.isenabled())"
    )
    done = python("-c", code)
    assert (done.stdout, done.stderr) == (f"True {len(shipped)} True\n", "")
