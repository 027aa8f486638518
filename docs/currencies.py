"""Write defcoop/values/currencies.csv: codes of ISO 4217, now or once in use, from CLDR. `python docs/currencies.py`.

CLDR, as Babel holds it, says for each territory when a currency was legal tender there, with the days of introduction
and withdrawal that the lists one and three of ISO 4217 give by month or not at all.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from babel.core import get_global

TABLE = Path(__file__).parents[1] / "defcoop/values/currencies.csv"

STANDING = {"SVC": (date(1919, 11, 11), None), "VED": (date(2021, 10, 1), None)}
"""Codes of ISO 4217's list one whose end CLDR tells, since nobody pays with them, or which it does not have."""

ENDED = {"BGN": (date(1999, 7, 5), date(2026, 1, 31))}
"""Codes whose end older releases of CLDR do not tell."""


def spans() -> dict[str, tuple[date, date | None]]:
    """Give the first and the last day of each currency anywhere; None where it is in use."""
    by_code: dict[str, list[tuple[date, date | None]]] = {}
    for currencies in get_global("territory_currencies").values():
        for code, first, last, is_tender in currencies:
            if is_tender:
                by_code.setdefault(code, []).append((date(*first), date(*last) if last else None))
    merged = {}
    for code, each in by_code.items():
        lasts = [last for _, last in each if last]
        merged[code] = min(first for first, _ in each), max(lasts) if len(lasts) == len(each) else None
    return merged | STANDING | ENDED


def main() -> None:
    """Write the table."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "first", "last"))
        writer.writerows((code, first, last or "") for code, (first, last) in sorted(spans().items()))


if __name__ == "__main__":
    main()
