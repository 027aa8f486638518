"""What the exports to SQLite and Parquet cost, against the least that anybody could do to write the same rows.

    python -m benchmarks.export [--sizes 1000,10000] [--runs 3] [--package DIR]

The floor of SQLite reads each CSV file with `csv.reader` and gives its rows to `executemany`: columns without types,
no keys, no checks, no indexes, no search, no views, one transaction. The floor of Parquet reads each with
`pyarrow.csv.read_csv` and writes it with `pyarrow.parquet.write_table`: types as guessed, no meanings, no nested
records. Both are whole processes, as the exports are, and take turns with them. A package that is named is measured
as it is; without one, packages of synthetic records are built in `build/bench`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_ROOT = Path(__file__).parent.parent


def floor_of_sqlite(package: Path, out: Path) -> None:
    """Write the rows of a package to a SQLite database."""
    import csv  # noqa: PLC0415 - a floor imports what it needs and nothing else
    import sqlite3  # noqa: PLC0415 - timed with what uses it

    out.unlink(missing_ok=True)
    database = sqlite3.connect(out)
    for path in sorted((package / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            header = next(rows)
            columns = ", ".join(f'"{name}"' for name in header)
            database.execute(f'CREATE TABLE "{path.stem}" ({columns})')
            places = ", ".join("?" * len(header))
            database.executemany(f'INSERT INTO "{path.stem}" VALUES ({places})', rows)  # noqa: S608 - our own tables
    database.commit()
    database.close()


def floor_of_parquet(package: Path, out: Path) -> None:
    """Write the rows of a package to Parquet files."""
    from pyarrow import csv, parquet  # noqa: PLC0415 - as above

    out.mkdir(exist_ok=True)
    for path in sorted((package / "data").glob("*.csv")):
        rows = csv.read_csv(path, parse_options=csv.ParseOptions(newlines_in_values=True))
        parquet.write_table(rows, out / f"{path.stem}.parquet")


FLOORS: Mapping[str, Callable[[Path, Path], None]] = {"sqlite": floor_of_sqlite, "parquet": floor_of_parquet}


def compare(package: Path, room: Path, runs: int) -> Iterator[tuple[str, ...]]:
    """Yield the cells of a row for each export: what a package costs, and the floor beside it.

    Args:
        package: the folder of the package.
        room: the folder to write to.
        runs: how many turns each takes.
    """
    from benchmarks.measure import Command, take_turns  # noqa: PLC0415 - a floor must not pay for it

    room.mkdir(parents=True, exist_ok=True)
    commands = {}
    for name in FLOORS:
        ours, floor = (str(room / f"{name}-{whose}") for whose in ("ours", "floor"))
        words = ["defcoop", "export", name, "--package", str(package), "--out", ours]
        commands[f"{name} ours"] = Command([sys.executable, "-m", *words], _ROOT)
        words = ["benchmarks.export", "--floor", name, "--package", str(package), "--out", floor]
        commands[f"{name} floor"] = Command([sys.executable, "-m", *words], _ROOT)
    turns = take_turns(commands, runs)
    for name in FLOORS:
        ours, floor = f"{name} ours", f"{name} floor"
        middle, least, greatest = turns.ratio(ours, floor)
        yield (
            name,
            f"{middle:.2f} ({least:.2f} to {greatest:.2f})",
            f"{turns.middle(ours):.2f}, {turns.middle(floor):.2f}",
            f"{turns.middle(ours, 'peak'):.0f}, {turns.middle(floor, 'peak'):.0f}",
            ", ".join(f"{_megabytes(room / f'{name}-{whose}'):.0f}" for whose in ("ours", "floor")),
        )


def main() -> None:
    """Measure, or run a floor."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.export", description="Print ratios of paired runs.")
    parser.add_argument("--sizes", default="1000,10000", help="numbers of records, such as 1000,10000")
    parser.add_argument("--runs", type=int, default=3, help="how many turns each command takes")
    parser.add_argument("--package", type=Path, help="measure this package instead")
    parser.add_argument("--floor", choices=FLOORS, help="run a floor and measure nothing")
    parser.add_argument("--out", type=Path, default=_ROOT / "build" / "bench" / "exports", help="where to write")
    given = parser.parse_args()
    if given.floor:
        FLOORS[given.floor](given.package, given.out)
        return
    packages = [given.package.resolve()] if given.package else map(_package, given.sizes.split(","))
    sys.stdout.write("| records | export | / floor (CPU) | CPU s, floor's | peak MB, floor's | MB on disk, floor's |\n")
    sys.stdout.write("| --- | --- | --- | --- | --- | --- |\n")
    for package in packages:
        with (package / "data" / "records.csv").open("rb") as file:
            count = sum(1 for _ in file) - 1
        for cells in compare(package, given.out.resolve(), given.runs):
            sys.stdout.write(f"| {count:,} | {' | '.join(cells)} |\n")
            sys.stdout.flush()


def _package(size: str) -> Path:
    """Give the package of a number of synthetic records, built when it is first asked for."""
    from benchmarks.measure import Command, run  # noqa: PLC0415 - a floor must not pay for it

    tree = _ROOT / "build" / "bench" / "trees" / f"export-{size}"
    package = tree / "build" / "package"
    if not tree.is_dir():
        run(Command([sys.executable, "-m", "benchmarks.tree", size, str(tree)], _ROOT))
    if not package.is_dir():
        run(Command([sys.executable, "-m", "defcoop", "build"], tree))
    return package


def _megabytes(place: Path) -> float:
    files = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    return sum(path.stat().st_size for path in files) / 1e6


if __name__ == "__main__":
    main()
