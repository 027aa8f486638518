"""Flat files in another dataset's columns: CSV, what is left out, and a README that says what each column holds."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from defcoop.exports._treaties import LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

Columns = tuple[tuple[str, str], ...]
"""Columns in their order, each with what stands in it, or why nothing does."""


class Flat(NamedTuple):
    """A file: its name, what a row is, its columns and its rows, by column; what is not given is empty."""

    name: str
    what: str
    columns: Columns
    rows: list[dict[str, object]]


def write_flat(out: Path, preface: str, flats: Iterable[Flat], left_out: Iterable[LeftOut]) -> None:
    """Write files, the list of what is left out, and the README to a folder."""
    left_out = sorted(left_out)
    told = [preface]
    for flat in flats:
        _write_csv(out / flat.name, [name for name, _ in flat.columns], flat.rows)
        told.append(_section(flat))
    _write_csv(out / "left_out.csv", LeftOut._fields, [one._asdict() for one in left_out])
    told.append(_reasons(left_out))
    (out / "README.md").write_text("\n".join(told), encoding="utf-8")


def _section(flat: Flat) -> str:
    lines = [f"## {flat.name}", "", f"{flat.what} Rows: {len(flat.rows)}.", "", "| column | holds |", "| --- | --- |"]
    return "\n".join([*lines, *(f"| `{name}` | {note} |" for name, note in flat.columns), ""])


def _reasons(left_out: list[LeftOut]) -> str:
    counts = Counter(one.reason for one in left_out)
    lines = [
        "## left_out.csv",
        "",
        "What has no row, or no place in a row, and why.",
        "",
        "| count | reason |",
        "| --- | --- |",
    ]
    return "\n".join([*lines, *(f"| {count} | {reason} |" for reason, count in sorted(counts.items())), ""])


def _write_csv(path: Path, header: Iterable[str], rows: Iterable[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(header), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
