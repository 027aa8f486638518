"""Draw docs/picture.svg: every dated record of release 0.1.0 as a span of days. `python docs/picture.py`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import shorten
from typing import NamedTuple
from xml.sax.saxutils import escape

import defcoop
from defcoop.models.registry import type_of
from defcoop.values import Edtf

PICTURE = Path(__file__).with_suffix(".svg")
EDITION = Path(__file__).parents[1] / "tests/edition"
"""The release's data, on which the tests stand too: no new record changes the picture."""

FIELDS = ("signed", "entry_into_force", "period", "opened")
COLOURS = {
    "agreement": "#2563a8",
    "deployment": "#b4452f",
    "exercise": "#7a8b1f",
    "trade_figure": "#8a5a9e",
    "engagement": "#c98a1b",
    "facility": "#3d7f7a",
}
LEFT, RIGHT, TOP, STEP, FIRST, LAST = 400, 960, 54, 25, date(2007, 1, 1), date(2023, 1, 1)


class Span(NamedTuple):
    """A record's date, drawn from its earliest to its latest day."""

    earliest: date
    latest: date
    kind: str
    label: str
    told: str


def spans() -> list[Span]:
    """Collect the dates of the edition, earliest first."""
    found = []
    for record in defcoop.load(EDITION):
        for field in FIELDS:
            told = getattr(record, field, None)
            if isinstance(told, Edtf) and told.earliest and told.latest:
                kind = type_of(record).name
                words = f"{record.name} ({field.replace('_', ' ')})"
                found.append(Span(told.earliest, told.latest, kind, words, str(told)))
    return sorted(found)


def draw(rows: list[Span]) -> str:
    """Draw the spans as an SVG."""
    height = TOP + STEP * len(rows) + 44
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 {height}" font-family="sans-serif" font-size="11">',
        f'<rect width="1000" height="{height}" fill="#fff"/>',
        '<text x="16" y="24" font-size="15" font-weight="bold">What the sources date, and how finely</text>',
    ]
    for year in range(FIRST.year, LAST.year + 1, 2):
        x = _x(date(year, 1, 1))
        parts.append(
            f'<path d="M{x} 36V{height - 34}" stroke="#ddd"/><text x="{x - 12}" y="46" fill="#666">{year}</text>'
        )
    for number, row in enumerate(rows):
        y = TOP + STEP * number
        start, end = _x(row.earliest), _x(row.latest)
        label = shorten(row.label, 66, placeholder="…")
        parts.append(
            f'<text x="{LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(label)}</text>'
            f'<rect x="{start}" y="{y + 4}" width="{max(end - start, 4)}" height="12" rx="3"'
            f' fill="{COLOURS[row.kind]}" opacity=".8">'
            f"<title>{escape(row.told)}</title></rect>"
        )
    for number, (kind, colour) in enumerate(COLOURS.items()):
        x = 16 + number * 130
        parts.append(
            f'<rect x="{x}" y="{height - 24}" width="10" height="10" fill="{colour}"/>'
            f'<text x="{x + 15}" y="{height - 15}">{kind.replace("_", " ")}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


def _x(day: date) -> int:
    return LEFT + round((day - FIRST).days / (LAST - FIRST).days * (RIGHT - LEFT))


if __name__ == "__main__":
    PICTURE.write_text(draw(spans()), encoding="utf-8")
