"""What the panel costs, against a DuckDB query written by hand for the same counts, and whether the two agree.

    python -m benchmarks.panel PACKAGE [--runs 5] [--actors 200]

Both give the same polars frame: dyad-years of 200 states over 50 years. DuckDB holds the published tables in memory
before its time begins, as the library holds its records. They take turns in one process, and the cost is the CPU time
of all its threads. No ratio is printed unless every cell agrees.

Synthetic checkouts have few states, so other bodies of theirs are made states first, and the countries of the rest are
dealt out among them.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import duckdb

import defcoop
from benchmarks.panel_query import statements
from defcoop.analysis._panel.acts import prefix_of
from defcoop.dataset import Dataset
from defcoop.models import Actor
from defcoop.models.actor import ActorKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import polars as pl

    from defcoop.models import Record

_YEARS = range(1990, 2040)
_NO_BODIES = {ActorKind.PERSON, ActorKind.MEDIA}


def with_states(dataset: Dataset, count: int) -> Dataset:
    """Make other bodies states until there are so many, and deal the countries of the rest out among all states.

    Raises:
        ValueError: if the dataset has too few bodies.
    """
    actors = dataset.actors.values()
    states = [one.id for one in actors if one.kind is ActorKind.STATE]
    states += [one.id for one in actors if one.kind not in {ActorKind.STATE, *_NO_BODIES}]
    if len(states) < count:
        msg = f"{len(states)} bodies are too few for {count} states"
        raise ValueError(msg)
    return Dataset(_remade(dataset, states[:count]), dataset.seeds.values())


def _remade(dataset: Dataset, states: list[str]) -> Iterator[Record]:
    chosen, turns = set(states), cycle(states)
    for record in dataset:
        if record.id in chosen:
            yield record.model_copy(update={"kind": ActorKind.STATE, "country": None, "parent": None})
        elif isinstance(record, Actor) and record.country is not None:
            yield record.model_copy(update={"country": next(turns)})
        else:
            yield record


def tables(dataset: Dataset) -> duckdb.DuckDBPyConnection:
    """Put the published tables into a database in memory."""
    database = duckdb.connect()
    for name, frame in dataset.frames("pyarrow").items():
        database.register("given", frame)
        database.execute(f'CREATE TABLE "{name}" AS FROM given')
        database.unregister("given")
    return database


def by_hand(database: duckdb.DuckDBPyConnection, trade: str) -> pl.DataFrame:
    """Ask DuckDB for the panel."""
    *steps, last = statements(_YEARS, trade)
    for statement in steps:
        database.execute(statement)
    found: pl.DataFrame = database.sql(last).pl()
    return found


def difference(ours: pl.DataFrame, theirs: pl.DataFrame) -> str:
    """Say in which cells two panels differ; nothing if they agree."""
    if (ours.columns, ours.height) != (theirs.columns, theirs.height):
        return f"{ours.shape} is not {theirs.shape}, or columns differ: {set(ours.columns) ^ set(theirs.columns)}"
    told = []
    for name in ours.columns:
        theirs_typed = theirs[name].cast(ours[name].dtype)
        wrong = ours[name].ne_missing(theirs_typed)
        if wrong.any():
            [row, *_] = wrong.arg_true()
            told.append(
                f"{name}: {wrong.sum()} cells, first in row {ours.row(row)[:3]}: {ours[name][row]}, {theirs_typed[row]}"
            )
    return "\n".join(told)


def _trade(dataset: Dataset) -> str:
    """Give the prefix of the columns of trade, which synthetic figures have in common."""
    [found] = {prefix_of(figure) for figure in dataset.trade_figures.values()}
    return found


def _cost(call: Callable[[], pl.DataFrame]) -> tuple[pl.DataFrame, float]:
    gc.collect()
    start = time.process_time()
    found = call()
    return found, time.process_time() - start


def main() -> int:
    """Compare the two cell by cell, then print what both cost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.panel", description="Print ratios of paired runs.")
    parser.add_argument("package", type=Path, help="a package of synthetic records")
    parser.add_argument("--runs", type=int, default=5, help="how many turns each takes")
    parser.add_argument("--actors", type=int, default=200, help="how many states")
    given = parser.parse_args()
    dataset = with_states(defcoop.load(given.package), given.actors)
    database = tables(dataset)
    trade = _trade(dataset)
    ratios = []
    for turn in range(given.runs + 1):
        ours, our_cost = _cost(lambda: dataset.panel(years=_YEARS, backend="polars"))
        theirs, their_cost = _cost(lambda: by_hand(database.cursor(), trade))
        if wrong := difference(ours, theirs):
            sys.stderr.write(f"no ratio, since cells differ:\n{wrong}\n")
            return 1
        if turn == 0:  # it fills caches of both, and is not counted
            sys.stdout.write(f"{len(dataset):,} records, {ours.height:,} x {ours.width} cells, of which each agrees\n")
            continue
        ratios.append(our_cost / their_cost)
        sys.stdout.write(f"CPU seconds: panel {our_cost:.2f}, DuckDB {their_cost:.2f}\n")
        sys.stdout.flush()
    sys.stdout.write(f"panel / DuckDB (CPU): {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
