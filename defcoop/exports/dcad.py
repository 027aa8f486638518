"""DCAD: bilateral defence agreements in the columns of the Defense Cooperation Agreement Dataset; an approximation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.exports._data import pairs
from defcoop.exports._flat import Flat, write_flat
from defcoop.exports._treaties import Omission, Treaty, date_columns, split, treaties
from defcoop.models.parts import TimeUnit, Topic

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.package import Package

MAIN, DYADIC = (tuple(pairs(name).items()) for name in ("dcad_main.csv", "dcad_dyadic.csv"))
"""The columns of the files, with what stands in them."""

_YEARS = (
    "One row per pair of states and year in which an agreement is told to be in place: from the year of "
    "`entry_into_force`, else of `signed`, to the year of `ends`, else to that in which `term` runs out. Where no end "
    "is told, only the first year has a row."
)


def write(package: Package, out: Path) -> None:
    """Write agreements and pairs of states by year, with notes, to a folder."""
    made, omitted = treaties(package)
    kept: list[Treaty] = []
    for treaty in made:
        if reason := _refusal(treaty):
            omitted.append(Omission(treaty.agreement.id, "", reason))
        else:
            kept.append(treaty)
    omitted += [
        Omission(treaty.agreement.id, "", "no year from which it holds is told, so it is not in dcad_dyadic.csv")
        for treaty in kept
        if not _years(treaty)
    ]
    flats = (
        Flat("dcad_main.csv", "One row per agreement.", MAIN, [_main(treaty) for treaty in kept]),
        Flat("dcad_dyadic.csv", _YEARS, DYADIC, _dyadic(kept)),
    )
    write_flat(out, "dcad.md", flats, omitted)


def _refusal(treaty: Treaty) -> str:
    if len(treaty.states) > 2:  # noqa: PLR2004 - DCAD is bilateral
        return "it has more than two states as parties, and DCAD is bilateral"
    return "" if _type(treaty) else "no field of defence cooperation is told in the categories of DCAD"


def _type(treaty: Treaty) -> str:
    agreement = treaty.agreement
    if Topic.DEFENCE_COOPERATION in agreement.subjects or len(agreement.scope) > 1:
        return "general"
    return "sector" if agreement.scope else ""


def _main(treaty: Treaty) -> dict[str, object]:
    agreement = treaty.agreement
    first, second = treaty.states
    categories = [category.value for category in agreement.scope]
    return {
        "ccode1": first.code,
        "cowName1": first.name,
        "ccode2": second.code,
        "cowName2": second.name,
        **date_columns(agreement.signed, "signYear", "signMonth", "signDay"),
        **date_columns(agreement.entry_into_force, "EIFYear", "EIFMonth", "EIFDay"),
        "type": _type(treaty),
        **dict(zip(("category1", "category2", "category3"), categories, strict=False)),
        "span": agreement.term.length if agreement.term and agreement.term.unit is TimeUnit.YEARS else "",
        "endYearEstimate": split(agreement.ends)[0],
        "source": " ".join(sorted({entry.seed for entry in agreement.evidence})),
        "defcoop_id": agreement.id,
        "status": agreement.status.value,
        "more_categories": " ".join(categories[3:]),
        "possibly_same_as": " ".join(duplicate.record for duplicate in agreement.possibly_same_as),
    }


def _years(treaty: Treaty) -> range:
    """Give the years in which an agreement is told to be in place; none if its beginning is not told to the year."""
    agreement = treaty.agreement
    first = split(agreement.entry_into_force)[0] or split(agreement.signed)[0]
    if not first:
        return range(0)
    return range(int(first), max(int(first), _last_year(treaty, int(first))) + 1)


def _last_year(treaty: Treaty, first: int) -> int:
    agreement = treaty.agreement
    if year := split(agreement.ends)[0]:
        return int(year)
    return first + int(agreement.term.length) if agreement.term and agreement.term.unit is TimeUnit.YEARS else first


def _dyadic(kept: list[Treaty]) -> list[dict[str, object]]:
    rows: dict[tuple[int, int, int], dict[str, object]] = {}
    for treaty in kept:
        first, second = treaty.states
        agreement = treaty.agreement
        for year in _years(treaty):
            row = rows.setdefault((first.code, second.code, year), {"defcoop_ids": ""})
            row |= {"ccode1": first.code, "ccode2": second.code, "year": year, "dcaAnyV2": 1}
            row[f"dca{_type(treaty).title()}V2"] = 1
            row["defcoop_ids"] = f"{row['defcoop_ids']} {agreement.id}".strip()
            if not (agreement.ends or agreement.term):
                row["open_ended"] = 1
    return [rows[key] for key in sorted(rows)]
