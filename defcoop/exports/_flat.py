"""Flat files in another dataset's columns: CSV, what is left out, and a README that says what each column holds."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from defcoop.exports._data import text
from defcoop.exports._treaties import Omission
from defcoop.package.formula_guard import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

Columns = tuple[tuple[str, str], ...]
"""Columns in their order, each with what stands in it, or why nothing does."""


class Flat(NamedTuple):
    """A file: its name, what a row is, its columns and its rows, by column; what is not given is empty."""

    name: str
    what: str
    columns: Columns
    rows: list[dict[str, object]]


def write_flat(out: Path, preface: str, flats: Sequence[Flat], omitted: Iterable[Omission]) -> None:
    """Write files, the list of what is left out, and a README that begins with a preface to a folder."""
    omitted = sorted(omitted)
    for flat in flats:
        _write_csv(out / flat.name, [name for name, _ in flat.columns], flat.rows)
    _write_csv(out / "left_out.csv", Omission._fields, [agreement._asdict() for agreement in omitted])
    readme = "\n".join([text(preface), *map(_section, flats), _reasons(omitted)])
    (out / "README.md").write_text(readme, encoding="utf-8")


def _section(flat: Flat) -> str:
    lines = [f"## {flat.name}", "", f"{flat.what} Rows: {len(flat.rows)}.", "", "| column | holds |", "| --- | --- |"]
    return "\n".join([*lines, *(f"| `{name}` | {note} |" for name, note in flat.columns), ""])


def _reasons(omitted: Iterable[Omission]) -> str:
    counts = Counter(agreement.reason for agreement in omitted)
    head = "## left_out.csv\n\nWhat has no row, or no place in a row, and why.\n\n| count | reason |\n| --- | --- |\n"
    return head + "".join(f"| {count} | {reason} |\n" for reason, count in sorted(counts.items()))


def _write_csv(path: Path, header: Iterable[str], rows: Iterable[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        columns = list(header)
        writer.writerow(columns)
        writer.writerows(guarded([str(row.get(column, "")) for column in columns]) for row in rows)
