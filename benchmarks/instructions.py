"""Instructions per record of a cold validation, counted with valgrind: repeatable where times are noisy.

    python -m benchmarks.instructions [--against OTHER/.venv/bin/python] [--command validate|build|floor]

Start-up and source tables cost the same for few records and for many, so the difference between two synthetic
checkouts, over the difference of their sizes, is what one more record costs. A count takes minutes.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import tree
from benchmarks.measure import CommandError

_COUNTED = re.compile(r"Collected : (\d+)")
_COMMANDS = {
    "validate": ("defcoop", "validate", "--no-cache", "--jobs", "1"),
    "build": ("defcoop", "build", "--out", "package"),
    "floor": ("benchmarks.floor", "."),
}
_ENVIRONMENT = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
"""What would make two counts of the same run differ, held fast."""


def per_record(python: Path, command: str, checkouts: dict[int, Path]) -> float:
    """Count the instructions that a command takes for one more record.

    Args:
        python: the interpreter of the environment in which the command is installed.
        command: one of `validate`, `build` and `floor`.
        checkouts: a small and a large checkout, by their number of records.

    Raises:
        CommandError: if valgrind or the command fails.
    """
    few, many = sorted(checkouts)
    counts = [_count(python, command, checkouts[size]) for size in (few, many)]
    return (counts[1] - counts[0]) / (many - few)


def _count(python: Path, command: str, checkout: Path) -> int:
    # The floor is a module of this repository's benchmarks and is found beside the library under measurement.
    root = python.parents[2] if command == "floor" else checkout
    with tempfile.TemporaryDirectory() as scratch:
        ran = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={scratch}/out", str(python), "-m"]
            + [
                str(checkout) if word == "." else word.replace("package", f"{scratch}/package")
                for word in _COMMANDS[command]
            ],
            cwd=root,
            env=os.environ | _ENVIRONMENT,
            capture_output=True,
            text=True,
            check=False,
        )
    counted = _COUNTED.search(ran.stderr)
    if ran.returncode or not counted:
        msg = f"{python} {command} ended with {ran.returncode}:\n{ran.stdout[-1000:]}{ran.stderr[-1000:]}"
        raise CommandError(msg)
    return int(counted.group(1))


def main() -> int:
    """Count, and print the instructions per record and the ratio to another checkout's."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.instructions", description="Count instructions.")
    parser.add_argument("--against", type=Path, help="the interpreter of another checkout's environment")
    parser.add_argument("--command", choices=_COMMANDS, default="validate")
    parser.add_argument("--sizes", default="1000,4000", help="numbers of records of the two checkouts")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        checkouts = {int(size): Path(room, size) for size in given.sizes.split(",")}
        for size, folder in checkouts.items():
            tree.write(size, folder)
        try:
            # Not resolved: the link in `.venv/bin` is what makes it the environment's interpreter.
            ours = per_record(Path(sys.executable), given.command, checkouts)
            sys.stdout.write(f"{given.command}: {ours / 1e6:.3f} M instructions a record\n")
            if given.against:
                theirs = per_record(given.against.absolute(), given.command, checkouts)
                sys.stdout.write(f"{given.against}: {theirs / 1e6:.3f} M, ratio {ours / theirs:.3f}\n")
        except CommandError as error:
            sys.stderr.write(f"{error}\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
