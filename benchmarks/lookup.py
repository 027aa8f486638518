"""What it costs to look up who is meant, against rapidfuzz over all names, and against loading the data.

    python -m benchmarks.lookup [--actors 10000] [--runs 9]

Both have the same names: those of the states of the world and of invented actors, folded. rapidfuzz goes through all of
them with the fastest of its scorers that answers the question, `Indel.normalized_similarity` with the cutoff that
suggestions have here. Queries are names as they are, names written otherwise (capitals, an Arabic or Turkish form), and
names with a letter wrong; both must name the same actor, or nothing is printed. Our index is made before; what that
costs stands beside, as does what the first lookup in the released data costs in new processes, against loading them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from itertools import chain
from statistics import median
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import Indel

from benchmarks import words
from benchmarks.loading import ratios
from defcoop.lookup.entries import Entry, state_entries
from defcoop.lookup.index import Index
from defcoop.values import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_CUTOFF = 0.7
_QUERIES = 60
"""How many names of each kind are asked for."""

_SHORT_NAMES = 10
"""Of how many actors one has a name of one word too."""

_PARTS = """
import sys, time
start = time.process_time()
import defcoop
ds = defcoop.load()
loaded = time.process_time()
ds.find("Turkey")
print(loaded - start, time.process_time() - loaded, "defcoop.lookup.index" in sys.modules)
"""


def actors(count: int) -> Iterator[Entry]:
    """Yield invented actors, each with an English and an Arabic name of two words, and some with one of one word."""
    for number in range(count):
        pair = (2 * number, 2 * number + 1)
        english = " ".join(words.latin(each).title() for each in pair)
        short = () if number % _SHORT_NAMES else (words.latin(2 * count + number).title(),)
        yield Entry(f"act-{number}", "actor", (english, " ".join(map(words.arabic, pair)), *short))


def queries(known: Sequence[Entry]) -> dict[str, list[tuple[str, str]]]:
    """Give texts with the id of whom each means, by kind."""
    chosen = known[:: max(1, len(known) // _QUERIES)][:_QUERIES]
    short = [entry for entry in known if len(entry.names) > len(("english", "arabic"))]
    short = short[:: max(1, len(short) // _QUERIES)][:_QUERIES]
    return {
        "as it is": [(entry.names[number % 2], entry.id) for number, entry in enumerate(chosen)],
        "written otherwise": [
            (entry.names[0].upper() + "'nin" if number % 2 else f"و{entry.names[1]}", entry.id)
            for number, entry in enumerate(chosen)
        ],
        "a letter wrong": [(_without(3, entry.names[0]), entry.id) for entry in chosen],
        "a letter wrong, one word": [(_without(3, entry.names[2]), entry.id) for entry in short],
        "a letter wrong in each word": [
            (" ".join(_without(3, word) for word in entry.names[0].split()), entry.id) for entry in chosen
        ],
        "two letters wrong": [(_without(3, _without(5, entry.names[0])), entry.id) for entry in chosen],
    }


def _without(place: int, text: str) -> str:
    return text[:place] + text[place + 1 :]


def main() -> int:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lookup", description="Print ratios of paired runs.")
    parser.add_argument("--actors", type=int, default=10_000, help="how many actors there are beside the states")
    parser.add_argument("--runs", type=int, default=9, help="how many turns each takes")
    given = parser.parse_args()
    invented = list(actors(given.actors))
    index = Index(chain(invented, state_entries()))
    first = _seconds(index.find, [invented[0].names[0]])
    first_wrong = _seconds(index.find, ["Xurkey"])
    holders = [(fold(name), entry.id) for entry in chain(invented, state_entries()) for name in entry.names]
    names = [name for name, _ in holders]

    def theirs(text: str) -> str:
        found = process.extractOne(fold(text), names, scorer=Indel.normalized_similarity, score_cutoff=_CUTOFF)
        return holders[found[2]][1] if found else ""

    sys.stdout.write(
        f"{len(names):,} names; the index for names {first:.2f} s, for misspelt ones {first_wrong:.2f} s more\n\n"
    )
    sys.stdout.write("| query | rapidfuzz / find (CPU) | find, µs |\n| --- | --- | --- |\n")
    for kind, asked in queries(invented).items():
        if wrong := [text for text, own in asked if index.find(text)[0].id != own or theirs(text) != own]:
            sys.stderr.write(f"no timings, since these are not found: {', '.join(wrong[:5])}\n")
            return 1
        texts = [text for text, _ in asked]
        turns = [(_seconds(theirs, texts), _seconds(index.find, texts)) for _ in range(given.runs)]
        ours = median(own for _, own in turns) / len(asked) * 1e6
        sys.stdout.write(f"| {kind} | {ratios([other / own for other, own in turns])} | {ours:.0f} |\n")
        sys.stdout.flush()
    _first_lookup(given.runs)
    return 0


def _first_lookup(runs: int) -> None:
    """Say what `find` adds to loading the released data, and what the first lookup costs, in new processes."""
    rows = []
    for _ in range(runs):
        done = subprocess.run([sys.executable, "-c", _PARTS], capture_output=True, text=True, check=True)
        load, find, _ = done.stdout.split()
        rows.append(float(find) / float(load))
    sys.stdout.write(f"\nthe first lookup / import and load (CPU): {ratios(rows)}\n")


def _seconds(call: Callable[[str], object], texts: Sequence[str]) -> float:
    start = time.process_time()
    for text in texts:
        call(text)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
