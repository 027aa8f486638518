"""Agreement between the two independent codings of each seed: `python docs/coding/agreement.py`.

`pass-1.json` and `pass-2.json` hold what two coders made of the same texts without seeing each other's work: per
seed and record, the coded fields and the passages cited. Two records are the same unit if they are of one type and
seed and have the same id, or, failing that, cite overlapping passages and are the most alike in passages and fields
together. Reported per record type:

- found: records of pass 1, of pass 2, and matched; F1 = 2 x matched / (pass 1 + pass 2);
- fields: of all fields that either coder filled in the matched records, the share with the same value in both
  (ids are compared after matching; names of kind official and editorial, titles and free texts are left out).
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FREE_TEXT = {"id", "names", "summary", "note", "evidence", "absent", "conflicts", "possibly_same_as", "as_reported"}
WORDED = {"title", "office", "rank", "wording", "what", "name"}
"""Fields whose wording in English is the coder's own, so that only their presence is compared."""

Unit = dict[str, Any]


def main() -> str:
    """Compute the table, in Markdown."""
    first, second = (json.loads((HERE / f"pass-{n}.json").read_text(encoding="utf-8")) for n in (1, 2))
    twins = match(first, second)
    rename = {second[b]["id"]: first[a]["id"] for a, b in twins.items()}
    rows: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    for side, units in enumerate((first, second)):
        for unit in units.values():
            rows[unit["type"]][side] += 1
    for a, b in twins.items():
        one, other = facts(first[a], {}), facts(second[b], rename)
        row = rows[first[a]["type"]]
        row[2] += 1
        row[3] += sum(one.get(field) == other.get(field) for field in one.keys() | other.keys())
        row[4] += len(one.keys() | other.keys())
    lines = ["| type | pass 1 | pass 2 | matched | F1 | fields the same | of | share |", "| --- " * 8 + "|"]
    total = [sum(column) for column in zip(*rows.values(), strict=True)]
    for name, (one, two, both, same, fields) in [*sorted(rows.items()), ("all", total)]:
        lines.append(
            f"| {name} | {one} | {two} | {both} | {2 * both / (one + two):.2f} "
            f"| {same} | {fields} | {same / fields:.2f} |"
        )
    return "\n".join(lines)


def match(first: dict[str, Unit], second: dict[str, Unit]) -> dict[str, str]:
    """Pair the units of the two passes: same id first, then the greatest overlap of passages."""
    twins = {key: key for key in first if key in second}
    rest = [
        (overlap(first[a], second[b]) + likeness(first[a], second[b]), a, b)
        for a in first.keys() - twins.keys()
        for b in second.keys() - twins.keys()
        if a.split("/")[:2] == b.split("/")[:2] and overlap(first[a], second[b])
    ]
    for _, a, b in sorted(rest, reverse=True):
        if a not in twins and b not in twins.values():
            twins[a] = b
    return twins


def likeness(one: Unit, other: Unit) -> float:
    """Give the share of fields filled by either that are the same in both."""
    left, right = facts(one, {}), facts(other, {})
    return sum(left.get(field) == right.get(field) for field in left.keys() | right.keys()) / len(
        left.keys() | right.keys()
    )


def overlap(one: Unit, other: Unit) -> float:
    """Give the share of code points that both units cite, of those that either does."""
    spots = [{n for start, end in unit["passages"] for n in range(start, end)} for unit in (one, other)]
    return len(spots[0] & spots[1]) / len(spots[0] | spots[1])


def facts(unit: Unit, rename: dict[str, str]) -> dict[str, object]:
    """Flatten the coded fields of a unit: one entry per scalar, one per item of a list."""
    found: dict[str, object] = {}

    def add(path: str, value: object) -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                add(f"{path}.{name}", inner)
        elif isinstance(value, list):
            for item in value:
                key = item if not isinstance(item, dict) else next(iter(item.values()))
                key = rename.get(key, key) if not path.endswith(("offices", "figures")) else "-"
                add(f"{path}[{key}]", item if isinstance(item, dict) else True)
        else:
            found[path] = "given" if path.rsplit(".", maxsplit=1)[-1] in WORDED else rename.get(str(value), value)

    for name, value in unit["fields"].items():
        add(name, value)
    return found


if __name__ == "__main__":
    print(main())
