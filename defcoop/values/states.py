"""The table of state codes with the dates between which they hold.

Sources: Correlates of War state system membership v2024 and v2016 (cow), Gleditsch and Ward list of independent
states (gw), ISO 3166-1 (iso3; its first edition is of 1974-12-15, per-code dates are not published), Wikidata (no
dates). The lists of states begin in 1816, which is no founding date.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def state_codes() -> dict[str, frozenset[tuple[str, str, str]]]:
    """Give the codes of each state, by actor id, as (scheme, code, EDTF interval of validity)."""
    table: dict[str, set[tuple[str, str, str]]] = {}
    with files("defcoop.values").joinpath("states.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            table.setdefault(row["actor"], set()).add((row["scheme"], row["code"], row["valid"]))
    return {actor: frozenset(codes) for actor, codes in table.items()}
