"""DCAD: bilateral defence agreements in the columns of the Defense Cooperation Agreement Dataset; an approximation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.exports._data import pairs
from defcoop.exports._flat import Flat, write_flat
from defcoop.exports._treaties import Omission, Treaty, date_columns, split, treaties
from defcoop.models.agreement import Dca
from defcoop.models.parts import TimeUnit, Topic

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from defcoop.models.agreement import Agreement
    from defcoop.package import Package

MAIN, DYADIC = (tuple(pairs(name).items()) for name in ("dcad_main.csv", "dcad_dyadic.csv"))
"""The columns of the files, with what stands in them."""

_YEARS = (
    "One row per pair of states and year in which an agreement is told to be in place: from the year of "
    "`entry_into_force`, or of `signed` where that is not told, to the first year of `ends`, else to that in which "
    "`term` runs out if it began on the first day allowed. Where no end is told, only the first year has a row; where "
    "the beginning is not told to the year, none has."
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
    types = _types(treaty)
    if Dca.NONE in types:
        return "it is, or may be, no defence cooperation agreement"
    return "" if any(types) else "no field of defence cooperation is told in the categories of DCAD"


def _type(treaty: Treaty) -> str:
    """Give the type that all readings of an agreement make it."""
    types = _types(treaty)
    return types.pop() if len(types) == 1 else ""


def _types(treaty: Treaty) -> set[str]:
    return {_type_of(reading) for reading in treaty.readings}


def _type_of(agreement: Agreement) -> str:
    if agreement.dca:
        return agreement.dca.value
    if Topic.DEFENCE_COOPERATION in {topic.known for topic in agreement.subjects} or len(agreement.scope) > 1:
        return Dca.GENERAL.value
    return Dca.SECTOR.value if agreement.scope else ""


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
        "certainty": agreement.certainty.value if agreement.certainty else "",
        "cluster_id": treaty.cluster_id,
        "contested": treaty.contested,
    }


def _years(treaty: Treaty) -> range:
    """Give the years in which an agreement is certainly in place; none if its beginning is not told to the year."""
    begins = treaty.agreement.entry_into_force or treaty.agreement.signed
    first = split(begins)[0]
    if begins is None or begins.earliest is None or not first:
        return range(0)
    return range(int(first), max(int(first), _last_year(treaty, begins.earliest)) + 1)


def _last_year(treaty: Treaty, begun: date) -> int:
    """Give the last year in which it is in place at least: that in which it may have ended first."""
    agreement = treaty.agreement
    if agreement.ends:
        return agreement.ends.earliest.year if agreement.ends.earliest else begun.year
    if agreement.term and agreement.term.unit is TimeUnit.YEARS:
        return begun.year + int(agreement.term.length) - ((begun.month, begun.day) == (1, 1))
    return begun.year


def _dyadic(kept: list[Treaty]) -> list[dict[str, object]]:
    rows: dict[tuple[int, int, int], dict[str, object]] = {}
    for treaty in kept:
        first, second = treaty.states
        agreement = treaty.agreement
        for year in _years(treaty):
            row = rows.setdefault((first.code, second.code, year), {"defcoop_ids": ""})
            row |= {"ccode1": first.code, "ccode2": second.code, "year": year, "dcaAnyV2": 1}
            if _type(treaty):
                row[f"dca{_type(treaty).title()}V2"] = 1
            row["defcoop_ids"] = f"{row['defcoop_ids']} {agreement.id}".strip()
            if not (agreement.ends or agreement.term):
                row["open_ended"] = 1
    return [rows[key] for key in sorted(rows)]
