"""What it costs to have the tables of a package as frames, against polars reading the same tables as Parquet.

    python -m benchmarks.frames [--sizes 10000] [--runs 5] [--package DIR]

Ours are the frames of all tables of a dataset that was loaded from the package, which are read from its CSV, with
vocabularies, days and decimals as types. Theirs is `polars.read_parquet` of every file of `defcoop export --format
parquet`, made from the same package beforehand, which holds the same cells; it is measured as it is, with texts where
Parquet has dictionaries, and once more with every column brought to the type that ours has. Before anything is timed,
both are compared cell by cell.

All take turns in one process, which is warm, and in processes of their own, where the time begins when everything is
imported and the dataset is loaded. CPU seconds are those of all threads.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.loading import ROOM, ROOT, ratios, synthetic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_TURNS = ("ours", "theirs", "typed")


class Seconds(NamedTuple):
    """CPU and wall seconds."""

    cpu: float
    wall: float


class Data(NamedTuple):
    """A package, and its tables as Parquet."""

    name: str
    package: Path
    parquet: Path


def child(data: Data, chosen: Sequence[str], runs: int) -> None:
    """Import and load everything, compare, then print CPU and wall seconds of each turn."""
    import polars as pl  # noqa: PLC0415 - imports are not what is timed

    import defcoop  # noqa: PLC0415 - likewise
    from defcoop.analysis import frames as _frames  # noqa: PLC0415 - likewise

    files = {path.stem: path for path in sorted(data.parquet.glob("*.parquet"))}
    # What the library reads is a whole dataset, which takes long and is not needed to read Parquet alone.
    dataset = defcoop.Dataset([], []) if chosen == ["theirs"] else defcoop.load(data.package)

    def ours() -> Mapping[str, Any]:
        return _frames.frames(dataset, "polars", files)

    def theirs() -> Mapping[str, Any]:
        return {name: pl.read_parquet(path) for name, path in files.items()}

    schemas = {name: frame.schema for name, frame in ours().items()}

    def typed() -> Mapping[str, Any]:
        return {name: pl.read_parquet(path).cast(schemas[name]) for name, path in files.items()}

    calls: dict[str, Callable[[], object]] = {"ours": ours, "theirs": theirs, "typed": typed}
    if len(chosen) > 1:
        _compare(ours(), typed())
    for _ in range(runs):
        timed = [_timed(calls[name]) for name in chosen]
        sys.stdout.write(" ".join(f"{one.cpu} {one.wall}" for one in timed) + "\n")


def _compare(ours: Mapping[str, Any], typed: Mapping[str, Any]) -> None:
    """Make sure that both hold the same cells.

    Raises:
        ValueError: if they do not; then nothing should be timed.
    """
    for name, frame in ours.items():
        if not frame.equals(typed[name]):
            msg = f"the frames of {name} are not the same"
            raise ValueError(msg)


def _timed(call: Callable[[], object]) -> Seconds:
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    result = call()
    found = Seconds(time.process_time() - cpu, time.perf_counter() - wall)
    del result
    return found


def compare(data: Data, runs: int) -> Iterator[tuple[str, ...]]:
    """Yield the cells of a row for a warm process and for new ones, in which nothing is cast."""
    warm = _run(data, _TURNS, runs + 1)[1:]
    new = [[_run(data, (which,), 1)[0][0] for which in _TURNS[:2]] for _ in range(runs)]
    for name, turns in (("warm", warm), ("new", new)):
        middle = [median(turn.cpu for turn in side) * 1000 for side in zip(*turns, strict=True)]
        cpu = ratios([turn[0].cpu / turn[1].cpu for turn in turns])
        wall = ratios([turn[0].wall / turn[1].wall for turn in turns])
        typed = ratios([turn[0].cpu / turn[2].cpu for turn in turns]) if len(turns[0]) > 2 else ""  # noqa: PLR2004 - as above
        yield data.name, name, cpu, wall, typed, ", ".join(f"{number:.0f}" for number in middle)


def _run(data: Data, chosen: Sequence[str], runs: int) -> list[list[Seconds]]:
    words = [sys.executable, "-m", "benchmarks.frames", "--time", ",".join(chosen), "--runs", str(runs)]
    words += [str(data.package), str(data.parquet)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    lines = [[float(number) for number in line.split()] for line in done.stdout.splitlines()]
    return [[Seconds(*line[at : at + 2]) for at in range(0, len(line), 2)] for line in lines]


def _exported(name: str, package: Path) -> Data:
    """Export a package to Parquet."""
    place = ROOM / "parquet" / name.replace(" ", "-")
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    words = [sys.executable, "-m", "defcoop", "export", "parquet", "--package", str(package), "--out", str(place)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    return Data(name, package, place)


def main() -> None:
    """Measure, or time as a child."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.frames", description="Print ratios of paired runs.")
    parser.add_argument("--sizes", default="10000", help="numbers of records, such as 10000,100000")
    parser.add_argument("--runs", type=int, default=5, help="how many turns each takes")
    parser.add_argument("--package", type=Path, help="measure this package too")
    parser.add_argument("--time", help="time these in this process and measure nothing else")
    parser.add_argument("places", nargs="*", type=Path, help="with --time: the package and the folder of Parquet")
    given = parser.parse_args()
    if given.time:
        child(Data("", *given.places), given.time.split(","), given.runs)
        return
    chosen = [("package", given.package.absolute())] if given.package else []
    chosen += [(f"{int(size):,} records", synthetic(size)) for size in given.sizes.split(",") if size]
    head = "| data | process | frames / Parquet (CPU) | (wall) | / with our types (CPU) | CPU ms, theirs, typed |\n"
    sys.stdout.write(head + "| --- " * 6 + "|\n")
    for name, package in chosen:
        for cells in compare(_exported(name, package), given.runs):
            sys.stdout.write(f"| {' | '.join(cells)} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
