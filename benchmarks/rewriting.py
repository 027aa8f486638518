"""The floor of a build: the rows of a package read with csv.reader and, unless told otherwise, written with csv.writer.

    python -m benchmarks.rewriting PACKAGE [--read-only]

The difference of the two is what writing alone costs.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from pathlib import Path


def rewrite(package: Path, *, read_only: bool) -> int:
    """Read every table and write it to a folder that goes again; give the number of rows."""
    count = 0
    with tempfile.TemporaryDirectory(dir=package.parent) as room:
        for path in sorted((package / "data").glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as source:
                rows = list(csv.reader(source))
            count += len(rows)
            if not read_only:
                with Path(room, path.name).open("w", encoding="utf-8", newline="") as target:
                    csv.writer(target, lineterminator="\n").writerows(rows)
    return count


def main() -> None:
    """Rewrite the package that the command line names."""
    parser = argparse.ArgumentParser(description="Read a package's rows and write them again.")
    parser.add_argument("package", type=Path)
    parser.add_argument("--read-only", action="store_true", help="only read them")
    given = parser.parse_args()
    if not rewrite(given.package, read_only=given.read_only):
        parser.error(f"{given.package} holds no rows")


if __name__ == "__main__":
    main()
