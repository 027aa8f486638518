"""DCAD: bilateral defence agreements in the columns of the Defense Cooperation Agreement Dataset; an approximation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.exports._flat import Columns, Flat, write_flat
from defcoop.exports._treaties import LeftOut, Treaty, split, treaties
from defcoop.models._shared import TimeUnit, Topic

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.package import Package

_PREFACE = """# Agreements in the columns of DCAD

These files have the column names of the Defense Cooperation Agreement Dataset 1.0 (Kinne 2020), so that they can be
set beside it. **They are an approximation and no part of DCAD.** DCAD codes the texts of treaties; defcoop codes what
news texts tell of agreements. A value that the texts do not tell is empty, never 0: that a pair of states has no row
says nothing about it. DCAD ends with 2010.

A row is an agreement of two states, or of organs of theirs, that the texts tell as signed, ratified, in force or
ended, and for which they tell a field of defence cooperation. `defcoop_id` leads to the record and all its evidence.
"""

_STATE = (
    "COW code at the date of the agreement; without a date, the only code that the state ever had. The lower first."
)
_NAME = "The state's name in defcoop, which need not be that of COW."
_MISSING = "Empty: the texts do not tell it."
_OTHER = "Empty: DCAD's own coding of its sources."

MAIN: Columns = (
    ("ccode1", _STATE),
    ("cowName1", _NAME),
    ("ccode2", _STATE),
    ("cowName2", _NAME),
    ("signDay", "Day of `signed`, if the date settles it."),
    ("signMonth", "Month of `signed`, if the date settles it."),
    ("signYear", "Year of `signed`, if the date settles it."),
    ("EIFDay", "Day of `entry_into_force`, if the date settles it."),
    ("EIFMonth", "Month of `entry_into_force`, if the date settles it."),
    ("EIFYear", "Year of `entry_into_force`, if the date settles it."),
    (
        "type",
        (
            "`general` if defence cooperation in general or two or more categories are told, `sector` if one category "
            "is. DCAD's own values may be written otherwise."
        ),
    ),
    ("category1", "First item of `scope`, in the words of defcoop, not in DCAD's numbers."),
    ("category2", "Second item of `scope`."),
    ("category3", "Third item of `scope`; a fourth and further ones stand in `more_categories`."),
    ("span", "`term` in years, if it is told in years."),
    ("renewType", _MISSING),
    ("renewYears", _MISSING),
    ("terminated", _MISSING),
    ("durationActual", _MISSING),
    ("endYearEstimate", "Year of `ends`, if told; nothing is estimated."),
    ("asymmetry", _MISSING),
    ("categoryConf", _OTHER),
    ("UNTS", _MISSING),
    ("fullText", _MISSING),
    ("sourceType", _OTHER),
    ("source", "The seeds that the record is read from."),
    ("factivaConf", _OTHER),
    ("factivaSign", _OTHER),
    ("factivaEIF", _OTHER),
    ("DCAid", "Empty: the number of an agreement in DCAD."),
    ("defcoop_id", "The record. Not in DCAD."),
    ("status", "The furthest stage that the texts tell. Not in DCAD."),
    ("more_categories", "Further items of `scope`. Not in DCAD."),
    ("possibly_same_as", "Records that may be about the same agreement. Not in DCAD."),
)
_ABBREVIATION = "Empty: defcoop holds no COW abbreviations, and ISO codes differ from them."
_NARROW = "Empty: DCAD's stricter count, which news texts do not carry."
DYADIC: Columns = (
    ("ccode1", _STATE),
    ("abbrev1", _ABBREVIATION),
    ("ccode2", _STATE),
    ("abbrev2", _ABBREVIATION),
    ("year", "A year in which an agreement of the pair is told to be in place; see below."),
    ("dcaGeneralV1", _NARROW),
    ("dcaGeneralV2", "1 if one of them is `general`; else empty."),
    ("dcaSectorV1", _NARROW),
    ("dcaSectorV2", "1 if one of them is `sector`; else empty."),
    ("dcaAnyV1", _NARROW),
    ("dcaAnyV2", "1: there is an agreement."),
    ("defcoop_ids", "The records. Not in DCAD."),
    ("open_ended", "1 if one of them has no told end, so that later years are not told rather than 0. Not in DCAD."),
)
_YEARS = (
    "One row per pair of states and year in which an agreement is told to be in place: from the year of "
    "`entry_into_force`, else of `signed`, to the year of `ends`, else to that in which `term` runs out. Where no end "
    "is told, only the first year has a row."
)


def write(package: Package, out: Path) -> None:
    """Write agreements and pairs of states by year, with notes, to a folder."""
    found, left_out = treaties(package)
    kept: list[Treaty] = []
    for treaty in found:
        if reason := _refusal(treaty):
            left_out.append(LeftOut(treaty.agreement.id, "", reason))
        else:
            kept.append(treaty)
    left_out += [
        LeftOut(treaty.agreement.id, "", "no year from which it holds is told, so it is not in dcad_dyadic.csv")
        for treaty in kept
        if not _years(treaty)
    ]
    flats = (
        Flat("dcad_main.csv", "One row per agreement.", MAIN, [_main(treaty) for treaty in kept]),
        Flat("dcad_dyadic.csv", _YEARS, DYADIC, _dyadic(kept)),
    )
    write_flat(out, _PREFACE, flats, left_out)


def _refusal(treaty: Treaty) -> str:
    if len(treaty.states) > 2:  # noqa: PLR2004 - DCAD is bilateral
        return "it has more than two states as parties, and DCAD is bilateral"
    return "" if _type(treaty) else "no field of defence cooperation is told in the categories of DCAD"


def _type(treaty: Treaty) -> str:
    told = treaty.agreement
    if Topic.DEFENCE_COOPERATION in told.subjects or len(told.scope) > 1:
        return "general"
    return "sector" if told.scope else ""


def _main(treaty: Treaty) -> dict[str, object]:
    told = treaty.agreement
    first, second = treaty.states
    sign, force = split(told.signed), split(told.entry_into_force)
    categories = [category.value for category in told.scope]
    return {
        "ccode1": first.code,
        "cowName1": first.name,
        "ccode2": second.code,
        "cowName2": second.name,
        **dict(zip(("signYear", "signMonth", "signDay"), sign, strict=True)),
        **dict(zip(("EIFYear", "EIFMonth", "EIFDay"), force, strict=True)),
        "type": _type(treaty),
        **dict(zip(("category1", "category2", "category3"), categories, strict=False)),
        "span": told.term.length if told.term and told.term.unit is TimeUnit.YEARS else "",
        "endYearEstimate": split(told.ends)[0],
        "source": " ".join(sorted({entry.seed for entry in told.evidence})),
        "defcoop_id": told.id,
        "status": told.status.value,
        "more_categories": " ".join(categories[3:]),
        "possibly_same_as": " ".join(other.record for other in told.possibly_same_as),
    }


def _years(treaty: Treaty) -> range:
    """Give the years in which an agreement is told to be in place; none if its beginning is not told to the year."""
    told = treaty.agreement
    first = split(told.entry_into_force)[0] or split(told.signed)[0]
    if not first:
        return range(0)
    return range(int(first), max(int(first), _last_year(treaty, int(first))) + 1)


def _last_year(treaty: Treaty, first: int) -> int:
    told = treaty.agreement
    if year := split(told.ends)[0]:
        return int(year)
    return first + int(told.term.length) if told.term and told.term.unit is TimeUnit.YEARS else first


def _dyadic(kept: list[Treaty]) -> list[dict[str, object]]:
    rows: dict[tuple[int, int, int], dict[str, object]] = {}
    for treaty in kept:
        first, second = treaty.states
        told = treaty.agreement
        for year in _years(treaty):
            row = rows.setdefault((first.code, second.code, year), {"defcoop_ids": ""})
            row |= {"ccode1": first.code, "ccode2": second.code, "year": year, "dcaAnyV2": 1}
            row[f"dca{_type(treaty).title()}V2"] = 1
            row["defcoop_ids"] = f"{row['defcoop_ids']} {told.id}".strip()
            if not (told.ends or told.term):
                row["open_ended"] = 1
    return [rows[key] for key in sorted(rows)]
