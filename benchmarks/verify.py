"""What `verify` costs, against a plain reading of the same package and against peers that validate it.

    python -m benchmarks.verify PACKAGE... [--runs 5] [--peers ROOM]

The plain reading hashes every file, reads every CSV with csv.reader, keeps the keys of each table in a set, and looks
up vocabularies and foreign keys in sets. It looks at no type, no order, no claim, no hash that is told anywhere, and at
nothing in the JSON, and says nothing of what it finds but that all is well. Peers are installed in ROOM from PyPI.
Commands take turns; a ratio of CPU times is the median over the turns, with the least and the greatest behind it.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import peers
from benchmarks.measure import Command, take_turns

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).parent.parent
_PEERS = ("frictionless", "cldf validate")


def read(package: Path) -> bool:
    """Read a package plainly and tell whether keys, foreign keys and vocabularies hold."""
    for path in sorted(package.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                hashlib.file_digest(file, "sha256")
    described = json.loads((package / "datapackage.json").read_bytes())
    keys: dict[str, set[tuple[str, ...]]] = {}
    targets: list[tuple[str, set[str]]] = []
    for table in described["resources"]:
        if "schema" in table:
            found = _read_table(package, table, targets)
            if found is None:
                return False
            keys[table["name"]] = found
    # What is referred to is a key of one column.
    return all((cell,) in keys[target] for target, cells in targets for cell in cells if cell)


def _read_table(
    package: Path, table: dict[str, Any], targets: list[tuple[str, set[str]]]
) -> set[tuple[str, ...]] | None:
    """Give the keys of a table, and add what its foreign keys refer to; None if something does not hold."""
    schema = table["schema"]
    spots = {field["name"]: spot for spot, field in enumerate(schema["fields"])}
    key = [spots[name] for name in schema["primaryKey"]]
    terms = [
        (spots[field["name"]], {*field["constraints"]["enum"], ""})
        for field in schema["fields"]
        if "enum" in field.get("constraints", {})
    ]
    foreign: list[tuple[int, set[str]]] = []
    for one in schema.get("foreignKeys", ()):
        cells: set[str] = set()
        foreign.append((spots[one["fields"][0]], cells))
        targets.append((one["reference"].get("resource", table["name"]), cells))
    keys: set[tuple[str, ...]] = set()
    count = 0
    with (package / table["path"]).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, strict=True)
        if next(rows) != list(spots):
            return None
        for row in rows:
            count += 1
            keys.add(tuple([row[spot] for spot in key]))
            for spot, allowed in terms:
                if row[spot] not in allowed:
                    return None
            for spot, cells in foreign:
                cells.add(row[spot])
    return keys if len(keys) == count else None


def figures(packages: list[Path], runs: int, room: Path | None) -> Iterator[str]:
    """Measure, and give a table line by line."""
    heads = ["package", "verify / plain (CPU)", "CPU s, plain's", "peak MB, plain's"]
    yield _line([*heads, *(f"{name} / verify (CPU), CPU s" for name in _PEERS if room)])
    yield _line(["---"] * (len(heads) + len(_PEERS) * bool(room)))
    for package in packages:
        commands = {
            "verify": Command([sys.executable, "-m", "defcoop", "verify", str(package)], package),
            "plain": Command([sys.executable, "-m", "benchmarks.verify", str(package), "--plain"], _ROOT),
            **(_peer_commands(package, room) if room else {}),
        }
        turns = take_turns(commands, runs)
        cells = [
            package.name,
            "{:.2f} ({:.2f} to {:.2f})".format(*turns.ratio("verify", "plain")),
            f"{turns.middle('verify'):.2f}, {turns.middle('plain'):.2f}",
            f"{turns.middle('verify', 'peak'):.0f}, {turns.middle('plain', 'peak'):.0f}",
        ]
        for name in _PEERS if room else ():
            ratio = "{:.1f} ({:.1f} to {:.1f})".format(*turns.ratio(name, "verify")) if name in commands else "not run"
            cells.append(f"{ratio}, {turns.middle(name):.1f}" if name in commands else ratio)
        yield _line(cells)


def _peer_commands(package: Path, room: Path) -> dict[str, Command]:
    found: dict[str, Command] = {}
    room.mkdir(parents=True, exist_ok=True)
    for peer in peers.PEERS:
        programs = peers.install(peer, room) if peer.name in _PEERS else None
        if programs:
            # A peer may put files of its own beside ours, so each has a copy, which takes no room.
            copy = room / f"{package.name}-{peer.name.partition(' ')[0]}"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(package, copy, copy_function=os.link)
            found[peer.name] = peer.command(programs, peers.Subject(package, copy, _ROOT / "schema", room))
    return found


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def main() -> int:
    """Print the table, or read one package plainly."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.verify", description="Measure verify on packages.")
    parser.add_argument("packages", type=Path, nargs="+", help="built packages")
    parser.add_argument("--runs", type=int, default=5, help="how many turns each command takes")
    parser.add_argument("--peers", type=Path, metavar="ROOM", help="run peers too, installed in this folder")
    parser.add_argument("--plain", action="store_true", help="only read the packages plainly")
    given = parser.parse_args()
    packages = [package.resolve() for package in given.packages]
    if given.plain:
        return 0 if all(map(read, packages)) else 1
    for line in figures(packages, given.runs, given.peers.resolve() if given.peers else None):
        sys.stdout.write(line)
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
