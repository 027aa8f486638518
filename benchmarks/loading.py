"""What it costs to load the data, against `json.loads` of the same bytes and their validation by pydantic.

    python -m benchmarks.loading [--sizes 1000,10000] [--runs 9] [--package DIR]

The floor reads the same lists of JSON: `json.loads` of each, with decimals kept exact, and `model_validate` of each
document. It sorts nothing, indexes nothing and looks for no id that stands twice. While we load, the garbage collector
rests; the floor is measured with it running, as everybody would have it, and once more with it at rest.

The released data are loaded as an installed wheel loads them, which is built and unpacked for it; packages as
`load(DIR)` does. All take turns, in one process, which is warm, and each in processes of its own; there the time
begins when everything is imported, and all build the validators of the models.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import time
import zipfile
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).parent.parent
ROOM = ROOT / "build" / "bench"


class Data(NamedTuple):
    """Data to be loaded: what they are, the folder of their lists, and the package, if they are not the released."""

    name: str
    lists: Path
    package: Path | None
    library: Path

    def words(self, which: str, runs: int) -> list[str]:
        """Give the command that times one of the calls, or all in turns, and prints CPU seconds."""
        place = [str(self.package)] if self.package else []
        return [sys.executable, __file__, "--time", which, str(self.lists), *place, "--runs", str(runs)]


def ours(package: Path | None) -> object:
    """Load the data."""
    import defcoop  # noqa: PLC0415 - the library that the environment names

    return defcoop.load(package)


def floor(lists: Path) -> object:
    """Read the lists with `json.loads`, and each document in them with its model."""
    return [
        [model.model_validate(document) for document in json.loads((lists / name).read_bytes(), parse_float=Decimal)]
        for name, model in _models()
    ]


def quiet(lists: Path) -> object:
    """Do the same with the garbage collector at rest."""
    from defcoop.io.gc_pause import gc_paused  # noqa: PLC0415 - as above

    with gc_paused():
        return floor(lists)


def _models() -> list[tuple[str, type]]:
    from defcoop.models import SourceCard  # noqa: PLC0415 - as above
    from defcoop.models.registry import TYPES  # noqa: PLC0415 - likewise

    return [*((f"{kind.folder}.json", kind.model) for kind in TYPES), ("seeds.json", SourceCard)]


def _timed(call: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    result = call()
    seconds = time.process_time() - start
    del result
    return seconds


def child(which: str, places: Sequence[Path], runs: int) -> None:
    """Import everything, then print the CPU seconds of each turn."""
    lists, package = places[0], places[1] if len(places) > 1 else None
    import defcoop.dataset  # noqa: PLC0415 - imports are not what is timed

    _models()
    if package:
        import defcoop.package  # noqa: F401, PLC0415 - as above
    calls = {"ours": lambda: ours(package), "floor": lambda: floor(lists), "quiet": lambda: quiet(lists)}
    chosen = calls if which == "all" else {which: calls[which]}
    for _ in range(runs):
        sys.stdout.write(" ".join(str(_timed(call)) for call in chosen.values()) + "\n")


def compare(data: Data, runs: int) -> Iterator[tuple[str, ...]]:
    """Yield the cells of a row for a warm process and for new ones."""
    warm = _run(data, "all", runs + 1)[1:]
    new = [[_run(data, which, 1)[0][0] for which in ("ours", "floor", "quiet")] for _ in range(runs)]
    for name, turns in (("warm", warm), ("new", new)):
        middle = [median(side) * 1000 for side in zip(*turns, strict=True)]
        yield (
            data.name,
            f"{sum(path.stat().st_size for path in _lists(data.lists)) / 1e6:.2f}",
            name,
            *(ratios([turn[0] / turn[other] for turn in turns]) for other in (1, 2)),
            ", ".join(f"{number:.1f}" for number in middle),
        )


def ratios(found: list[float]) -> str:
    """Write the median of ratios, with the least and the greatest."""
    return f"{median(found):.2f} ({min(found):.2f} to {max(found):.2f})"


def _lists(folder: Path) -> list[Path]:
    return [folder / name for name, _ in _models()]


def _run(data: Data, which: str, runs: int) -> list[list[float]]:
    done = subprocess.run(
        data.words(which, runs),
        env=os.environ | {"PYTHONPATH": str(data.library)},
        capture_output=True,
        text=True,
        check=True,
    )
    return [[float(number) for number in line.split()] for line in done.stdout.splitlines()]


def _released() -> Data:
    """Build the wheel and unpack it; it is imported from there."""
    place = ROOM / "wheel"
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", place],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [wheel] = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    wheel.unlink()
    return Data("released", place / "defcoop" / "_data", None, place)


def _packaged(name: str, package: Path) -> Data:
    return Data(name, package / "data", package, ROOT)


def synthetic(size: str) -> Path:
    """Give the package of a number of synthetic records, built when it is first asked for."""
    tree = ROOM / "trees" / f"export-{size}"
    package = tree / "build" / "package"
    if not tree.is_dir():
        subprocess.run([sys.executable, "-m", "benchmarks.tree", size, tree], cwd=ROOT, check=True)
    if not package.is_dir():
        subprocess.run([sys.executable, "-m", "defcoop", "build"], cwd=tree, check=True, capture_output=True)
    return package


def main() -> None:
    """Measure, or time as a child."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.loading", description="Print ratios of paired runs.")
    parser.add_argument("--sizes", default="1000,10000", help="numbers of records, such as 1000,10000")
    parser.add_argument("--runs", type=int, default=9, help="how many turns each takes")
    parser.add_argument("--package", type=Path, help="measure this package too")
    parser.add_argument(
        "--time", choices=("ours", "floor", "quiet", "all"), help="time in this process and measure nothing else"
    )
    parser.add_argument("places", nargs="*", type=Path, help="with --time: the lists, and the package")
    given = parser.parse_args()
    if given.time:
        child(given.time, given.places, given.runs)
        return
    chosen = [_released(), *([_packaged("package", given.package)] if given.package else [])]
    chosen += [_packaged(f"{int(size):,} records", synthetic(size)) for size in given.sizes.split(",") if size]
    head = "| data | MB | process | load / floor (CPU) | / floor without collector | CPU ms, the floors' |\n"
    sys.stdout.write(head + "| --- " * 6 + "|\n")
    for data in chosen:
        for cells in compare(data, given.runs):
            sys.stdout.write(f"| {' | '.join(cells)} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
