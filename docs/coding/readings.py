"""What two blind readings of all claims found: `python docs/coding/readings.py`.

`reading-1.json` and `reading-2.json` hold what two readers made of every claim of the data as they were before their
corrections, without seeing each other's work, `reading-3.json` what a third made of those from three texts: `claims`
counts the claims judged by type of record, `not_right` lists those that were not found right, each with the verdict and
the reason. Verdicts:

- wrong_value: the passage does not say the value;
- wrong_attribution: the value is right, but voice, speaker or stance is not;
- arguable_unmarked: a careful reader could as well take another value, and neither a reasoning nor an alternative of
  the record admits it.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
VERDICTS = ("wrong_value", "wrong_attribution", "arguable_unmarked")


def main() -> str:
    """Compute the table, and the agreement of the readers with each other, in Markdown."""
    readings = [json.loads((HERE / f"reading-{number}.json").read_text(encoding="utf-8")) for number in (1, 2, 3)]
    head = "| reading | claims | right | wrong value | wrong attribution | arguable and unmarked |"
    lines = [head, "| --- " * 6 + "|"]
    lines += [row(f"{number}", reading) for number, reading in enumerate(readings, 1)]
    first, second = (
        {fault["claim_id"]: fault["verdict"] for fault in reading["not_right"]} for reading in readings[:2]
    )
    total = sum(readings[0]["claims"].values())
    differing = sum(first.get(claim) != second.get(claim) for claim in first.keys() | second.keys())
    share, chance = 1 - differing / total, by_chance(first, second, total)
    kappa = f"{(share - chance) / (1 - chance):.2f}" if chance < 1 else "not defined"
    both = len(first.keys() & second.keys())
    lines += [
        "",
        f"Same verdict of 1 and 2: {total - differing} of {total} claims ({share:.3f}); kappa {kappa}.",
    ]
    lines += [f"Not right in both readings: {both}; in one of them: {len(first.keys() ^ second.keys())}."]
    return "\n".join(lines)


def row(name: str, reading: dict[str, Any]) -> str:
    """Give the row of a reading, each count with its share."""
    total = sum(reading["claims"].values())
    counts = Counter(fault["verdict"] for fault in reading["not_right"])
    cells = [f"{counts[verdict]} ({counts[verdict] / total:.1%})" for verdict in VERDICTS]
    return f"| {name} | {total} | {total - counts.total()} | {' | '.join(cells)} |"


def by_chance(first: dict[str, str], second: dict[str, str], total: int) -> float:
    """Give the share of the same verdicts to be expected of two readers that know nothing of each other."""
    one, other = Counter(first.values()), Counter(second.values())
    right = (total - one.total()) * (total - other.total())
    return (right + sum(one[verdict] * other[verdict] for verdict in VERDICTS)) / total**2


if __name__ == "__main__":
    print(main())
