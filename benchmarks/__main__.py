"""Run the benchmarks and print their ratios as Markdown tables.

    python -m benchmarks [--sizes 1000,10000] [--runs 3] [--peers]

Commands that are compared take turns in one run, A B A B; a ratio is the median over the turns, with the least and
the greatest behind it. Nothing is printed unless the fault goldens pass and planted faults are found.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks import figures, guard
from benchmarks.figures import Bench
from benchmarks.measure import CommandError

_ROOT = Path(__file__).parent.parent


def main() -> int:
    """Make the checkouts, make sure that validation is right, then measure."""
    given = _arguments()
    room: Path = given.room.resolve()
    shutil.rmtree(room / "trees", ignore_errors=True)
    (room / "trees").mkdir(parents=True)
    os.environ["XDG_CACHE_HOME"] = str(room / "trees" / "cache")
    try:
        if problem := guard.problem(_ROOT, room / "trees"):
            sys.stderr.write(f"no timings, since validation is not right:\n{problem}\n")
            return 1
        bench = Bench(_ROOT, room, given.runs, given.sizes, _options())
        sys.stdout.write(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n\n")
        for table in figures.tables(bench, peers=given.peers):
            sys.stdout.write(f"{table}\n")
            sys.stdout.flush()
    except CommandError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Print ratios of paired runs.")
    parser.add_argument("--sizes", type=_sizes, default=(1000, 10_000), help="numbers of records, such as 1000,10000")
    parser.add_argument("--runs", type=int, default=3, help="how many turns each command takes")
    parser.add_argument("--peers", action="store_true", help="run the peers too, which are installed from PyPI")
    parser.add_argument("--room", type=Path, default=_ROOT / "build" / "bench", help="where to write")
    return parser.parse_args()


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(size) for size in text.split(",")))


def _options() -> str:
    """Ask the command line for its help page, since older versions know fewer options."""
    asked = [sys.executable, "-m", "defcoop", "validate", "--help"]
    environment = os.environ | {"NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(asked, cwd=_ROOT, env=environment, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
